/**
 * The piece of a long line that runs near a box. A canvas lays out the dashes of a whole path before it finds out which
 * of them are in sight, so a line of forty screens would cost forty times what is seen of it.
 */

/** Shorter lines are traced as they are. */
const SHORT = 3000;
const NEAR = 60;
/** How much shorter than its corner a rounded one is, in radii (a quarter of a circle instead of two sides). */
const SAVED = 2 - Math.PI / 2;

/**
 * Returns the points of a level and upright line from a little before a box to a little after it. It starts a whole
 * number of `period`s along the line, so that dashes of neighbouring pieces meet.
 * @param {number[][]} points
 * @param {{x: number, y: number, w: number, h: number}} box
 * @param {number} period the length of one dash and its gap
 * @param {(before: number[], corner: number[], after: number[]) => number} radiusOf of a rounded corner
 * @returns {number[][]} the same points where the line is short or slanted; none where it does not come near
 */
export function pieceNear(points, box, period, radiusOf) {
  const length = lengthOf(points);
  if (length < SHORT || length === Infinity) {
    return points;
  }
  let first = -1;
  let last = -1;
  for (let at = 1; at < points.length; at += 1) {
    if (comesNear(points[at - 1], points[at], box)) {
      first = first < 0 ? at : first;
      last = at;
    }
  }
  return first < 0 ? [] : cut(points, first, last, box, period, radiusOf);
}

function cut(points, first, last, box, period, radiusOf) {
  const start = startBefore(points, first, box, period, radiusOf);
  const end = points[last];
  const beyond = Math.max(0, outside(end, box) - NEAR);
  return [start.point, ...points.slice(start.next, last), toward(end, points[last - 1], beyond)];
}

/** Returns a point before the box, on a straight piece of the line, and which of the points comes next. */
function startBefore(points, first, box, period, radiusOf) {
  let along = 0;
  let best = { point: points[0], next: 1 };
  for (let at = 1; at <= first; at += 1) {
    const [from, to] = [points[at - 1], points[at]];
    const corner = at > 1 ? radiusOf(points[at - 2], from, to) : 0;
    along -= SAVED * corner;
    const span = at < first ? spanOf(from, to) : Math.max(0, outside(from, box) - NEAR);
    const whole = Math.floor((along + span) / period) * period;
    const step = whole - along;
    if (step > corner && step < spanOf(from, to) - 2 * radiusAt(points, at, radiusOf)) {
      best = { point: toward(from, to, step), next: at };
    }
    along += spanOf(from, to);
  }
  return best;
}

function radiusAt(points, at, radiusOf) {
  return at < points.length - 1 ? radiusOf(points[at - 1], points[at], points[at + 1]) : 0;
}

function lengthOf(points) {
  let length = 0;
  for (let at = 1; at < points.length; at += 1) {
    const [from, to] = [points[at - 1], points[at]];
    length += from[0] !== to[0] && from[1] !== to[1] ? Infinity : spanOf(from, to);
  }
  return length;
}

function spanOf(a, b) {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}

/** How far a point is from a box, as one walks. */
function outside([x, y], box) {
  return Math.max(box.x - x, 0, x - box.x - box.w) + Math.max(box.y - y, 0, y - box.y - box.h);
}

function toward(from, to, reach) {
  return [from[0] + Math.sign(to[0] - from[0]) * reach, from[1] + Math.sign(to[1] - from[1]) * reach];
}

function comesNear([x1, y1], [x2, y2], { x, y, w, h }) {
  return Math.min(x1, x2) <= x + w + NEAR && Math.max(x1, x2) >= x - NEAR
    && Math.min(y1, y2) <= y + h + NEAR && Math.max(y1, y2) >= y - NEAR;
}
