/** The past of a branch: what the slider says of its versions, the steps between them, and whole states. */

import { changeFrom, invert } from "../doc/change.js";

/** A step that is too large to be sent; the state after it is asked for instead. */
const TOO_LARGE = null;
/** How many versions a page of steps has; the server gives no more. */
const PAGE = 200;

export class Past {
  #steps = new Map();
  #asked = new Map();

  /** @param {{urls: {past_log: string, past_steps: string, past_records: string}, fetch?: typeof globalThis.fetch}} options */
  constructor({ urls, fetch = globalThis.fetch.bind(globalThis) }) {
    this.urls = urls;
    this.fetch = fetch;
  }

  /** Resolves to `{head, versions: [version, author, label, seconds][], marks: {version, kind, text}[]}`. */
  log() {
    return this.#get(this.urls.past_log, {});
  }

  /** Resolves to all records of the design at a version. */
  records(version) {
    return this.#get(this.urls.past_records, { version });
  }

  /** The change that made a version; null where it is too large to be sent, undefined where it is not here. */
  step(version) {
    return this.#steps.get(version);
  }

  /**
   * The changes that lead from one version to another, in order; null where one of them is not here.
   * @returns {object[] | null}
   */
  path(from, to) {
    const found = [];
    for (let at = from; at !== to; at += to > from ? 1 : -1) {
      const step = this.#steps.get(to > from ? at + 1 : at);
      if (!step) return null;
      found.push(to > from ? step : invert(step));
    }
    return found;
  }

  /** Whether a step that cannot be sent lies between two versions. */
  blocked(from, to) {
    for (let at = Math.min(from, to) + 1; at <= Math.max(from, to); at += 1) {
      if (this.#steps.get(at) === TOO_LARGE) return true;
    }
    return false;
  }

  /** Brings the steps from `first` to `last` that are not here yet, the newest page first. Resolves when all are. */
  async need(first, last) {
    for (let end = last; end >= first; end -= 1) {
      if (this.#steps.has(end)) continue;
      let start = end;
      while (start > first && end - start < PAGE - 1 && !this.#steps.has(start - 1)) start -= 1;
      await this.#page(start, end);
    }
  }

  async #page(first, last) {
    const key = `${first}-${last}`;
    if (!this.#asked.has(key)) this.#asked.set(key, this.#fill(first, last).finally(() => this.#asked.delete(key)));
    return this.#asked.get(key);
  }

  /** A page may end early where it is full; then the rest is asked for. */
  async #fill(first, last) {
    for (let at = first; at <= last;) {
      const steps = await this.#get(this.urls.past_steps, { first: at, last });
      for (const { version, change } of steps) {
        this.#steps.set(version, change === null ? TOO_LARGE : changeFrom(change));
        at = version + 1;
      }
      if (steps.length === 0) throw new Error("the server gave no step");
    }
  }

  async #get(url, query) {
    const response = await this.fetch(`${url}?${new URLSearchParams(query)}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return response.json();
  }
}
