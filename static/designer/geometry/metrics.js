/**
 * The measures of a drawn element: how large its box is and where its rows and cells lie.
 *
 * All numbers are whole pixels at zoom 1. `designer/layout/metrics.py` holds the twin; both are run on
 * `tests/cases/geometry/metrics.json`. Elements come from `elements.js`.
 *
 * @typedef {{id: string, name: string, type: string, pk: boolean, fk: boolean, unique: boolean, nullable: boolean,
 *   depth: number, mark: string}} Row  one column or attribute; `depth` is how deep it stands inside composite attributes,
 *   `mark` what a notation writes before its name
 * @typedef {{id: string, title: string, subtitle: string, kind: string, rows: Row[], detail: string,
 *   width: number|null, colour: string, stereotype: string, dependent: boolean}} Element  `kind`: table, view, entity,
 *   weak, associative, relationship; `detail`: all, keys, names; `width`: set by hand, null follows the content;
 *   `stereotype`: a word above the title; `dependent`: it cannot be identified without another element
 * @typedef {{w: number, keyX: number, nameX: number, nameW: number, typeX: number, typeW: number, nullX: number}} Cells
 * @typedef {Cells & {h: number, headerH: number, rows: {id: string, y: number, h: number}[], titleX: number,
 *   titleY: number, titleW: number, titleH: number, bodyY: number, anchorY: number, anchorRoom: number, rules: number[], corner: number}} Shape
 *   x and y from the top left; the frame with its rounded corners begins at `bodyY`, lines that hold on to no row end
 *   round `anchorY` within `anchorRoom`, and `rules` are the heights of the lines between sections
 */

import { textWidth, visible } from "./text.js";

export const HEADER_H = 34;
export const SUBTITLE_H = 14;
export const ROW_H = 24;
export const BOTTOM = 4;
export const PADDING = 10;
export const GAP = 18;
export const INDENT = 14;
export const RADIUS = 6;
export const KEY_W = 26;
export const KEY_PAIR_W = 44;
export const NULL_W = 12;
export const MIN_W = 144;
export const MAX_NAME_W = 220;
export const LEAST_NAME_W = 40;
export const MAX_TYPE_W = 168;
export const MAX_TITLE_W = 400;
export const ANCHOR_ROOM = 26;
export const GRID = 8;
export const TITLE_SIZE = 14;
export const SUBTITLE_SIZE = 11;
export const ROW_SIZE = 13;
export const TYPE_SIZE = 12;
export const KEY_SIZE = 10;
export const NOTE_SIZE = 13;
export const LABEL_SIZE = 11;

/** Return the rows that the element's level of detail leaves to be drawn, in order. */
export function rowsShown(element) {
  if (element.detail === "names") return [];
  if (element.detail === "keys") return element.rows.filter((row) => row.pk || row.fk || row.unique);
  return element.rows;
}

/** Return the text of the key cell: `PK`, `FK`, `PK FK`, `UK` or nothing. */
export function keyMarks(row) {
  if (row.pk) return row.fk ? "PK FK" : "PK";
  if (row.fk) return "FK";
  return row.unique ? "UK" : "";
}

/** @returns {Shape} the size of the element's box and where its rows and cells lie, as crow's foot draws them */
export function boxOf(element) {
  const rows = rowsShown(element);
  const headerH = HEADER_H + (element.subtitle ? SUBTITLE_H : 0);
  const cells = cellsOf(element, rows, {
    keyW: keyWidth(rows), nullW: rows.some((row) => row.nullable) ? NULL_W : 0, titleW: titleWidth(element),
  });
  const h = headerH + rows.length * ROW_H + (rows.length ? BOTTOM : 0);
  return {
    ...cells, h, headerH, rows: stacked(rows, headerH), titleX: PADDING, titleY: 0, titleW: cells.w - 2 * PADDING,
    titleH: HEADER_H, bodyY: 0, ...anchorOf(element, h, 0, Math.floor(headerH / 2)), rules: [], corner: RADIUS,
  };
}

const WITHOUT_KEYS = new Set(["entity", "weak", "associative", "relationship"]);

/**
 * Return where lines end that hold on to no row: at `header`, where rows have lines of their own. No line of an entity
 * holds on to a row, so that all of them have the whole side.
 *
 * @param {Element} element
 * @returns {{anchorY: number, anchorRoom: number}}
 */
export function anchorOf(element, h, bodyY, header) {
  if (!WITHOUT_KEYS.has(element.kind)) return { anchorY: header, anchorRoom: ANCHOR_ROOM };
  return { anchorY: bodyY + Math.floor((h - bodyY) / 2), anchorRoom: Math.max(ANCHOR_ROOM, h - bodyY - ANCHOR_ROOM) };
}

/**
 * Return the width of a box and where the cells of its rows lie.
 *
 * @param {Element} element
 * @param {Row[]} rows
 * @param {{keyW: number, nullW: number, titleW: number, maxNameW?: number}} wanted the widths of the cells before and
 *   after names and types, and of the title with its padding
 * @returns {Cells}
 */
export function cellsOf(element, rows, { keyW, nullW, titleW, maxNameW = MAX_NAME_W }) {
  const widestName = Math.min(maxNameW, widest(rows, nameWidth));
  let typeW = Math.min(MAX_TYPE_W, widest(rows, (row) => textWidth(visible(row.type), TYPE_SIZE)));
  const gap = typeW ? GAP : 0;
  const wanted = Math.max(titleW, 2 * PADDING + keyW + widestName + gap + typeW + nullW, MIN_W);
  const w = element.width === null || element.width === undefined ? onGrid(wanted) : Math.max(MIN_W, element.width);
  typeW = Math.max(0, Math.min(typeW, w - 2 * PADDING - keyW - nullW - gap - Math.min(widestName, LEAST_NAME_W)));
  const nullX = w - PADDING - nullW;
  const typeX = nullX - typeW;
  const nameX = PADDING + keyW;
  return { w, keyX: PADDING, nameX, nameW: typeX - gap - nameX, typeX, typeW, nullX };
}

/** Return the shapes of rows that stand under one another from `top` on. */
export function stacked(rows, top) {
  return rows.map((row, at) => ({ id: row.id, y: top + at * ROW_H, h: ROW_H }));
}

function keyWidth(rows) {
  if (rows.some((row) => row.pk && row.fk)) return KEY_PAIR_W;
  return rows.some((row) => row.pk || row.fk || row.unique) ? KEY_W : 0;
}

function nameWidth(row) {
  return row.depth * INDENT + textWidth(visible(row.name), ROW_SIZE, row.pk);
}

/** Return the width that title and subtitle want, with the padding on both sides. */
export function titleWidth(element) {
  const title = textWidth(visible(element.title), TITLE_SIZE, true);
  const subtitle = textWidth(visible(element.subtitle), SUBTITLE_SIZE);
  return 2 * PADDING + Math.min(MAX_TITLE_W, Math.max(title, subtitle));
}

function widest(rows, width) {
  return rows.reduce((most, row) => Math.max(most, width(row)), 0);
}

function onGrid(width) {
  return Math.ceil(width / GRID) * GRID;
}
