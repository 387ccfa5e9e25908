/**
 * A uniform grid over the plane: which boxes lie near a place, in the time of the answer.
 *
 * The idea of fixed cells for near-neighbour look-up is old (Bentley, Stanat and Williams, 1977); tables have similar
 * sizes, so that a grid is both simpler and faster here than a tree.
 */

import { intersects } from "./box.js";

export const CELL = 512;
/** Columns are told apart from rows by this factor: room for coordinates up to half a billion pixels. */
export const STRIDE = 2 ** 21;

export class SpatialIndex {
  #looks = 0;

  constructor(cell = CELL) {
    this.cell = cell;
    this.cells = new Map();
    this.boxes = new Map();
  }

  /** Add a box; a key that is there already is moved. `item` is what `collect` gives for it. */
  insert(key, box, item = key) {
    if (this.boxes.has(key)) this.remove(key);
    const kept = { key, item, x: box.x, y: box.y, w: box.w, h: box.h, seen: 0 };
    this.boxes.set(key, kept);
    for (const place of this.#placesOf(kept)) {
      const held = this.cells.get(place);
      if (held) held.push(kept);
      else this.cells.set(place, [kept]);
    }
  }

  /** Move a box, or add it. */
  update(key, box, item = key) {
    this.insert(key, box, item);
  }

  /** Take a box out; an unknown key is no error. */
  remove(key) {
    const box = this.boxes.get(key);
    if (!box) return;
    this.boxes.delete(key);
    for (const place of this.#placesOf(box)) {
      const held = this.cells.get(place);
      held.splice(held.indexOf(box), 1);
      if (!held.length) this.cells.delete(place);
    }
  }

  /** Return the keys of the boxes that share more than an edge with `area`, each once. */
  query(area) {
    return [...this.gather(area, new Set())];
  }

  /** Add the keys of the boxes that share more than an edge with `area` to the set `found`, and return it. */
  gather(area, found) {
    for (const box of this.lookFor([area])) found.add(box.key);
    return found;
  }

  /** Add the items of the boxes that share more than an edge with `area` to the list `into`, each once, and return it. */
  collect(area, into) {
    const from = into.length;
    this.#looks += 1;
    this.#look(area, into);
    for (let at = from; at < into.length; at += 1) into[at] = into[at].item;
    return into;
  }

  /** Return what was put in for the boxes that share more than an edge with any of `areas`, each once: `{key, item, x, …}`. */
  lookFor(areas) {
    const into = [];
    this.#looks += 1;
    for (const area of areas) this.#look(area, into);
    return into;
  }

  /** Return the keys of the boxes that hold the point. */
  at(x, y) {
    return this.query({ x: x - 0.01, y: y - 0.01, w: 0.02, h: 0.02 });
  }

  /** Forget every box. */
  clear() {
    this.cells.clear();
    this.boxes.clear();
  }

  #look(area, into) {
    const { cell, cells } = this;
    const left = Math.floor(area.x / cell);
    const right = Math.floor((area.x + area.w) / cell);
    const top = Math.floor(area.y / cell);
    const bottom = Math.floor((area.y + area.h) / cell);
    if ((right - left + 1) * (bottom - top + 1) > cells.size) {
      this.#lookAmong(this.boxes.values(), area, into);
      return;
    }
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const held = cells.get(column * STRIDE + row);
        if (held) this.#lookAmong(held, area, into);
      }
    }
  }

  #lookAmong(boxes, area, into) {
    for (const box of boxes) {
      if (box.seen !== this.#looks && intersects(box, area)) {
        box.seen = this.#looks;
        into.push(box);
      }
    }
  }

  #placesOf(box) {
    const left = Math.floor(box.x / this.cell);
    const right = Math.floor((box.x + box.w) / this.cell);
    const top = Math.floor(box.y / this.cell);
    const bottom = Math.floor((box.y + box.h) / this.cell);
    const found = [];
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) found.push(column * STRIDE + row);
    }
    return found;
  }
}
