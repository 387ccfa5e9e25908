/**
 * Rectangles: where they meet and what encloses them. (x, y) is the top left corner.
 *
 * @typedef {{x: number, y: number, w: number, h: number}} Box
 */

/** Tell whether two boxes share more than an edge. */
export function intersects(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Tell whether `inner` lies in `outer`, edges included. */
export function contains(outer, inner) {
  return outer.x <= inner.x && outer.y <= inner.y &&
    inner.x + inner.w <= outer.x + outer.w && inner.y + inner.h <= outer.y + outer.h;
}

/** Return the smallest box round all of them; null where there are none. */
export function union(boxes) {
  let x = Infinity;
  let y = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    x = Math.min(x, box.x);
    y = Math.min(y, box.y);
    right = Math.max(right, box.x + box.w);
    bottom = Math.max(bottom, box.y + box.h);
  }
  return x === Infinity ? null : { x, y, w: right - x, h: bottom - y };
}

/** Return the box with `by` added on all four sides. */
export function grown(box, by) {
  return { x: box.x - by, y: box.y - by, w: box.w + 2 * by, h: box.h + 2 * by };
}

/** Return the box between two corners, in whichever order they were given (a rubber band). */
export function between(x1, y1, x2, y2) {
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), w: Math.abs(x2 - x1), h: Math.abs(y2 - y1) };
}
