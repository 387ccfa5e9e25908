/** Foreign keys that are there: how many rows they join, what they belong to, where they end. The twin of designer/commands/foreign_key_shape.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { apply, compose } from "../change.js";
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { recordOf, withField, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { checkPairs, connect, keyColumns } from "./foreign_keys.js";
import { isUnique, primaryKey, setPrimaryKey, uniqueWithin } from "./keys.js";
import { called } from "./names.js";

/**
 * How a foreign key and its tables are called in a label: `orders to customers`.
 * @param {Design} design
 * @param {Rec} key
 */
function joined(design, key) {
  const [child, parent] = [key.parent, key.ref_table].map((id) => design.get(id));
  return `${child ? called(design, child) : ""} to ${parent ? called(design, parent) : (key.missing_table ?? "")}`;
}

/**
 * Lets at most one row, or many, refer to each row of the other table: adds or takes away what makes the columns unique.
 * @param {Design} design
 * @param {{id: Id, one: boolean}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setOneToOne(design, { id, one }, ids = newId) {
  const key = need(design, id, "foreign_key");
  const label = `Make ${joined(design, key)} ${one ? "one to one" : "many to one"}`;
  const held = uniqueWithin(design, key.parent, key.columns ?? []);
  if (one) return edit(design, label, held.length > 0 ? [] : [recordOf("key", ids(), { parent: key.parent, columns: key.columns })]);
  const primary = held.find((each) => each.primary);
  if (primary) throw new Refused(`${called(design, need(design, key.parent, "table"))} has its primary key in these columns; give it another primary key first`);
  held.filter(({ kind }) => kind === "key").forEach((each) => checkNotReferred(design, each));
  const indexes = held.filter(({ kind }) => kind === "index").map((each) => withField(each, "unique", false));
  return edit(design, label, indexes, held.filter(({ kind }) => kind === "key").map((each) => each.id));
}

/** Throws Refused where a foreign key refers to the columns of a key that is to go or to change. */
function checkNotReferred(design, key) {
  const columns = new Set(key.columns);
  const referring = [...design.referrers(key.parent)].map((each) => design.get(each))
    .find((each) => each?.kind === "foreign_key" && each.ref_table === key.parent && sameMembers(each.ref_columns ?? [], columns));
  if (!referring) return;
  const table = need(design, referring.parent, "table");
  throw new Refused(`${called(design, table)} refers to this key of ${called(design, need(design, key.parent, "table"))}; delete that foreign key first`);
}

function sameMembers(ids, set) {
  return ids.length === set.size && ids.every((id) => set.has(id));
}

/**
 * Lets rows do without the row that they refer to, or not.
 * @param {Design} design
 * @param {{id: Id, optional: boolean}} args
 * @returns {Edit}
 */
export function setOptional(design, { id, optional }) {
  const key = need(design, id, "foreign_key");
  const columns = (key.columns ?? []).map((each) => need(design, each, "column"));
  const primary = primaryKey(design, key.parent)?.columns ?? [];
  const fixed = columns.find((column) => primary.includes(column.id));
  if (optional && fixed) throw new Refused(`${called(design, fixed)} is part of the primary key, so it cannot be optional`);
  return edit(design, `Make ${joined(design, key)} ${optional ? "optional" : "mandatory"}`, columns.map((column) => withField(column, "nullable", optional)));
}

/**
 * Moves the columns of a foreign key to the front of the primary key, or out of it.
 * @param {Design} design
 * @param {{id: Id, identifying: boolean}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setIdentifying(design, { id, identifying }, ids = newId) {
  const key = need(design, id, "foreign_key");
  const primary = primaryKey(design, key.parent);
  const rest = (primary?.columns ?? []).filter((column) => !(key.columns ?? []).includes(column));
  if (primary) checkNotReferred(design, primary);
  if (!identifying && rest.length === 0) {
    throw new Refused(`${called(design, need(design, key.parent, "table"))} would have no primary key left; give it a column of its own for that first`);
  }
  const moved = setPrimaryKey(design, { table: key.parent, columns: identifying ? [...(key.columns ?? []), ...rest] : rest }, ids);
  return { ...moved, label: `Make ${joined(design, key)} ${identifying ? "identifying" : "non-identifying"}` };
}

/**
 * Deletes a foreign key, with the columns that only it uses where `columns` is set.
 * @param {Design} design
 * @param {{id: Id, columns?: boolean}} args
 * @returns {Edit}
 */
export function deleteForeignKey(design, { id, columns = false }) {
  const key = need(design, id, "foreign_key");
  const own = columns ? columnsOnlyOf(design, key) : [];
  if (columns && own.length === 0) {
    throw new Refused("its columns belong to a key or to another foreign key as well; delete the foreign key alone");
  }
  return edit(design, `Delete foreign key ${joined(design, key)}${columns ? " and its columns" : ""}`, [], [id, ...own]);
}

/**
 * The columns of a foreign key that neither a primary key nor another foreign key needs.
 * @param {Design} design
 * @param {Rec} key
 * @returns {Id[]}
 */
export function columnsOnlyOf(design, key) {
  const primary = primaryKey(design, key.parent)?.columns ?? [];
  const others = (column) => [...design.referrers(column)].some((id) => id !== key.id && design.get(id)?.kind === "foreign_key");
  return (key.columns ?? []).filter((column) => !primary.includes(column) && !others(column));
}

/**
 * Turns a foreign key round: the table that was referred to gets the columns.
 * @param {Design} design
 * @param {{id: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function reverseForeignKey(design, { id }, ids = newId) {
  const key = need(design, id, "foreign_key");
  const one = isUnique(design, key.parent, key.columns ?? []);
  return redrawn(design, key, { source: key.ref_table, target: key.parent, oneToOne: one }, `Reverse ${joined(design, key)}`, ids);
}

/** A foreign key drawn anew in the place of another; its columns go with it where only it used them. */
function redrawn(design, key, args, label, ids) {
  const first = edit(design, label, [], [key.id, ...columnsOnlyOf(design, key)]);
  const second = connect(apply(design, first.change), args, ids);
  return { ...second, change: compose(first.change, second.change), label };
}

/**
 * Lets an end of a foreign key hold on to something else. The referring end takes a column of its table, or another table, which
 * gets columns of its own; the other end takes a table with a key that fits, or a unique column.
 * @param {Design} design
 * @param {{id: Id, end: "child" | "parent", target: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function reattach(design, { id, end, target }, ids = newId) {
  const key = need(design, id, "foreign_key");
  const to = need(design, target, "table", "column");
  const table = to.kind === "column" ? need(design, to.parent, "table") : to;
  return end === "parent" ? referTo(design, key, table, to) : referFrom(design, key, table, to, ids);
}

function referTo(design, key, table, to) {
  const refs = to.kind === "column" ? [to] : keyColumns(design, table);
  if (!isUnique(design, table.id, refs.map(({ id }) => id))) {
    throw new Refused(`${called(design, to)} is not unique, so nothing can refer to it; give it a unique key first, or refer to the table`);
  }
  return withPairs(design, key, need(design, key.parent, "table"), table, (key.columns ?? []).map((id) => need(design, id, "column")), refs);
}

function referFrom(design, key, table, to, ids) {
  const parent = need(design, key.ref_table, "table");
  const refs = (key.ref_columns ?? []).map((id) => need(design, id, "column"));
  if (table.id === key.parent && to.kind === "table") throw new Refused(`it belongs to ${called(design, table)} already; drop it on a column`);
  if (table.id === key.parent) return withPairs(design, key, table, parent, [to], refs);
  const referred = design.childrenOf(parent.id, "key").find(({ columns = [] }) => columns.join() === (key.ref_columns ?? []).join());
  if (!referred) throw new Refused(`${called(design, parent)} has no key over the columns that this refers to; give it one first`);
  const oneToOne = isUnique(design, key.parent, key.columns ?? []);
  const label = `Move ${joined(design, key)} to ${called(design, table)}`;
  const moved = redrawn(design, key, { source: referred.id, target: to.id, oneToOne }, label, ids);
  return keepingEffects(design, key, moved);
}

/** What follows a deletion or an update stays as it was. */
function keepingEffects(design, { on_delete = "", on_update = "" }, moved) {
  const [id] = moved.select;
  const after = apply(design, moved.change);
  const kept = edit(after, moved.label, [withFields(/** @type {Rec} */ (after.get(id)), { on_delete, on_update })]);
  return { ...moved, change: compose(moved.change, kept.change) };
}

function withPairs(design, key, child, parent, columns, refs) {
  checkPairs(design, child, parent, columns, refs);
  const after = withFields(key, {
    columns: columns.map(({ id }) => id), ref_table: parent.id, ref_columns: refs.map(({ id }) => id), missing_table: "", missing_columns: [],
    on_delete_columns: [],
  });
  return edit(design, `Let ${columns.map((column) => called(design, column)).join(", ")} refer to ${called(design, parent)}`, [after], [], { select: [key.id] });
}
