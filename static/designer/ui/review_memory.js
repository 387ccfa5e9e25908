/** What a person has looked at and decided, kept in the browser: ticks for good, decisions for as long as the tab lives. */

/** Ticks: for each thing the key of what was looked at, so that later edits of it take the tick away. */
export class Ticks {
  /** @param {Storage | null} storage */
  constructor(storage, name) {
    Object.assign(this, { storage, name: `wholekey:viewed:${name}`, kept: read(storage, `wholekey:viewed:${name}`) });
  }

  has(about, key) {
    return Object.hasOwn(this.kept, about) && this.kept[about] === key;
  }

  set(about, key, on) {
    this.kept = Object.fromEntries([...Object.entries(this.kept).filter(([each]) => each !== about), ...(on ? [[about, key]] : [])]);
    write(this.storage, this.name, this.kept);
  }
}

/** Decisions about the conflicts of one merge: a side for each, with the digest of what was decided about. */
export class Decisions {
  /** @param {Storage | null} storage */
  constructor(storage, name) {
    Object.assign(this, { storage, name: `wholekey:decided:${name}` });
    this.kept = new Map(Object.entries(read(storage, this.name)));
  }

  set(key, side, digest) {
    this.kept.set(key, [side, digest]);
    this.write();
  }

  /** Returns the side that was chosen about exactly this, or undefined. */
  get(key, digest) {
    const [side, of] = this.kept.get(key) ?? [];
    return of === digest ? side : undefined;
  }

  /**
   * Forgets what is not asked any more, or not so any more.
   * @param {Map<string, string>} digests by key
   * @returns {{still: number, gone: number}} how many decisions still apply
   */
  fit(digests) {
    const all = [...this.kept];
    const still = all.filter(([key, [, digest]]) => digests.get(key) === digest);
    this.kept = new Map(still);
    this.write();
    return { still: still.length, gone: all.length - still.length };
  }

  clear() {
    this.kept = new Map();
    this.write();
  }

  write() {
    write(this.storage, this.name, Object.fromEntries(this.kept));
  }
}

function read(storage, name) {
  try {
    const found = JSON.parse(storage?.getItem(name) ?? "{}");
    return found !== null && typeof found === "object" ? found : {};
  } catch {
    return {}; // what is not ours, or a storage that is switched off
  }
}

function write(storage, name, value) {
  try {
    storage?.setItem(name, JSON.stringify(value));
  } catch {
    // it is full, or switched off: then it is not remembered
  }
}
