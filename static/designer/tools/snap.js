/** Snapping while boxes are dragged: to the edges and middles of boxes near by, to equal gaps between them, else to the grid. */

export const GRID = 8;
const REACH = 6;
const TICK = 5;
const KEPT = "wholekey:snap";

/** What people want to snap to; kept for the next visit. */
export const snapping = { guides: true, grid: true, ...recalled() };

/** Switches one kind of snapping on or off. */
export function toggleSnapping(kind) {
  snapping[kind] = !snapping[kind];
  try {
    localStorage.setItem(KEPT, JSON.stringify(snapping));
  } catch {
    // Without storage the choice holds until the page is left.
  }
}

/**
 * Returns how much to add to a dragged box so that it lines up, and the guides to show.
 * @param {{x: number, y: number, w: number, h: number}} box where it would stand
 * @param {object[]} others boxes to line up with
 * @param {number} zoom
 * @param {{guides: boolean, grid: boolean}} wanted
 * @returns {{dx: number, dy: number, guides: {x1: number, y1: number, x2: number, y2: number}[]}}
 */
export function snapped(box, others, zoom, wanted = snapping) {
  const reach = REACH / zoom;
  const near = wanted.guides ? others : [];
  const upright = better(nearest(stops(box.x, box.w), near, (other) => stops(other.x, other.w), reach), evenly(box, near, ACROSS, reach));
  const level = better(nearest(stops(box.y, box.h), near, (other) => stops(other.y, other.h), reach), evenly(box, near, ALONG, reach));
  const grid = (value) => (wanted.grid ? toGrid(value) - value : 0);
  const dx = upright ? upright.by : grid(box.x);
  const dy = level ? level.by : grid(box.y);
  const moved = { x: box.x + dx, y: box.y + dy, w: box.w, h: box.h };
  return { dx, dy, guides: [...guidesOf(upright, moved, ACROSS, zoom), ...guidesOf(level, moved, ALONG, zoom)] };
}

/** Returns a coordinate on the grid. */
export function toGrid(value) {
  return Math.round(value / GRID) * GRID;
}

const ACROSS = { at: "x", length: "w", side: "y", width: "h" };
const ALONG = { at: "y", length: "h", side: "x", width: "w" };

/** Left (or top), middle and right: a left edge lines up with left edges, a middle with middles. */
function stops(start, length) {
  return [start, start + length / 2, start + length];
}

function nearest(own, others, stopsOf, reach) {
  let best = null;
  for (const other of others) {
    stopsOf(other).forEach((at, index) => {
      const by = at - own[index];
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) {
        best = { by, at, other };
      }
    });
  }
  return best;
}

function better(one, other) {
  return one && other ? (Math.abs(other.by) < Math.abs(one.by) ? other : one) : one ?? other;
}

/**
 * Finds where the gap to a neighbour is that between two others of the same row, or where a box stands in the middle of two.
 * @returns {{by: number, gaps: [object, object][]} | null} `gaps` are the pairs whose distance is shown; null is the box itself
 */
function evenly(box, others, axis, reach) {
  const { at, length, side, width } = axis;
  const row = others.filter((other) => other[side] < box[side] + box[width] && box[side] < other[side] + other[width]);
  row.sort((a, b) => a[at] - b[at]);
  let best = null;
  const offer = (goal, gaps) => {
    const by = goal - box[at];
    if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) {
      best = { by, gaps };
    }
  };
  for (let index = 1; index < row.length; index += 1) {
    const [a, b] = [row[index - 1], row[index]];
    const gap = b[at] - a[at] - a[length];
    if (gap <= 0) {
      continue;
    }
    offer(b[at] + b[length] + gap, [[a, b], [b, null]]);
    offer(a[at] - gap - box[length], [[null, a], [a, b]]);
    if (gap > box[length]) {
      offer(a[at] + a[length] + (gap - box[length]) / 2, [[a, null], [null, b]]);
    }
  }
  return best;
}

function guidesOf(found, box, axis, zoom) {
  if (!found) {
    return [];
  }
  return found.gaps ? found.gaps.flatMap(([a, b]) => gapGuides(a ?? box, b ?? box, axis, zoom)) : [lineGuide(found, box, axis)];
}

/** A line along the edges that line up. */
function lineGuide({ at, other }, box, { at: name, side, width }) {
  const low = Math.min(box[side], other[side]) - 12;
  const high = Math.max(box[side] + box[width], other[side] + other[width]) + 12;
  return name === "x" ? { x1: at, x2: at, y1: low, y2: high } : { y1: at, y2: at, x1: low, x2: high };
}

/** A line from one box to the next, with a tick at either end. */
function gapGuides(a, b, { at, length, side, width }, zoom) {
  const [from, to] = [a[at] + a[length], b[at]];
  const middle = (Math.max(a[side], b[side]) + Math.min(a[side] + a[width], b[side] + b[width])) / 2;
  const tick = TICK / zoom;
  const segments = [[from, middle, to, middle], [from, middle - tick, from, middle + tick], [to, middle - tick, to, middle + tick]];
  return segments.map(([p, q, r, s]) => (at === "x" ? { x1: p, y1: q, x2: r, y2: s } : { x1: q, y1: p, x2: s, y2: r }));
}

function recalled() {
  try {
    const { guides, grid } = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    return { guides: guides !== false, grid: grid !== false };
  } catch {
    return {};
  }
}
