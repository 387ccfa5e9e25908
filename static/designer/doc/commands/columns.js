/** Adding, moving and copying columns; moving and copying serve attributes as well. */

/** @import { Edit, Id, Rec, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { between, sequence, spread } from "../order.js";
import { fieldFits, recordOf, withField, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { called, checkName, freeName, namesIn, word } from "./names.js";
import { typed } from "./types_of.js";

/**
 * Adds a column with the given fields at the end, or right after another column. Without a name it gets the first free
 * one of `column`, `column_2`, …; without a type it is text.
 * @param {Design} design
 * @param {{table: Id, fields?: Record<string, any>, after?: Id | null}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addColumn(design, { table, fields = {}, after = null }, ids = newId) {
  const owner = need(design, table, "table");
  const name = fields.name ?? freeName("column", namesIn(design, table, ["column"]));
  const column = columnRecord(design, table, { ...fields, name }, placeAfter(design, table, after), ids);
  return edit(design, `Add column ${called(design, owner)}.${name}`, [column], [], { select: [column.id] });
}

/**
 * A new column of a table, checked and with its logical type; without a type it is text.
 * @param {Design} design
 * @param {Id} table
 * @param {Record<string, any>} fields
 * @param {string} order
 * @param {IdSource} ids
 * @returns {Rec}
 */
export function columnRecord(design, table, fields, order, ids) {
  const values = { type: "text", ...fields, parent: table, order };
  checkValues(values);
  const column = typed(design, recordOf("column", ids(), values));
  checkName(design, column, column.name);
  return column;
}

function checkValues(values) {
  for (const [name, value] of Object.entries(values)) {
    if (!fieldFits("column", name, value)) throw new Refused(`that value does not fit the field ${name.replaceAll("_", " ")}`, name);
  }
}

/**
 * An order key for a new column: after `after`, or at the end.
 * @param {Design} design
 * @param {Id} table
 * @param {Id | null} after
 * @returns {string}
 */
export function placeAfter(design, table, after) {
  return between(...neighbours(design, table, after));
}

/**
 * The order keys that new columns go between: after `after`, or at the end.
 * @param {Design} design
 * @param {Id} table
 * @param {Id | null} after
 * @returns {[string | null, string | null]}
 */
export function neighbours(design, table, after) {
  const columns = design.childrenOf(table, "column");
  const found = columns.findIndex(({ id }) => id === after);
  const at = found < 0 ? columns.length - 1 : found;
  const low = columns[at]?.order || null;
  const high = columns[at + 1]?.order || null;
  // Columns without order keys stand first; one cannot be put between two of them, so it goes after them.
  return [low, high !== null && low !== null && low >= high ? null : high];
}

/**
 * Moves columns or attributes, in their order, in front of another one of their table, or to the end.
 * @param {Design} design
 * @param {{ids: Id[], before?: Id | null}} args
 * @returns {Edit}
 */
export function moveColumns(design, { ids, before = null }) {
  const first = need(design, ids[0], "column", "attribute");
  const siblings = design.childrenOf(first.parent, first.kind);
  const wanted = new Set(ids);
  const moving = siblings.filter(({ id }) => wanted.has(id));
  if (moving.length !== wanted.size) throw new Refused(`these ${word(first)}s do not all stand in ${called(design, need(design, first.parent))}; move those of one at a time`);
  const others = siblings.filter(({ id }) => !wanted.has(id));
  const target = wanted.has(/** @type {Id} */ (before)) ? following(siblings, wanted, before) : before;
  const found = others.findIndex(({ id }) => id === target);
  const at = found < 0 ? others.length : found;
  const label = moving.length === 1 ? `Move ${word(first)} ${called(design, first)}` : `Move ${moving.length} ${word(first)}s of ${called(design, need(design, first.parent))}`;
  if (siblings.every((each, index) => each === [...others.slice(0, at), ...moving, ...others.slice(at)][index])) return edit(design, label, []);
  return edit(design, label, reordered(others, moving, at));
}

/** The first sibling after `before` that does not move itself. */
function following(siblings, wanted, before) {
  const at = siblings.findIndex(({ id }) => id === before);
  return siblings.slice(at).find(({ id }) => !wanted.has(id))?.id ?? null;
}

/** Only what moves gets new order keys, where there is room between its new neighbours. */
function reordered(others, moving, at) {
  const low = at > 0 ? others[at - 1].order ?? "" : null;
  const high = at < others.length ? others[at].order ?? "" : null;
  if ((low ?? "") < (high ?? "~") && low !== "") {
    const keys = spread(low, high, moving.length);
    return moving.map((each, index) => withField(each, "order", keys[index]));
  }
  const ordered = [...others.slice(0, at), ...moving, ...others.slice(at)];
  const keys = sequence(ordered.length);
  return ordered.map((each, index) => withField(each, "order", keys[index]));
}

/**
 * Moves a column in front of another one of its table, or to the end.
 * @param {Design} design
 * @param {{id: Id, before?: Id | null}} args
 * @returns {Edit}
 */
export function moveColumn(design, { id, before = null }) {
  return moveColumns(design, { ids: [id], before });
}

/**
 * Copies columns or attributes within their table, in front of another one or to the end, under free names and without
 * their keys.
 * @param {Design} design
 * @param {{ids: Id[], before?: Id | null}} args
 * @param {IdSource} [fresh]
 * @returns {Edit}
 */
export function duplicateColumns(design, { ids, before = null }, fresh = newId) {
  const first = need(design, ids[0], "column", "attribute");
  const siblings = design.childrenOf(first.parent, first.kind);
  const copied = siblings.filter(({ id }) => ids.includes(id));
  const taken = namesIn(design, first.parent, [first.kind]);
  const found = siblings.findIndex(({ id }) => id === before);
  const at = found < 0 ? siblings.length : found;
  const copies = copied.map((each) => {
    const name = freeName(each.name ?? "", taken);
    taken.add(name);
    return { ...withFields(each, { name, order: "" }), id: fresh() };
  });
  const label = copies.length === 1 ? `Duplicate ${word(first)} ${called(design, first)}` : `Duplicate ${copies.length} ${word(first)}s of ${called(design, need(design, first.parent))}`;
  return edit(design, label, reordered(siblings, copies, at), [], { select: copies.map(({ id }) => id) });
}
