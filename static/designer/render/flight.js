/** The way of a view from where it looks to where it will. */

import { Transform } from "../geometry/transform.js";

/** How far along a flight is that slows down towards its end. @param {number} part of its time, 0 to 1 */
export function ease(part) {
  return 1 - (1 - part) ** 3;
}

/** Returns where one looks from on the way: a straight one for the middle of the screen, and an even one for the zoom. */
export function between(from, to, part, { w, h }) {
  const k = from.k * (to.k / from.k) ** part;
  const middle = { x: w / 2, y: h / 2 };
  const a = from.invert(middle);
  const b = to.invert(middle);
  const share = from.k === to.k ? part : (1 / from.k - 1 / k) / (1 / from.k - 1 / to.k);
  return new Transform(k, middle.x - (a.x + (b.x - a.x) * share) * k, middle.y - (a.y + (b.y - a.y) * share) * k);
}
