/** Lining things up: to one side, at equal distances, one below the other, in columns, and to one width. */

/** @import { Edit, Id } from "../types.js" */
import { Design } from "../design.js";
import { withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { place } from "./pictures.js";

/**
 * A thing on a diagram with the box that it is drawn in, and what it takes along: an area what stands on it.
 * @typedef {{element: Id, x: number, y: number, w: number, h: number, carries?: {element: Id, x: number, y: number}[]}} Item
 */

/** Room between things that are put one below the other, or side by side. */
export const GAP = 40;
const COLUMN_GAP = 80;

const SIDES = {
  left: ["x", (all) => all.left, () => 0, "to the left"],
  centre: ["x", (all) => (all.left + all.right) / 2, (item) => item.w / 2, "to the centre"],
  right: ["x", (all) => all.right, (item) => item.w, "to the right"],
  top: ["y", (all) => all.top, () => 0, "to the top"],
  middle: ["y", (all) => (all.top + all.bottom) / 2, (item) => item.h / 2, "to the middle"],
  bottom: ["y", (all) => all.bottom, (item) => item.h, "to the bottom"],
};
const AXES = {
  horizontal: ["x", "w", "horizontally"],
  vertical: ["y", "h", "vertically"],
};

/**
 * Puts one side or the middle of all things on one line.
 * @param {Design} design
 * @param {{diagram: Id, items: Item[], side: "left" | "centre" | "right" | "top" | "middle" | "bottom"}} args
 * @returns {Edit}
 */
export function align(design, { diagram, items, side }) {
  atLeast(items, 2, "align");
  const [axis, line, offset, words] = SIDES[side];
  const at = line(boundsOf(items));
  return moved(design, diagram, items, (item) => ({ ...spot(item), [axis]: at - offset(item) }), `Align ${items.length} elements ${words}`);
}

/**
 * Makes the gaps between neighbours equal; the outermost two stay, unless there is no room between them.
 * @param {Design} design
 * @param {{diagram: Id, items: Item[], axis: "horizontal" | "vertical"}} args
 * @returns {Edit}
 */
export function distribute(design, { diagram, items, axis }) {
  atLeast(items, 3, "distribute");
  const [along, length, words] = AXES[axis];
  const ordered = inOrder(items, (item) => item[along] + item[length] / 2);
  const last = ordered.at(-1);
  const filled = ordered.reduce((sum, item) => sum + item[length], 0);
  const room = last[along] + last[length] - ordered[0][along] - filled;
  const gap = room > 0 ? room / (ordered.length - 1) : GAP;
  const starts = new Map();
  let at = ordered[0][along];
  for (const item of ordered) {
    starts.set(item, at);
    at += item[length] + gap;
  }
  return moved(design, diagram, items, (item) => ({ ...spot(item), [along]: starts.get(item) }), `Distribute ${items.length} elements ${words}`);
}

/**
 * Puts things one below the other, from the topmost on, their left sides on one line.
 * @param {Design} design
 * @param {{diagram: Id, items: Item[]}} args
 * @returns {Edit}
 */
export function stack(design, { diagram, items }) {
  atLeast(items, 2, "stack");
  const { left, top } = boundsOf(items);
  const places = column(inOrder(items, (item) => item.y), left, top);
  return moved(design, diagram, items, (item) => places.get(item), `Stack ${items.length} elements`);
}

/**
 * Puts things into columns about where they stand: what stands one below the other stays so, with equal gaps.
 * @param {Design} design
 * @param {{diagram: Id, items: Item[]}} args
 * @returns {Edit}
 */
export function tidy(design, { diagram, items }) {
  atLeast(items, 2, "tidy up");
  const { left, top } = boundsOf(items);
  const places = new Map();
  let x = left;
  for (const group of columnsOf(items)) {
    column(inOrder(group, (item) => item.y), x, top).forEach((at, item) => places.set(item, at));
    x += Math.max(...group.map((item) => item.w)) + COLUMN_GAP;
  }
  return moved(design, diagram, items, (item) => places.get(item), `Tidy up ${items.length} elements`);
}

/**
 * Gives elements the width of the widest; with `width` null each again follows its content.
 * @param {Design} design
 * @param {{diagram: Id, items: Item[], width?: null}} args
 * @returns {Edit}
 */
export function sameWidth(design, { diagram, items, width }) {
  need(design, diagram, "diagram");
  const wanted = new Set(items.map(({ element }) => element));
  const placed = design.childrenOf(diagram, "placement").filter(({ element }) => wanted.has(element));
  if (placed.length === 0) throw new Refused("only tables, views and entities have a width to set; select some of them");
  const ids = new Set(placed.map(({ element }) => element));
  const widest = width === null ? null : Math.max(...items.filter(({ element }) => ids.has(element)).map(({ w }) => Math.round(w)));
  const label = width === null ? `Let ${placed.length} elements follow their content` : `Make ${placed.length} elements equally wide`;
  return edit(design, label, placed.map((record) => withFields(record, { width: widest })));
}

function atLeast(items, count, verb) {
  if (items.length < count) throw new Refused(`select at least ${count === 2 ? "two" : "three"} tables, notes or areas to ${verb} them`);
}

function boundsOf(items) {
  return {
    left: Math.min(...items.map(({ x }) => x)), right: Math.max(...items.map(({ x, w }) => x + w)),
    top: Math.min(...items.map(({ y }) => y)), bottom: Math.max(...items.map(({ y, h }) => y + h)),
  };
}

function spot({ x, y }) {
  return { x, y };
}

/** Sorted by a number, then by id: the same things in any order of selection give the same picture. */
function inOrder(items, key) {
  return [...items].sort((a, b) => key(a) - key(b) || (a.element < b.element ? -1 : 1));
}

function column(items, x, top) {
  const places = new Map();
  let y = top;
  for (const item of items) {
    places.set(item, { x, y });
    y += item.h + GAP;
  }
  return places;
}

/** Things belong to one column while their middles are less than half a usual width apart. */
function columnsOf(items) {
  const widths = items.map(({ w }) => w).sort((a, b) => a - b);
  const reach = widths[Math.floor(widths.length / 2)] / 2;
  const middle = ({ x, w }) => x + w / 2;
  const columns = [];
  for (const item of inOrder(items, middle)) {
    const last = columns.at(-1);
    if (last && middle(item) - middle(last[0]) < reach) last.push(item);
    else columns.push([item]);
  }
  return columns;
}

/** One step of the history, even right after a drag of the same things. */
function moved(design, diagram, items, placeOf, label) {
  const positions = items.flatMap((item) => {
    const { x, y } = placeOf(item);
    const [dx, dy] = [Math.round(x) - item.x, Math.round(y) - item.y];
    return [{ element: item.element, x: item.x + dx, y: item.y + dy }, ...(item.carries ?? []).map((each) => ({ element: each.element, x: each.x + dx, y: each.y + dy }))];
  });
  const { coalesce: _, ...made } = place(design, { diagram, positions, label });
  return made;
}
