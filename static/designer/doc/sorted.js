/** @import { Rec, Id } from "./types.js" */

const FEW = 64;

/**
 * Records in their order (order key, then id), kept by patches: the answer is an array that is never changed, a
 * new one is made on the next look after an edit.
 */
export class SortedRecords {
  constructor() {
    /** @type {Map<Id, Rec>} */
    this.members = new Map();
    /** @type {readonly Rec[] | null} */
    this.sorted = null;
    /** id -> the record that stands in `sorted`, undefined where none does. @type {Map<Id, Rec | undefined>} */
    this.stale = new Map();
  }

  get size() {
    return this.members.size;
  }

  /** @param {Rec} record */
  put(record) {
    this.#mark(record.id);
    this.members.set(record.id, record);
  }

  /** @param {Id} id */
  drop(id) {
    this.#mark(id);
    this.members.delete(id);
  }

  #mark(id) {
    if (this.sorted !== null && !this.stale.has(id)) this.stale.set(id, this.members.get(id));
  }

  /** The records in no order. */
  each() {
    return this.members.values();
  }

  /** @returns {readonly Rec[]} */
  list() {
    if (this.sorted === null || this.stale.size > FEW) this.sorted = [...this.members.values()].sort(compare);
    else if (this.stale.size > 0) this.sorted = this.#patched(this.sorted);
    this.stale.clear();
    return this.sorted;
  }

  #patched(sorted) {
    const list = [...sorted];
    for (const old of this.stale.values()) if (old) list.splice(placeOf(list, old), 1);
    for (const id of this.stale.keys()) {
      const record = this.members.get(id);
      if (record) list.splice(placeOf(list, record), 0, record);
    }
    return list;
  }
}

/**
 * Whether `a` comes before (-1) or after (1) `b` among its siblings.
 * @param {Rec} a
 * @param {Rec} b
 */
export function compare(a, b) {
  const first = a.order ?? "";
  const second = b.order ?? "";
  if (first !== second) return first < second ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

function placeOf(list, record) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(list[middle], record) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
