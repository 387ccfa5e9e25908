/** A column of few values made a reference to a table that lists them; the twin of designer/commands/lookups.py. */

/** @import { Edit, Id, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { recordOf, withFields } from "../records.js";
import { Parts, referrersOf } from "./carrying.js";
import { need, Refused } from "./contract.js";
import { asText, standsAlone } from "./enums.js";
import { listCheck, listedValues } from "./listed_values.js";
import { called, checkName, freeName } from "./names.js";
import { placeOn } from "./splitting.js";
import { keyColumn, lastOrder } from "./tables.js";

/**
 * Makes a table `name` of the values of a column, and lets the column refer to it.
 *
 * "natural" keeps the values as the key of the new table, so rows stay as they are; "surrogate" gives it an `id`, which the
 * column then holds. Without `values` those that an enum or a check lists are taken; a design has no place for rows, so they
 * stand in the comment of the new column.
 * @param {Design} design
 * @param {{column: Id, name: string, strategy?: string, values?: string[], diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function extractLookup(design, { column, name, strategy = "natural", values = [], diagram = null, x = 0, y = 0 }, ids = newId) {
  const old = need(design, column, "column");
  const source = need(design, old.parent, "table");
  if (strategy !== "natural" && strategy !== "surrogate") throw new Refused("say what the key shall be: natural or surrogate", "strategy");
  standsAlone(design, old);
  const listed = values.length > 0 ? values : listedValues(design, old);
  const table = recordOf("table", ids(), { parent: source.parent, name, order: lastOrder(design, source.parent, "table") });
  checkName(design, table, name);
  const parts = new Parts();
  parts.add(table);
  const check = listCheck(design, old);
  if (check) parts.drop(check);
  const isEnum = !check && listedValues(design, old).length > 0;
  const plain = isEnum ? asText(design, old, listed, parts) : old;
  const work = { design, source, column: plain, table, listed, parts, ids };
  strategy === "natural" ? natural(work) : surrogate(work);
  if (listed.length > 0) parts.note("values", table.id, `a design holds no rows, so the ${listed.length} values stand in a comment`);
  placeOn(design, diagram, table, x, y, parts, ids);
  return parts.edit(design, `Extract ${name} from ${called(design, old)}`, { select: [table.id] });
}

function codeColumn({ column, table, listed, ids }, order) {
  const { type = "", logical = "", type_ref = null, collation = "" } = column;
  const comment = listed.length > 0 ? `One of: ${listed.join(", ")}` : "";
  return recordOf("column", ids(), { parent: table.id, name: "code", type, logical, type_ref, collation, nullable: false, comment, order });
}

function natural(work) {
  const { column, table, parts, ids } = work;
  const code = codeColumn(work, "V");
  const key = recordOf("key", ids(), { parent: table.id, primary: true, columns: [code.id] });
  const link = recordOf("foreign_key", ids(), { parent: column.parent, columns: [column.id], ref_table: table.id, ref_columns: [code.id] });
  parts.add(code, key, link, column);
}

function surrogate(work) {
  const { design, source, column, table, parts, ids } = work;
  const own = keyColumn(design, source.parent, table.id, ids);
  const code = codeColumn(work, "k");
  const primary = recordOf("key", ids(), { parent: table.id, primary: true, columns: [own.id] });
  const unique = recordOf("key", ids(), { parent: table.id, columns: [code.id] });
  const taken = new Set(design.childrenOf(source.id, "column").filter(({ id }) => id !== column.id).map(({ name }) => name ?? ""));
  const name = (column.name ?? "").endsWith("_id") ? column.name : freeName(`${column.name ?? ""}_id`, taken);
  const now = withFields(column, { name, type: own.type ?? "", logical: own.logical ?? "", type_ref: null, collation: "", default: null });
  const link = recordOf("foreign_key", ids(), { parent: source.id, columns: [column.id], ref_table: table.id, ref_columns: [own.id] });
  parts.add(own, code, primary, unique, link, now);
  if (column.default) parts.note("default", column.id, `the default ${column.default.text} of ${called(design, column)} is gone, as it was no id`);
  dropChecks(design, column, parts);
}

/** Checks of the values mean nothing for ids. */
function dropChecks(design, column, parts) {
  for (const id of referrersOf(design, [column.id])) {
    const check = design.get(id);
    if (check.kind !== "check" || parts.gone.has(id)) continue;
    parts.drop(check);
    parts.note("spans", id, `the check ${check.expr.text} is left out, as the column holds ids now`);
  }
}
