/** Splitting a table in two: details, many values of one row, or what many rows share; the twin of designer/commands/splitting.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { sequence } from "../order.js";
import { fieldOf, recordOf, withField, withFields } from "../records.js";
import { carry, movingColumns } from "./carrying.js";
import { need, Refused } from "./contract.js";
import { keyColumns, typeLike } from "./foreign_keys.js";
import { referringNames } from "./habits.js";
import { called, checkName, freeName } from "./names.js";
import { keyColumn, lastOrder } from "./tables.js";

/**
 * Moves columns of one table into a new one.
 *
 * `kind` says how rows belong together. "one": the new table shares the key of the old one, row for row. "many": it has a
 * key of its own, and each row of the old table has many there. "shared": the old table refers to it, and many of its rows
 * share one there. The columns keep their ids, so whatever names them still does.
 * @param {Design} design
 * @param {{columns: Id[], name: string, kind?: string, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function splitTable(design, { columns, name, kind = "one", diagram = null, x = 0, y = 0 }, ids = newId) {
  if (!Object.hasOwn(LINKS, kind)) throw new Refused("say how the rows belong together: one, many or shared", "kind");
  const [source, moving] = movingColumns(design, columns);
  const table = recordOf("table", ids(), { parent: source.parent, name, order: lastOrder(design, source.parent, "table") });
  checkName(design, table, name);
  const parts = carry(design, source, moving, table);
  parts.add(table);
  const front = LINKS[kind]({ design, source, moving, table, parts, ids });
  const orders = sequence(front.length + moving.length);
  front.forEach((each, at) => parts.add(withField(each, "order", orders[at])));
  moving.forEach((column, at) => {
    const now = parts.put.get(column.id) ?? column;
    parts.add(withFields(now, { parent: table.id, order: orders[front.length + at] }));
  });
  placeOn(design, diagram, table, x, y, parts, ids);
  return parts.edit(design, `Split ${called(design, source)} into ${source.name ?? ""} and ${name}`, { select: [table.id] });
}

/**
 * Puts a new element on a diagram, where one is given.
 * @param {Design} design
 * @param {Id | null} diagram
 * @param {Rec} element
 * @param {number} x
 * @param {number} y
 * @param {import("./carrying.js").Parts} parts
 * @param {IdSource} ids
 */
export function placeOn(design, diagram, element, x, y, parts, ids) {
  if (!diagram) return;
  need(design, diagram, "diagram");
  parts.add(recordOf("placement", ids(), { parent: diagram, element: element.id, x: Math.round(x), y: Math.round(y) }));
}

/** Each gives the new table its key and its foreign key, and returns the columns that stand in front of the moved ones. */
const LINKS = { one, many, shared };

function one({ design, source, moving, table, parts, ids }) {
  const front = references(design, source, moving, table, ids);
  parts.add(recordOf("key", ids(), { parent: table.id, primary: true, columns: front.map(({ id }) => id) }));
  parts.add(reference(design, source, table, front, ids));
  return front;
}

function many({ design, source, moving, table, parts, ids }) {
  const own = ownKey(design, source, moving, table, ids);
  const front = references(design, source, [...moving, own], table, ids);
  parts.add(recordOf("key", ids(), { parent: table.id, primary: true, columns: [own.id] }));
  parts.add(reference(design, source, table, front, ids));
  return [own, ...front];
}

function shared({ design, source, moving, table, parts, ids }) {
  const own = ownKey(design, source, moving, table, ids);
  parts.add(recordOf("key", ids(), { parent: table.id, primary: true, columns: [own.id] }));
  const gone = new Set(moving.map(({ id }) => id));
  const taken = new Set(design.childrenOf(source.id, "column").filter(({ id }) => !gone.has(id)).map(({ name }) => name ?? ""));
  const nullable = moving.every((column) => fieldOf(column, "nullable"));
  const link = withFields(referring(design, source, table, own, taken, ids), { nullable, order: moving[0].order ?? "" });
  parts.add(link, recordOf("foreign_key", ids(), { parent: source.id, columns: [link.id], ref_table: table.id, ref_columns: [own.id] }));
  return [own];
}

function ownKey(design, source, moving, table, ids) {
  const own = keyColumn(design, source.parent, table.id, ids);
  return withField(own, "name", freeName(own.name, new Set(moving.map(({ name }) => name ?? ""))));
}

/** Columns of the new table that hold the key of the old one. */
function references(design, source, beside, table, ids) {
  const taken = new Set(beside.map(({ name }) => name ?? ""));
  return keyColumns(design, source).map((ref) => {
    const made = referring(design, table, source, ref, taken, ids);
    taken.add(made.name);
    return made;
  });
}

/** A new column of `child` that holds the values of `ref`, a column of `parent`. */
function referring(design, child, parent, ref, taken, ids) {
  const name = freeName(referringNames(design, child, parent, [ref])[0], taken);
  return recordOf("column", ids(), { ...typeLike(ref), parent: child.id, name, nullable: false });
}

function reference(design, source, table, front, ids) {
  return recordOf("foreign_key", ids(), {
    parent: table.id, columns: front.map(({ id }) => id), ref_table: source.id,
    ref_columns: keyColumns(design, source).map(({ id }) => id), on_delete: "cascade",
  });
}
