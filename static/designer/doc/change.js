/** The Change: everything that happens to a design, as a value. Rules V1 to C1 of docs/change-algebra.md. */

/** @import { Change, Id, Pair, Rec, Records } from "./types.js" */
import { Design } from "./design.js";
import { canonical, changeValue, fieldOf, givenFields, hasField, withFields } from "./records.js";
import { equal } from "./values.js";

/** A change does not fit the design it is applied to. Names the record and, where it is one, the field. */
export class ChangeConflict extends Error {
  /**
   * @param {Id} record
   * @param {string} message
   * @param {string} [field]
   */
  constructor(record, message, field = "") {
    super(`${message} (record ${record}${field ? `, field ${field}` : ""})`);
    this.name = "ChangeConflict";
    this.record = record;
    this.field = field;
  }
}

const entries = (part) => Object.entries(part ?? {});
const own = (part, key) => (part && Object.hasOwn(part, key) ? part[key] : undefined);

/**
 * A change from its parts; empty ones are left out.
 * @param {Iterable<[Id, Rec]>} added
 * @param {Iterable<[Id, Rec]>} removed
 * @param {Iterable<[Id, Record<string, Pair>]>} changed
 * @returns {Change}
 */
export function changeOf(added, removed, changed) {
  const change = {};
  // fromEntries defines what it is given, so that an id such as `constructor` is an id and nothing else.
  const parts = { added: Object.fromEntries(added), removed: Object.fromEntries(removed), changed: Object.fromEntries(changed) };
  for (const [name, part] of Object.entries(parts)) if (Object.keys(part).length > 0) change[name] = part;
  return change;
}

/**
 * @param {Change} change
 * @returns {boolean} whether nothing happens in it
 */
export function isEmpty(change) {
  return entries(change.added).length + entries(change.removed).length + entries(change.changed).length === 0;
}

/**
 * @param {Change} change
 * @returns {Set<Id>} the ids of all records that the change is about
 */
export function touched(change) {
  return new Set([...Object.keys(change.added ?? {}), ...Object.keys(change.removed ?? {}), ...Object.keys(change.changed ?? {})]);
}

/**
 * A change as it came over the wire, with its records and values in canonical form. Throws a TypeError for a kind or
 * field that is not known, and where a record is filed under an id that is not its own.
 * @param {any} data
 * @returns {Change}
 */
export function changeFrom(data) {
  const records = (part) => entries(part).map(([id, record]) => {
    if (record.id !== id) throw new TypeError(`the record ${record.id} is filed under another id, ${id}`);
    return /** @type {[Id, Rec]} */ ([id, canonical(record)]);
  });
  return changeOf(records(data.added), records(data.removed), entries(data.changed));
}

/**
 * The fields in which two records of one kind differ.
 * @param {Rec} before
 * @param {Rec} after
 * @returns {Record<string, Pair>}
 */
export function differences(before, after) {
  /** @type {Record<string, Pair>} */
  const found = {};
  for (const name of new Set([...givenFields(before), ...givenFields(after)])) {
    const old = fieldOf(before, name);
    const now = fieldOf(after, name);
    if (!equal(old, now)) found[name] = [old, now];
  }
  return found;
}

/**
 * D1: the change from one design to another; with `ids`, only what concerns these.
 * @param {Records} before
 * @param {Records} after
 * @param {Iterable<Id>} [ids]
 * @returns {Change}
 */
export function diff(before, after, ids) {
  /** @type {[Id, Rec][]} */ const added = [];
  /** @type {[Id, Rec][]} */ const removed = [];
  /** @type {[Id, Record<string, Pair>][]} */ const changed = [];
  for (const id of ids ?? new Set([...before.keys(), ...after.keys()])) {
    const old = before.get(id);
    const now = after.get(id);
    if (old === now) continue;
    if (old && now && old.kind === now.kind) {
      const fields = differences(old, now);
      if (Object.keys(fields).length > 0) changed.push([id, fields]);
      continue;
    }
    if (old) removed.push([id, old]);
    if (now) added.push([id, now]);
  }
  return changeOf(added, removed, changed);
}

/**
 * A1: the design after the change, as a design of its own. Throws ChangeConflict where it does not fit.
 * @param {Design} design
 * @param {Change} change
 * @returns {Design}
 */
export function apply(design, change) {
  const after = design.copy();
  applyTo(after, change);
  return after;
}

/**
 * A1 in place, at the cost of the change. A2: throws ChangeConflict where it does not fit, and then nothing is done.
 * @param {Design} design
 * @param {Change} change
 */
export function applyTo(design, change) {
  checkRemovals(design, change);
  checkAdditions(design, change);
  const put = entries(change.changed).map(([id, fields]) => setFields(design, id, fields));
  for (const id of Object.keys(change.removed ?? {})) design.drop(id);
  for (const record of Object.values(change.added ?? {})) design.put(record);
  for (const record of put) design.put(record);
}

function checkRemovals(design, change) {
  for (const [id, record] of entries(change.removed)) {
    const there = design.get(id);
    if (!there) throw new ChangeConflict(id, `the ${record.kind} to remove is not there`);
    if (!equal(there, record)) throw new ChangeConflict(id, `the ${record.kind} to remove differs from what the change expects`);
  }
}

function checkAdditions(design, change) {
  for (const id of Object.keys(change.added ?? {})) {
    if (design.has(id) && !own(change.removed, id)) {
      throw new ChangeConflict(id, `a ${design.get(id).kind} with this id is there already`);
    }
  }
}

function setFields(design, id, fields) {
  const record = design.get(id);
  if (!record) throw new ChangeConflict(id, "the record to change is not there");
  /** @type {Record<string, any>} */
  const values = {};
  for (const [name, [old, now]] of Object.entries(fields)) {
    if (!hasField(record.kind, name)) throw new ChangeConflict(id, `a ${record.kind} has no field ${JSON.stringify(name)}`, name);
    if (!equal(fieldOf(record, name), changeValue(record.kind, name, old))) {
      throw new ChangeConflict(id, `the old value of ${name} is another one`, name);
    }
    values[name] = now;
  }
  return withFields(record, values);
}

/**
 * I1: the change that takes back `change`.
 * @param {Change} change
 * @returns {Change}
 */
export function invert(change) {
  const turned = entries(change.changed).map(([id, fields]) => (
    /** @type {[Id, Record<string, Pair>]} */ ([id, Object.fromEntries(Object.entries(fields).map(([name, [old, now]]) => [name, [now, old]]))])
  ));
  return changeOf(entries(change.removed), entries(change.added), turned);
}

/**
 * C1: the one change that does `first` and then `second`.
 * @param {Change} first
 * @param {Change} second
 * @returns {Change}
 */
export function compose(first, second) {
  const before = wholeBefore(first, second);
  const after = wholeAfter(first, second);
  /** @type {[Id, Record<string, Pair>][]} */
  const changed = [];
  for (const id of new Set([...Object.keys(first.changed ?? {}), ...Object.keys(second.changed ?? {})])) {
    if (before.has(id) || after.has(id)) continue;
    const fields = chain(own(first.changed, id) ?? {}, own(second.changed, id) ?? {});
    if (Object.keys(fields).length > 0) changed.push([id, fields]);
  }
  const rest = diff(before, after);
  return changeOf(entries(rest.added), entries(rest.removed), [...changed, ...entries(rest.changed)]);
}

/** The records before both changes, of those that come or go in either. */
function wholeBefore(first, second) {
  const before = new Map(entries(first.removed));
  for (const [id, record] of entries(second.removed)) {
    if (!own(first.added, id)) before.set(id, withFields(record, pick(own(first.changed, id), 0)));
  }
  return before;
}

/** The records after both changes, of those that come or go in either. */
function wholeAfter(first, second) {
  const after = new Map(entries(second.added));
  for (const [id, record] of entries(first.added)) {
    if (!own(second.removed, id)) after.set(id, withFields(record, pick(own(second.changed, id), 1)));
  }
  return after;
}

function pick(fields, side) {
  return Object.fromEntries(entries(fields).map(([name, pair]) => [name, pair[side]]));
}

function chain(first, second) {
  /** @type {Record<string, Pair>} */
  const chained = {};
  for (const name of new Set([...Object.keys(first), ...Object.keys(second)])) {
    const old = (own(first, name) ?? second[name])[0];
    const now = (own(second, name) ?? first[name])[1];
    if (!equal(old, now)) chained[name] = [old, now];
  }
  return chained;
}
