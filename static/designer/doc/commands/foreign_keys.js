/** Foreign keys: drawn from a column or a table to another table. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { spread } from "../order.js";
import { equal } from "../values.js";
import { recordOf } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { primaryKey } from "./keys.js";
import { called, freeName, namesIn, singular } from "./names.js";
import { referringType, typesFit } from "./types_of.js";

/**
 * Adds a foreign key from a table to another one. With `columns` it uses these, paired in order with `refColumns` or the
 * primary key of the other table; without, it makes columns named after that table and its key, of the same types.
 * @param {Design} design
 * @param {{table: Id, columns?: Id[], refTable: Id, refColumns?: Id[], onDelete?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addForeignKey(design, { table, columns = [], refTable, refColumns = [], onDelete = "" }, ids = newId) {
  const owner = need(design, table, "table");
  const target = need(design, refTable, "table");
  const referenced = refColumns.length > 0 ? ownColumns(design, target, refColumns) : keyColumns(design, target);
  const made = columns.length > 0 ? [] : referringColumns(design, owner, target, referenced, ids);
  const referring = columns.length > 0 ? ownColumns(design, owner, columns) : made;
  if (columns.length > 0) checkPairs(design, owner, target, referring, referenced);
  const values = { columns: referring.map(({ id }) => id), ref_table: target.id, ref_columns: referenced.map(({ id }) => id) };
  const key = recordOf("foreign_key", ids(), { ...values, parent: table, on_delete: onDelete });
  const label = `Add foreign key ${called(design, owner)} → ${called(design, target)}`;
  return edit(design, label, [key, ...made], [], { select: [key.id] });
}

/**
 * The foreign key that a line drawn from one element to another means; each is a table or a column.
 * @param {Design} design
 * @param {{source: Id, target: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function drawForeignKey(design, { source, target }, ids = newId) {
  const from = need(design, source, "table", "column");
  const to = need(design, target, "table", "column");
  return addForeignKey(design, {
    table: from.kind === "column" ? from.parent : from.id,
    columns: from.kind === "column" ? [from.id] : [],
    refTable: to.kind === "column" ? to.parent : to.id,
    refColumns: to.kind === "column" ? [to.id] : [],
  }, ids);
}

function ownColumns(design, table, ids) {
  const columns = ids.map((id) => need(design, id, "column"));
  if (columns.some(({ parent }) => parent !== table.id)) throw new Refused(`these columns must all be columns of ${called(design, table)}`, "columns");
  return columns;
}

function keyColumns(design, table) {
  const key = primaryKey(design, table.id);
  if (!key?.columns?.length) throw new Refused(`${called(design, table)} has no primary key to refer to; give it one first`);
  return key.columns.map((id) => need(design, id, "column"));
}

function checkPairs(design, owner, target, columns, referenced) {
  if (columns.length !== referenced.length) {
    throw new Refused(`the key of ${called(design, target)} has ${referenced.length} columns; draw from the header of the table instead`);
  }
  columns.forEach((column, at) => {
    if (typesFit(column, referenced[at])) return;
    const [from, to] = [column, referenced[at]].map((each) => `${called(design, each)} is ${each.type || "without a type"}`);
    throw new Refused(`${from}, but ${to}; give both one type, or draw from the header of the table to get a new column`);
  });
  const ids = columns.map(({ id }) => id);
  if (design.childrenOf(owner.id, "foreign_key").some((key) => equal(key.columns, ids) && key.ref_table === target.id)) {
    throw new Refused(`${called(design, owner)} has this foreign key to ${called(design, target)} already`);
  }
}

/** New columns like the referenced ones, at the end of the table. */
function referringColumns(design, owner, target, referenced, ids) {
  const taken = namesIn(design, owner.id, ["column"]);
  const orders = spread(design.childrenOf(owner.id, "column").at(-1)?.order || null, null, referenced.length);
  return referenced.map((ref, at) => {
    const name = freeName(referringName(target.name ?? "", ref.name ?? ""), taken);
    taken.add(name);
    const like = { type: referringType(ref.type ?? ""), logical: referringType(ref.logical ?? ""), type_ref: ref.type_ref ?? null };
    return recordOf("column", ids(), { ...like, collation: ref.collation ?? "", parent: owner.id, name, order: orders[at] });
  });
}

function referringName(table, column) {
  const one = singular(table);
  return column.startsWith(one) ? column : `${one}_${column}`;
}
