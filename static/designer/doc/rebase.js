/** Rebase: a change made on an old state, carried over to what others made of it. Rules R1 to R10. */

/** @import { Change, Id, Note, Rec } from "./types.js" */
import { isBookkeeping, isByKey, together, united } from "./bookkeeping.js";
import { diff } from "./change.js";
import { Design } from "./design.js";
import { KINDS } from "./kinds.js";
import { fieldOf, hasField, namedIn, references, referredIds, withFields, without } from "./records.js";
import { equal } from "./values.js";

/**
 * Carries `change` over `over`; both were made on one state, and `onto` is that state after `over`.
 *
 * For example a column type set by one person while another drops the table: nothing of the edit is left, and the
 * author gets a note `gone`.
 * @param {Change} change
 * @param {Change | null} over null where it is not known: what it did is then read off the old values in `change`
 * @param {Design} onto
 * @returns {{change: Change, notes: Note[]}}
 */
export function rebase(change, over, onto) {
  const work = new Rebase(onto);
  work.takeRemovals(change, over);
  work.takeAdditions(change);
  work.takeFields(change, over);
  work.settle();
  return { change: work.result(), notes: work.notes };
}

/**
 * `change` with what must follow from it on `design`, so that nothing dangles: R6 to R8 without a rival.
 * Commands end with it: deleting a column takes its keys, foreign keys and indexes along.
 * @param {Design} design
 * @param {Change} change
 * @returns {{change: Change, notes: Note[]}}
 */
export function complete(design, change) {
  return rebase(change, {}, design);
}

/**
 * The ids of all records that fall when the records `ids` are removed, these included.
 * @param {Design} design
 * @param {Iterable<Id>} ids
 * @returns {Set<Id>}
 */
export function fallsWith(design, ids) {
  const gone = new Set(ids);
  const queue = [...gone];
  while (queue.length > 0) {
    for (const id of design.referrers(/** @type {Id} */ (queue.pop()))) {
      if (!gone.has(id) && falls(/** @type {Rec} */ (design.get(id)), gone)) {
        gone.add(id);
        queue.push(id);
      }
    }
  }
  return gone;
}

function falls(record, gone) {
  return references(record).some(([name, target]) => gone.has(target) && KINDS[record.kind].references[name][1] === "cascade");
}

/**
 * [record, field, missing id] for every mention of a record that is not in the design.
 * @param {Design} design
 * @returns {[Id, string, Id][]}
 */
export function dangling(design) {
  /** @type {[Id, string, Id][]} */
  const found = [];
  for (const record of design.values()) {
    for (const [name, target] of references(record)) if (!design.has(target)) found.push([record.id, name, target]);
  }
  return found;
}

/** What a change makes of a field of `there`: what it says, or what is united of both (R10). */
function wished(there, name, [old, now]) {
  return isByKey(there, name) ? united(old, now, fieldOf(there, name), "mine") : now;
}

const sorted = (part) => Object.entries(part ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** The wished state of the touched records, worked down to one where nothing dangles. */
class Rebase {
  constructor(onto) {
    /** @type {Design} */ this.onto = onto;
    /** @type {Set<Id>} */ this.removed = new Set();
    /** @type {Map<Id, Rec>} */ this.added = new Map();
    /** @type {Map<Id, Map<string, any>>} */ this.fields = new Map();
    /** @type {Note[]} */ this.notes = [];
  }

  note(code, about, message, field = "") {
    this.notes.push(field ? { code, about, message, field } : { code, about, message });
  }

  /** R1, R2. */
  takeRemovals(change, over) {
    for (const [id, record] of sorted(change.removed)) {
      const there = this.onto.get(id);
      if (there?.kind !== record.kind) continue;
      this.removed.add(id);
      if (!isBookkeeping(record) && (over ? Object.hasOwn(over.changed ?? {}, id) : !equal(there, record))) {
        this.note("removed-edited", id, `${called(record)} was edited by somebody else and is removed now`);
      }
    }
  }

  /** R5. */
  takeAdditions(change) {
    for (const [id, record] of sorted(change.added)) {
      const there = this.onto.get(id);
      if (!there || this.removed.has(id)) this.added.set(id, record);
      else if (there.kind === record.kind) this.#wish(id, there, together(record, there, "mine"));
      else this.note("id-taken", id, `${called(record)} was not added: its id belongs to another record now`);
    }
  }

  #wish(id, there, record) {
    const names = new Set([...Object.keys(there), ...Object.keys(record)]);
    names.delete("kind");
    names.delete("id");
    const differing = [...names].sort().filter((name) => !equal(fieldOf(there, name), fieldOf(record, name)));
    this.fields.set(id, new Map(differing.map((name) => [name, fieldOf(record, name)])));
  }

  /** R3, R4. */
  takeFields(change, over) {
    for (const [id, fields] of sorted(change.changed)) {
      const there = this.onto.get(id);
      if (!there || Object.keys(fields).some((name) => !hasField(there.kind, name))) {
        this.note("gone", id, "the record was removed by somebody else; the edit of it is dropped");
        continue;
      }
      this.fields.set(id, new Map(sorted(fields).map(([name, pair]) => [name, wished(there, name, pair)])));
      this.#noteOverwritten(there, fields, over);
    }
  }

  #noteOverwritten(there, fields, over) {
    const theirs = over?.changed && Object.hasOwn(over.changed, there.id) ? over.changed[there.id] : {};
    for (const [name, [old, now]] of sorted(fields)) {
      const here = fieldOf(there, name);
      const rival = over ? Object.hasOwn(theirs, name) : !equal(here, old);
      if (rival && !equal(here, now) && !isByKey(there, name)) {
        this.note("overwrote", there.id, `${name} of ${called(there)} was set by somebody else too; yours holds`, name);
      }
    }
  }

  /** R9. */
  settle() {
    while (this.#dropDanglingFields() || this.#dropDanglingAdditions() || this.#sweepReferrers());
  }

  #present(id) {
    return this.added.has(id) || (this.onto.has(id) && !this.removed.has(id));
  }

  /** @returns {Rec} */
  #after(id) {
    const added = this.added.get(id);
    if (added) return added;
    const record = /** @type {Rec} */ (this.onto.get(id));
    const fields = this.fields.get(id);
    return fields?.size ? withFields(record, Object.fromEntries(fields)) : record;
  }

  /** R6: a field set by the change that names a record which is not there keeps the value of `onto`. */
  #dropDanglingFields() {
    let dropped = false;
    for (const id of [...this.fields.keys()].sort()) {
      if (this.removed.has(id)) continue;
      for (const name of this.#danglingNames(id)) {
        /** @type {Map<string, any>} */ (this.fields.get(id)).delete(name);
        this.note("gone", id, `${name} would refer to a record that somebody else removed; it stays as it was`, name);
        dropped = true;
      }
    }
    return dropped;
  }

  #danglingNames(id) {
    const record = /** @type {Rec} */ (this.onto.get(id));
    return [.../** @type {Map<string, any>} */ (this.fields.get(id))]
      .filter(([name, value]) => namedIn(record.kind, name, value).some((target) => !this.#present(target)))
      .filter(([name, value]) => !this.#danglesAlready(record, name, value))
      .map(([name]) => name);
  }

  /** Whether keeping the old value would dangle as well, so that R8 has to judge the record. */
  #danglesAlready(record, name, value) {
    const before = fieldOf(record, name);
    return equal(before, value) && namedIn(record.kind, name, before).some((target) => this.removed.has(target));
  }

  /** R7: an added record that names one which is not there goes, or forgets it. */
  #dropDanglingAdditions() {
    let dropped = false;
    for (const [id, record] of [...this.added].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const missing = this.#missingFrom(record);
      if (missing.size === 0) continue;
      dropped = true;
      const rest = without(record, missing);
      if (rest) this.added.set(id, rest);
      else {
        this.added.delete(id);
        this.note("lost", id, `${called(record)} fell because what it belongs or refers to is gone`);
      }
    }
    return dropped;
  }

  /** R8: records of `onto` that name something removed go along, or forget it. */
  #sweepReferrers() {
    let swept = false;
    for (const gone of [...this.removed].sort()) {
      if (this.added.has(gone)) continue;
      for (const id of [...this.onto.referrers(gone)].sort()) {
        if (!this.removed.has(id) && this.#letGo(id)) swept = true;
      }
    }
    return swept;
  }

  #letGo(id) {
    const record = this.#after(id);
    const missing = this.#missingFrom(record);
    if (missing.size === 0) return false;
    const rest = without(record, missing);
    if (rest) this.#forget(id, record, rest);
    else {
      this.removed.add(id);
      this.note("cascade", id, `${called(record)} is removed with what it refers to`);
    }
    return true;
  }

  #forget(id, record, rest) {
    if (this.added.has(id)) {
      this.added.set(id, rest);
      return;
    }
    const fields = this.fields.get(id) ?? new Map();
    for (const [name] of references(record)) fields.set(name, fieldOf(rest, name));
    this.fields.set(id, fields);
  }

  #missingFrom(record) {
    return new Set([...referredIds(record)].filter((target) => !this.#present(target)));
  }

  result() {
    const after = new Map();
    for (const id of [...this.added.keys(), ...this.fields.keys()]) if (this.#present(id)) after.set(id, this.#after(id));
    const before = new Map();
    for (const id of [...after.keys(), ...this.removed]) {
      const record = this.onto.get(id);
      if (record) before.set(id, record);
    }
    return diff(before, after);
  }
}

/**
 * A record in words: `the column email`.
 * @param {Rec} record
 */
export function called(record) {
  const kind = record.kind.replaceAll("_", " ");
  return record.name ? `the ${kind} ${record.name}` : `a ${kind}`;
}
