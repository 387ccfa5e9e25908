/**
 * Pan and zoom as an immutable value: screen = world × k + (x, y).
 *
 * The shape is that of d3-zoom's transform (Bostock, 2013).
 */

export class Transform {
  /** @param {number} k zoom @param {number} x screen x of the world's origin @param {number} y its screen y */
  constructor(k, x, y) {
    this.k = k;
    this.x = x;
    this.y = y;
    Object.freeze(this);
  }

  /** Return the point on the screen of a point of the world. */
  apply(point) {
    return { x: point.x * this.k + this.x, y: point.y * this.k + this.y };
  }

  /** Return the point of the world under a point of the screen. */
  invert(point) {
    return { x: (point.x - this.x) / this.k, y: (point.y - this.y) / this.k };
  }

  /** Return the transform after the screen was moved by (dx, dy) pixels. */
  panned(dx, dy) {
    return new Transform(this.k, this.x + dx, this.y + dy);
  }

  /** Return the transform with zoom `k`, in which the point of the screen stays over the same point of the world. */
  zoomedAt(point, k) {
    const world = this.invert(point);
    return new Transform(k, point.x - world.x * k, point.y - world.y * k);
  }

  /** Return the box of the world that a screen of w × h pixels shows. */
  visible(w, h) {
    const { x, y } = this.invert({ x: 0, y: 0 });
    return { x, y, w: w / this.k, h: h / this.k };
  }
}

export const identity = new Transform(1, 0, 0);
export const MIN_ZOOM = 0.02;
export const MAX_ZOOM = 4;

/** Return `k` held between the smallest and the greatest zoom. */
export function clampZoom(k, least = MIN_ZOOM, most = MAX_ZOOM) {
  return Math.min(most, Math.max(least, k));
}

/** Return the transform that shows `box` centred on a screen of w × h pixels, never larger than `most` nor smaller than `least`. */
export function fit(box, w, h, margin = 40, most = 1, least = MIN_ZOOM) {
  const wide = Math.max(1, w - 2 * margin) / Math.max(1, box.w);
  const high = Math.max(1, h - 2 * margin) / Math.max(1, box.h);
  const k = clampZoom(Math.min(wide, high), least, most);
  return new Transform(k, w / 2 - (box.x + box.w / 2) * k, h / 2 - (box.y + box.h / 2) * k);
}
