/** Three-way merge of designs, with conflicts that have names. Rules M1 to M9 of docs/change-algebra.md. */

/** @import { Change, Id, Rec, Pair } from "./types.js" */
import { Written, isBookkeeping, isByKey, together, united } from "./bookkeeping.js";
import { apply, changeOf, diff, touched } from "./change.js";
import { Design } from "./design.js";
import { fallsWith } from "./rebase.js";
import { references, referredIds, withFields, without } from "./records.js";
import { equal } from "./values.js";

/**
 * One thing that a person has to decide; `key` is how choices name it.
 * @typedef {{key: string, code: "field" | "removed" | "added" | "reference" | "name", about: Id, field: string,
 *   base: any, ours: any, theirs: any}} Conflict
 *
 * A change to the base that holds all that both agree on, and the conflicts it leaves open.
 * @typedef {{base: Design, ours: Change, theirs: Change, change: Change, conflicts: Conflict[]}} Merged
 */

/**
 * Unites what happened on two sides since `base`.
 * @param {Design} base
 * @param {Design} ours
 * @param {Design} theirs
 * @returns {Merged}
 */
export function merge(base, ours, theirs) {
  const work = new Merge(base, diff(base, ours), diff(base, theirs));
  const change = work.united();
  const conflicts = [...work.conflicts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { base, ours: work.ours, theirs: work.theirs, change, conflicts };
}

/**
 * M8: the change to the base with conflicts settled by key. Throws a RangeError for a key that is not open.
 * @param {Merged} merged
 * @param {Record<string, "ours" | "theirs">} choices
 * @returns {Change}
 */
export function resolve(merged, choices) {
  const open = new Map(merged.conflicts.map((conflict) => [conflict.key, conflict]));
  const wished = apply(merged.base, merged.change);
  for (const [key, side] of Object.entries(choices)) {
    const conflict = open.get(key);
    if (!conflict) throw new RangeError(`there is no conflict ${JSON.stringify(key)} in this merge`);
    settle(wished, conflict, merged[side], side);
    if (conflict.code === "added") bringCompany(wished, merged, merged[side]);
  }
  prune(wished);
  return diff(merged.base, wished);
}

function settle(wished, conflict, chosen, side) {
  const { about, code, field } = conflict;
  const record = wished.get(about);
  if (code === "field" && record) wished.put(withFields(record, { [field]: conflict[side] }));
  else if (own(chosen.added, about)) wished.put(chosen.added[about]);
  else if ((code === "removed" || code === "reference") && own(chosen.removed, about)) wished.drop(about);
}

/** What was left out together with a record that was added twice comes along with the chosen one. */
function bringCompany(wished, merged, chosen) {
  const twice = new Set(merged.conflicts.filter(({ code }) => code === "added").map(({ about }) => about));
  for (const record of Object.values(chosen.added ?? {})) {
    if (!wished.has(record.id) && !twice.has(record.id)) wished.put(record);
  }
}

/** Takes out what a choice left dangling, as a rebase would. */
function prune(wished) {
  for (let settled = false; !settled;) {
    settled = true;
    for (const record of [...wished.values()]) {
      const missing = new Set([...referredIds(record)].filter((target) => !wished.has(target)));
      if (missing.size === 0) continue;
      settled = false;
      const rest = without(record, missing);
      if (rest) wished.put(rest);
      else wished.drop(record.id);
    }
  }
}

const own = (part, key) => (part && Object.hasOwn(part, key) ? part[key] : undefined);
const ids = (...parts) => [...new Set(parts.flatMap((part) => Object.keys(part ?? {})))].sort();

class Merge {
  constructor(base, ours, theirs) {
    /** @type {Design} */ this.base = base;
    /** @type {Change} */ this.ours = ours;
    /** @type {Change} */ this.theirs = theirs;
    /** @type {Map<string, Conflict>} */ this.conflicts = new Map();
  }

  /** The change of M1 to M7. */
  united() {
    const added = this.#additions();
    const fields = this.#fields();
    const removed = this.#removals();
    this.#keepTheOld(added, removed);
    this.#forgetBooks(added, removed);
    this.#takeBack(removed, added, fields);
    this.#dropDangling(added, removed);
    this.#nameClashes(added, fields, removed);
    const kept = [...fields].filter(([id, pairs]) => Object.keys(pairs).length > 0 && !removed.has(id));
    return changeOf(added, [...removed].map((id) => [id, /** @type {Rec} */ (this.base.get(id))]), kept);
  }

  #report(code, about, { field = "", base = null, ours = null, theirs = null }) {
    const key = field ? `${code}:${about}:${field}` : `${code}:${about}`;
    this.conflicts.set(key, { key, code, about, field, base, ours, theirs });
  }

  /** M4. */
  #additions() {
    const added = new Map();
    for (const id of ids(this.ours.added, this.theirs.added)) {
      const mine = own(this.ours.added, id);
      const yours = own(this.theirs.added, id);
      const one = mine && yours ? together(mine, yours) : mine ?? yours;
      if (mine && yours && !equal(one, together(yours, mine))) this.#report("added", id, { ours: mine, theirs: yours });
      else added.set(id, one);
    }
    return added;
  }

  /** M2. @returns {Map<Id, Record<string, Pair>>} */
  #fields() {
    const found = new Map();
    this.written = [new Written(this.base, this.ours.changed), new Written(this.base, this.theirs.changed)];
    for (const id of ids(this.ours.changed, this.theirs.changed)) {
      const mine = own(this.ours.changed, id) ?? {};
      const yours = own(this.theirs.changed, id) ?? {};
      const pairs = ids(mine, yours).filter((name) => !this.#clash(id, name, own(mine, name), own(yours, name)));
      const values = pairs.map((name) => [name, this.#pair(id, name, own(mine, name), own(yours, name))]);
      found.set(id, Object.fromEntries(values.filter(([, [old, now]]) => !equal(old, now))));
    }
    return found;
  }

  #clash(id, field, mine, yours) {
    if (!mine || !yours || equal(mine, yours) || isByKey(/** @type {Rec} */ (this.base.get(id)), field)) return false;
    const record = /** @type {Rec} */ (this.base.get(id));
    const [ours, theirs] = this.written;
    // M10: both sides only have what was derived; the next derivation says what both come to.
    if (ours.choseNothing(record, field, mine) && theirs.choseNothing(record, field, yours)) return true;
    this.#report("field", id, { field, base: mine[0], ours: mine[1], theirs: yours[1] });
    return true;
  }

  #pair(id, field, mine, yours) {
    if (!mine || !yours || !isByKey(/** @type {Rec} */ (this.base.get(id)), field)) return mine ?? yours;
    return [mine[0], united(mine[0], mine[1], yours[1], "base")];
  }

  /** M3: what goes is what one side removes and the other does not change. */
  #removals() {
    const removed = new Set(ids(this.ours.removed, this.theirs.removed));
    for (const id of [...removed]) {
      if (!own(this.ours.changed, id) && !own(this.theirs.changed, id)) continue;
      removed.delete(id);
      const record = /** @type {Rec} */ (this.base.get(id));
      if (!isBookkeeping(record)) this.#report("removed", id, { base: record });
    }
    return removed;
  }

  /** Where a replacement by a record of another kind is in conflict, the base keeps what it has. */
  #keepTheOld(added, removed) {
    for (const id of [...added.keys()]) if (this.base.has(id) && !removed.has(id)) added.delete(id);
    for (const { code, about } of this.conflicts.values()) if (code === "added") removed.delete(about);
  }

  /** M9: what is written down of something that goes is no reason to keep it. */
  #forgetBooks(added, removed) {
    for (const [id, record] of [...added]) if (isBookkeeping(record) && removed.has(record.parent)) added.delete(id);
    for (const id of ids(this.ours.changed, this.theirs.changed)) {
      const record = /** @type {Rec} */ (this.base.get(id));
      if (isBookkeeping(record) && removed.has(record.parent)) removed.add(id);
    }
  }

  /** M4: what was added under a record that is left out is left out with it. */
  #dropDangling(added, removed) {
    const there = (id) => added.has(id) || (this.base.has(id) && !removed.has(id));
    for (let settled = false; !settled;) {
      settled = true;
      for (const [id, record] of [...added]) {
        const missing = new Set([...referredIds(record)].filter((target) => !there(target)));
        if (missing.size === 0) continue;
        settled = false;
        const rest = without(record, missing);
        if (rest) added.set(id, rest);
        else added.delete(id);
      }
    }
  }

  /** M5 and M6: a removal that would leave a kept record dangling does not happen, nor what falls with it. */
  #takeBack(removed, added, fields) {
    this.#keepCompany([...this.conflicts.values()].filter(({ code }) => code === "removed").map(({ about }) => about), removed);
    const kept = removed.size > 0 ? [...this.base.keys()].filter((id) => !removed.has(id)) : [];
    const queue = [...added.values(), ...kept.map((id) => this.#after(id, fields))];
    for (let record = queue.pop(); record; record = queue.pop()) {
      for (const [, target] of references(record)) {
        if (!removed.delete(target)) continue;
        this.#report("reference", target, { base: this.base.get(target) });
        const company = this.#keepCompany([target], removed);
        queue.push(...[target, ...company].map((id) => this.#after(id, fields)));
      }
    }
    for (const id of [...fields.keys()]) if (removed.has(id)) fields.delete(id);
  }

  /** A table that stays keeps the columns that were removed only because it was. */
  #keepCompany(kept, removed) {
    return [...fallsWith(this.base, kept)].filter((id) => removed.delete(id)).sort();
  }

  #after(id, fields) {
    const values = Object.entries(fields.get(id) ?? {}).map(([name, [, now]]) => [name, now]);
    return withFields(/** @type {Rec} */ (this.base.get(id)), Object.fromEntries(values));
  }

  /** M7: both sides brought a name that the other brought too, under one parent. */
  #nameClashes(added, fields, removed) {
    const named = [...fields].filter(([id, pairs]) => ("name" in pairs || "parent" in pairs) && !removed.has(id)).map(([id]) => id);
    const brought = new Map();
    for (const id of [...new Set([...added.keys(), ...named])].sort()) {
      const record = added.get(id) ?? this.#after(id, fields);
      if (!record.name) continue;
      const place = JSON.stringify([record.kind, record.parent ?? null, record.name]);
      brought.set(place, [...(brought.get(place) ?? []), id]);
    }
    const mine = touched(this.ours);
    const yours = touched(this.theirs);
    for (const group of brought.values()) {
      const first = group.filter((id) => mine.has(id));
      const second = group.filter((id) => yours.has(id) && !mine.has(id));
      first.slice(0, second.length).forEach((id, at) => {
        this.#report("name", id < second[at] ? id : second[at], { ours: id, theirs: second[at] });
      });
    }
  }
}
