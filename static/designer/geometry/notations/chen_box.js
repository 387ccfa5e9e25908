/**
 * The box of an element in Chen's notation: its figure with its name, and its attributes as ovals round it.
 *
 * Ovals stand above and below, so that left and right stay free for the lines of relationships.
 * `designer/layout/notations/chen_box.py` holds the twin; both are run on `tests/cases/geometry/chen.json`.
 *
 * @typedef {{id: string, x: number, y: number, w: number, h: number, text: string, key: string, double: boolean,
 *   derived: boolean}} Oval  an attribute; `key` is empty, solid or dashed: its underline
 * @typedef {import("../box.js").Box} Box
 * @typedef {import("../metrics.js").Shape & {rows: Oval[], figure: string, core: Box, lines: string[],
 *   joins: number[][][]}} ChenShape  the footprint of a figure with its ovals: `figure` is entity, weak, associative, view,
 *   relationship or identifying, `core` the box of the figure with `lines` of text; `joins` are drawn under everything
 */

import { PADDING, ROW_SIZE, TITLE_SIZE } from "../metrics.js";
import { ellipsize, textWidth, visible, wrapped } from "../text.js";
import { OVAL_H, blockOf, rowsIn, twigsOf } from "./chen_ovals.js";

const OFF_CORE = 30;
const ENTITY_H = 44;
const LEAST_ENTITY_W = 112;
const TITLE_PADDING = 18;
/** How far inside the second line of a weak entity runs. */
export const FRAME = 4;
const MAX_TITLE_W = 240;
export const LINE_H = 16;
/** What a diamond is high besides its lines of text. */
const DIAMOND_H = 40;
const DIAMOND_PADDING = 10;
export const DIAMOND_FRAME = 6;
const SHORT_VERB_W = 84;
const LEAST_VERB_W = 64;
const MAX_VERB_W = 200;
const MOST_LINES = 3;
/** Up to so many attributes all stand above. */
const ABOVE_ONLY = 3;
const FOOT_STEP = 26;
const FOOT_IN = 14;

/** Tell whether a figure is a diamond. */
export function isDiamond(figure) {
  return figure === "relationship" || figure === "identifying";
}

/** Return the figure of an element. */
export function figureOf(element) {
  return element.figure ?? (element.kind === "table" ? "entity" : element.kind);
}

/** @returns {ChenShape} the footprint of an element with its attributes */
export function boxOf(element) {
  const twigs = twigsOf(element);
  const figure = figureOf(element);
  const { lines, w: coreW, h: coreH } = coreOf(figure, element.title);
  const [above, below] = split(twigs);
  const [top, bottom] = [blockOf(above, true), blockOf(below, false)];
  const w = Math.max(coreW, top.w, bottom.w);
  const core = { x: Math.floor((w - coreW) / 2), y: above.length ? top.h + OFF_CORE : 0, w: coreW, h: coreH };
  const foot = core.y + core.h;
  const sides = [
    { block: top, x: Math.floor((w - top.w) / 2), foot: core.y - OFF_CORE, side: -1 },
    { block: bottom, x: Math.floor((w - bottom.w) / 2), foot: foot + OFF_CORE, side: 1 },
  ];
  const h = foot + (below.length ? OFF_CORE + bottom.h : 0);
  return {
    w, h, headerH: core.h, rows: inOrder(sides.flatMap((side) => ovalsOf(side, figure)), twigs),
    keyX: PADDING, nameX: PADDING, nameW: Math.max(0, w - 2 * PADDING), typeX: w - PADDING, typeW: 0, nullX: w - PADDING,
    titleX: core.x, titleY: core.y, titleW: core.w, titleH: core.h, bodyY: 0,
    anchorY: core.y + Math.floor(core.h / 2), anchorRoom: core.h, rules: [], corner: 0,
    figure, core, lines, joins: sides.flatMap((side) => joinsOf(side, figure, core)),
  };
}

/** Return the lines of text in a figure, its width and its height. */
function coreOf(figure, title) {
  if (isDiamond(figure)) return diamondOf(title, figure === "identifying");
  const text = ellipsize(visible(title), TITLE_SIZE, true, MAX_TITLE_W);
  const w = textWidth(text, TITLE_SIZE, true);
  if (figure === "associative") {
    const inner = diamondRound(w, 1);
    return { lines: [text], w: Math.max(LEAST_ENTITY_W, inner.w), h: inner.h };
  }
  const frame = figure === "weak" ? 2 * FRAME : 0;
  return { lines: [text], w: Math.max(LEAST_ENTITY_W, w + 2 * TITLE_PADDING) + frame, h: ENTITY_H + frame };
}

/** Return the lines of a verb and the size of the diamond round them; `double` leaves room for a second line. */
export function diamondOf(verb, double) {
  const lines = verbLines(visible(verb));
  const { w, h } = diamondRound(Math.max(...lines.map((line) => textWidth(line, ROW_SIZE))), lines.length);
  if (!double) return { lines, w, h };
  return { lines, w: Math.ceil((w * (h + 2 * DIAMOND_FRAME)) / h), h: h + 2 * DIAMOND_FRAME };
}

/** The size of the diamond whose sides just clear the corners of its lines of text. */
function diamondRound(w, lines) {
  const h = DIAMOND_H + LINE_H * lines;
  return { w: Math.ceil((w * h) / DIAMOND_H) + 2 * DIAMOND_PADDING, h };
}

function verbLines(verb) {
  const w = textWidth(verb, ROW_SIZE);
  if (w <= SHORT_VERB_W || !verb.includes(" ")) return [ellipsize(verb, ROW_SIZE, false, MAX_VERB_W)];
  const room = Math.max(LEAST_VERB_W, Math.min(MAX_VERB_W, Math.ceil((w * 3) / 5)));
  const lines = wrapped(verb, ROW_SIZE, room);
  if (lines.length <= MOST_LINES) return lines;
  const rest = lines.slice(MOST_LINES - 1).join(" ");
  return [...lines.slice(0, MOST_LINES - 1), ellipsize(rest, ROW_SIZE, false, room)];
}

/** Return the attributes above and below: all above while they are few. */
function split(twigs) {
  const above = twigs.length <= ABOVE_ONLY ? twigs.length : Math.ceil(twigs.length / 2);
  return [twigs.slice(0, above), twigs.slice(above)];
}

function ovalsOf({ block, x, foot, side }, figure) {
  return block.spots.map(({ row, text, x: left, up, w }) => ({
    id: row.id, y: side > 0 ? foot + up : foot - up - OVAL_H, h: OVAL_H, x: x + left, w, text,
    key: underlineOf(row, figure), double: row.multivalued ?? false, derived: row.derived ?? false,
  }));
}

/** Return how a key is underlined: what only tells weak entities of one owner apart is dashed. */
function underlineOf(row, figure) {
  if (!row.pk) return "";
  return figure === "weak" && !row.fk ? "dashed" : "solid";
}

/** Return the lines of a block, with those that reach the core at places side by side. */
function joinsOf({ block, x, foot, side }, figure, core) {
  const placed = (path) => path.map(([px, up]) => [px + x, foot + side * up]);
  const steps = stepsOf(block.feet.length, figure, core);
  const reaching = block.feet.map((path, at) => [...placed(path), onBorder(figure, core, steps[at], side)]);
  return [...block.lines.map(placed), ...reaching];
}

/** Return how far from the middle each line meets the core. */
function stepsOf(count, figure, core) {
  const room = isDiamond(figure) ? Math.floor(core.w / 2) : core.w - 2 * FOOT_IN;
  const step = Math.min(FOOT_STEP, Math.floor(room / Math.max(1, count - 1)));
  return Array.from({ length: count }, (_, at) => at * step - Math.floor(((count - 1) * step) / 2));
}

function onBorder(figure, core, step, side) {
  const half = Math.floor(core.h / 2);
  const up = isDiamond(figure) ? half - Math.floor((half * Math.abs(step) * 2) / core.w) : half;
  return [core.x + Math.floor(core.w / 2) + step, core.y + half + side * up];
}

/** Return the ovals in the order of their rows. */
function inOrder(ovals, twigs) {
  const byId = new Map(ovals.map((oval) => [oval.id, oval]));
  return rowsIn(twigs).map((row) => byId.get(row.id));
}
