/** Where a table stands that links two others: between them, and on nothing else. */

import { intersects } from "../geometry/box.js";
import { toGrid } from "./snap.js";

/** About the size of a linking table, with the room that one leaves round it. */
const W = 200;
const H = 100;
const GAP = 24;
const STEP = 40;
const TRIES = 30;

/**
 * Returns the top left corner of a free place between two elements, or beside one that is both.
 * @param {object} scene
 * @param {string} first
 * @param {string} second
 * @returns {{x: number, y: number}}
 */
export function spotBetween(scene, first, second) {
  const [one, other] = [scene.item(first), scene.item(second)];
  if (!one || !other || first === second) {
    const { x = 0, y = 0, w = 0 } = one ?? other ?? {};
    return nearest(scene, { x: x + w + 3 * GAP, y });
  }
  const middle = (from, size) => (one[from] + one[size] / 2 + other[from] + other[size] / 2) / 2;
  return nearest(scene, { x: middle("x", "w") - W / 2, y: middle("y", "h") - H / 2 });
}

/** The free place nearest to a start, looked for in ever wider rings. */
function nearest(scene, start) {
  for (let ring = 0; ring < TRIES; ring += 1) {
    const reach = ring * STEP;
    const tries = [[0, reach], [0, -reach], [reach, 0], [-reach, 0], [reach, reach], [-reach, reach], [reach, -reach], [-reach, -reach]];
    const free = tries.map(([dx, dy]) => ({ x: toGrid(start.x + dx), y: toGrid(start.y + dy) })).find((spot) => isFree(scene, spot));
    if (free) {
      return free;
    }
  }
  return { x: toGrid(start.x), y: toGrid(start.y) };
}

function isFree(scene, { x, y }) {
  const box = { x: x - GAP, y: y - GAP, w: W + 2 * GAP, h: H + 2 * GAP };
  return !scene.nodesIn(box).some((node) => intersects(node, box));
}
