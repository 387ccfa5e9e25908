/** The design as a bag of records with its look-ups. */

/** @import { Rec, Id } from "./types.js" */
import { referredIds } from "./records.js";
import { SortedRecords } from "./sorted.js";

const NONE = Object.freeze([]);
const NOBODY = new Set();

/**
 * Records by id. Look-ups by parent, kind and referrer are built on first use and then kept: an edit costs the size of
 * the edit, whatever the size of the design. Only the store changes a design that others look at (`put`, `drop`);
 * everybody else reads.
 */
export class Design {
  /** @type {Map<Id, Rec>} */ #records = new Map();
  /** @type {Map<Id | null, SortedRecords> | null} */ #children = null;
  /** @type {Map<string, SortedRecords> | null} */ #kinds = null;
  /** @type {Map<Id, Set<Id>> | null} */ #referrers = null;

  /** @param {Iterable<Rec>} [records] in canonical form */
  constructor(records = []) {
    this.refill(records);
  }

  /**
   * Forgets everything and holds `records` instead; for a page that loads its design anew.
   * @param {Iterable<Rec>} records
   */
  refill(records) {
    this.#records = new Map();
    for (const record of records) this.#records.set(record.id, record);
    this.#children = this.#kinds = this.#referrers = null;
  }

  /** The number of records. */
  get size() {
    return this.#records.size;
  }

  /** @param {Id} id @returns {Rec | undefined} */
  get(id) {
    return this.#records.get(id);
  }

  /** @param {Id | null | undefined} id */
  has(id) {
    return this.#records.has(/** @type {Id} */ (id));
  }

  keys() {
    return this.#records.keys();
  }

  values() {
    return this.#records.values();
  }

  /** A design of its own with the same records. */
  copy() {
    return new Design(this.#records.values());
  }

  /**
   * The records whose parent is `id`, of one kind or all, in their order. The array is never changed afterwards.
   * @param {Id | null} id
   * @param {string} [kind]
   * @returns {readonly Rec[]}
   */
  childrenOf(id, kind) {
    this.#children ??= group(this.#records.values(), parentOf);
    const all = this.#children.get(id)?.list() ?? NONE;
    return kind === undefined ? all : all.filter((record) => record.kind === kind);
  }

  /**
   * All records of a kind, in their order. The array is never changed afterwards.
   * @param {string} kind
   * @returns {readonly Rec[]}
   */
  ofKind(kind) {
    this.#kinds ??= group(this.#records.values(), kindOf);
    return this.#kinds.get(kind)?.list() ?? NONE;
  }

  /**
   * All records of a kind in no order, for what only counts them: nothing is sorted.
   * @param {string} kind
   * @returns {Iterable<Rec>}
   */
  eachOfKind(kind) {
    this.#kinds ??= group(this.#records.values(), kindOf);
    return this.#kinds.get(kind)?.each() ?? NONE;
  }

  /**
   * The ids of the records that name `id` in any field, `parent` included. A live set: copy it before an edit.
   * @param {Id} id
   * @returns {ReadonlySet<Id>}
   */
  referrers(id) {
    if (this.#referrers === null) {
      this.#referrers = new Map();
      for (const record of this.#records.values()) this.#refer(record);
    }
    return this.#referrers.get(id) ?? NOBODY;
  }

  /**
   * The model that a record hangs under; null where its line of parents is broken.
   * @param {Id} id
   * @returns {Rec | null}
   */
  modelOf(id) {
    let record = this.#records.get(id);
    for (let steps = 0; record && steps < 100; steps += 1) {
      if (record.kind === "model") return record;
      record = this.#records.get(record.parent);
    }
    return null;
  }

  /**
   * Adds a record or puts it in the place of the one with its id.
   * @param {Rec} record
   */
  put(record) {
    const before = this.#records.get(record.id);
    if (before && before.kind === record.kind && parentOf(before) === parentOf(record)) this.#replace(before, record);
    else {
      if (before) this.drop(before.id);
      this.#learn(record);
    }
    this.#records.set(record.id, record);
  }

  /** @param {Id} id */
  drop(id) {
    const record = this.#records.get(id);
    if (!record) return;
    this.#records.delete(id);
    shelve(this.#children, parentOf(record), (list) => list.drop(id));
    shelve(this.#kinds, record.kind, (list) => list.drop(id));
    this.#unrefer(record);
  }

  #learn(record) {
    shelve(this.#children, parentOf(record), (list) => list.put(record));
    shelve(this.#kinds, record.kind, (list) => list.put(record));
    if (this.#referrers) this.#refer(record);
  }

  #replace(before, record) {
    shelve(this.#children, parentOf(record), (list) => list.put(record));
    shelve(this.#kinds, record.kind, (list) => list.put(record));
    if (!this.#referrers) return;
    this.#unrefer(before);
    this.#refer(record);
  }

  #refer(record) {
    for (const target of referredIds(record)) {
      const known = this.#referrers.get(target);
      if (known) known.add(record.id);
      else this.#referrers.set(target, new Set([record.id]));
    }
  }

  #unrefer(record) {
    if (!this.#referrers) return;
    for (const target of referredIds(record)) {
      const known = this.#referrers.get(target);
      known?.delete(record.id);
      if (known?.size === 0) this.#referrers.delete(target);
    }
  }
}

const parentOf = (record) => record.parent ?? null;
const kindOf = (record) => record.kind;

function group(records, key) {
  const shelves = new Map();
  for (const record of records) shelve(shelves, key(record), (list) => list.put(record));
  return shelves;
}

function shelve(shelves, key, edit) {
  if (!shelves) return;
  let list = shelves.get(key);
  if (!list) shelves.set(key, (list = new SortedRecords()));
  edit(list);
  if (list.size === 0) shelves.delete(key);
}
