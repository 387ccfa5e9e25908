/**
 * Two designs side by side, of which one may be edited meanwhile: what differs is known at the cost of what is touched, however
 * large the designs are.
 */

import { apply, changeOf, diff } from "../doc/change.js";
import { resolve } from "../doc/merge.js";
import { withFields } from "../doc/records.js";

export class Compared {
  /**
   * @param {object} before a design that nobody changes
   * @param {object} after one that others may change; they tell so with `touch`
   */
  constructor(before, after) {
    Object.assign(this, { before, after });
    const { added, removed, changed } = diff(before, after);
    this.added = new Map(Object.entries(added ?? {}));
    this.removed = new Map(Object.entries(removed ?? {}));
    this.changed = new Map(Object.entries(changed ?? {}));
  }

  /** What leads from one to the other. */
  get change() {
    return changeOf(this.added, this.removed, this.changed);
  }

  /** Some records of `after` are others now. */
  touch(ids) {
    for (const id of ids) {
      for (const part of [this.added, this.removed, this.changed]) part.delete(id);
    }
    const { added, removed, changed } = diff(this.before, this.after, ids);
    for (const [id, record] of Object.entries(added ?? {})) this.added.set(id, record);
    for (const [id, record] of Object.entries(removed ?? {})) this.removed.set(id, record);
    for (const [id, fields] of Object.entries(changed ?? {})) this.changed.set(id, fields);
  }
}

/**
 * Returns the design that a merge comes to, as the server makes it; what nobody has decided stays as ours has it.
 * @param {import("../doc/merge.js").Merged} merged
 * @param {Map<string, "ours" | "theirs">} choices by the key of the conflict
 */
export function outcome(merged, choices) {
  const sides = merged.conflicts.map((conflict) => [conflict.key, choices.get(askedBy(conflict, merged.conflicts)) ?? "ours"]);
  const made = apply(merged.base, resolve(merged, Object.fromEntries(sides)));
  for (const { key, code, ours, theirs } of merged.conflicts) {
    if (code === "name") rename(made, (choices.get(key) ?? "ours") === "ours" ? theirs : ours);
  }
  return made;
}

/** Returns the key by which a conflict is decided: what goes with a type is not asked beside it. */
function askedBy({ key, about, field }, conflicts) {
  const type = `field:${about}:type`;
  return (field === "logical" || field === "type_ref") && conflicts.some((each) => each.key === type) ? type : key;
}

/** The one that was not chosen gets the first name with a number that is free. */
function rename(design, id) {
  const record = design.get(id);
  if (!record) return;
  const taken = new Set(design.childrenOf(record.parent ?? null, record.kind).filter((each) => each.id !== id).map(({ name }) => name));
  let name = record.name;
  for (let number = 2; taken.has(name); number += 1) name = `${record.name}_${number}`;
  design.put(withFields(record, { name }));
}
