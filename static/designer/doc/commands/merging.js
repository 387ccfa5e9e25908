/** Merging two tables that a foreign key joins; the twin of designer/commands/merging.py. */

/** @import { Edit, Id, Rec } from "../types.js" */
import { Design } from "../design.js";
import { between } from "../order.js";
import { fieldOf, remapped, withField, withFields } from "../records.js";
import { Parts, referrersOf, theRecord } from "./carrying.js";
import { need, Refused } from "./contract.js";
import { primaryKey } from "./keys.js";
import { lastColumn, suffixed } from "./moving.js";
import { called, namesIn, singular } from "./names.js";
import { referringType } from "./types_of.js";

const KEPT = new Set(["key", "foreign_key", "index", "check", "exclusion", "dependency"]);
const TEXTS = new Set(["view", "routine"]);

/**
 * How the rows of two tables belong together. `same`: columns of the table that goes -> those that hold the same values in
 * the one that stays; `now` has the tables as well. `optional`: a row of the table that stays may have no partner. `single`:
 * a row of the table that goes ends up in one row at most.
 * @typedef {{keep: Rec, gone: Rec, same: Map<Id, Id>, now: Map<Id, Id>, optional: boolean, single: boolean}} Join
 */

/**
 * Merges the table `other` into the table `into`; a foreign key of one to the other says which rows belong together.
 *
 * Columns that hold the same values become one; the others move, with their keys, indexes and checks. Foreign keys between
 * the two go, those of other tables follow. Refused where one row of `into` would need many of `other`.
 * @param {Design} design
 * @param {{into: Id, other: Id}} args
 * @returns {Edit}
 */
export function mergeTables(design, { into, other }) {
  const [keep, gone] = [need(design, into, "table"), need(design, other, "table")];
  checkMergeable(design, keep, gone);
  const join = joinOf(design, keep, gone);
  const parts = new Parts();
  takeColumns(design, join, parts);
  takeBelongings(design, join, parts);
  redirect(design, join, parts);
  remapMentions(design, join, parts);
  movePlaces(design, join, parts);
  const comment = [keep.comment, gone.comment].filter(Boolean).join("\n");
  parts.add(withField(keep, "comment", comment));
  parts.drop(gone);
  return parts.edit(design, `Merge ${called(design, gone)} into ${called(design, keep)}`, { select: [keep.id] });
}

function checkMergeable(design, keep, gone) {
  if (keep.id === gone.id) throw new Refused("choose two tables to merge", "other");
  for (const table of [keep, gone]) {
    const derived = [...design.referrers(table.id)].some((id) => design.get(id).kind === "table");
    if (table.inherits?.length || table.partition_of || derived || design.childrenOf(table.id, "partitioning").length > 0) {
      throw new Refused(`${called(design, table)} is partitioned or inherits; merge what it consists of first`);
    }
  }
}

/** @returns {Join} */
function joinOf(design, keep, gone) {
  const made = (pairs, optional, single) => ({ keep, gone, same: new Map(pairs), now: new Map([...pairs, [gone.id, keep.id]]), optional, single });
  const down = keysTo(design, gone, keep);
  const single = down.find((key) => isSingle(design, key));
  if (single) return made(paired(single.columns, targets(design, single)), true, true);
  const [up] = keysTo(design, keep, gone);
  if (up) {
    const optional = up.columns.some((id) => fieldOf(need(design, id, "column"), "nullable"));
    return made(paired(targets(design, up), up.columns), optional, isSingle(design, up));
  }
  if (down.length > 0) {
    throw new Refused(`${called(design, keep)} may have many ${called(design, gone)}, which one row cannot hold; merge ${called(design, keep)} into ${called(design, gone)} instead`);
  }
  throw new Refused(`no foreign key joins ${called(design, keep)} and ${called(design, gone)}, so nothing says which rows belong together; draw one first`);
}

function keysTo(design, from, to) {
  return design.childrenOf(from.id, "foreign_key").filter((key) => key.ref_table === to.id && key.columns?.length);
}

function paired(from, to) {
  return from.slice(0, to.length).map((id, at) => [id, to[at]]);
}

function isSingle(design, key) {
  return design.childrenOf(key.parent, "key").some(({ columns = [] }) => columns.length > 0 && columns.every((id) => key.columns.includes(id)));
}

function targets(design, key) {
  return key.ref_columns?.length ? key.ref_columns : primaryKey(design, key.ref_table)?.columns ?? [];
}

/** Moves the columns that have no counterpart; those that have one go. */
function takeColumns(design, join, parts) {
  const taken = namesIn(design, join.keep.id, ["column"]);
  let order = lastColumn(design, join.keep.id);
  const [renamed, emptied] = [[], []];
  for (const column of design.childrenOf(join.gone.id, "column")) {
    if (join.same.has(column.id)) {
      parts.drop(column);
      continue;
    }
    order = between(order, null);
    const name = suffixed(column.name ?? "", join.gone.name ?? "", taken);
    taken.add(name);
    parts.add(withFields(remapped(column, join.now), { name, order, ...asGuest(join, column) }));
    if (name !== (column.name ?? "")) renamed.push(name);
    if (join.optional && !fieldOf(column, "nullable")) emptied.push(name);
  }
  if (renamed.length > 0) parts.note("renamed", join.keep.id, `renamed, as the names were taken: ${renamed.join(", ")}`);
  if (emptied.length > 0) {
    parts.note("nullable", join.keep.id, `may be empty now, as not every row has a ${singular(join.gone.name ?? "")}: ${emptied.join(", ")}`);
  }
}

/** A column that moves counts no more by itself, and is empty in rows without a partner. */
function asGuest(join, column) {
  const nullable = fieldOf(column, "nullable") || join.optional;
  return {
    identity: "", identity_options: "", nullable, not_null_name: nullable ? "" : column.not_null_name ?? "",
    type: referringType(column.type ?? ""), logical: referringType(column.logical ?? ""),
  };
}

function takeBelongings(design, join, parts) {
  for (const key of keysTo(design, join.keep, join.gone)) parts.drop(key);
  const known = new Set(design.childrenOf(join.keep.id, "key").map(({ columns }) => setOf(columns)));
  for (const record of design.childrenOf(join.gone.id)) {
    if (record.kind === "column") continue;
    if (!KEPT.has(record.kind)) {
      parts.drop(record);
      parts.note("lost", record.id, `${theRecord(design, record)} is left out; write it anew`);
    } else if (record.kind === "foreign_key" && record.ref_table === join.keep.id) parts.drop(record);
    else keep(design, join, record, known, parts);
  }
}

const setOf = (ids = []) => [...new Set(ids)].sort().join();

/** Keeps what belongs to the table that goes, over the columns as they are now. */
function keep(design, join, record, known, parts) {
  const now = remapped(record, join.now);
  if (record.kind === "key") keepKey(design, join, record, now, known, parts);
  else if (record.kind === "exclusion" && !join.single) {
    parts.drop(record);
    parts.note("unique", record.id, `${theRecord(design, record)} goes, as its values repeat now`);
  } else if (record.kind === "index" && record.unique && !join.single) {
    parts.note("unique", record.id, `${theRecord(design, record)} is not unique any more, as its values repeat now`);
    parts.add(withField(now, "unique", false));
  } else parts.add(now);
}

function keepKey(design, join, record, renamed, known, parts) {
  const now = withField(renamed, "columns", [...new Set(renamed.columns)]);
  const covered = known.has(setOf(now.columns));
  known.add(setOf(now.columns));
  if (covered || !join.single) {
    parts.drop(record);
    if (!covered) parts.note("unique", record.id, `${theRecord(design, record)} goes, as its values repeat now`);
    return;
  }
  const primary = Boolean(now.primary) && !join.optional && !primaryKey(design, join.keep.id);
  parts.add(withField(now, "primary", primary));
}

/** Lets foreign keys of other tables refer to the one that stays, where their target is still unique. */
function redirect(design, join, parts) {
  const { keep, gone } = join;
  for (const id of referrersOf(design, [gone.id])) {
    const key = design.get(id);
    if (key.kind !== "foreign_key" || key.ref_table !== gone.id || key.parent === keep.id || key.parent === gone.id) continue;
    if (join.single) parts.add(remapped(withField(key, "ref_columns", targets(design, key)), join.now));
    else {
      parts.drop(key);
      parts.note("unique", id, `${theRecord(design, key)} goes, as what it refers to is not unique any more`);
    }
  }
}

/** SQL and lists that name what goes name what stays. */
function remapMentions(design, join, parts) {
  const skipped = new Set(["placement", "foreign_key", "key"]);
  for (const id of referrersOf(design, join.now.keys())) {
    const record = design.get(id);
    const inside = parts.put.has(id) || parts.gone.has(id) || record.parent === join.gone.id;
    if (inside || id === join.gone.id || skipped.has(record.kind)) continue;
    const now = remapped(record, join.now);
    parts.add(record.kind === "view" ? withField(now, "depends_on", [...new Set(fieldOf(now, "depends_on"))]) : now);
    if (TEXTS.has(record.kind)) {
      parts.note("reads", id, `${theRecord(design, record)} reads ${join.keep.name} in place of ${join.gone.name}; look at its SQL`);
    }
  }
}

/** On a diagram where only the table that goes stood, the other one takes its place. */
function movePlaces(design, { keep, gone }, parts) {
  const shown = new Set(referrersOf(design, [keep.id]).map((id) => design.get(id)).filter(({ kind }) => kind === "placement").map(({ parent }) => parent));
  for (const id of referrersOf(design, [gone.id])) {
    const place = design.get(id);
    if (place.kind !== "placement") continue;
    if (shown.has(place.parent)) parts.drop(place);
    else parts.add(withField(place, "element", keep.id));
  }
}
