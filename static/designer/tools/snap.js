/** Snapping while boxes are dragged: to the edges and middles of boxes near by, else to the grid. */

export const GRID = 8;
const REACH = 6;

/**
 * Returns how much to add to a dragged box so that it lines up, and the guides to show.
 * @param {{x: number, y: number, w: number, h: number}} box where it would stand
 * @param {object[]} others boxes to line up with
 * @param {number} zoom
 * @returns {{dx: number, dy: number, guides: {x1: number, y1: number, x2: number, y2: number}[]}}
 */
export function snapped(box, others, zoom) {
  const reach = REACH / zoom;
  const upright = nearest(stops(box.x, box.w), others, (other) => stops(other.x, other.w), reach);
  const level = nearest(stops(box.y, box.h), others, (other) => stops(other.y, other.h), reach);
  const dx = upright ? upright.by : toGrid(box.x) - box.x;
  const dy = level ? level.by : toGrid(box.y) - box.y;
  const moved = { x: box.x + dx, y: box.y + dy, w: box.w, h: box.h };
  const guides = [];
  if (upright) {
    guides.push({ x1: upright.at, x2: upright.at, ...span("y", "h", moved, upright.other) });
  }
  if (level) {
    guides.push({ y1: level.at, y2: level.at, ...span("x", "w", moved, level.other) });
  }
  return { dx, dy, guides };
}

/** Returns a coordinate on the grid. */
export function toGrid(value) {
  return Math.round(value / GRID) * GRID;
}

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

function span(axis, size, a, b) {
  const low = Math.min(a[axis], b[axis]);
  const high = Math.max(a[axis] + a[size], b[axis] + b[size]);
  return axis === "y" ? { y1: low - 12, y2: high + 12 } : { x1: low - 12, x2: high + 12 };
}
