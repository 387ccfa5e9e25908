/** Edits that the server does not have yet, kept in the browser so that they survive a reload or a crash. */

/** @import { Change } from "../doc/types.js" */

/**
 * @typedef {{key: string, label: string, change: Change, sent: boolean}} Kept
 * @typedef {{getItem(key: string): string | null, setItem(key: string, value: string): void, removeItem(key: string): void,
 *   key(index: number): string | null, readonly length: number}} TextStorage what localStorage is
 */

/** A tab shows that it lives by touching its record; browsers let hidden tabs do so once a minute. */
export const STALE_AFTER = 180_000;

/**
 * One record of local storage per tab, under the user and the branch. A tab that is alive owns its record; the records of
 * tabs that closed, or that have not been heard of for long, are taken over by the next tab. Should two tabs ever
 * replay one edit, its key makes the server write it once.
 */
export class Outbox {
  #storage;
  #prefix;
  #now;
  #texts = new WeakMap();
  /** @type {Kept[]} */ #edits = [];

  /**
   * @param {{storage: TextStorage | null, user: string, branch: string, tab: string, now?: () => number}} options
   */
  constructor({ storage, user, branch, tab, now = Date.now }) {
    this.#storage = storage;
    this.#prefix = `wholekey:outbox:${JSON.stringify([user, branch])}:`;
    this.#now = now;
    this.tab = tab;
    /** Whether all pending edits are kept; only while false a person must be warned when leaving. */
    this.safe = true;
  }

  get #name() {
    return this.#prefix + this.tab;
  }

  /**
   * Keeps the edits that are pending now. Sets `safe`.
   * @param {Kept[]} edits
   */
  save(edits) {
    this.#edits = edits;
    this.#write(true);
  }

  /** Shows that this tab lives. */
  touch() {
    if (this.#edits.length > 0) this.#write(true);
  }

  /** Says that this tab is closing, so that the next one may take over at once. */
  close() {
    if (this.#edits.length > 0) this.#write(false);
  }

  #write(open) {
    try {
      if (this.#edits.length === 0) this.#storage?.removeItem(this.#name);
      else this.#keep(this.#name, `{"time":${this.#now()},"open":${open},"edits":[${this.#edits.map((each) => this.#text(each)).join(",")}]}`);
      this.safe = this.#edits.length === 0 || this.#storage !== null;
    } catch {
      this.safe = false; // storage is full, or switched off
    }
  }

  #keep(name, text) {
    this.#storage?.setItem(name, text);
  }

  /** The text of an edit; a long queue is written often, and its changes stay what they are. */
  #text({ key, label, change, sent }) {
    let text = this.#texts.get(change);
    if (text === undefined) this.#texts.set(change, (text = JSON.stringify(change)));
    return `{"key":${JSON.stringify(key)},"label":${JSON.stringify(label)},"sent":${sent},"change":${text}}`;
  }

  /**
   * Takes over what tabs that are gone have left, oldest first. Call the `done` of the answer once the edits are saved
   * anew; until then nothing is deleted.
   * @returns {{edits: Kept[], done: () => void}}
   */
  adopt() {
    const found = this.#names().map((name) => ({ name, record: this.#claimed(name) })).filter(({ record }) => record !== null);
    found.sort((a, b) => a.record.time - b.record.time);
    return {
      edits: found.flatMap(({ record }) => record.edits),
      done: () => found.forEach(({ name }) => this.#storage?.removeItem(name)),
    };
  }

  #names() {
    const names = [];
    for (let at = 0; at < (this.#storage?.length ?? 0); at += 1) {
      const name = this.#storage?.key(at);
      if (name?.startsWith(this.#prefix) && name !== this.#name) names.push(name);
    }
    return names;
  }

  /** The record under a name, marked as taken by this tab; null where another tab lives on it or was quicker. */
  #claimed(name) {
    const record = this.#read(name);
    if (!record || (record.open && this.#now() - record.time < STALE_AFTER)) return null;
    try {
      this.#keep(name, JSON.stringify({ ...record, open: true, time: this.#now(), claim: this.tab }));
    } catch {
      return record; // no room to mark it: better sent twice under one key than lost
    }
    return this.#read(name)?.claim === this.tab ? record : null;
  }

  #read(name) {
    try {
      const record = JSON.parse(this.#storage?.getItem(name) ?? "null");
      return record !== null && Array.isArray(record.edits) && typeof record.time === "number" ? record : null;
    } catch {
      return null;
    }
  }
}
