/**
 * Attributes as ovals: how a tree of them is arranged beside its owner. `designer/layout/notations/chen_ovals.py` holds
 * the twin.
 *
 * A few ovals stand in a row, each with a line of its own, as textbooks draw them. Many would fan out too far, so they
 * hang in pairs on trunks like leaves, and stay compact however many there are. The parts of a composite stand behind
 * its oval.
 *
 * @typedef {import("../metrics.js").Row & {multivalued?: boolean, derived?: boolean}} ChenRow  an attribute with what only
 *   Chen's notation draws: several values as a double oval, derived as a dashed one
 * @typedef {{row: ChenRow, text: string, x: number, up: number, w: number}} Spot  one oval of a block: `x` from the left
 *   of the block, `up` from its foot to the oval's lower side
 * @typedef {{w: number, h: number, spots: Spot[], lines: number[][][], feet: number[][][]}} Block  ovals that stand on one
 *   foot; `lines` join them, `feet` are lines that still need to reach the owner
 * @typedef {{row: ChenRow, parts: Twig[]}} Twig  an attribute with its parts
 */

import { ROW_SIZE } from "../metrics.js";
import { ellipsize, textWidth, visible } from "../text.js";

export const OVAL_H = 32;
const OVAL_PADDING = 15;
const LEAST_OVAL_W = 58;
/** How far inside the second line of a multivalued attribute runs. */
export const RING = 4;
const MAX_TEXT_W = 190;
const BESIDE = 14;
const BEHIND = 22;
const IN_COMB = 10;
const TWIG = 12;
const BETWEEN_TRUNKS = 20;
/** More ovals than these do not stand in one row. */
const FAN = 4;
/** How many pairs hang on a trunk before there is another one. */
const TALL = 5;

function emptyBlock() {
  return { w: 0, h: 0, spots: [], lines: [], feet: [] };
}

/** Put the ovals and lines of another block at a place of this one, and return its feet as they lie here. */
function take(block, other, x, up) {
  for (const spot of other.spots) block.spots.push({ ...spot, x: spot.x + x, up: spot.up + up });
  for (const line of other.lines) block.lines.push(moved(line, x, up));
  return other.feet.map((foot) => moved(foot, x, up));
}

function moved(path, x, up) {
  return path.map(([px, py]) => [px + x, py + up]);
}

/** Return the attributes to draw as trees: all, the keys with what they are part of, or none. @returns {Twig[]} */
export function twigsOf(element) {
  if (element.detail === "names") return [];
  const roots = [];
  const path = [];
  for (const row of element.rows) {
    const twig = { row, parts: [] };
    path.length = Math.min(path.length, row.depth);
    (path.length ? path[path.length - 1].parts : roots).push(twig);
    path.push(twig);
  }
  return element.detail === "keys" ? keysOf(roots) : roots;
}

function keysOf(twigs) {
  return twigs.map(({ row, parts }) => ({ row, parts: keysOf(parts) }))
    .filter(({ row, parts }) => parts.length > 0 || row.pk || row.fk || row.unique);
}

/** Return the rows of trees in their order. */
export function rowsIn(twigs) {
  return twigs.flatMap(({ row, parts }) => [row, ...rowsIn(parts)]);
}

/** Return what is written into an oval: `(o)` may be left empty, `(u)` has no value twice. */
function worded(row) {
  const notes = [...(row.unique && !row.pk ? ["u"] : []), ...(row.nullable ? ["o"] : [])];
  const name = ellipsize(visible(row.name), ROW_SIZE, false, MAX_TEXT_W);
  return notes.length ? `${name} (${notes.join(", ")})` : name;
}

/** Return the ovals of attributes on their common foot; `farFirst` begins far from the owner, as one reads. @returns {Block} */
export function blockOf(twigs, farFirst) {
  const groups = twigs.map((twig) => groupOf(twig, farFirst));
  return groups.length <= FAN ? fanOf(groups, BESIDE) : combOf(groups, farFirst);
}

/** The oval of an attribute, with those of its parts behind it. */
function groupOf({ row, parts }, farFirst) {
  const text = worded(row);
  const w = Math.max(LEAST_OVAL_W, textWidth(text, ROW_SIZE) + 2 * OVAL_PADDING + (row.multivalued ? 2 * RING : 0));
  const behind = parts.length ? blockOf(parts, farFirst) : emptyBlock();
  const group = emptyBlock();
  group.w = Math.max(w, behind.w);
  group.h = OVAL_H + (parts.length ? BEHIND + behind.h : 0);
  const middle = Math.floor(group.w / 2);
  group.spots.push({ row, text, x: middle - Math.floor(w / 2), up: 0, w });
  const feet = take(group, behind, Math.floor((group.w - behind.w) / 2), OVAL_H + BEHIND);
  for (const foot of feet) group.lines.push([...foot, [middle, OVAL_H / 2]]);
  group.feet = [[[middle, OVAL_H / 2]]];
  return group;
}

/** Groups side by side, each with a line of its own. */
function fanOf(groups, apart) {
  const fan = emptyBlock();
  for (const group of groups) {
    const x = fan.w ? fan.w + apart : 0;
    fan.feet.push(...take(fan, group, x, 0));
    fan.w = x + group.w;
    fan.h = Math.max(fan.h, group.h);
  }
  return fan;
}

/** Groups in pairs along trunks, the trunks side by side. */
function combOf(groups, farFirst) {
  const count = Math.max(2, Math.ceil(groups.length / (2 * TALL)));
  const each = Math.ceil(groups.length / count);
  const trunks = [];
  for (let at = 0; at < groups.length; at += each) trunks.push(trunkOf(groups.slice(at, at + each), farFirst));
  return fanOf(trunks, BETWEEN_TRUNKS);
}

/** Groups left and right of one upright line. */
function trunkOf(groups, farFirst) {
  const pairs = [];
  for (let at = 0; at < groups.length; at += 2) pairs.push(groups.slice(at, at + 2));
  const left = Math.max(...pairs.map((pair) => pair[0].w));
  const right = Math.max(0, ...pairs.map((pair) => pair[1]?.w ?? 0));
  const x = left + TWIG;
  const trunk = emptyBlock();
  trunk.w = x + (right ? TWIG + right : 0);
  let up = 0;
  for (const pair of farFirst ? pairs.toReversed() : pairs) {
    up = trunk.h ? trunk.h + IN_COMB : 0;
    pair.forEach((group, at) => {
      const feet = take(trunk, group, at ? x + TWIG : left - group.w, up);
      for (const foot of feet) trunk.lines.push([...foot, [x, foot[0][1]]]);
    });
    trunk.h = up + Math.max(...pair.map((group) => group.h));
  }
  trunk.feet = [[[x, up + OVAL_H / 2], [x, 0]]];
  return trunk;
}
