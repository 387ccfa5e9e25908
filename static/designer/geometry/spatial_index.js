/**
 * A uniform grid over the plane: which boxes lie near a place, in the time of the answer.
 *
 * The idea of fixed cells for near-neighbour look-up is old (Bentley, Stanat and Williams, 1977); tables have similar
 * sizes, so that a grid is both simpler and faster here than a tree.
 */

import { intersects } from "./box.js";

export const CELL = 512;
/** Columns are told apart from rows by this factor: room for coordinates up to half a billion pixels. */
const STRIDE = 2 ** 21;

export class SpatialIndex {
  constructor(cell = CELL) {
    this.cell = cell;
    this.cells = new Map();
    this.boxes = new Map();
  }

  /** Add a box; a key that is there already is moved. */
  insert(key, box) {
    if (this.boxes.has(key)) this.remove(key);
    const kept = { x: box.x, y: box.y, w: box.w, h: box.h };
    this.boxes.set(key, kept);
    this.#visit(kept, (cell) => {
      const keys = this.cells.get(cell);
      if (keys) keys.push(key);
      else this.cells.set(cell, [key]);
    });
  }

  /** Move a box, or add it. */
  update(key, box) {
    this.insert(key, box);
  }

  /** Take a box out; an unknown key is no error. */
  remove(key) {
    const box = this.boxes.get(key);
    if (!box) return;
    this.boxes.delete(key);
    this.#visit(box, (cell) => {
      const keys = this.cells.get(cell);
      keys.splice(keys.indexOf(key), 1);
      if (!keys.length) this.cells.delete(cell);
    });
  }

  /** Return the keys of the boxes that share more than an edge with `area`, each once. */
  query(area) {
    return [...this.gather(area, new Set())];
  }

  /** Add the keys of the boxes that share more than an edge with `area` to the set `found`, and return it. */
  gather(area, found) {
    const right = Math.floor((area.x + area.w) / this.cell);
    const top = Math.floor(area.y / this.cell);
    const bottom = Math.floor((area.y + area.h) / this.cell);
    for (let column = Math.floor(area.x / this.cell); column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const keys = this.cells.get(column * STRIDE + row);
        if (!keys) continue;
        for (const key of keys) if (intersects(this.boxes.get(key), area)) found.add(key);
      }
    }
    return found;
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

  #visit(box, action) {
    const left = Math.floor(box.x / this.cell);
    const right = Math.floor((box.x + box.w) / this.cell);
    const top = Math.floor(box.y / this.cell);
    const bottom = Math.floor((box.y + box.h) / this.cell);
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) action(column * STRIDE + row);
    }
  }
}
