/**
 * Lanes: segments of lines that run side by side are kept apart, because lines that lie on each other read as a
 * relationship that is not there. Only lines that meet at an end may run together toward it, as branches of one tree.
 * `designer/layout/lanes.py` holds the twin.
 *
 * A canvas keeps its lanes from one edit to the next: `release` and `shift` cost what the line is long, whatever else
 * there is.
 *
 * @typedef {{at: number, low: number, high: number, step: number}} Free  a segment that may move: from point `at` to the
 *   next, between `low` and `high`, looking first in the direction of `step` for a free lane
 * @typedef {{points: number[][], free: Free[]}} Way
 * @typedef {{source: string, middle: string, target: string}} Keys  who may share a lane: those that meet at the first
 *   end, at the last one, and in between
 * @typedef {(start: number[], end: number[], free: Free) => number[]} Room  between which coordinates a segment can be
 *   moved before it runs into a box
 */

import { STRIDE } from "./spatial_index.js";

const LANE = 8;
/** Closer than this, two segments are taken for one. */
const APART = 6;
const MOST = 24;
/** How far a segment is moved at most. */
export const REACH = MOST * LANE;
/** So far a segment moves without coming near a box, because its sketch kept clear of them. */
const EASY = 6;
const STRIP = 16;
const STRETCH = 1024;

/** The segments of one direction, level or upright, by where they run. */
class Segments {
  constructor() {
    this.cells = new Map();
  }

  /** Take the place of a segment. @param {{at: number, low: number, high: number, key: string}} segment */
  add(segment) {
    const strip = Math.floor(segment.at / STRIP) * STRIDE;
    const last = strip + Math.floor(segment.high / STRETCH);
    for (let place = strip + Math.floor(segment.low / STRETCH); place <= last; place += 1) {
      const held = this.cells.get(place);
      if (held) held.push(segment);
      else this.cells.set(place, [segment]);
    }
  }

  remove(segment) {
    const strip = Math.floor(segment.at / STRIP) * STRIDE;
    const last = strip + Math.floor(segment.high / STRETCH);
    for (let place = strip + Math.floor(segment.low / STRETCH); place <= last; place += 1) {
      const held = this.cells.get(place);
      held.splice(held.indexOf(segment), 1);
      if (!held.length) this.cells.delete(place);
    }
  }

  /** Tell whether nothing with another key runs close by. */
  free(at, from, to, key) {
    const low = Math.min(from, to) - APART;
    const high = Math.max(from, to) + APART;
    const lastStrip = Math.floor((at + APART - 1) / STRIP);
    const [first, last] = [Math.floor(low / STRETCH), Math.floor(high / STRETCH)];
    for (let strip = Math.floor((at - APART + 1) / STRIP); strip <= lastStrip; strip += 1) {
      for (let stretch = first; stretch <= last; stretch += 1) {
        const held = this.cells.get(strip * STRIDE + stretch);
        if (held && !isFree(held, at, low, high, key)) return false;
      }
    }
    return true;
  }
}

function isFree(held, at, low, high, key) {
  for (const each of held) {
    if (each.low < high && low < each.high && Math.abs(each.at - at) < APART && each.key !== key) return false;
  }
  return true;
}

/** All segments that have their place, by the line they are of. */
export class Lanes {
  constructor() {
    this.level = new Segments();
    this.upright = new Segments();
    this.lines = new Map();
    this.ends = new Map(); // place on a box -> the ends of lines there, by line and side
  }

  /** Keep where the two ends of a line are. @param {{place: string, look: string}[]} ends */
  meet(id, ends) {
    ends.forEach((end, side) => {
      if (!this.ends.has(end.place)) this.ends.set(end.place, new Map());
      this.ends.get(end.place).set(`${id} ${side}`, end);
    });
    this.lines.set(id, { ends, parts: [] });
  }

  /** Return the ends that meet at a place. */
  meetingAt(place) {
    return this.ends.get(place).values();
  }

  /**
   * Return the points of the first of some ways of a line that finds a place for all of it, or of the first.
   *
   * Its free segments are put into lanes, which are taken.
   *
   * @param {string} id
   * @param {Iterable<Way>} ways
   * @param {Keys} keys
   * @param {Room} room
   */
  settle(id, ways, keys, room) {
    let taken = null;
    for (const way of ways) {
      const points = this.#tried(way, keys, room);
      const parts = partsOf(points, keys);
      taken ??= { points, parts };
      if (parts.every((each) => this.#of(each).free(each.at, each.low, each.high, each.key))) {
        taken = { points, parts };
        break;
      }
    }
    this.#take(id, taken.parts);
    return taken.points;
  }

  /** Give the lanes of a line back, and forget its ends; an unknown one is no error. */
  release(id) {
    const line = this.lines.get(id);
    if (!line) return;
    this.#give(line.parts);
    line.ends.forEach(({ place }, side) => {
      const held = this.ends.get(place);
      held.delete(`${id} ${side}`);
      if (!held.size) this.ends.delete(place);
    });
    this.lines.delete(id);
  }

  /** Move a line with both its ends. */
  shift(id, dx, dy) {
    const line = this.lines.get(id);
    if (!line) return;
    this.#give(line.parts);
    this.#take(id, line.parts.map((each) => shifted(each, dx, dy)));
  }

  /** Move all lines. */
  shiftAll(dx, dy) {
    this.level = new Segments();
    this.upright = new Segments();
    for (const [id, { parts }] of this.lines) this.#take(id, parts.map((each) => shifted(each, dx, dy)));
  }

  #of(segment) {
    return segment.upright ? this.upright : this.level;
  }

  #give(parts) {
    for (const each of parts) this.#of(each).remove(each);
  }

  #take(id, parts) {
    this.lines.get(id).parts = parts;
    for (const each of parts) this.#of(each).add(each);
  }

  #tried({ points, free }, keys, room) {
    const found = points.map(([x, y]) => [x, y]);
    free.forEach((each, done) => {
      const fixed = fixedOf(found, each.at);
      const at = this.#lane(found, each, free.slice(done + 1), keys, room);
      found[each.at][fixed] = at;
      found[each.at + 1][fixed] = at;
    });
    return found;
  }

  /** Return where to put a segment: where it and its neighbours are free, or it alone, or as sketched. */
  #lane(points, free, waiting, keys, room) {
    const [start, end] = [points[free.at], points[free.at + 1]];
    const fixed = fixedOf(points, free.at);
    const lanes = fixed ? this.level : this.upright;
    const key = keyOf(keys, free.at, points.length - 2);
    const wanted = start[fixed];
    let bounds = null;
    let alone = null;
    for (let turn = 0; turn <= 2 * MOST; turn += 1) {
      const at = placeOf(wanted, free.step, turn);
      if (at < free.low || at > free.high || !lanes.free(at, start[1 - fixed], end[1 - fixed], key)) continue;
      if (Math.abs(at - wanted) > EASY) {
        bounds ??= room(start, end, free);
        if (at < bounds[0] || at > bounds[1]) continue;
      }
      if (this.#neighboursFree(points, free.at, at, waiting, keys)) return at;
      alone ??= at;
    }
    return alone ?? wanted;
  }

  /** Tell whether the segments before and after would be free, were segment `which` at the coordinate `at`. */
  #neighboursFree(points, which, at, waiting, keys) {
    const fixed = fixedOf(points, which);
    const lanes = fixed ? this.upright : this.level;
    const last = points.length - 2;
    const free = (segment, near, far) => segment < 0 || segment > last || waiting.some((each) => each.at === segment) ||
      lanes.free(points[near][1 - fixed], points[far][fixed], at, keyOf(keys, segment, last));
    return free(which - 1, which, which - 1) && free(which + 1, which + 1, which + 2);
  }
}

/** Return 0 where a segment is upright and 1 where it is level: which of x and y is the same all along. */
function fixedOf(points, at) {
  return points[at][0] === points[at + 1][0] ? 0 : 1;
}

/** Return the lane to try at a turn: the nearest, one further in the direction of `step`, one back, two further, … */
function placeOf(wanted, step, turn) {
  const first = Math.floor((wanted + LANE / 2) / LANE);
  const away = Math.ceil(turn / 2) * (turn % 2 ? step : -step);
  return (first + away) * LANE;
}

function keyOf(keys, segment, last) {
  if (segment === last) return keys.target;
  return segment === 0 ? keys.source : keys.middle;
}

function shifted(part, dx, dy) {
  const [across, along] = part.upright ? [dx, dy] : [dy, dx];
  return { ...part, at: part.at + across, low: part.low + along, high: part.high + along };
}

/** Return the segments of a line; a straight one has two, each of which belongs to its end. */
function partsOf(points, keys) {
  const last = points.length - 2;
  if (last === 0) {
    const [[x1, y], [x2]] = points;
    const middle = Math.floor((x1 + x2) / 2);
    return [part(false, y, x1, middle, keys.source), part(false, y, middle, x2, keys.target)];
  }
  const parts = [];
  for (let segment = 0; segment <= last; segment += 1) {
    const [[x1, y1], [x2, y2]] = [points[segment], points[segment + 1]];
    if (x1 !== x2) parts.push(part(false, y1, x1, x2, keyOf(keys, segment, last)));
    else if (y1 !== y2) parts.push(part(true, x1, y1, y2, keyOf(keys, segment, last)));
  }
  return parts;
}

function part(upright, at, from, to, key) {
  return { upright, at, low: Math.min(from, to), high: Math.max(from, to), key };
}

/** Return what is free from `low` to `high` between intervals sorted by where they begin. */
export function gaps(taken, low, high) {
  const found = [];
  for (const [first, last] of taken) {
    if (first > low) found.push([low, first]);
    low = Math.max(low, last);
  }
  if (high > low) found.push([low, high]);
  return found;
}

/** Return the first lane at or beyond `x`, away from the boxes. */
export function laneBeyond(x, side) {
  return Math.ceil((side * x) / LANE) * LANE * side;
}
