/** Edits that any record takes: set fields, rename, delete. */

/** @import { Edit, Id, Rec } from "../types.js" */
import { Design } from "../design.js";
import { fieldFits, hasField, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { called, checkName, word } from "./names.js";
import { typed } from "./types_of.js";

/**
 * Sets fields of one record. Throws Refused for an unknown field, a value of the wrong type, or a taken name.
 * The type of a column brings its logical type and the enum or domain it is of along.
 * @param {Design} design
 * @param {{id: Id, values: Record<string, any>}} args
 * @returns {Edit}
 */
export function setFields(design, { id, values }) {
  const old = need(design, id);
  for (const [name, value] of Object.entries(values)) checkField(old, name, value);
  if ("name" in values) checkName(design, old, values.name);
  const after = withFields(old, values);
  return edit(design, label(design, old, after, values), ["type" in values ? typed(design, after) : after]);
}

function checkField(record, name, value) {
  if (!hasField(record.kind, name) || name === "parent") throw new Refused(`a ${word(record)} has no field ${JSON.stringify(name)} to set`, name);
  if (!fieldFits(record.kind, name, value)) throw new Refused(`that value does not fit the field ${name.replaceAll("_", " ")}`, name);
}

function label(design, old, after, values) {
  const names = Object.keys(values);
  if (names.length === 1 && names[0] === "name") return `Rename ${word(old)} ${called(design, old)} to ${after.name}`;
  return `Set ${names.map((name) => name.replaceAll("_", " ")).join(", ")} of ${word(old)} ${called(design, old)}`;
}

/**
 * Sets one field of one record.
 * @param {Design} design
 * @param {{id: Id, field: string, value: any}} args
 * @returns {Edit}
 */
export function setField(design, { id, field, value }) {
  return setFields(design, { id, values: { [field]: value } });
}

/**
 * Gives a record another name; whatever refers to it follows by id.
 * @param {Design} design
 * @param {{id: Id, name: string}} args
 * @returns {Edit}
 */
export function rename(design, { id, name }) {
  return setFields(design, { id, values: { name } });
}

/**
 * Deletes records with all that falls with them: a column's keys, a table's columns and the foreign keys to it.
 * @param {Design} design
 * @param {{ids: Id[]}} args
 * @returns {Edit}
 */
export function deleteRecords(design, { ids }) {
  const gone = ids.filter((id) => design.has(id));
  if (gone.length === 0) throw new Refused("nothing to delete: what was selected is not there any more");
  const records = gone.map((id) => /** @type {Rec} */ (design.get(id)));
  if (records.some(({ kind }) => kind === "model")) throw new Refused("a model is deleted from the project page, not from a diagram");
  const words = gone.length === 1 ? `Delete ${word(records[0])} ${called(design, records[0])}` : `Delete ${gone.length} elements`;
  return edit(design, words, [], gone);
}
