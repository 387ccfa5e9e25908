/**
 * Which lines run through a place: a grid as in spatial_index.js, in which a line stands only in the cells that its
 * segments cross. The box round a long line covers thousands of cells, its segments a few dozen.
 *
 * @typedef {{id: string, route: {points: number[][]}}} Line
 */

import { STRIDE } from "./spatial_index.js";

const CELL = 1024;

export class LineIndex {
  #looks = 0;

  /** @param {number} reach how far marks and labels stick out of a line, in pixels */
  constructor(reach, cell = CELL) {
    this.reach = reach;
    this.cell = cell;
    this.cells = new Map();
    this.kept = new Map();
  }

  /** Add a line, or put it where its route is now. @param {Line} line */
  insert(line) {
    this.remove(line.id);
    const kept = { line, cells: [], seen: 0 };
    this.kept.set(line.id, kept);
    const points = pointsOf(line);
    for (let at = 1; at < points.length; at += 1) this.#enter(kept, points[at - 1], points[at]);
  }

  #enter(kept, [x1, y1], [x2, y2]) {
    const { cell, reach } = this;
    const right = Math.floor((Math.max(x1, x2) + reach) / cell);
    const top = Math.floor((Math.min(y1, y2) - reach) / cell);
    const bottom = Math.floor((Math.max(y1, y2) + reach) / cell);
    for (let column = Math.floor((Math.min(x1, x2) - reach) / cell); column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) this.#put(kept, column * STRIDE + row);
    }
  }

  #put(kept, place) {
    const held = this.cells.get(place);
    if (!held) this.cells.set(place, [kept]);
    else if (held[held.length - 1] !== kept) held.push(kept);
    else return;
    kept.cells.push(place);
  }

  /** Take a line out; an unknown one is no error. */
  remove(id) {
    const kept = this.kept.get(id);
    if (!kept) return;
    this.kept.delete(id);
    for (const place of kept.cells) {
      const held = this.cells.get(place);
      held.splice(held.indexOf(kept), 1);
      if (!held.length) this.cells.delete(place);
    }
  }

  /** Add the lines of which a segment comes within reach of `area` to the list `into`, each once, and return it. */
  collect(area, into) {
    const { cell } = this;
    const left = Math.floor(area.x / cell);
    const right = Math.floor((area.x + area.w) / cell);
    const top = Math.floor(area.y / cell);
    const bottom = Math.floor((area.y + area.h) / cell);
    this.#looks += 1;
    if ((right - left + 1) * (bottom - top + 1) > this.cells.size) {
      this.#collectAmong(this.kept.values(), area, into);
      return into;
    }
    for (let column = left; column <= right; column += 1) {
      for (let row = top; row <= bottom; row += 1) {
        const held = this.cells.get(column * STRIDE + row);
        if (held) this.#collectAmong(held, area, into);
      }
    }
    return into;
  }

  #collectAmong(held, area, into) {
    for (const kept of held) {
      if (kept.seen !== this.#looks) {
        kept.seen = this.#looks;
        if (runsThrough(pointsOf(kept.line), area, this.reach)) into.push(kept.line);
      }
    }
  }
}

/** A line is where its route is, and where its notation draws something beside that. */
function pointsOf({ notation, route }) {
  return notation ? notation.traced(route) : route.points;
}

function runsThrough(points, { x, y, w, h }, reach) {
  for (let at = 1; at < points.length; at += 1) {
    const [x1, y1] = points[at - 1];
    const [x2, y2] = points[at];
    if (Math.min(x1, x2) <= x + w + reach && Math.max(x1, x2) >= x - reach &&
        Math.min(y1, y2) <= y + h + reach && Math.max(y1, y2) >= y - reach) return true;
  }
  return false;
}
