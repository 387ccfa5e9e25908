/** A world for sync to live in: a clock that tests turn, a server, and a network that loses, doubles and delays. */

import { applyTo, changeFrom, isEmpty } from "../../../static/designer/doc/change.js";
import { Design } from "../../../static/designer/doc/design.js";
import { rebase } from "../../../static/designer/doc/rebase.js";

/** Time that passes only when a test lets it. */
export class Clock {
  constructor() {
    this.time = 0;
    this.serial = 0;
    this.queue = [];
    this.setTimeout = (act, wait = 0) => {
      this.serial += 1;
      this.queue.push({ id: this.serial, at: this.time + wait, act });
      return this.serial;
    };
    this.clearTimeout = (id) => { this.queue = this.queue.filter((each) => each.id !== id); };
    this.now = () => this.time;
  }

  sleep(wait) {
    return new Promise((resolve) => { this.setTimeout(resolve, wait); });
  }

  /** Lets `span` milliseconds pass, with everything that happens in them. */
  async pass(span) {
    const end = this.time + span;
    await breathe();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.queue.splice(this.queue.indexOf(next), 1);
      this.time = Math.max(this.time, next.at);
      next.act();
      await breathe();
    }
    this.time = end;
  }

  #next(end) {
    return this.queue.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.id - b.id)[0];
  }
}

/** Lets all promises that can go on do so. */
export const breathe = () => new Promise((resolve) => { setImmediate(resolve); });

/** The server's side of the HTTP API: a log, one sequencer, and keys that make an edit count once. */
export class Server {
  constructor(records) {
    this.base = [...records];
    this.design = new Design(records);
    this.log = [];
    this.answers = new Map();
    this.up = true;
    this.refuse = () => null;
  }

  get version() {
    return this.log.length;
  }

  load() {
    return { branch: "main", version: this.version, name: "shop", records: [...this.design.values()], can_edit: true };
  }

  since(version) {
    return { version: this.version, entries: this.log.slice(version) };
  }

  post({ base, key, label, change }) {
    if (!this.answers.has(key)) this.answers.set(key, this.#accept({ base, key, label, change: changeFrom(change) }));
    const { accepted, notes } = this.answers.get(key);
    return { version: this.version, accepted, entries: this.log.slice(base), notes };
  }

  #accept({ key, label, change }) {
    const rebased = rebase(change, null, this.design);
    if (isEmpty(rebased.change)) return { accepted: null, notes: rebased.notes };
    applyTo(this.design, rebased.change);
    this.log.push({ version: this.version + 1, key, author: "someone", label, time: "", change: rebased.change });
    return { accepted: this.version, notes: rebased.notes };
  }
}

/** A network between one client and the server, with `faults`: shares from 0 to 1 of what goes wrong. */
export function network({ clock, server, random, faults = {} }) {
  const { doubled = 0, delay = 20 } = faults;
  const line = { calls: [], cut: false };
  const trip = () => clock.sleep(1 + random() * delay);
  const ask = async (name, input, act) => {
    line.calls.push([name, input]);
    await trip();
    if (line.cut || !server.up || random() < (faults.lost ?? 0)) return { outcome: "away" };
    const refusal = name === "post" ? server.refuse(input) : null;
    if (refusal) return { outcome: "refused", ...refusal };
    let data = copy(act());
    if (random() < doubled) data = copy(act());
    await trip();
    if (line.cut || !server.up || random() < (faults.answerLost ?? 0)) return { outcome: "away" };
    return { outcome: "ok", data };
  };
  const transport = {
    load: () => ask("load", null, () => server.load()),
    since: (version) => ask("since", version, () => server.since(version)),
    post: (edit) => ask("post", edit, () => server.post(copy(edit))),
  };
  return { transport, line };
}

const copy = (value) => JSON.parse(JSON.stringify(value));

/** Local storage for tests; `limit` is how many letters fit. */
export class Storage {
  constructor(limit = Infinity) {
    this.items = new Map();
    this.limit = limit;
  }

  get length() {
    return this.items.size;
  }

  key(at) {
    return [...this.items.keys()][at] ?? null;
  }

  getItem(key) {
    return this.items.get(key) ?? null;
  }

  setItem(key, value) {
    if (value.length > this.limit) throw new Error("QuotaExceededError");
    this.items.set(key, String(value));
  }

  removeItem(key) {
    this.items.delete(key);
  }
}
