/** Where one has looked, to go back to and forward again. */

const MOST = 100;
/** A view is another one when its middle moved by a third of the screen, or the zoom by half. */
const MOVED = 0.33;
const ZOOMED = 1.5;

/** @typedef {{diagram: string, k: number, x: number, y: number, w: number, h: number}} Spot (x, y) is the middle, in the world */

export class ViewHistory {
  constructor() {
    /** @type {Spot[]} */
    this.spots = [];
    this.at = -1;
  }

  /** Keeps a spot, unless it is much the same as the one that one is at; what lay ahead is forgotten. */
  keep(spot) {
    const now = this.spots[this.at];
    if (now && same(now, spot)) {
      return false;
    }
    this.spots.splice(this.at + 1, Infinity, spot);
    this.spots.splice(0, Math.max(0, this.spots.length - MOST));
    this.at = this.spots.length - 1;
    return true;
  }

  /** Returns the spot before (-1) or after (1) the one that one is at, and goes there; null where there is none. */
  step(by) {
    const spot = this.spots[this.at + by];
    if (!spot) {
      return null;
    }
    this.at += by;
    return spot;
  }

  can(by) {
    return Boolean(this.spots[this.at + by]);
  }
}

function same(a, b) {
  const zoom = Math.max(a.k / b.k, b.k / a.k);
  return a.diagram === b.diagram && zoom < ZOOMED
    && Math.abs(a.x - b.x) * b.k < b.w * MOVED && Math.abs(a.y - b.y) * b.k < b.h * MOVED;
}
