/**
 * What follows columns that move to another table: their keys, indexes and checks, and the foreign keys to them; the twin
 * of designer/commands/carrying.py.
 */

/** @import { Edit, Id, Note, Rec } from "../types.js" */
import { Design } from "../design.js";
import { fieldOf, referredIds, withField, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { primaryKey } from "./keys.js";
import { called, word } from "./names.js";

/** What belongs to a table because of its columns, and so goes where these go. */
const FOLLOWS = new Set(["key", "foreign_key", "index", "check", "exclusion", "dependency"]);
/** What names columns inside SQL that nobody but its author can rewrite. */
const TEXTS = new Set(["view", "routine", "trigger", "policy", "statement"]);

/** Records to put and to remove, and what the author of the edit should know. */
export class Parts {
  /** @type {Map<Id, Rec>} */ put = new Map();
  /** @type {Set<Id>} */ gone = new Set();
  /** @type {Note[]} */ notes = [];

  /** Puts records, in the place of those with their ids. @param {...Rec} records */
  add(...records) {
    for (const record of records) this.put.set(record.id, record);
  }

  /** Removes a record. @param {Rec} record */
  drop(record) {
    this.put.delete(record.id);
    this.gone.add(record.id);
  }

  /** Tells the author something about a record. @param {string} code @param {Id} about @param {string} message */
  note(code, about, message) {
    this.notes.push({ code, about, message });
  }

  /**
   * The edit that all of it makes.
   * @param {Design} design
   * @param {string} label
   * @param {{select?: Id[]}} [more]
   * @returns {Edit & {notes: Note[], made: Id[]}}
   */
  edit(design, label, more = {}) {
    const made = edit(design, label, [...this.put.values()], this.gone, more);
    return { ...made, notes: [...this.notes, ...made.notes] };
  }
}

/**
 * The table of some columns, and these from left to right. Throws Refused where they cannot leave it.
 * @param {Design} design
 * @param {Id[]} ids
 * @returns {[Rec, Rec[]]}
 */
export function movingColumns(design, ids) {
  const found = ids.map((id) => need(design, id, "column"));
  if (found.length === 0) throw new Refused("choose at least one column to move", "columns");
  const table = need(design, found[0].parent, "table");
  if (found.some(({ parent }) => parent !== table.id)) throw new Refused("the columns must all be of one table; choose columns of one table", "columns");
  const wanted = new Set(ids);
  checkMayLeave(design, table, found, wanted);
  return [table, design.childrenOf(table.id, "column").filter(({ id }) => wanted.has(id))];
}

function checkMayLeave(design, table, columns, wanted) {
  if (table.partition_of || table.inherits?.length) throw new Refused(`${called(design, table)} takes its columns from another table; restructure that one`);
  const primary = primaryKey(design, table.id)?.columns ?? [];
  const bound = columns.find(({ id }) => primary.includes(id));
  if (bound) throw new Refused(`${called(design, bound)} is part of the primary key, which has to stay`, "columns");
  const partitions = design.childrenOf(table.id, "partitioning");
  if (partitions.some((each) => [...referredIds(each)].some((id) => wanted.has(id)))) {
    throw new Refused(`${called(design, table)} is partitioned by one of these columns, so it has to stay`, "columns");
  }
  if (wanted.size === design.childrenOf(table.id, "column").length) throw new Refused(`${called(design, table)} would have no column left; let one stay`, "columns");
}

/**
 * What follows `columns` of `source` into `target`; the columns themselves are for the caller to move.
 *
 * What concerns moved columns only moves along. What spans both tables cannot be said any more: it is removed, with a note.
 * Foreign keys to moved keys follow, and SQL that names moved columns is told of.
 * @param {Design} design
 * @param {Rec} source
 * @param {readonly Rec[]} columns
 * @param {Rec} target
 */
export function carry(design, source, columns, target) {
  const parts = new Parts();
  const moved = new Set(columns.map(({ id }) => id));
  const own = new Set(design.childrenOf(source.id, "column").map(({ id }) => id));
  for (const record of design.childrenOf(source.id)) {
    if (FOLLOWS.has(record.kind)) follow(design, record, named(record).filter((id) => own.has(id)), moved, target, parts);
  }
  redirect(design, source, moved, target, parts);
  freeComputed(design, source, moved, parts);
  tell(design, source, moved, target, parts);
  return parts;
}

/** The columns of its own table that a record is about. */
function named(record) {
  return record.kind === "foreign_key" ? [...(record.columns ?? []), ...(record.on_delete_columns ?? [])] : [...referredIds(record)];
}

function follow(design, record, names, moved, target, parts) {
  const going = names.filter((id) => moved.has(id)).length;
  if (going > 0 && going === names.length) parts.add(withField(record, "parent", target.id));
  else if (going > 0) {
    parts.drop(record);
    parts.note("spans", record.id, `${theRecord(design, record)} names columns of both tables and is left out`);
  }
}

/**
 * A record as people say it inside a sentence: `the index users.idx_mail`, `the key of users on email`.
 * @param {Design} design
 * @param {Rec} record
 */
export function theRecord(design, record) {
  const name = called(design, record);
  if (!name.startsWith("the ")) return `the ${word(record)} ${name}`;
  const columns = record.kind === "key" || record.kind === "foreign_key" ? record.columns ?? [] : [];
  return columns.length > 0 ? `${name} on ${columns.map((id) => need(design, id, "column").name ?? "").join(", ")}` : name;
}

/** Lets foreign keys to moved columns refer to the table where these are now. */
function redirect(design, source, moved, target, parts) {
  for (const id of referrersOf(design, moved)) {
    const key = parts.put.get(id) ?? design.get(id);
    if (key.kind !== "foreign_key" || key.ref_table !== source.id || parts.gone.has(id)) continue;
    const referred = key.ref_columns ?? [];
    const going = referred.filter((each) => moved.has(each)).length;
    if (going === referred.length) parts.add(withField(key, "ref_table", target.id));
    else if (going > 0) {
      parts.drop(key);
      parts.note("spans", id, `${theRecord(design, key)} refers to columns of both tables and is left out`);
    }
  }
}

/**
 * The ids of the records that name one of `ids`, each once, in the order of their letters.
 * @param {Design} design
 * @param {Iterable<Id>} ids
 */
export function referrersOf(design, ids) {
  return [...new Set([...ids].flatMap((id) => [...design.referrers(id)]))].sort();
}

/** A column is computed from columns of its own row only. */
function freeComputed(design, source, moved, parts) {
  for (const column of design.childrenOf(source.id, "column")) {
    const used = (column.generated?.uses ?? []).map((use) => use[2]);
    const going = used.filter((id) => moved.has(id)).length;
    if (used.length === 0 || (moved.has(column.id) ? going === used.length : going === 0)) continue;
    parts.add(withFields(column, { generated: null, generated_kind: "" }));
    parts.note("spans", column.id, `${called(design, column)} was computed from columns of both tables; it is an ordinary column now`);
  }
}

/** Tells of SQL that names a moved column; a view comes after the table that it has to read as well. */
function tell(design, source, moved, target, parts) {
  const own = new Set(design.childrenOf(source.id, "column").map(({ id }) => id));
  const blind = [...design.referrers(source.id)].filter((id) => readsAll(design.get(id), own));
  for (const id of [...new Set([...referrersOf(design, moved), ...blind])].sort()) {
    const record = design.get(id);
    if (record.kind === "view") parts.add(withField(record, "depends_on", [...new Set([...fieldOf(record, "depends_on"), target.id])]));
    if (TEXTS.has(record.kind)) {
      parts.note("reads", id, `${theRecord(design, record)} reads columns that moved to ${target.name}; look at its SQL`);
    }
  }
}

/** Whether a view reads a table, and names none of its columns: `SELECT *`. */
function readsAll(record, own) {
  return record.kind === "view" && ![...referredIds(record)].some((id) => own.has(id));
}
