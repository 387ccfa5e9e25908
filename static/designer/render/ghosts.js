/**
 * What is gone from a design and is still to be seen on its diagram: records that stand beside those of the design in every
 * look-up of the scene, and that nobody can take hold of.
 */

import { referredIds } from "../doc/records.js";

const NONE = [];

export class Ghosts {
  /** @param {object[]} records */
  constructor(records) {
    this.byId = new Map(records.map((record) => [record.id, record]));
    this.byParent = new Map();
    this.byKind = new Map();
    this.referring = new Map();
    for (const record of records) {
      push(this.byParent, record.parent ?? null, record);
      push(this.byKind, record.kind, record);
      for (const target of referredIds(record)) push(this.referring, target, record.id);
    }
  }

  get size() {
    return this.byId.size;
  }

  has(id) {
    return this.byId.has(id);
  }

  /** Returns the look-ups of a source with the ghosts among them. What the source has is no ghost. */
  over(source) {
    const fresh = (records) => records.filter(({ id }) => !source.has(id));
    return {
      get: (id) => source.get(id) ?? this.byId.get(id),
      has: (id) => source.has(id) || this.byId.has(id),
      children: (id) => joined(source.children(id), fresh(this.byParent.get(id) ?? NONE)),
      ofKind: (kind) => joined(source.ofKind(kind), fresh(this.byKind.get(kind) ?? NONE)),
      referrers: (id) => joined(source.referrers(id), (this.referring.get(id) ?? NONE).filter((each) => !source.has(each))),
    };
  }
}

function joined(theirs, ghosts) {
  return ghosts.length === 0 ? theirs : [...theirs, ...ghosts];
}

function push(map, key, value) {
  const list = map.get(key);
  list ? list.push(value) : map.set(key, [value]);
}
