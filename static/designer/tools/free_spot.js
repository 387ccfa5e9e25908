/** Finding room on a diagram. */

import { toGrid } from "./snap.js";

const GAP = 72;
const MOST_ROWS = 40;

/**
 * Returns the top left corner of a free place for a box, as near as can be to the right of another one, below it, or to its
 * left.
 * @param {object} scene
 * @param {{x: number, y: number, w: number, h: number}} beside
 * @param {{w: number, h: number}} [size]
 */
export function freeSpot(scene, beside, size = { w: 240, h: 160 }) {
  const tries = [];
  for (let row = 0; row < MOST_ROWS; row += 1) {
    const y = beside.y + row * (size.h + GAP / 2);
    tries.push({ x: beside.x + beside.w + GAP, y }, { x: beside.x - size.w - GAP, y });
    if (row === 0) tries.push({ x: beside.x, y: beside.y + beside.h + GAP });
  }
  const free = tries.find((spot) => isFree(scene, { ...spot, ...size })) ?? tries[0];
  return { x: toGrid(free.x), y: toGrid(free.y) };
}

function isFree(scene, { x, y, w, h }) {
  const apart = (box) => box.x >= x + w + GAP / 3 || box.x + box.w + GAP / 3 <= x || box.y >= y + h + GAP / 3 || box.y + box.h + GAP / 3 <= y;
  return [...scene.nodes.values()].every(apart);
}
