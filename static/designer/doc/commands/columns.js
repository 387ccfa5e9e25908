/** Adding, writing and moving columns. */

/** @import { Edit, Id, Rec, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { between, sequence } from "../order.js";
import { fieldFits, fieldOf, recordOf, withField, withFields } from "../records.js";
import { parseColumnText } from "./column_text.js";
import { edit, need, Refused } from "./contract.js";
import { primaryKey } from "./keys.js";
import { called, checkName, freeName, namesIn } from "./names.js";
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
  const values = { type: "text", ...fields, name, parent: table, order: placeAfter(design, table, after) };
  checkValues(values);
  const column = typed(design, recordOf("column", ids(), values));
  checkName(design, column, name);
  return edit(design, `Add column ${called(design, owner)}.${name}`, [column], [], { select: [column.id] });
}

function checkValues(values) {
  for (const [name, value] of Object.entries(values)) {
    if (!fieldFits("column", name, value)) throw new Refused(`that value does not fit the field ${name.replaceAll("_", " ")}`, name);
  }
}

/**
 * Adds a column from one line of text: `email varchar(255) not null`. A bare name is a text column.
 * @param {Design} design
 * @param {{table: Id, text: string, after?: Id | null}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addColumnText(design, { table, text, after = null }, ids = newId) {
  const { fields, primary, unique } = parseColumnText(text);
  const added = addColumn(design, { table, fields, after }, ids);
  const [id] = /** @type {any} */ (added).made;
  const column = added.change.added?.[id];
  if (!column || !(primary || unique)) return added;
  return edit(design, added.label, withKey(design, column, primary, ids), [], { select: [id] });
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
  const { fields, primary, unique } = parseColumnText(text);
  checkName(design, old, fields.name);
  const kept = fieldOf(old, "default")?.text === fields.default?.text ? { ...fields, default: fieldOf(old, "default") } : fields;
  const after = withFields(old, { type: "", nullable: true, default: null, identity: "", ...kept });
  const column = after.type === old.type ? after : typed(design, after);
  const renamed = fields.name !== old.name && Object.keys(fields).length === 1;
  const label = renamed ? `Rename column ${called(design, old)} to ${fields.name}` : `Write column ${called(design, old)} as ${text.trim()}`;
  return edit(design, label, primary || unique ? withKey(design, column, primary, ids) : [column]);
}

/** The column, and the key that it gets or joins. */
function withKey(design, column, primary, ids) {
  const table = column.parent;
  const old = primary ? primaryKey(design, table) : null;
  const alone = design.childrenOf(table, "key").some((key) => (key.columns ?? []).length === 1 && key.columns[0] === column.id && !primary);
  if (alone || old?.columns?.includes(column.id)) return [column];
  const key = old
    ? withField(old, "columns", [...(old.columns ?? []), column.id])
    : recordOf("key", ids(), { parent: table, primary, columns: [column.id] });
  return [primary ? withField(column, "nullable", false) : column, key];
}

/**
 * The text of a column as `parseColumnText` reads it, for editing it in place.
 * @param {Rec} column
 * @returns {string}
 */
export function columnText(column) {
  const parts = [column.name ?? "", column.type ?? ""];
  if (column.identity === "always" || column.identity === "by default") parts.push(`generated ${column.identity} as identity`);
  if (column.identity === "auto_increment" || column.identity === "autoincrement") parts.push(column.identity);
  if (fieldOf(column, "nullable") === false) parts.push("not null");
  if (column.default) parts.push(`default ${column.default.text}`);
  return parts.filter(Boolean).join(" ");
}

/**
 * An order key for a new column: after `after`, or at the end.
 * @param {Design} design
 * @param {Id} table
 * @param {Id | null} after
 * @returns {string}
 */
export function placeAfter(design, table, after) {
  const columns = design.childrenOf(table, "column");
  const found = columns.findIndex(({ id }) => id === after);
  const at = found < 0 ? columns.length - 1 : found;
  const low = columns[at]?.order || null;
  const high = columns[at + 1]?.order || null;
  // Columns without order keys stand first; one cannot be put between two of them, so it goes after them.
  return between(low, high !== null && low !== null && low >= high ? null : high);
}

/**
 * Moves a column in front of another one of its table, or to the end.
 * @param {Design} design
 * @param {{id: Id, before?: Id | null}} args
 * @returns {Edit}
 */
export function moveColumn(design, { id, before = null }) {
  const moving = need(design, id, "column");
  const others = design.childrenOf(moving.parent, "column").filter((column) => column.id !== id);
  const found = others.findIndex((column) => column.id === before);
  const at = found < 0 ? others.length : found;
  const low = at > 0 ? others[at - 1].order ?? "" : null;
  const high = at < others.length ? others[at].order ?? "" : null;
  const label = `Move column ${called(design, moving)}`;
  if ((low ?? "") < (high ?? "~") && low !== "") return edit(design, label, [withField(moving, "order", between(low, high))]);
  const ordered = [...others.slice(0, at), moving, ...others.slice(at)];
  const keys = sequence(ordered.length);
  return edit(design, label, ordered.map((column, index) => withField(column, "order", keys[index])));
}
