/** Keeps the document of the page and the branch on the server together. */

/** @import { Note } from "../doc/types.js" */
/** @import { Answer, Transport } from "./transport.js" */
import { DocumentStore, OutOfStep } from "../doc/store.js";
import { backoff } from "./backoff.js";
import { Outbox } from "./outbox.js";

/**
 * How things stand, for the banner. `offline`: `waiting` edits will be sent when the server is back. `refused`: the
 * server lets nothing through; `reason` is signed-out, forbidden or gone, `message` its sentence.
 * @typedef {{name: "saved" | "saving" | "offline" | "refused", waiting: number, reason?: string, message?: string}} State
 *
 * @typedef {{setTimeout(act: () => void, wait: number): any, clearTimeout(timer: any): void}} Timers
 */

/** For how long the same note is not told again, in milliseconds: the page and the server may both find it. */
const TOLD_ONCE = 10_000;
/** So many polls without an answer mean that the server is away; one may be a hiccup. */
const LOST = 2;
const REASONS = { 401: "signed-out", 403: "forbidden", 404: "gone", 410: "gone" };

/**
 * Posts pending edits in order, one at a time, each under its own key: an answer that was lost is asked for again
 * without the edit being written twice. Edits leave the queue only when the server has answered.
 */
export class Sync {
  #store;
  #transport;
  #outbox;
  #timers;
  #random;
  #watchers = new Set();
  /** @type {Promise<void> | null} */ #draining = null;
  #stopped = false;
  #failures = 0;
  #retry = null;
  /** @type {Promise<boolean> | null} */ #pulling = null;
  #missed = 0;
  #again = null;
  #missing = 0;
  /** Keys of edits that were refused once. */
  #doubted = new Set();
  /** @type {State | null} */ #blocked = null;
  #unwatch;
  #told = new Map();

  /**
   * @param {{
   *   store: DocumentStore, transport: Transport, outbox?: Outbox | null, timers?: Timers, random?: () => number,
   *   onNotes?: (notes: Note[]) => void, onRefused?: (refusal: {label: string, message: string}) => void,
   * }} options `onNotes` tells what became of my edits where they met those of others; `onRefused` that an edit was
   *   taken back because the server cannot accept it
   */
  constructor({ store, transport, outbox = null, timers = globalThis, random = Math.random, onNotes, onRefused }) {
    this.#store = store;
    this.#transport = transport;
    this.#outbox = outbox;
    this.#timers = { setTimeout: timers.setTimeout.bind(timers), clearTimeout: timers.clearTimeout.bind(timers) };
    this.#random = random;
    this.onNotes = onNotes ?? (() => {});
    this.onRefused = onRefused ?? (() => {});
    /** @type {State} */
    this.state = { name: "saved", waiting: 0 };
    this.#unwatch = [
      store.watchQueue(() => this.#queueChanged()),
      store.subscribe(({ notes }) => { this.#tell(notes); }),
    ];
  }

  /**
   * Calls `watcher` whenever the state changes, and once now.
   * @param {(state: State) => void} watcher
   * @returns {() => void} ends it
   */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.state);
    return () => this.#watchers.delete(watcher);
  }

  /** Brings back edits of tabs that are gone, and sends what is pending. Call once when the design is loaded, and then now and again. */
  start() {
    this.adopt();
    this.#drain();
  }

  /** Takes over the edits that tabs which are gone have left behind. */
  adopt() {
    if (!this.#outbox) return;
    const { edits, done } = this.#outbox.adopt();
    if (edits.length === 0) return done();
    for (const edit of edits) this.#restore(edit);
    this.#outbox.save(this.#store.pending);
    if (this.#outbox.safe) done();
  }

  #restore(edit) {
    try {
      this.#store.restore([edit]);
    } catch {
      this.onRefused({ label: String(edit?.label ?? ""), message: "This edit from an earlier visit cannot be read any more." });
    }
  }

  /** Ends all work; what is pending stays in the outbox for the next visit. */
  stop() {
    this.#stopped = true;
    this.#timers.clearTimeout(this.#retry);
    this.#timers.clearTimeout(this.#again);
    this.#unwatch.forEach((end) => end());
  }

  /** Whether leaving the page now would lose an edit. */
  get unsafeToLeave() {
    return this.#store.pending.length > 0 && !(this.#outbox?.safe ?? false);
  }

  #queueChanged() {
    this.#outbox?.save(this.#store.pending);
    this.#show();
    this.#drain();
  }

  /** Tries at once again, for when the network is back or a person asks. */
  retryNow() {
    this.#blocked = null;
    this.#timers.clearTimeout(this.#retry);
    this.#retry = null;
    this.#show();
    return this.#drain();
  }

  #mayPost() {
    return this.#store.pending.length > 0 && this.#retry === null && !this.#blocked && !this.#stopped;
  }

  /** Posts until nothing is pending or the server does not take it. */
  #drain() {
    if (this.#draining === null && this.#mayPost()) {
      // Posting starts in a later turn: it touches the queue, which would call this again.
      this.#draining = Promise.resolve().then(() => this.#postAll()).finally(() => {
        this.#draining = null;
        this.#show();
        this.#drain(); // an edit may have come after the last look at the queue
      });
    }
    return this.#draining ?? Promise.resolve();
  }

  async #postAll() {
    try {
      while (this.#mayPost()) {
        this.#show();
        await this.#postFirst();
      }
    } catch (error) {
      this.#away();
      globalThis.reportError?.(error);
    }
  }

  async #postFirst() {
    const { key } = this.#store.pending[0];
    this.#store.markSent(key);
    const { label, change } = this.#store.pending[0];
    const answer = await this.#transport.post({ base: this.#store.version, key, label, change });
    if (this.#stopped) return;
    if (answer.outcome === "ok") await this.#accepted(key, answer.data);
    else if (answer.outcome === "away") this.#away(answer.wait);
    else await this.#refused(key, label, answer);
  }

  async #accepted(key, reply) {
    this.#failures = 0;
    const accepted = reply.accepted ?? 0;
    // With entries missing in between, the edit stays pending until a pull has brought it.
    if ((!this.#receive(reply.entries ?? []) || accepted > this.#store.version) && !(await this.pull(accepted || Infinity))) {
      this.#away();
      return;
    }
    this.#store.settle(key);
    this.#tell(reply.notes ?? []);
  }

  #tell(notes) {
    const now = Date.now();
    for (const [words, time] of this.#told) if (now - time > TOLD_ONCE) this.#told.delete(words);
    const fresh = notes.filter(({ about, message }) => !this.#told.has(`${about} ${message}`));
    for (const { about, message } of fresh) this.#told.set(`${about} ${message}`, now);
    if (fresh.length > 0) this.onNotes(fresh);
  }

  /**
   * Takes in what the stream brought; where something is missing before it, a pull brings that.
   * @param {import("../doc/types.js").Entry[]} entries
   */
  take(entries) {
    this.#heard({ outcome: "ok" });
    if (!this.#receive(entries)) this.pull();
  }

  /** Takes entries in. Returns false where some are missing or do not fit. */
  #receive(entries) {
    try {
      return this.#store.receive(entries);
    } catch (error) {
      if (error instanceof OutOfStep) return false;
      throw error;
    }
  }

  #away(wait) {
    this.#failures += 1;
    this.#timers.clearTimeout(this.#retry);
    this.#retry = this.#timers.setTimeout(() => {
      this.#retry = null;
      this.#drain();
    }, wait ?? backoff(this.#failures, this.#random));
    this.#show();
  }

  async #refused(key, label, { status, error }) {
    if (this.#block(status, error)) return;
    if (!this.#doubted.has(key)) {
      // Perhaps it is not the edit that is wrong but what this page believes the design to be.
      if (await this.#reload()) this.#doubted.add(key);
      else this.#away();
      return;
    }
    this.#store.withdraw(key);
    this.onRefused({ label, message: error });
  }

  /** Stops posting where the server refuses the person and not the edit. Returns whether it does. */
  #block(status, message) {
    if (!Object.hasOwn(REASONS, status)) return false;
    this.#blocked = { name: "refused", waiting: 0, reason: REASONS[status], message };
    this.#show();
    return true;
  }

  /**
   * Brings what others did, up to `version` or whatever there is. Resolves to whether it came through.
   * @param {number} [version]
   * @returns {Promise<boolean>}
   */
  async pull(version = Infinity) {
    while (this.#pulling) {
      await this.#pulling;
      if (this.#store.version >= version) return true;
    }
    if (this.#store.version >= version) return true;
    const came = await this.#catchUp();
    if (!came && Number.isFinite(version)) this.#pullLater(version);
    return came;
  }

  /** What is known to be there is asked for again and again; the next poll may be half a minute away. */
  #pullLater(version) {
    this.#timers.clearTimeout(this.#again);
    this.#missing = Math.max(this.#missing, version);
    this.#again = this.#timers.setTimeout(() => {
      if (!this.#stopped && this.#store.version < this.#missing) this.pull(this.#missing);
    }, backoff(this.#missed + 1, this.#random));
  }

  #catchUp() {
    this.#pulling ??= this.#pullOnce().finally(() => { this.#pulling = null; });
    return this.#pulling;
  }

  async #pullOnce() {
    const from = this.#store.version;
    const answer = await this.#transport.since(from);
    if (this.#stopped) return false;
    this.#heard(answer);
    if (answer.outcome !== "ok") return false;
    if (answer.data.far) return this.#reload();
    // A version below ours: the server was set back to an older copy.
    if (answer.data.version >= from && this.#receive(answer.data.entries ?? [])) return true;
    return this.#reload();
  }

  /** Notes whether the server answers, and goes on posting when it does again. */
  #heard(answer) {
    if (answer.outcome === "refused") this.#block(answer.status, answer.error);
    this.#missed = answer.outcome === "away" ? this.#missed + 1 : 0;
    if (answer.outcome === "ok") {
      if (this.#blocked && this.#blocked.reason !== "forbidden") this.retryNow();
      else if (this.#retry !== null) this.retryNow();
    }
    this.#show();
  }

  /** What is here and the log of the server do not fit together; start from the design as the server holds it. */
  async #reload() {
    const answer = await this.#transport.load();
    if (this.#stopped || answer.outcome !== "ok") return false;
    this.#store.reset(answer.data.records, answer.data.version);
    return true;
  }

  /** Lets go of everything that is pending: it was brought elsewhere, or is not wanted any more. */
  letGo() {
    for (const { key } of [...this.#store.pending].reverse()) this.#store.withdraw(key);
    this.retryNow();
  }

  /**
   * Sends what is pending. Resolves to true when the server has it all, to false when it cannot be reached or refuses.
   * @returns {Promise<boolean>}
   */
  async flush() {
    if (this.#retry !== null) this.retryNow();
    while (this.#mayPost()) await this.#drain();
    return this.#store.pending.length === 0;
  }

  #show() {
    const next = this.#stateNow();
    const old = this.state;
    if (next.name === old.name && next.waiting === old.waiting && next.message === old.message) return;
    this.state = next;
    for (const watcher of [...this.#watchers]) watcher(next);
  }

  /** @returns {State} */
  #stateNow() {
    const waiting = this.#store.pending.length;
    if (this.#blocked) return { ...this.#blocked, waiting };
    if (waiting === 0) return { name: this.#missed >= LOST ? "offline" : "saved", waiting };
    return { name: this.#retry !== null || this.#failures > 0 ? "offline" : "saving", waiting };
  }
}
