/** The document that the page holds: what the server confirmed, with the edits on top that it has not confirmed yet. */

/** @import { Change, Edit, Entry, Id, Note, Rec } from "./types.js" */
import { applyTo, changeFrom, compose, invert, isEmpty, touched } from "./change.js";
import { Design } from "./design.js";
import { History } from "./history.js";
import { newId } from "./ids.js";
import { rebase } from "./rebase.js";
import { Recent } from "./recent.js";
import { canonical } from "./records.js";
import { equal } from "./values.js";

/**
 * An edit that the server has not confirmed. `change` fits the state below it; `sent` once it may have reached the
 * server, after which its key must not stand for anything else.
 * @typedef {{key: string, label: string, change: Change, sent: boolean, coalesce?: string}} Pending
 *
 * What subscribers are told. `touched` are the ids of records that may look different now; `all` where every one may.
 * @typedef {{touched: Set<Id>, origin: "local" | "undo" | "remote" | "reset", all?: boolean, notes: Note[]}} Notice
 */

/** The server's log does not fit what this page holds; only loading the design again helps. */
export class OutOfStep extends Error {}

/**
 * S1: `design` is always the confirmed state with `pending` applied in order. Whatever arrives, pending edits are
 * undone, what arrived is applied, and the pending ones are rebased and redone.
 */
export class DocumentStore {
  #watchers = new Set();
  #queueWatchers = new Set();
  #ownKeys = new Set();
  #recent = new Recent();
  #now;
  #newKey;

  /**
   * @param {{records?: Iterable<Rec>, version?: number, now?: () => number, newKey?: () => string}} [options]
   */
  constructor({ records = [], version = 0, now = Date.now, newKey = () => newId() + newId() } = {}) {
    this.#now = now;
    this.#newKey = newKey;
    /** What people see. Read it; only the store changes it. */
    this.design = new Design(canonicals(records));
    /** The version of the branch that is confirmed. */
    this.version = version;
    /** @type {Pending[]} */
    this.pending = [];
    this.history = new History();
  }

  /**
   * Calls `watcher` after each change of the design. Returns a function that ends it.
   * @param {(notice: Notice) => void} watcher
   * @returns {() => void}
   */
  subscribe(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /**
   * Calls `watcher` whenever the queue of pending edits changed. Returns a function that ends it.
   * @param {() => void} watcher
   * @returns {() => void}
   */
  watchQueue(watcher) {
    this.#queueWatchers.add(watcher);
    return () => this.#queueWatchers.delete(watcher);
  }

  /**
   * Does what a command returned: at once here, and in the queue for the server. Returns whether there was anything
   * to do. Throws ChangeConflict where the change was not made on the design as it is.
   * @param {Edit | null | undefined} edit
   * @returns {boolean}
   */
  dispatch(edit) {
    if (!edit || isEmpty(edit.change)) return false;
    applyTo(this.design, edit.change);
    const key = this.#enqueue(edit);
    this.#recent.did(edit.change, this.#now());
    const step = { change: edit.change, label: edit.label, keys: [key], coalesce: edit.coalesce, time: this.#now() };
    if (!this.history.join(step)) this.history.push(step);
    this.#tell(touched(edit.change), "local");
    this.#tellQueue();
    return true;
  }

  #enqueue(edit) {
    const last = this.pending[this.pending.length - 1];
    if (last && !last.sent && edit.coalesce && last.coalesce === edit.coalesce) {
      last.change = compose(last.change, edit.change);
      if (isEmpty(last.change)) this.pending.pop();
      return last.key;
    }
    const key = this.#newKey();
    this.#ownKeys.add(key);
    this.pending.push({ key, label: edit.label, change: edit.change, sent: false, coalesce: edit.coalesce });
    return key;
  }

  /** The words for what `undo` would take back, or null. */
  get undoLabel() {
    return this.history.done.at(-1)?.label ?? null;
  }

  /** The words for what `redo` would do again, or null. */
  get redoLabel() {
    return this.history.undone.at(-1)?.label ?? null;
  }

  /**
   * Takes back my last step as a new edit, carried over to what others did since. Returns its label, or null where
   * there is nothing to take back.
   * @returns {string | null}
   */
  undo() {
    return this.#travel(this.history.done, this.history.undone, "Undo: ");
  }

  /**
   * Does again what `undo` took back. Returns its label, or null.
   * @returns {string | null}
   */
  redo() {
    return this.#travel(this.history.undone, this.history.done, "Redo: ");
  }

  #travel(from, to, prefix) {
    for (let step = from.pop(); step; step = from.pop()) {
      const { change, notes } = rebase(invert(step.change), null, this.design);
      if (isEmpty(change)) continue; // others left nothing of it to take back
      applyTo(this.design, change);
      const key = this.#enqueue({ change, label: prefix + step.label });
      this.#recent.did(change, this.#now());
      to.push({ change, label: step.label, keys: [key], time: this.#now() });
      this.#tell(touched(change), "undo", notes);
      this.#tellQueue();
      return step.label;
    }
    return null;
  }

  /**
   * Takes in what the server tells. Entries that are known are skipped. Returns false where entries in between are
   * missing, and then does nothing. Throws OutOfStep where the log does not fit.
   * @param {Entry[]} entries
   * @returns {boolean}
   */
  receive(entries) {
    const fresh = entries.filter(({ version }) => version > this.version).sort((a, b) => a.version - b.version);
    if (fresh.some((entry, index) => entry.version !== this.version + 1 + index)) return false;
    const news = fresh.map((entry) => ({ ...entry, change: readChange(entry) }));
    const queued = this.pending.length;
    while (news.length > 0 && this.#isHead(news[0])) {
      this.pending.shift();
      this.version = /** @type {Entry} */ (news.shift()).version;
    }
    if (news.length > 0) this.#takeIn(news);
    if (news.length > 0 || queued !== this.pending.length) this.#tellQueue();
    return true;
  }

  /** Whether an entry is the first pending edit just as it stands here: then nothing has to move. */
  #isHead(entry) {
    const head = this.pending[0];
    return head !== undefined && head.key === entry.key && equal(head.change, entry.change);
  }

  #takeIn(news) {
    const seen = this.#unwind();
    this.#confirmAll(news);
    for (const { change } of news) for (const id of touched(change)) seen.add(id);
    const keys = new Set(news.map((entry) => entry.key));
    const foreign = news.filter((entry) => !entry.mine && !this.#ownKeys.has(entry.key));
    const notes = this.#rewind(this.pending.filter((each) => !keys.has(each.key)), seen);
    notes.push(...this.#recent.losses(foreign, this.design, this.#now()));
    this.history.seal();
    this.#tell(seen, "remote", notes);
  }

  /** Applies entries in order; where one does not fit, everything is put back as it was. */
  #confirmAll(news) {
    const version = this.version;
    let count = 0;
    try {
      for (; count < news.length; count += 1) this.#confirm(news[count]);
    } catch (error) {
      for (const { change } of news.slice(0, count).reverse()) applyTo(this.design, invert(change));
      for (const { change } of this.pending) applyTo(this.design, change);
      this.version = version;
      throw error;
    }
    for (const entry of news) if (entry.mine && !this.#ownKeys.has(entry.key)) this.#adoptStep(entry);
  }

  #confirm(entry) {
    try {
      applyTo(this.design, entry.change);
    } catch (error) {
      throw new OutOfStep(`version ${entry.version} does not fit: ${/** @type {Error} */ (error).message}`);
    }
    this.version = entry.version;
  }

  /** An edit made by a panel of this tab on the server is mine to undo. */
  #adoptStep(entry) {
    this.#ownKeys.add(entry.key);
    this.#recent.did(entry.change, this.#now());
    this.history.push({ change: entry.change, label: entry.label, keys: [entry.key], time: this.#now() });
  }

  /** Takes the pending edits off the design, the last first. */
  #unwind() {
    const seen = new Set();
    for (const each of [...this.pending].reverse()) {
      applyTo(this.design, invert(each.change));
      for (const id of touched(each.change)) seen.add(id);
    }
    return seen;
  }

  /** Puts edits on the design as it is now; what has nothing left is let go. */
  #rewind(edits, seen) {
    const kept = [];
    const notes = [];
    for (const each of edits) {
      const rebased = rebase(each.change, null, this.design);
      notes.push(...rebased.notes);
      if (isEmpty(rebased.change)) continue;
      applyTo(this.design, rebased.change);
      for (const id of touched(rebased.change)) seen.add(id);
      kept.push({ ...each, change: rebased.change });
    }
    this.pending = kept;
    return notes;
  }

  /**
   * The edit may have reached the server: from now on its key means this change and no other.
   * @param {string} key
   */
  markSent(key) {
    const edit = this.pending.find((each) => each.key === key);
    if (!edit || edit.sent) return;
    edit.sent = true;
    this.#tellQueue();
  }

  /**
   * Takes an edit off the design that the server refused. Later edits that stood on it lose what it brought.
   * @param {string} key
   * @returns {boolean} whether it was still pending
   */
  withdraw(key) {
    this.history.forget(key);
    return this.settle(key);
  }

  /**
   * Takes an edit out of the queue that the server has dealt with: it stands in a version that is confirmed here, or
   * nothing was left of it.
   * @param {string} key
   * @returns {boolean} whether it was still pending
   */
  settle(key) {
    if (!this.pending.some((each) => each.key === key)) return false;
    const seen = this.#unwind();
    const notes = this.#rewind(this.pending.filter((each) => each.key !== key), seen);
    this.#tell(seen, "remote", notes);
    this.#tellQueue();
    return true;
  }

  /**
   * Puts edits of an earlier visit, which never reached the server, on top of the design.
   * @param {{key: string, label: string, change: Change, sent?: boolean}[]} edits
   */
  restore(edits) {
    const known = new Set(this.pending.map((each) => each.key));
    const fresh = edits.filter((each) => !known.has(each.key)).map((each) => ({ sent: false, ...each, change: changeFrom(each.change) }));
    if (fresh.length === 0) return;
    const before = this.pending;
    const seen = new Set();
    const notes = this.#rewind(fresh, seen);
    for (const { key, label, change } of this.pending) {
      this.#ownKeys.add(key);
      this.history.push({ change, label, keys: [key], time: this.#now() });
    }
    this.pending = [...before, ...this.pending];
    this.#tell(seen, "local", notes);
    this.#tellQueue();
  }

  /**
   * Starts anew from a design as the server holds it; pending edits are carried over.
   * @param {Iterable<Rec>} records
   * @param {number} version
   */
  reset(records, version) {
    this.design.refill(canonicals(records));
    this.version = version;
    const notes = this.#rewind(this.pending, new Set());
    notes.push(...this.#recent.missing(this.design, this.#now()));
    this.history.seal();
    this.#tell(new Set(this.design.keys()), "reset", notes, true);
    this.#tellQueue();
  }

  #tell(ids, origin, notes = [], all = false) {
    for (const watcher of [...this.#watchers]) watcher({ touched: ids, origin, notes, all });
  }

  #tellQueue() {
    for (const watcher of [...this.#queueWatchers]) watcher();
  }
}

function readChange(entry) {
  try {
    return changeFrom(entry.change);
  } catch (error) {
    throw new OutOfStep(`version ${entry.version} cannot be read: ${/** @type {Error} */ (error).message}`);
  }
}

function* canonicals(records) {
  for (const record of records) yield canonical(record);
}
