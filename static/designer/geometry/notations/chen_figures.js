/**
 * Which figure an element is in Chen's notation, also a table: it is drawn as the entity or relationship that it stands
 * for. `designer/layout/notations/chen_figures.py` holds the twin.
 */

import { childrenOf } from "../elements.js";

/** Return an element with its figure and with plain names: Chen draws what others write into them. */
export function chenElement(element, source, record) {
  return {
    ...element,
    rows: element.rows.map((row) => chenRow(row, source.get(row.id))),
    figure: figureOf(element, source, record),
  };
}

function chenRow(row, record) {
  if (record?.kind === "attribute") {
    return { ...row, name: record.name ?? "", multivalued: record.multivalued ?? false, derived: record.derived ?? false };
  }
  if (record?.kind === "column") {
    return { ...row, multivalued: (record.type ?? "").endsWith("[]"), derived: Boolean(record.generated) };
  }
  return row;
}

function figureOf(element, source, record) {
  if (record.kind === "relationship") {
    return (record.ends ?? []).some((end) => end.identifying) ? "identifying" : "relationship";
  }
  return element.kind === "table" ? figureOfTable(source, record.id) : element.kind;
}

/** A key that only borrows makes an associative entity, one that adds to what it borrows a weak entity. */
function figureOfTable(source, table) {
  const primary = primaryOf(source, table);
  const borrowing = borrowingOf(source, table, primary);
  if (isJunction(borrowing, primary)) return "associative";
  const borrowed = new Set(borrowing.flatMap((key) => key.columns));
  return borrowed.size > 0 && borrowed.size < primary.size ? "weak" : "entity";
}

/** Return the foreign keys of a table that together are its primary key, where these are several. */
export function junctionKeys(source, table) {
  const primary = primaryOf(source, table);
  const borrowing = borrowingOf(source, table, primary);
  return isJunction(borrowing, primary) ? borrowing.map((key) => key.id) : [];
}

function isJunction(borrowing, primary) {
  return borrowing.length > 1 && new Set(borrowing.flatMap((key) => key.columns)).size === primary.size;
}

function primaryOf(source, table) {
  return new Set(childrenOf(source, table, "key").filter((key) => key.primary).flatMap((key) => key.columns ?? []));
}

function borrowingOf(source, table, primary) {
  return childrenOf(source, table, "foreign_key")
    .filter(({ columns = [] }) => columns.length > 0 && columns.every((column) => primary.has(column)));
}
