/** Moving columns to another table, and columns that say when a row was written; the twin of designer/commands/moving.py. */

/** @import { Edit, Id, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { dialectOf, logicalType } from "../dialect.js";
import { newId } from "../ids.js";
import { between } from "../order.js";
import { rawType } from "../raw_types.js";
import { recordOf, withFields } from "../records.js";
import { carry, movingColumns } from "./carrying.js";
import { edit, need, Refused } from "./contract.js";
import { called, freeName, namesIn, singular } from "./names.js";
import { targetOf } from "./types_of.js";

/**
 * Moves columns of one table to the end of another one; a name that is taken there gets a suffix.
 * @param {Design} design
 * @param {{columns: Id[], table: Id}} args
 * @returns {Edit}
 */
export function moveToTable(design, { columns, table }) {
  const [source, moving] = movingColumns(design, columns);
  const target = need(design, table, "table");
  if (target.id === source.id) throw new Refused(`${called(design, target)} has these columns already; choose another table`, "table");
  if (design.modelOf(target.id)?.id !== design.modelOf(source.id)?.id) {
    throw new Refused(`${called(design, target)} is in another model; copy the columns instead`, "table");
  }
  const parts = carry(design, source, moving, target);
  const taken = namesIn(design, target.id, ["column"]);
  let order = lastColumn(design, target.id);
  for (const column of moving) {
    const name = suffixed(column.name ?? "", source.name ?? "", taken);
    order = between(order, null);
    parts.add(withFields(parts.put.get(column.id) ?? column, { parent: target.id, name, order }));
    taken.add(name);
    if (name !== (column.name ?? "")) parts.note("renamed", column.id, `${column.name} is called ${name} there, as the name was taken`);
  }
  const what = moving.length === 1 ? moving[0].name : `${moving.length} columns`;
  const label = `Move ${what} of ${called(design, source)} to ${called(design, target)}`;
  return parts.edit(design, label, { select: moving.map(({ id }) => id) });
}

/**
 * `name`, or where it is taken that with the table it comes from: `name_profile`.
 * @param {string} name
 * @param {string} table
 * @param {Set<string>} taken
 */
export function suffixed(name, table, taken) {
  return taken.has(name) ? freeName(`${name}_${singular(table)}`, taken) : name;
}

/**
 * The order key of the last column of a table.
 * @param {Design} design
 * @param {Id} table
 * @returns {string | null}
 */
export function lastColumn(design, table) {
  return design.childrenOf(table, "column").at(-1)?.order || null;
}

/** The columns that tell when a row was written and by whom. */
export const AUDIT = ["created_at", "updated_at", "created_by", "updated_by"];

/**
 * Adds some of `AUDIT` to each table that does not have them yet, of the types and defaults of its database.
 * @param {Design} design
 * @param {{tables: Id[], names: string[]}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addAuditColumns(design, { tables, names }, ids = newId) {
  if (names.length === 0 || names.some((name) => !AUDIT.includes(name))) throw new Refused(`choose one or more of ${AUDIT.join(", ")}`, "names");
  const found = tables.map((id) => need(design, id, "table"));
  if (found.length === 0) throw new Refused("select at least one table", "tables");
  const put = found.flatMap((table) => audit(design, table, names, ids));
  if (put.length === 0) throw new Refused("every selected table has these columns already", "names");
  const touched = new Set(put.map(({ parent }) => parent)).size;
  const where = found.length === 1 ? called(design, found[0]) : `${touched} table${touched === 1 ? "" : "s"}`;
  return edit(design, `Add ${names.join(", ")} to ${where}`, put);
}

function audit(design, table, names, ids) {
  const target = targetOf(design, table.id);
  const taken = namesIn(design, table.id, ["column"]);
  let order = lastColumn(design, table.id);
  return names.filter((name) => !taken.has(name)).map((name) => {
    order = between(order, null);
    return recordOf("column", ids(), { parent: table.id, name, order, ...auditFields(target, name) });
  });
}

function auditFields(target, name) {
  const when = name.endsWith("_at");
  const [type] = rawType(when ? "timestamp_tz" : "string(255)", target);
  const typed = { type, logical: logicalType(type, dialectOf(target)), nullable: !when };
  if (!when) return typed;
  const precision = type.split("(")[1];
  const now = precision ? `CURRENT_TIMESTAMP(${precision}` : "CURRENT_TIMESTAMP";
  const follows = name === "updated_at" && (target === "mysql" || target === "mariadb") ? now : "";
  return { ...typed, default: { text: now }, on_update: follows };
}
