/**
 * IDEF1X, as FIPS PUB 184, "Integration Definition for Information Modeling" (1993), has it.
 *
 * The name stands above the box. A line parts the key from the other attributes; `(FK)` marks what migrated, `(AK1)` an
 * alternate key and `(O)` what may be null. An element that is identified through others has rounded corners. A dot is at
 * the child; the line is solid where the parent's key is part of the child's, else dashed, with a diamond at a parent that
 * need not be there. Beside the dot `P` is one or more, `Z` none or one, a number exactly so many, and nothing any number.
 * A category is a circle under its general entity, on two lines where the categories are complete and on one where not.
 * `designer/layout/notations/idef1x.py` holds the twin.
 */

import { childrenOf, uniqueSets } from "../elements.js";
import { at, bar, mark, markOf } from "../ends.js";
import {
  HEADER_H, PADDING, SUBTITLE_H, SUBTITLE_SIZE, TITLE_SIZE, ROW_H, anchorOf, cellsOf, rowsShown, stacked, titleWidth,
} from "../metrics.js";
import { textWidth, visible } from "../text.js";
import { holdsBox, manyOf, notation, textsAt } from "./base.js";

export const TAB_H = 22;
export const TAB_PADDING = 2;
export const TAB_GAP = 8;
const SECTION = 3;
const EMPTY_H = 12;
const ROUND = 12;
const SQUARE = 1;
const DOT = 4;
const DIAMOND = 7;
const DIAMOND_HALF = 5;
const STEM = 4;
const CIRCLE = 5;
const CATEGORY_HALF = 8;
const CATEGORY_LINES = [17, 21];
const FIRST_ROW = 15;

export const idef1x = notation({
  name: "idef1x",
  title: "IDEF1X",
  boxesFollow: true,
  adjust,
  boxOf,
  markOf: markAt,
  dashed: (edge) => edge.kind === "reads" || !(edge.identifying || isNonSpecific(edge) || holdsBox(edge)),
  endTexts: (edge) => textsAt(edge, (end) => (isChild(edge, end) && end.shape === "foot" ? countOf(end) : "")),
});

// Boxes

function adjust(element, source, record) {
  const alternates = alternatesOf(source, record);
  const rows = element.rows.map((row) => ({ ...row, name: worded(row, alternates.get(row.id)), nullable: false }));
  const keyed = keyRows(rows);
  return {
    ...element,
    rows: [...rows.filter((_, index) => keyed[index]), ...rows.filter((_, index) => !keyed[index])],
    dependent: dependsOn(source, record),
  };
}

function worded(row, alternates) {
  const marks = [row.fk && "(FK)", alternates && `(${alternates.join(",")})`, row.nullable && "(O)"].filter(Boolean);
  return [row.name, ...marks].join(" ");
}

/** Return the alternate keys that each column or attribute is part of, as `AK1`. */
function alternatesOf(source, record) {
  const found = new Map();
  alternateSets(source, record).forEach((columns, index) => {
    for (const column of columns) found.set(column, [...(found.get(column) ?? []), `AK${index + 1}`]);
  });
  return found;
}

function alternateSets(source, record) {
  if (record.kind === "table") {
    const primary = primaryOf(source, record.id);
    return uniqueSets(source, record.id).filter((each) => !sameList(each, primary));
  }
  return childrenOf(source, record.id, "identifier").filter((each) => !each.primary).map((each) => each.attributes ?? []);
}

function sameList(a, b) {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** Tell of each row whether it stands in the key; the parts of a composite attribute stand with it. */
function keyRows(rows) {
  let inside = false;
  return rows.map((row) => {
    inside = row.pk || (row.depth > 0 && inside);
    return inside;
  });
}

/** Tell whether a record is identified through others: by a migrated key, as a category, or at a relationship. */
function dependsOn(source, record) {
  if (record.kind === "table") return borrowsKey(source, record.id);
  if (record.kind !== "entity") return record.kind === "relationship";
  return ["weak", "associative"].includes(record.nature) || namedAsDependent(source, record.id);
}

/** Tell whether a foreign key of a table lies in its primary key. */
function borrowsKey(source, table) {
  const primary = new Set(primaryOf(source, table));
  return primary.size > 0 && childrenOf(source, table, "foreign_key").some(({ ref_table: parent, columns = [] }) =>
    parent && columns.length > 0 && columns.every((column) => primary.has(column)));
}

function primaryOf(source, table) {
  return childrenOf(source, table, "key").find((key) => key.primary)?.columns ?? [];
}

function namedAsDependent(source, entity) {
  for (const id of source.referrers(entity)) {
    const { kind, subtypes = [], ends = [] } = source.get(id) ?? {};
    if (kind === "generalization" && subtypes.includes(entity)) return true;
    if (kind === "relationship" && ends.some((end) => end.entity === entity && end.identifying)) return true;
  }
  return false;
}

function boxOf(element) {
  const rows = rowsShown(element);
  return rows.length ? withSections(element, rows) : named(element);
}

/** A box without attributes holds its name. */
function named(element) {
  const h = HEADER_H + (element.subtitle ? SUBTITLE_H : 0);
  const cells = cellsOf(element, [], { keyW: 0, nullW: 0, titleW: titleWidth(element) });
  return {
    ...cells, h, headerH: h, rows: [], titleX: PADDING, titleY: 0, titleW: cells.w - 2 * PADDING, titleH: HEADER_H,
    bodyY: 0, ...anchorOf(element, h, 0, Math.floor(h / 2)), rules: [], corner: cornerOf(element),
  };
}

function withSections(element, rows) {
  const cells = cellsOf(element, rows, { keyW: 0, nullW: 0, titleW: tabWidth(element) });
  const parted = element.kind !== "view";
  const keys = keyRows(rows).filter(Boolean).length;
  const rest = rows.length - keys;
  const rule = TAB_H + SECTION + (keys ? keys * ROW_H + SECTION : EMPTY_H - SECTION);
  const top = parted ? rule + SECTION : TAB_H + SECTION;
  const h = top + (rest ? rest * ROW_H + SECTION : EMPTY_H - SECTION);
  return {
    ...cells, h, headerH: TAB_H,
    rows: [...stacked(rows.slice(0, keys), TAB_H + SECTION), ...stacked(rows.slice(keys), top)],
    titleX: TAB_PADDING, titleY: 0, titleW: cells.w - 2 * TAB_PADDING, titleH: TAB_H,
    bodyY: TAB_H, ...anchorOf(element, h, TAB_H, TAB_H + FIRST_ROW), rules: parted ? [rule] : [], corner: cornerOf(element),
  };
}

function tabWidth({ title, subtitle }) {
  const beside = subtitle ? TAB_GAP + textWidth(visible(subtitle), SUBTITLE_SIZE) : 0;
  return Math.min(titleWidth({ title, subtitle: "" }), 2 * TAB_PADDING + textWidth(visible(title), TITLE_SIZE, true)) + beside;
}

function cornerOf(element) {
  return element.dependent ? ROUND : SQUARE;
}

// Lines

function markAt(end, point, direction, edge) {
  if (end.shape === "triangle") return categoryOf(point, direction, edge.total);
  if (edge.kind !== "foreign_key" && edge.kind !== "relationship") return markOf(end.shape, point, direction);
  if (isChild(edge, end)) return mark({ ring: [...at(point, direction, DOT, 0), DOT], length: 2 * DOT, filled: true });
  const hollow = !edge.identifying && !holdsBox(edge) && end.min === 0;
  return hollow ? diamondOf(point, direction) : mark();
}

/** The child is the many side; of a relationship with many on both sides each is, and of one with a box the box. */
function isChild(edge, end) {
  if (edge.kind === "foreign_key") return end === edge.source && end.shape === "foot";
  return edge.kind === "relationship" && (end === edge.source || isNonSpecific(edge));
}

/** Tell whether a relationship has many on both sides: FIPS 184 calls it non-specific. */
function isNonSpecific({ kind, source, target }) {
  return kind === "relationship" && source.shape === "foot" && source.max !== 1 && target.max !== 1;
}

function diamondOf(point, direction) {
  const outline = [
    [point[0], point[1]], at(point, direction, DIAMOND, -DIAMOND_HALF), at(point, direction, 2 * DIAMOND, 0),
    at(point, direction, DIAMOND, DIAMOND_HALF),
  ];
  return mark({ outline, length: 2 * DIAMOND });
}

function categoryOf(point, direction, total) {
  const bars = CATEGORY_LINES.slice(0, total ? 2 : 1).map((along) => bar(point, direction, along, CATEGORY_HALF));
  const stem = [...at(point, direction, 0, 0), ...at(point, direction, STEM, 0)];
  const ring = [...at(point, direction, STEM + CIRCLE, 0), CIRCLE];
  return mark({ lines: [stem, ...bars], ring, length: CATEGORY_LINES[total ? 1 : 0] });
}

function countOf({ min, max }) {
  if (manyOf(max)) return min > 1 ? `${min}-n` : ["", "P"][min];
  if (min === max) return `${max}`;
  return max === 1 ? "Z" : `${min}-${max}`;
}
