/**
 * Texts on lines: the verb of a relationship, and what a notation writes at the ends. Each has a few places that suit it
 * and takes the first that is free of boxes and of other labels, else the one with the least in its way; so the cost of a
 * label does not grow with the picture. This is the greedy point-feature labelling of Christensen, Marks and Shieber, "An
 * Empirical Study of Algorithms for Point-Feature Label Placement" (1995). `designer/layout/labels.py` holds the twin.
 *
 * @typedef {{text: string, x: number, y: number, w: number, h: number, onLine: boolean, lines: Set<string>}} Label  the box
 *   round a text, whether a line runs under it, and the lines that it belongs to: ends at one point share what they say
 */

import { LABEL_SIZE } from "./metrics.js";
import { SpatialIndex } from "./spatial_index.js";
import { ellipsize, textWidth, visible } from "./text.js";

export const LABEL_H = 12;
const MOST_W = 160;
const PADDING = 4;
const OFF_MARK = 6;
const OFF_LINE = 2;
const FARTHER = 16;
const BESIDE = 15;
const NONE = [];

/** The labels of a picture, placed line by line. */
export class Labels {
  constructor() {
    this.index = new SpatialIndex();
    this.byKey = new Map();
    this.byLine = new Map();
  }

  /**
   * Places the labels of some lines anew.
   *
   * @param {{id: string, edge: object, route: object}[]} lines
   * @param {import("./notations/base.js").Notation} notation
   * @param {SpatialIndex} boxes
   * @returns {Label[]} those that came, went or moved
   */
  replace(lines, notation, boxes) {
    const steps = this.steps(lines, notation, boxes);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** Does what `replace` does, with a pause after each label; the labels that changed are what it returns at the end. */
  * steps(lines, notation, boxes) {
    const before = lines.flatMap((line) => this.drop(line.id));
    if (notation.straight) return before;
    const wishes = [...lines].sort(byId).flatMap((line) => wishesOf(line.edge, line.route, notation).map((wish) => ({ id: line.id, wish })));
    // What stands at an end has few places; a verb finds one among what is left.
    const ordered = [...wishes.filter(({ wish }) => !wish.onLine), ...wishes.filter(({ wish }) => wish.onLine)];
    const now = [];
    for (const { id, wish } of ordered) {
      now.push(this.#place(id, wish, boxes));
      yield;
    }
    return changed(before, now);
  }

  /** Takes the labels of a line away and returns them. */
  drop(id) {
    const labels = this.byLine.get(id) ?? NONE;
    this.byLine.delete(id);
    for (const { key, label } of labels) {
      label.lines.delete(id);
      if (label.lines.size === 0 && this.byKey.get(key) === label) {
        this.byKey.delete(key);
        this.index.remove(key);
      }
    }
    return labels.map(({ label }) => label);
  }

  /** Moves the labels of a line away from the others, without looking for what is in the way. */
  shift(id, dx, dy) {
    const labels = this.drop(id);
    const moved = labels.map((label) => ({ ...label, x: label.x + dx, y: label.y + dy, lines: new Set([id]) }));
    if (moved.length) this.byLine.set(id, moved.map((label) => ({ key: "", label })));
  }

  /** Moves all labels, as everything else has moved. */
  shiftAll(dx, dy) {
    const held = [...this.byKey];
    const keys = new Map();
    this.byKey.clear();
    this.index.clear();
    for (const [key, label] of held) {
      const now = shiftedKey(key, dx, dy);
      keys.set(key, now);
      label.x += dx;
      label.y += dy;
      this.byKey.set(now, label);
      this.index.insert(now, label);
    }
    for (const labels of this.byLine.values()) {
      for (const each of labels) each.key = keys.get(each.key) ?? each.key;
    }
  }

  /** Returns the labels of a line. */
  of(id) {
    return (this.byLine.get(id) ?? NONE).map(({ label }) => label);
  }

  /** Returns the labels that touch a box. */
  in(box) {
    return this.index.query(box).map((key) => this.byKey.get(key));
  }

  #place(id, wish, boxes) {
    const settled = this.#settle(wish, boxes);
    settled.label.lines.add(id);
    const known = this.byLine.get(id);
    if (known) known.push(settled);
    else this.byLine.set(id, [settled]);
    return settled.label;
  }

  #settle({ text, w, onLine, places }, boxes) {
    const key = keyOf(text, places[0]);
    const known = this.byKey.get(key);
    if (known) return { key, label: known };
    const [x, y] = this.#freest(places, w, boxes);
    const label = { text, x, y, w, h: LABEL_H, onLine, lines: new Set() };
    this.byKey.set(key, label);
    this.index.insert(key, label);
    return { key, label };
  }

  #freest(places, w, boxes) {
    let best = places[0];
    let least = Infinity;
    for (const [x, y] of places) {
      const box = { x, y, w, h: LABEL_H };
      const hits = boxes.query(box).length + this.index.query(box).length;
      if (hits < least) [best, least] = [[x, y], hits];
      if (least === 0) break;
    }
    return best;
  }
}

/** Labels that say the same and would stand first at the same place are one. */
function keyOf(text, [x, y]) {
  return `${text}@${x},${y}`;
}

function shiftedKey(key, dx, dy) {
  const end = key.lastIndexOf("@");
  const [x, y] = key.slice(end + 1).split(",").map(Number);
  return keyOf(key.slice(0, end), [x + dx, y + dy]);
}

function byId(a, b) {
  if (a.id < b.id) return -1;
  return a.id > b.id ? 1 : 0;
}

function changed(before, now) {
  if (before.length === 0) return now;
  const placeOf = ({ text, x, y }) => keyOf(text, [x, y]);
  const [old, fresh] = [new Set(before.map(placeOf)), new Set(now.map(placeOf))];
  return [...before.filter((label) => !fresh.has(placeOf(label))), ...now.filter((label) => !old.has(placeOf(label)))];
}

/** Return the texts of a line, each with the places of its top left corner that suit it, best first. */
export function wishesOf(edge, route, notation) {
  const wishes = edge.label ? [verbOf(edge.label, route.points)] : [];
  for (const { end, text } of notation.endTexts(edge)) {
    const mark = notation.markOf(edge[end], route[end].point, route[end].direction, edge);
    wishes.push(beside(text, route[end], mark.length, turnOf(route.points, end)));
  }
  return wishes;
}

function sized(given) {
  const text = ellipsize(visible(given), LABEL_SIZE, false, MOST_W);
  return { text, w: textWidth(text, LABEL_SIZE) + 2 * PADDING };
}

/** A verb sits on its line: on the longest level segment, on another, beside it, or on an upright one. */
function verbOf(given, points) {
  const { text, w } = sized(given);
  const segments = points.slice(1).map((to, at) => [points[at], to]).sort(byUse);
  const on = segments.map(([from, to]) => middle(from, to, w));
  const [from, to] = segments[0];
  const level = from[1] === to[1];
  const [x, y] = on[0];
  const along = Math.floor((level ? to[0] - from[0] : to[1] - from[1]) / 4);
  const shifts = level
    ? [[along, 0], [-along, 0], [0, -BESIDE], [0, BESIDE]]
    : [[0, along], [0, -along], [Math.floor(w / 2) + OFF_LINE, 0], [-Math.floor(w / 2) - OFF_LINE, 0]];
  return { text, w, onLine: true, places: [on[0], ...shifts.map(([dx, dy]) => [x + dx, y + dy]), ...on.slice(1)] };
}

/** Level segments first, then long ones. */
function byUse(a, b) {
  return worth(b) - worth(a);
}

function worth([from, to]) {
  return Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]) + (from[1] === to[1] ? 1_000_000 : 0);
}

function middle(from, to, w) {
  return [Math.floor((from[0] + to[0]) / 2) - Math.floor(w / 2), Math.floor((from[1] + to[1]) / 2) - LABEL_H / 2];
}

/** Return -1 where a line turns up after it left its end, 1 where it turns down, 0 where it runs on. */
function turnOf(points, end) {
  const [first, , third] = end === "source" ? points : [...points].reverse();
  return third ? Math.sign(third[1] - first[1]) : 0;
}

/** A text at an end stands beyond the mark, on the side to which the line does not turn. */
function beside(given, { point: [x, y], direction: [dx, dy] }, length, turn) {
  const { text, w } = sized(given);
  const off = length + OFF_MARK - PADDING;
  const places = dx === 0 ? besideUpright(x, y, w, off, dy) : besideLevel(x, y, w, off, dx, turn);
  return { text, w, onLine: false, places };
}

function besideLevel(x, y, w, off, dx, turn) {
  const above = y - OFF_LINE - LABEL_H;
  const sides = turn < 0 ? [y + OFF_LINE, above] : [above, y + OFF_LINE];
  const left = (away) => (dx > 0 ? x + away : x - away - w);
  return [off, off + FARTHER, off + w + PADDING].flatMap((away) => sides.map((top) => [left(away), top]));
}

function besideUpright(x, y, w, off, dy) {
  const top = (away) => (dy > 0 ? y + away : y - away - LABEL_H);
  return [off, off + FARTHER].flatMap((away) => [[x + OFF_LINE, top(away)], [x - OFF_LINE - w, top(away)]]);
}
