/** Primary keys, and which columns are unique. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { fieldOf, recordOf, withField } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { called } from "./names.js";

/**
 * The primary key of a table, if it has one.
 * @param {Design} design
 * @param {Id} table
 * @returns {Rec | null}
 */
export function primaryKey(design, table) {
  return design.childrenOf(table, "key").find((key) => key.primary) ?? null;
}

/**
 * Whether no two rows of a table can have the same values in some columns: a key or a unique index over all rows is among them.
 * @param {Design} design
 * @param {Id} table
 * @param {readonly Id[]} columns
 */
export function isUnique(design, table, columns) {
  return uniqueWithin(design, table, columns).length > 0;
}

/**
 * The keys and unique indexes of a table that hold nothing but some of the columns.
 * @param {Design} design
 * @param {Id} table
 * @param {readonly Id[]} columns
 * @returns {Rec[]}
 */
export function uniqueWithin(design, table, columns) {
  const among = (ids) => ids.length > 0 && ids.every((id) => columns.includes(id));
  const keys = design.childrenOf(table, "key").filter((key) => among(key.columns ?? []));
  const indexes = design.childrenOf(table, "index").filter(({ unique, where, parts = [] }) => unique && !where && among(parts.map(({ column }) => column)));
  return [...keys, ...indexes];
}

/**
 * Makes `columns`, in that order, the primary key of a table; they become NOT NULL. No columns: no primary key.
 * @param {Design} design
 * @param {{table: Id, columns: Id[]}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setPrimaryKey(design, { table, columns }, ids = newId) {
  const owner = need(design, table, "table");
  const old = primaryKey(design, table);
  if (columns.length === 0) {
    if (!old) throw new Refused(`${owner.name ?? ""} has no primary key to remove`, "columns");
    return edit(design, `Remove primary key of ${called(design, owner)}`, [], [old.id]);
  }
  const members = ownColumns(design, table, columns);
  const key = old ? withField(old, "columns", columns) : recordOf("key", ids(), { parent: table, primary: true, columns });
  const nullable = members.filter((column) => fieldOf(column, "nullable"));
  const names = members.map(({ name }) => name).join(", ");
  return edit(design, `Set primary key of ${called(design, owner)} to ${names}`, [key, ...nullable.map((column) => withField(column, "nullable", false))]);
}

function ownColumns(design, table, columns) {
  const members = columns.map((id) => need(design, id, "column"));
  if (members.some(({ parent }) => parent !== table)) throw new Refused("a key holds columns of its own table only", "columns");
  if (new Set(columns).size !== columns.length) throw new Refused("a key names each column once", "columns");
  return members;
}
