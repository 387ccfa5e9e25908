/** What is typed in the rows of a box: columns of tables, attributes of entities. */

import {
  addAttributesText, addAttributeText, addColumnsText, addColumnText, attributeWords, primaryKey, Refused, rename,
  saysMoreThanName, setAttributeText, setAttributeType, setColumnText, setField, setTypeText, parseColumnText,
} from "../doc/commands/index.js";

const NULLABLE = ["null", "not null"];
const OPTIONAL = ["optional", "required"];

/**
 * How the rows of a kind are typed. `cells` are those that Tab walks through; `valueOf` is the text of one, and `write` the
 * command that it means, null where it leaves everything as it is.
 */
const COLUMN = {
  word: "column",
  placeholder: "name type, for example: price numeric(10,2) not null default 0",
  label: "New column: name, type, not null, default",
  words: NULLABLE,
  cells: (design, column) => (design.get(column.parent)?.kind === "table" ? ["name", "type", "nullable", "default"] : ["name", "type"]),
  valueOf: (design, column, cell) => (cell === "default" ? column.default?.text ?? "" : column[cell] ?? ""),
  isOn: (design, column) => (column.nullable ?? true) && !inPrimaryKey(design, column),
  complete: (id, cell) => (cell === "type" ? { as: "type", near: id, cell: true } : null),
  completeLine: (owner) => ({ as: "line", near: owner }),
  write: (design, column, cell, text) => WRITE_COLUMN[cell](design, column, text),
  flip: flipNullable,
  add: (design, owner, text) => addColumnText(design, { table: owner, text }),
  addMany: (design, owner, text) => addColumnsText(design, { table: owner, text }),
};

const WRITE_COLUMN = {
  name: (design, { id }, text) => (saysMoreThanName(design, id, text) ? setColumnText(design, { id, text }) : rename(design, { id, name: text })),
  type: (design, { id }, text) => setTypeText(design, { id, text }),
  default: writeDefault,
  line: (design, { id }, text) => setColumnText(design, { id, text }),
};

function writeDefault(design, { id }, text) {
  parseColumnText(`x text default ${text || "null"}`); // refuses quotes and brackets that do not close
  return setField(design, { id, field: "default", value: text ? { text } : null });
}

function inPrimaryKey(design, { id, parent }) {
  return primaryKey(design, parent)?.columns?.includes(id) ?? false;
}

function flipNullable(design, column, on) {
  if (on && inPrimaryKey(design, column)) {
    throw new Refused(`${column.name} belongs to the primary key, so it always has a value; take it out of the key first`);
  }
  return setField(design, { id: column.id, field: "nullable", value: on });
}

const ATTRIBUTE = {
  word: "attribute",
  placeholder: "name type; * identifies, ? optional, {many}, /derived, -- definition",
  label: "New attribute: name, type; * identifies, ? is optional, {name} holds several values, /name is derived, -- defines it",
  words: OPTIONAL,
  cells: () => ["name", "type", "nullable"],
  valueOf: (design, attribute, cell) => attributeWords(design, attribute)[cell] ?? "",
  isOn: (design, attribute) => attribute.optional ?? false,
  complete: (id, cell) => (cell === "type" ? { as: "domain", near: id, cell: true } : null),
  completeLine: (owner) => ({ as: "attribute", near: owner }),
  write: (design, { id }, cell, text) => (cell === "type" ? setAttributeType(design, { id, text }) : setAttributeText(design, { id, text })),
  flip: (design, { id }, on) => setField(design, { id, field: "optional", value: on }),
  add: (design, owner, text) => addAttributeText(design, { owner, text }),
  addMany: (design, owner, text) => addAttributesText(design, { owner, text }),
};

/** Kind of a row -> how it is typed. */
export const ROW_TEXTS = { column: COLUMN, attribute: ATTRIBUTE };

/** Kind of a box -> how the rows are typed that it can be given. */
export const NEW_ROWS = { table: COLUMN, entity: ATTRIBUTE, relationship: ATTRIBUTE };
