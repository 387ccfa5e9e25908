/** Columns as lines of text: adding, writing anew, and saying them. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { dialectOf, logicalType, quote } from "../dialect.js";
import { newId } from "../ids.js";
import { spread } from "../order.js";
import { fieldOf, withFields } from "../records.js";
import { ColumnDraft } from "./column_draft.js";
import { definitionsIn, parseColumnText } from "./column_text.js";
import { columnRecord, neighbours } from "./columns.js";
import { edit, need, Refused } from "./contract.js";
import { called, checkName } from "./names.js";
import { targetOf, typed } from "./types_of.js";

const CONSTRAINT = /^(?:constraint\s+\S+\s+)?(primary\s+key|unique(?:\s+key)?|foreign\s+key|check|exclude|index|key)\s*(?:[^\s(]+\s*)?\(/i;
const LIST = /\(([^()]*)\)/;
const REFERENCES = /\breferences\s+([^\s(]+)\s*(?:\(([^()]*)\))?(.*)$/is;

/**
 * Adds a column from one line of text: `email varchar(255) not null`. A bare name is a text column, or of the type of
 * what it refers to.
 * @param {Design} design
 * @param {{table: Id, text: string, after?: Id | null}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addColumnText(design, { table, text, after = null }, ids = newId) {
  const owner = need(design, table, "table");
  const { fields } = parseColumnText(text);
  const held = design.childrenOf(table, "column").some(({ name }) => name === fields.name);
  if (held) throw new Refused(`there is a column named ${fields.name} here already; choose another name`, "name");
  return addLines(design, owner, { lines: [text], after }, ids);
}

/**
 * Adds columns and keys from the body of a CREATE TABLE: a definition a line, or with commas between. A column that is
 * there already, such as the `id` of a new table, is written anew.
 * @param {Design} design
 * @param {{table: Id, text: string, after?: Id | null}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addColumnsText(design, { table, text, after = null }, ids = newId) {
  const lines = definitionsIn(text);
  if (lines.length === 0) throw new Refused("there is no column in this text; type for example: email text not null", "name");
  return addLines(design, need(design, table, "table"), { lines, after }, ids);
}

function addLines(design, owner, { lines, after }, ids) {
  const columns = lines.filter((line) => !CONSTRAINT.test(line));
  const draft = new ColumnDraft(design, owner, ids);
  const orders = spread(...neighbours(design, owner.id, after), columns.length);
  const made = columns.map((line, at) => addLine(draft, line, orders[at]));
  lines.filter((line) => CONSTRAINT.test(line)).forEach((line) => addConstraint(draft, line));
  const label = made.length === 1 ? `Add column ${called(design, owner)}.${made[0].name}` : `Add ${made.length} columns to ${called(design, owner)}`;
  return edit(design, label, draft.records, [], { select: made.map(({ id }) => id) });
}

function addLine(draft, line, order) {
  const { fields, ...more } = parseColumnText(line);
  const held = draft.columns().find((column) => column.name === fields.name);
  const values = { ...(more.references ? { type: "" } : {}), ...fields };
  const column = held
    ? typed(draft.design, withFields(held, { nullable: true, default: null, identity: "", ...values }))
    : columnRecord(draft.design, draft.table.id, values, order, draft.ids);
  draft.set(column);
  addKeys(draft, column, more);
  return column;
}

/** The keys that a column gets or joins, and what it refers to. */
function addKeys(draft, column, { primary, unique, references }) {
  if (primary) draft.addToPrimary([column]);
  if (unique && !primary) draft.addUnique([column]);
  if (references) draft.addReference([draft.put.get(column.id) ?? column], references);
}

function addConstraint(draft, line) {
  const word = CONSTRAINT.exec(line)?.[1].toLowerCase() ?? "";
  const columns = LIST.exec(line)?.[1] ?? "";
  if (word.startsWith("primary")) return draft.addToPrimary(draft.named(columns));
  if (word.startsWith("unique")) return draft.addUnique(draft.named(columns));
  const [, table, list = "", rest = ""] = (word.startsWith("foreign") && REFERENCES.exec(line)) || [];
  if (!table) throw new Refused(`${line.slice(0, 60)} is no column or key; add ${word === "check" ? "checks" : "it"} in the inspector afterwards`, "name");
  const actions = parseColumnText(`x references ${table}${rest}`).references;
  return draft.addReference(draft.named(columns), { .../** @type {any} */ (actions), column: list });
}

/**
 * Writes a column anew from one line of text; what the text does not say goes back to its default, and what it
 * cannot say stays.
 * @param {Design} design
 * @param {{id: Id, text: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setColumnText(design, { id, text }, ids = newId) {
  const old = need(design, id, "column");
  const { fields, ...more } = parseColumnText(text);
  checkName(design, old, fields.name);
  const kept = fieldOf(old, "default")?.text === fields.default?.text ? { ...fields, default: fieldOf(old, "default") } : fields;
  const after = withFields(old, { type: "", nullable: true, default: null, identity: "", ...kept });
  const renamed = fields.name !== old.name && Object.keys(fields).length === 1;
  const label = renamed ? `Rename column ${called(design, old)} to ${fields.name}` : `Write column ${called(design, old)} as ${text.trim()}`;
  return written(design, label, old, after, more, ids);
}

/**
 * Gives a column the type that a text says; clauses after it (`bigint not null references orders`) are done as well, and
 * what they do not say stays.
 * @param {Design} design
 * @param {{id: Id, text: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setTypeText(design, { id, text }, ids = newId) {
  const old = need(design, id, "column");
  const { fields: { name: _, ...fields }, ...more } = parseColumnText(`x ${text}`);
  const untyped = !fields.type && !more.references && targetOf(design, id) !== "sqlite";
  if (untyped && Object.keys(fields).length === 0) throw new Refused("a column needs a type; type one, for example text", "type");
  const after = withFields(old, more.references && !fields.type ? { ...fields, type: "" } : fields);
  return written(design, `Set type of column ${called(design, old)} to ${text.trim()}`, old, after, more, ids);
}

function written(design, label, old, after, more, ids) {
  const column = after.type === old.type ? after : typed(design, after);
  const draft = new ColumnDraft(design, need(design, old.parent, "table", "view"), ids);
  draft.set(column);
  addKeys(draft, column, more);
  return edit(design, label, draft.records);
}

/**
 * The text of a column as `parseColumnText` reads it, for editing it in place.
 * @param {Rec} column
 * @returns {string}
 */
export function columnText(column) {
  const parts = [writtenName(column.name ?? ""), column.type ?? ""];
  if (column.identity === "always" || column.identity === "by default") parts.push(`generated ${column.identity} as identity`);
  if (column.identity === "auto_increment" || column.identity === "autoincrement") parts.push(column.identity);
  if (fieldOf(column, "nullable") === false) parts.push("not null");
  if (column.default) parts.push(`default ${column.default.text}`);
  return parts.filter(Boolean).join(" ");
}

/** A name as the line of a column can hold it: in quotes where spaces or colons would end it. */
function writtenName(name) {
  return /[\s"`:]/.test(name) ? quote({ ...dialectOf("postgresql"), bareName: /^$/ }, name) : name;
}

/**
 * Whether a text typed as a name is meant as the line of a column: its second word is a type that the database or the
 * model knows, or a clause. `due date` is such a line, `odd name` is not.
 * @param {Design} design
 * @param {Id} id a column
 * @param {string} text
 */
export function saysMoreThanName(design, id, text) {
  if (!/\s/.test(text.trim())) return false;
  try {
    const { fields, primary, unique, references } = parseColumnText(text);
    const clauses = primary || unique || Boolean(references) || Object.keys(fields).some((name) => name !== "name" && name !== "type");
    return fields.type ? isType(design, id, fields.type) : clauses;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}

function isType(design, id, text) {
  const column = withFields(need(design, id), { type: text });
  const known = typed(design, column);
  return Boolean(known.type_ref) || !logicalType(text, dialectOf(targetOf(design, id))).startsWith("other(");
}
