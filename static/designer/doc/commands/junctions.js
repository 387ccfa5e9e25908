/** Tables that link two others, many to many. The twin of designer/commands/junctions.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { apply, compose } from "../change.js";
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { after } from "../order.js";
import { recordOf, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { connect, keyColumns, typeLike } from "./foreign_keys.js";
import { columnsOnlyOf } from "./foreign_key_shape.js";
import { linkName, referringNames } from "./habits.js";
import { primaryKey } from "./keys.js";
import { called, freeName, namesIn } from "./names.js";
import { addTable, lastOrder } from "./tables.js";

/**
 * Adds a table that links two others many to many: a foreign key to each, and all their columns as its primary key. With
 * `diagram` it is placed there, at (x, y).
 * @param {Design} design
 * @param {{first: Id, second: Id, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function linkTables(design, { first, second, diagram = null, x = 0, y = 0 }, ids = newId) {
  const [one, other] = [first, second].map((id) => need(design, id, "table"));
  const { table, records } = junction(design, one, other, ids);
  const spot = diagram ? [placed(design, diagram, table, x, y, ids)] : [];
  return edit(design, `Connect ${called(design, one)} to ${called(design, other)}, many to many`, [...records, ...spot], [], { select: [table.id] });
}

function placed(design, diagram, table, x, y, ids) {
  need(design, diagram, "diagram");
  return recordOf("placement", ids(), { parent: diagram, element: table.id, x: Math.round(x), y: Math.round(y) });
}

function junction(design, one, other, ids) {
  const parent = /** @type {Id} */ (one.parent);
  const name = freeName(linkName(design, one, other), namesIn(design, parent, ["table", "view"]));
  const table = recordOf("table", ids(), { parent, name, order: lastOrder(design, parent, "table") });
  const orders = after(null);
  const taken = new Set();
  const sides = [one, other].map((each, at) => side(design, table, each, at === 1 && one.id === other.id ? "related" : "", { taken, orders }, ids));
  const columns = sides.flatMap((each) => each.columns);
  const key = recordOf("key", ids(), { parent: table.id, primary: true, columns: columns.map(({ id }) => id) });
  return { table, records: [table, ...columns, key, ...sides.map((each) => each.key)] };
}

/** The columns and the foreign key by which a linking table refers to one of its two. */
function side(design, table, parent, role, { taken, orders }, ids) {
  const refs = keyColumns(design, parent);
  const names = referringNames(design, parent, parent, refs, role);
  const columns = refs.map((ref, at) => {
    const name = freeName(names[at], taken);
    taken.add(name);
    return recordOf("column", ids(), { ...typeLike(ref), parent: table.id, name, nullable: false, order: orders.next().value });
  });
  const values = { parent: table.id, columns: columns.map(({ id }) => id), ref_table: parent.id, ref_columns: refs.map(({ id }) => id) };
  return { columns, key: recordOf("foreign_key", ids(), values) };
}

/**
 * Turns a foreign key into a table that links its two tables; the columns that only it used go.
 * @param {Design} design
 * @param {{id: Id, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function splitIntoLink(design, { id, diagram = null, x = 0, y = 0 }, ids = newId) {
  const key = need(design, id, "foreign_key");
  const [child, parent] = [key.parent, key.ref_table].map((each) => need(design, each, "table"));
  const label = `Make ${called(design, child)} to ${called(design, parent)} many to many`;
  const first = edit(design, label, [], [id, ...columnsOnlyOf(design, key)]);
  const second = linkTables(apply(design, first.change), { first: child.id, second: parent.id, diagram, x, y }, ids);
  return { ...second, change: compose(first.change, second.change), label };
}

/**
 * The two foreign keys of a table that only links two others; null where it holds more than these.
 * @param {Design} design
 * @param {Id} table
 * @returns {Rec[] | null}
 */
export function linkOf(design, table) {
  const keys = design.childrenOf(table, "foreign_key").filter(({ ref_table }) => ref_table);
  const referring = new Set(keys.flatMap(({ columns = [] }) => columns));
  const whole = keys.length === 2 && design.childrenOf(table, "column").every(({ id }) => referring.has(id));
  return whole && primaryKey(design, table) ? keys : null;
}

/**
 * Turns a table that only links two others into a foreign key: `child` is the one of the two that gets it.
 * @param {Design} design
 * @param {{table: Id, child: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function foldLink(design, { table, child }, ids = newId) {
  const link = need(design, table, "table");
  const keys = linkOf(design, table);
  if (!keys) throw new Refused(`${called(design, link)} holds more than the keys of two tables, so it cannot become a line`);
  const strangers = [...design.referrers(table)].map((id) => design.get(id)).filter((each) => each?.kind === "foreign_key" && each.parent !== table);
  if (strangers.length > 0) throw new Refused(`${called(design, need(design, strangers[0].parent, "table"))} refers to ${called(design, link)}; delete that foreign key first`);
  const ends = keys.map(({ ref_table }) => /** @type {Id} */ (ref_table));
  const parent = ends[0] === child ? ends[1] : ends[0];
  if (!ends.includes(child)) throw new Refused(`${called(design, link)} does not link that table`, "child");
  const label = `Make ${called(design, need(design, child, "table"))} to ${called(design, need(design, parent, "table"))} many to one`;
  const first = edit(design, label, [], [table]);
  const second = connect(apply(design, first.change), { source: child, target: parent }, ids);
  return { ...second, change: compose(first.change, second.change), label };
}

/**
 * Adds a table and connects it: `referring` says whether the new one refers to `source` or the other way round. A column that
 * refers to the new table gives its type to the key of that.
 * @param {Design} design
 * @param {{source: Id, referring: boolean, model: Id, schema?: Id | null, diagram?: Id | null, x?: number, y?: number,
 *   oneToOne?: boolean, optional?: boolean | null}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function connectNewTable(design, { source, referring, oneToOne = false, optional = null, ...spot }, ids = newId) {
  const start = need(design, source, "table", "column", "key");
  const first = addTable(design, spot, ids);
  const [table] = /** @type {Id[]} */ (first.select);
  let change = first.change;
  let grown = apply(design, change);
  if (start.kind === "column" && !referring) {
    const fitted = keyLike(grown, table, start);
    [change, grown] = [compose(change, fitted.change), apply(grown, fitted.change)];
  }
  const last = connect(grown, { ...endsOf(start, table, referring), oneToOne, optional }, ids);
  return { ...last, change: compose(change, last.change), select: [table] };
}

/** Gives the key of a new table the type of the column that will refer to it. */
function keyLike(design, table, like) {
  const [key] = keyColumns(design, need(design, table, "table"));
  return edit(design, "", (like.logical ?? "") === key.logical ? [] : [withFields(key, { ...typeLike(like), identity: "" })]);
}

/** From where to where to draw; a key is drawn from, and a column stands for its table to the new one. */
function endsOf(start, table, referring) {
  const own = start.kind === "table" ? start.id : start.parent;
  if (referring) return start.kind === "key" ? { source: start.id, target: table } : { source: table, target: own };
  return { source: start.kind === "column" ? start.id : own, target: table };
}
