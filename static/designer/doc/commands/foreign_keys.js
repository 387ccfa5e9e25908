/** Foreign keys: drawn from a table, a column or a key to another table or column. The twin of designer/commands/foreign_keys.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { spread } from "../order.js";
import { fieldOf, recordOf, withFields } from "../records.js";
import { equal } from "../values.js";
import { edit, need, Refused } from "./contract.js";
import { likelyNames, referringNames } from "./habits.js";
import { isUnique, primaryKey } from "./keys.js";
import { called, freeName, namesIn } from "./names.js";
import { referringType, typesFit } from "./types_of.js";

/**
 * What a foreign key would be, before anybody makes it.
 * @typedef {{child: Rec, parent: Rec, refs: Rec[], columns: (Rec | null)[], names: string[], optional: boolean | null,
 *   nullable: boolean, retyped: boolean[], addsKey: boolean, one: boolean}} Plan  `columns[i]`, or a new one called `names[i]`,
 *   refers to `refs[i]`; `optional` as it was asked for, `nullable` as it will be; `one`: one to one; `addsKey`: for that a
 *   unique key must come
 */

/**
 * Connects two things by a foreign key. From a column: that column refers to the other side. From a key: the table at the other
 * side gets columns that refer to it. From a table: it gets columns that refer to the other table; columns that are named
 * for that already are used, unless `fresh`. New columns are NOT NULL unless `optional`, or where a table refers to itself.
 * @param {Design} design
 * @param {{source: Id, target: Id, oneToOne?: boolean, optional?: boolean | null, fresh?: boolean, retype?: boolean}} args
 *   `retype` gives a column of another type the type of the key that it refers to
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function connect(design, args, ids = newId) {
  const plan = planConnection(design, args);
  const columns = referringColumns(design, plan, ids);
  const members = columns.map(({ id }) => id);
  const { child, parent } = plan;
  const key = recordOf("foreign_key", ids(), { parent: child.id, columns: members, ref_table: parent.id, ref_columns: plan.refs.map(({ id }) => id) });
  const unique = plan.addsKey ? [recordOf("key", ids(), { parent: child.id, columns: members })] : [];
  return edit(design, connectionLabel(design, plan), [key, ...columns, ...unique], [], { select: [key.id] });
}

function connectionLabel(design, { child, parent, one, nullable }) {
  return `Connect ${called(design, child)} to ${called(design, parent)}, ${one ? "one to one" : "many to one"}${nullable ? ", optional" : ""}`;
}

/**
 * What `connect` would make. Throws Refused where it cannot; for a type that does not fit its field is `type`.
 * @param {Design} design
 * @param {{source: Id, target: Id, oneToOne?: boolean, optional?: boolean | null, fresh?: boolean, retype?: boolean}} args
 * @returns {Plan}
 */
export function planConnection(design, { source, target, oneToOne = false, optional = null, fresh = false, retype = false }) {
  const { child, parent, chosen, refs } = sidesOf(design, source, target);
  const found = chosen ?? (fresh ? null : namedFor(design, child, parent, refs));
  const columns = found ?? refs.map(() => null);
  const retyped = columns.map((column, at) => Boolean(column && !typesFit(column, refs[at])));
  if (found) checkPairs(design, child, parent, found, refs, retype);
  const nullable = nullableAfter(design, child, parent, columns, optional);
  const unique = Boolean(found) && isUnique(design, child.id, found.map(({ id }) => id));
  const role = child.id === parent.id ? "parent" : "";
  const names = freeNames(referringNames(design, child, parent, refs, role), namesIn(design, child.id, ["column"]));
  return { child, parent, refs, columns, names, optional, nullable, retyped, addsKey: oneToOne && !unique, one: oneToOne || unique };
}

/** Who refers to whom by what: `chosen` are the referring columns where a person chose them, else null. */
function sidesOf(design, source, target) {
  const from = need(design, source, "table", "column", "key");
  const to = need(design, target, "table", "column");
  if (from.kind === "key") {
    const refs = (from.columns ?? []).map((id) => need(design, id, "column"));
    return { child: tableOf(design, to), parent: need(design, from.parent, "table"), chosen: to.kind === "column" ? [to] : null, refs };
  }
  const parent = tableOf(design, to);
  const refs = to.kind === "column" ? [uniqueColumn(design, to)] : keyColumns(design, parent);
  return { child: tableOf(design, from), parent, chosen: from.kind === "column" ? [from] : null, refs };
}

function tableOf(design, record) {
  return record.kind === "column" ? need(design, record.parent, "table") : record;
}

function uniqueColumn(design, column) {
  if (!isUnique(design, column.parent, [column.id])) {
    throw new Refused(`${called(design, column)} is not unique, so nothing can refer to it; give it a unique key first, or refer to the table`);
  }
  return column;
}

/**
 * The columns of the primary key of a table. Throws Refused where it has none.
 * @param {Design} design
 * @param {Rec} table
 * @returns {Rec[]}
 */
export function keyColumns(design, table) {
  const key = primaryKey(design, table.id);
  if (!key?.columns?.length) throw new Refused(`${called(design, table)} has no primary key to refer to; give it one first`);
  return key.columns.map((id) => need(design, id, "column"));
}

/** Columns that are named as if they referred to the key, have its types, and refer to nothing yet; null where one is missing. */
function namedFor(design, child, parent, refs) {
  const used = new Set(design.childrenOf(child.id, "foreign_key").flatMap(({ columns = [] }) => columns));
  const free = design.childrenOf(child.id, "column").filter(({ id }) => !used.has(id) && !refs.some((ref) => ref.id === id));
  const found = refs.map((ref) => {
    const likely = likelyNames(parent, ref);
    return free.find((column) => likely.has((column.name ?? "").toLowerCase()) && typesFit(column, ref));
  });
  return found.every(Boolean) && new Set(found).size === found.length ? /** @type {Rec[]} */ (found) : null;
}

/**
 * Throws Refused where columns cannot refer to others: not as many, the same, of another type, or paired already.
 * @param {Design} design
 * @param {Rec} owner
 * @param {Rec} target
 * @param {Rec[]} columns
 * @param {Rec[]} refs
 * @param {boolean} [retype] whether the types will be made to fit
 */
export function checkPairs(design, owner, target, columns, refs, retype = false) {
  if (columns.length !== refs.length) {
    throw new Refused(`the key of ${called(design, target)} has ${refs.length} columns; draw from the header of the table instead`);
  }
  columns.forEach((column, at) => checkPair(design, column, refs[at], retype));
  const ids = columns.map(({ id }) => id);
  if (design.childrenOf(owner.id, "foreign_key").some((key) => equal(key.columns, ids) && key.ref_table === target.id)) {
    throw new Refused(`${called(design, owner)} has this foreign key to ${called(design, target)} already`);
  }
}

function checkPair(design, column, ref, retype) {
  if (column.id === ref.id) throw new Refused(`${called(design, column)} cannot refer to itself; choose another column`);
  if (typesFit(column, ref)) return;
  if (!retype) {
    const [from, to] = [column, ref].map((each) => `${called(design, each)} is ${each.type || "without a type"}`);
    throw new Refused(`${from}, but ${to}; give both one type, or draw from the header of the table to get a new column`, "type");
  }
  if (isMentioned(design, column)) throw new Refused(`${called(design, column)} is used by another foreign key, so its type cannot follow this one`);
}

function isMentioned(design, column) {
  return [...design.referrers(column.id)].some((id) => design.get(id)?.kind === "foreign_key");
}

function nullableAfter(design, child, parent, columns, optional) {
  const kept = /** @type {Rec[]} */ (columns.filter(Boolean));
  const primary = new Set(primaryKey(design, child.id)?.columns ?? []);
  const fixed = kept.find(({ id }) => primary.has(id));
  if (optional && fixed) throw new Refused(`${called(design, fixed)} is part of the primary key, so it cannot be optional`);
  if (optional !== null) return optional;
  return kept.length > 0 ? kept.some((column) => fieldOf(column, "nullable") && !primary.has(column.id)) : child.id === parent.id;
}

function freeNames(wanted, taken) {
  return wanted.map((each) => {
    const name = freeName(each, taken);
    taken.add(name);
    return name;
  });
}

/** The columns of the plan: those that are there, as they will be, and new ones at the end of the table. */
function referringColumns(design, { child, refs, columns, names, optional, nullable, retyped }, ids) {
  const orders = spread(design.childrenOf(child.id, "column").at(-1)?.order || null, null, refs.length);
  return refs.map((ref, at) => {
    const column = columns[at];
    if (!column) return recordOf("column", ids(), { ...typeLike(ref), parent: child.id, name: names[at], nullable, order: orders[at] });
    return withFields(column, { ...(retyped[at] ? typeLike(ref) : {}), ...(optional === null ? {} : { nullable: optional }) });
  });
}

/**
 * The fields that give a column the type of the one that it refers to: a serial counts only in one place.
 * @param {Rec} ref
 */
export function typeLike(ref) {
  return {
    type: referringType(ref.type ?? ""), logical: referringType(ref.logical ?? ""), type_ref: ref.type_ref ?? null, collation: ref.collation ?? "",
  };
}
