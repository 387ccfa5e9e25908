/** Primary keys. */

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
