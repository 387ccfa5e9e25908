/**
 * Arcs across the lines of exclusive relationships, as Barker draws them: round the box, with a dot on each line.
 * `designer/layout/arcs.py` holds the twin; both are run on `tests/cases/geometry/arcs.json`.
 *
 * @typedef {{point: number[], direction: number[]}} RouteEnd
 * @typedef {{id: string, points: number[][], dots: number[][], dashed: boolean}} ArcShape
 */

/** How far from its box an arc runs, in pixels; marks at the ends of lines stay inside. */
const AWAY = 21;
/** How far it reaches beyond its outermost lines. */
const OVER = 12;
/** How far its ends are bent towards the box. */
const BENT = 7;

/**
 * Return the arcs that cross two lines or more of what is drawn.
 *
 * @param {import("./elements.js").Source} source
 * @param {{lines: Map<string, object>, nodes: Map<string, object>, linesAt: (id: string) => Iterable<string>}} scene
 * @returns {ArcShape[]}
 */
export function arcsOf(source, scene) {
  const found = [];
  for (const { id, parent, relationships = [], mandatory = true } of source.ofKind("arc")) {
    const box = scene.nodes.get(parent);
    const ends = box ? endsOf(parent, relationships, scene) : [];
    if (ends.length > 1) found.push({ id, ...roundBox(box, ends), dashed: !mandatory });
  }
  return found;
}

function endsOf(entity, relationships, scene) {
  const found = [];
  for (const id of [...scene.linesAt(entity)].sort()) {
    const { edge, route, owner } = scene.lines.get(id);
    if (edge.kind === "relationship" && route && relationships.includes(owner)) {
      found.push(edge.target.element === entity ? route.target : route.source);
    }
  }
  return found;
}

/**
 * Return the corners of the arc round a box that crosses lines near their ends, and its dots. Of the two ways round it takes the
 * one that leaves out the widest gap.
 *
 * @param {import("./box.js").Box} box
 * @param {RouteEnd[]} ends
 */
export function roundBox(box, ends) {
  const frame = { left: box.x - AWAY, top: box.y - AWAY, w: box.w + 2 * AWAY, h: box.h + 2 * AWAY };
  const { w, h } = frame;
  const whole = 2 * (w + h);
  const modulo = (way) => ((way % whole) + whole) % whole;
  const place = (way, inset = 0) => placeAt(modulo(way), frame, inset);
  const ways = ends.map((end) => wayOf(end, frame)).sort((a, b) => a - b);
  const gaps = ways.map((way, at) => modulo(ways[(at + 1) % ways.length] - way));
  const last = gaps.indexOf(Math.max(...gaps));
  const start = ways[(last + 1) % ways.length] - OVER;
  const length = gaps[last] ? whole - gaps[last] + 2 * OVER : 2 * OVER;
  const first = modulo(start);
  const corners = [0, whole].flatMap((lap) => [lap, lap + w, lap + w + h, lap + 2 * w + h]);
  const passed = corners.filter((turn) => first < turn && turn < first + length);
  const points = [place(start, BENT), place(start), ...passed.map((turn) => place(turn)), place(start + length), place(start + length, BENT)];
  return { points, dots: ways.map((way) => place(way)) };
}

/** How far round the box, clockwise from its upper left, a line crosses. */
function wayOf({ point: [x, y], direction: [dx, dy] }, { left, top, w, h }) {
  if (Math.abs(dx) >= Math.abs(dy)) return dx > 0 ? w + (y - top) : 2 * w + h + (top + h - y);
  return dy > 0 ? w + h + (left + w - x) : x - left;
}

function placeAt(way, { left, top, w, h }, inset) {
  const sides = [
    [w, (at) => [left + at, top + inset]], [h, (at) => [left + w - inset, top + at]],
    [w, (at) => [left + w - at, top + h - inset]], [h, (at) => [left + inset, top + h - at]],
  ];
  let rest = way;
  for (const [length, side] of sides) {
    if (rest <= length) return side(rest);
    rest -= length;
  }
  return sides[0][1](0);
}
