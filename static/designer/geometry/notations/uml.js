/**
 * UML class diagrams: OMG, "Unified Modeling Language" 2.5.1 (2017), clauses 9 and 11.
 *
 * A class has compartments for its name with a stereotype, for its attributes as `name: type [0..1] {PK}`, and for
 * operations, of which a data model has none. Multiplicities stand at the end whose objects they count. An identifying
 * relationship is a composition: a black diamond at the whole. A hollow triangle points to the general class, with
 * `{complete, disjoint}` beside it. `designer/layout/notations/uml.py` holds the twin.
 */

import { at, mark, markOf } from "../ends.js";
import {
  MAX_NAME_W, MAX_TYPE_W, PADDING, ROW_H, SUBTITLE_SIZE, anchorOf, cellsOf, rowsShown, stacked, titleWidth,
} from "../metrics.js";
import { textWidth, visible } from "../text.js";
import { manyOf, notation, textsAt } from "./base.js";

const TOP = 5;
export const STEREOTYPE_H = 14;
const TITLE_H = 20;
const PACKAGE_H = 14;
const SECTION = 4;
const OPERATIONS_H = 10;
const CORNER = 1;
const DIAMOND = 8;
const DIAMOND_HALF = 5;
const STEREOTYPES = {
  table: "table", view: "view", entity: "entity", weak: "weak entity", associative: "associative entity",
  relationship: "relationship",
};

export const uml = notation({
  name: "uml",
  title: "UML class",
  adjust,
  boxOf,
  markOf: markAt,
  dashed: (edge) => edge.kind === "reads",
  endTexts: (edge) => textsAt(edge, (end) => textOf(edge, end)),
});

// Boxes

function adjust(element, source) {
  return {
    ...element,
    stereotype: `«${STEREOTYPES[element.kind] ?? element.kind}»`,
    subtitle: element.subtitle ? `(from ${element.subtitle})` : "",
    rows: element.rows.map((row) => ({ ...row, name: worded(row, source.get(row.id)), type: "", nullable: false })),
  };
}

/** Return an attribute as UML writes it: `[/] name [: type] [multiplicity] [{modifiers}]`. */
function worded(row, record) {
  const attribute = record?.kind === "attribute";
  const name = attribute && record.derived ? `/${record.name ?? ""}` : attribute ? record.name ?? "" : row.name;
  const counted = attribute && record.multivalued ? ` [${row.nullable ? "0" : "1"}..*]` : row.nullable ? " [0..1]" : "";
  const modifiers = [row.pk && "PK", row.fk && "FK", row.unique && !row.pk && "unique"].filter(Boolean);
  return `${name}${row.type ? `: ${row.type}` : ""}${counted}${modifiers.length ? ` {${modifiers.join(", ")}}` : ""}`;
}

function boxOf(element) {
  const rows = rowsShown(element);
  const headerH = TOP + STEREOTYPE_H + TITLE_H + (element.subtitle ? PACKAGE_H : 0) + TOP;
  const titleW = Math.max(titleWidth(element), 2 * PADDING + textWidth(visible(element.stereotype), SUBTITLE_SIZE));
  const cells = cellsOf(element, rows, { keyW: 0, nullW: 0, titleW, maxNameW: MAX_NAME_W + MAX_TYPE_W });
  const below = headerH + 2 * SECTION + rows.length * ROW_H;
  const h = rows.length ? below + OPERATIONS_H : headerH;
  return {
    ...cells, h, headerH, rows: stacked(rows, headerH + SECTION),
    titleX: PADDING, titleY: TOP + STEREOTYPE_H, titleW: cells.w - 2 * PADDING, titleH: TITLE_H,
    bodyY: 0, ...anchorOf(element, h, 0, Math.floor(headerH / 2)), rules: rows.length ? [headerH, below] : [], corner: CORNER,
  };
}

// Lines

function markAt(end, point, direction, edge) {
  if (end.shape !== "foot") return markOf(end.shape, point, direction);
  return edge.identifying && end === edge.target && edge.source.shape === "foot" ? compositionOf(point, direction) : mark();
}

function compositionOf(point, direction) {
  const outline = [
    [point[0], point[1]], at(point, direction, DIAMOND, -DIAMOND_HALF), at(point, direction, 2 * DIAMOND, 0),
    at(point, direction, DIAMOND, DIAMOND_HALF),
  ];
  return mark({ outline, length: 2 * DIAMOND, filled: true });
}

function textOf(edge, end) {
  if (end.shape === "foot") return multiplicityOf(end);
  if (edge.kind !== "generalization" || end !== edge.target || !edge.leads) return "";
  return `{${edge.total ? "complete" : "incomplete"}, ${edge.disjoint ? "disjoint" : "overlapping"}}`;
}

function multiplicityOf({ min, max }) {
  return min === max ? `${max}` : `${min}..${manyOf(max) ? "*" : max}`;
}
