/** Adding tables. */

/** @import { Edit, Id, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { between } from "../order.js";
import { recordOf } from "../records.js";
import { edit, need } from "./contract.js";
import { checkName, namesIn, numberedName } from "./names.js";

const KEY_TYPES = {
  postgresql: ["bigint", "always"],
  mysql: ["bigint", "auto_increment"],
  mariadb: ["bigint", "auto_increment"],
  sqlite: ["INTEGER", ""],
};

/**
 * Adds a table with an `id` primary key under a schema or, where none is given, the model; with `diagram` it is also
 * placed there, at (x, y). Without a name it gets the first free one of `table_1`, `table_2`, …
 * @param {Design} design
 * @param {{model: Id, schema?: Id | null, name?: string, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addTable(design, { model, schema = null, name, diagram = null, x = 0, y = 0 }, ids = newId) {
  const parent = need(design, schema ?? model, "schema", "model").id;
  const chosen = name ?? numberedName("table", namesIn(design, parent, ["table", "view"]));
  const table = recordOf("table", ids(), { parent, name: chosen, order: lastOrder(design, parent, "table") });
  checkName(design, table, chosen);
  const column = keyColumn(design, parent, table.id, ids);
  const key = recordOf("key", ids(), { parent: table.id, primary: true, columns: [column.id] });
  const put = [table, column, key];
  if (diagram) {
    need(design, diagram, "diagram");
    put.push(recordOf("placement", ids(), { parent: diagram, element: table.id, x: Math.round(x), y: Math.round(y) }));
  }
  return edit(design, `Add table ${chosen}`, put, [], { select: [table.id] });
}

/**
 * A column `id` that counts by itself, as the database of the model that `parent` is in does it.
 * @param {Design} design
 * @param {Id} parent
 * @param {Id} table
 * @param {IdSource} ids
 */
export function keyColumn(design, parent, table, ids) {
  const target = design.modelOf(parent)?.target ?? "";
  const [type, identity] = Object.hasOwn(KEY_TYPES, target) ? KEY_TYPES[target] : ["bigint", ""];
  const values = { name: "id", type, identity, nullable: false, order: "V", logical: "bigint" };
  return recordOf("column", ids(), { ...values, parent: table });
}

/**
 * An order key after the last child of a kind.
 * @param {Design} design
 * @param {Id} parent
 * @param {string} kind
 */
export function lastOrder(design, parent, kind) {
  return between(design.childrenOf(parent, kind).at(-1)?.order || null, null);
}
