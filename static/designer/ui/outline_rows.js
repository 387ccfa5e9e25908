/** The lines of the outline: schemas, tables and columns of a model as a flat list of what is unfolded. */

import { spoken } from "./spoken.js";

/** @typedef {{id: string, kind: string, label: string, detail: string, level: number, open: boolean | null, set: number, place: number}} OutlineRow */

const LEAVES = { table: "column", view: "column", entity: "attribute", relationship: "attribute" };

/**
 * Returns the lines to show; `open` is null for a line that has nothing below it.
 * @param {object} design
 * @param {string} model
 * @param {Set<string>} unfolded ids of elements whose columns are shown
 * @param {Set<string>} folded ids of schemas that are closed
 * @param {string} filter shows elements whose own name or a column's name holds it; those columns come with them
 * @returns {OutlineRow[]}
 */
export function outlineRows(design, model, { unfolded, folded, filter }) {
  const needle = filter.trim().toLowerCase();
  const rows = [];
  const loose = elementsIn(design, model);
  const schemas = design.childrenOf(model, "schema");
  const shownSchemas = schemas.map((schema) => ({ schema, found: matching(design, elementsIn(design, schema.id), needle) }))
    .filter(({ found }) => found.length > 0 || !needle);
  const top = matching(design, loose, needle);
  const set = shownSchemas.length + top.length;
  shownSchemas.forEach(({ schema, found }, index) => {
    const open = needle !== "" || !folded.has(schema.id);
    rows.push(row(schema, `${found.length}`, 1, open, set, index + 1));
    if (open) {
      pushElements(rows, design, found, 2, { unfolded, needle });
    }
  });
  pushElements(rows, design, top, 1, { unfolded, needle }, shownSchemas.length, set);
  return rows;
}

function elementsIn(design, parent) {
  return ["table", "view", "entity", "relationship"].flatMap((kind) => [...design.childrenOf(parent, kind)])
    .map((record) => [record, spoken(design, record).toLowerCase()])
    .sort(([, a], [, b]) => compare(a, b)).map(([record]) => record);
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nameOf(record) {
  return record.name ?? "";
}

/** Returns [element, its leaves that match] for each element to show. */
function matching(design, elements, needle) {
  const found = [];
  for (const element of elements) {
    const own = needle === "" || spoken(design, element).toLowerCase().includes(needle);
    const leaves = needle === "" ? [] : leavesOf(design, element).filter((leaf) => nameOf(leaf).toLowerCase().includes(needle));
    if (own || leaves.length > 0) {
      found.push([element, leaves]);
    }
  }
  return found;
}

/** The columns or attributes of an element, each composite one followed by its parts. */
function leavesOf(design, element) {
  return design.childrenOf(element.id, LEAVES[element.kind]).flatMap((leaf) => [leaf, ...partsOf(design, leaf)]);
}

function partsOf(design, leaf) {
  return leaf.kind === "attribute" ? design.childrenOf(leaf.id, "attribute").flatMap((part) => [part, ...partsOf(design, part)]) : [];
}

/** How deep a leaf lies in composite ones. */
function depthOf(design, { parent }) {
  const above = design.get(parent);
  return above?.kind === "attribute" ? 1 + depthOf(design, above) : 0;
}

function pushElements(rows, design, found, level, { unfolded, needle }, before = 0, set = found.length) {
  found.forEach(([element, hits], index) => {
    const all = leavesOf(design, element);
    const isOpen = unfolded.has(element.id) || hits.length > 0;
    rows.push({ ...row(element, "", level, all.length > 0 ? isOpen : null, set, before + index + 1), label: spoken(design, element) });
    const leaves = unfolded.has(element.id) || !needle ? all : hits;
    if (isOpen) {
      leaves.forEach((leaf, at) => rows.push(row(leaf, leaf.type ?? "", level + 1 + depthOf(design, leaf), null, leaves.length, at + 1)));
    }
  });
}

function row(record, detail, level, open, set, place) {
  return { id: record.id, kind: record.kind, label: nameOf(record), detail, level, open, set, place };
}
