/**
 * Straight lines to the figures of Chen's notation: where they end, what they run through, how a double one runs.
 * `designer/layout/notations/chen_plane.py` holds the twin.
 *
 * Coordinates are fractions until a point is kept; both languages then round the same way, half up.
 */

import { isDiamond } from "./chen_box.js";

/** Half of the distance between the two lines of a double one. */
const GAP = 2;

/** Return the nearest whole point. */
export function rounded(x, y) {
  return [Math.floor(x + 0.5), Math.floor(y + 0.5)];
}

/** Return the length of a vector, computed alike in both languages. */
export function length(dx, dy) {
  return Math.sqrt(dx * dx + dy * dy);
}

/** Return the middle of a figure, and half of its width and height; of a box that has none, its own. */
export function coreOf(box) {
  const core = box.core ?? { x: 0, y: 0, w: box.w, h: box.h };
  return [box.x + core.x + core.w / 2, box.y + core.y + core.h / 2, core.w / 2, core.h / 2];
}

/** Return the middle of a figure. */
export function middleOf(box) {
  return coreOf(box).slice(0, 2);
}

/** Return the part of the vector (dx, dy) at which it leaves a rectangle or diamond round its start. */
export function reachOf(diamond, hw, hh, dx, dy) {
  if (dx === 0 && dy === 0) return 0;
  const across = Math.abs(dx) / hw;
  const along = Math.abs(dy) / hh;
  return diamond ? 1 / (across + along) : 1 / Math.max(across, along);
}

/** Return the part of the way from `start`, inside the footprint, to `aim` at which the footprint ends. */
export function exitOf(box, start, aim) {
  const [dx, dy] = [aim[0] - start[0], aim[1] - start[1]];
  let end = Infinity;
  if (dx) end = ((dx > 0 ? box.x + box.w : box.x) - start[0]) / dx;
  if (dy) end = Math.min(end, ((dy > 0 ? box.y + box.h : box.y) - start[1]) / dy);
  return end === Infinity ? 0 : Math.max(0, end);
}

/** Tell whether a segment runs through a box (Liang and Barsky 1984). */
export function crosses({ x, y, w, h }, start, end) {
  if (Math.max(start[0], end[0]) <= x || Math.min(start[0], end[0]) >= x + w ||
      Math.max(start[1], end[1]) <= y || Math.min(start[1], end[1]) >= y + h) return false;
  const across = within(start[0], end[0] - start[0], x, x + w, [0, 1]);
  const both = across && within(start[1], end[1] - start[1], y, y + h, across);
  return Boolean(both) && both[0] < both[1];
}

function within(at, by, least, most, [low, high]) {
  if (by === 0) return at <= least || at >= most ? null : [low, high];
  const first = (least - at) / by;
  const second = (most - at) / by;
  return [Math.max(low, Math.min(first, second)), Math.min(high, Math.max(first, second))];
}

/** Tell whether the figure of a box is a diamond. */
export function hasDiamond(box) {
  return isDiamond(box.figure);
}

/**
 * Return the lines to draw of a route: the parts before and after its figure, each single or double, up to the border of
 * the figure. Where the part after it is shared with another route, that one draws it.
 *
 * @returns {number[][][]}
 */
export function strokesOf({ points, middle, label, figure, doubles, shared }) {
  if (!figure) return singleOrDouble(points, doubles[0] || doubles[1]);
  const before = singleOrDouble(cut(points.slice(0, middle + 1), label, figure), doubles[0]);
  if (shared) return before;
  return [...before, ...singleOrDouble(cut(points.slice(middle).toReversed(), label, figure), doubles[1])];
}

/** A line that ends at the middle of a figure, ended at its border instead. */
function cut(points, [mx, my], { shape, w, h }) {
  const [x, y] = points.at(-2);
  const way = length(x - mx, y - my);
  const whole = shape === "circle" ? (way ? w / 2 / way : 0) : reachOf(true, w / 2, h / 2, x - mx, y - my);
  const part = Math.min(1, whole);
  return [...points.slice(0, -1), [mx + (x - mx) * part, my + (y - my) * part]];
}

function singleOrDouble(points, double) {
  return double ? [beside(points, GAP), beside(points, -GAP)] : [points];
}

/** The line that runs `by` to the left of another, with its corners mitred. */
function beside(points, by) {
  const normals = points.slice(1).map((point, at) => normalOf(points[at], point));
  return points.map(([x, y], at) => {
    const [nx, ny] = normals[Math.max(0, at - 1)];
    const [mx, my] = normals[Math.min(at, normals.length - 1)];
    const share = Math.max(0.5, 1 + nx * mx + ny * my);
    return [x + ((nx + mx) / share) * by, y + ((ny + my) / share) * by];
  });
}

function normalOf(start, end) {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const way = length(dx, dy);
  return way ? [dy / way, -dx / way] : [0, 0];
}
