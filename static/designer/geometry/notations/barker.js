/**
 * Barker's notation: Richard Barker, "CASE*Method: Entity Relationship Modelling" (1990).
 *
 * Boxes are soft. `#` marks what identifies, `*` what must be given and `o` what may be. Each half of a line is solid where
 * the entity next to it must take part and dashed where it may; a crow's foot means many, and a bar across the line that
 * the relationship is part of the identifier of the entity next to it. Barker draws subtypes inside their supertype; boxes
 * that stand apart are tied to it by lines under an arc instead, as alternatives are. All relationships are binary: one of
 * several entities is an entity between them, identified by all of them.
 * `designer/layout/notations/barker.py` holds the twin.
 */

import { at, bar, mark, markOf, toesOf } from "../ends.js";
import { BOTTOM, HEADER_H, PADDING, ROW_H, SUBTITLE_H, anchorOf, cellsOf, rowsShown, stacked, titleWidth } from "../metrics.js";
import { holdsBox, notation, otherEnd } from "./base.js";

const CORNER = 14;
const MARK_W = 16;
const FOOT = 12;
const BAR = 17;
/** Points of the arc: along the line and across it. */
const ARC = [[9, -11], [13, -7], [15, 0], [13, 7], [9, 11]];
const ARC_END = 15;

export const barker = notation({
  name: "barker",
  title: "Barker",
  adjust: (element) => ({ ...element, rows: element.rows.map(marked) }),
  boxOf,
  markOf: markAt,
  dashed: (edge, end) => edge.kind === "reads" || (Boolean(end) && mayStayOut(edge, end)),
});

function marked(row) {
  const mark = row.pk ? "#" : row.nullable ? "o" : "*";
  return { ...row, mark, nullable: false };
}

function boxOf(element) {
  const rows = rowsShown(element);
  const headerH = HEADER_H + (element.subtitle ? SUBTITLE_H : 0);
  const cells = cellsOf(element, rows, { keyW: rows.length ? MARK_W : 0, nullW: 0, titleW: titleWidth(element) });
  const h = headerH + rows.length * ROW_H + (rows.length ? 2 * BOTTOM : BOTTOM);
  return {
    ...cells, h, headerH,
    rows: stacked(rows, headerH), titleX: PADDING, titleY: 0, titleW: cells.w - 2 * PADDING, titleH: HEADER_H,
    bodyY: 0, ...anchorOf(element, h, 0, Math.floor(headerH / 2)), rules: [], corner: CORNER,
  };
}

/** Tell whether the entity at an end may stay out of the relationship: then its half of the line is dashed. */
function mayStayOut(edge, end) {
  const other = otherEnd(edge, end);
  return other.shape === "foot" && end.shape === "foot" && other.min === 0;
}

function markAt(end, point, direction, edge) {
  if (end.shape === "triangle") return arcOf(point, direction);
  const tied = holdsBox(edge);
  if (end.shape !== "foot" && !(tied && end === edge.source)) return markOf(end.shape, point, direction);
  const many = tied ? end === edge.source : end.max !== 1;
  const lines = many ? toesOf(point, direction) : [];
  const identified = (edge.identifying || tied) && end === edge.source;
  if (identified) lines.push(bar(point, direction, BAR));
  return mark({ lines, length: identified ? BAR : many ? FOOT : 0 });
}

function arcOf(point, direction) {
  const points = ARC.map(([along, across]) => at(point, direction, along, across));
  const lines = points.slice(1).map((next, index) => [...points[index], ...next]);
  return mark({ lines, length: ARC_END });
}
