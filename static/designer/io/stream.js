/** The live stream of a branch: what others do arrives as it is accepted, and who they are. */

import { backoff } from "./backoff.js";

/** How long a page that nobody looks at goes on listening, in milliseconds. */
const LINGER = 30_000;
/** The server gives a sign of life every 12 s; a line that is silent for longer was cut without a word, as by sleep. */
const SILENCE = 40_000;
const LOOK_EVERY = 5_000;
const CLOSED = 2;

/**
 * Listens while the page is looked at. Whatever the stream misses, polling brings: it only makes things quicker.
 *
 * @typedef {{onChanges: (entries: import("../doc/types.js").Entry[]) => void, onFar: () => void, onLost?: () => void,
 *   onPeople?: (people: object[], all: boolean) => void, onTalk?: (about: object) => void, onOpen?: () => void}} Listeners
 */
export class Stream {
  #source = null;
  #timer = null;
  #heard = 0;
  #failures = 0;
  #retryAt = 0;
  #off = [];

  /**
   * @param {{url: string, client: string, version: () => number, window?: any, now?: () => number} & Listeners} options
   *   `version` is the one that the page has; `onFar` is called where too much has happened to be sent, `onLost` where the
   *   server would not let the page listen
   */
  constructor({ url, client, version, window = globalThis, now = Date.now, ...listeners }) {
    Object.assign(this, { url, client, version, window, now, listeners });
    /** By this the server knows whose words come, without asking who it is each time. */
    this.token = "";
  }

  /** Whether what happens now arrives by itself. */
  get isOpen() {
    return this.#source?.readyState === 1 && this.now() - this.#heard < SILENCE;
  }

  /** Begins to listen, and goes on while the page is looked at. */
  attach() {
    const { document } = this.window;
    const look = () => (document.visibilityState === "visible" ? this.open() : this.#linger());
    const again = () => { this.#retryAt = 0; look(); };
    const leave = () => this.close();
    this.#off = [
      listen(document, "visibilitychange", again), listen(this.window, "pagehide", leave),
      listen(this.window, "pageshow", again), listen(this.window, "online", again),
    ];
    const timer = this.window.setInterval(() => { if (document.visibilityState === "visible") this.open(); }, LOOK_EVERY);
    this.#off.push(() => this.window.clearInterval(timer));
    look();
  }

  /** Ends it for good. */
  detach() {
    this.#off.forEach((end) => end());
    this.close();
  }

  /** Listens, anew where the line is dead. */
  open() {
    this.window.clearTimeout(this.#timer);
    const state = this.#source?.readyState ?? CLOSED;
    if (state !== CLOSED && this.now() - this.#heard < SILENCE) return;
    if (this.now() < this.#retryAt) return;
    this.#source?.close();
    this.#listenAnew();
  }

  #listenAnew() {
    const query = new URLSearchParams({ since: String(this.version()), client: this.client });
    const source = new this.window.EventSource(`${this.url}?${query}`);
    const { onChanges, onFar, onPeople, onTalk, onOpen } = this.listeners;
    const on = (name, act) => source.addEventListener(name, ({ data }) => {
      this.#heard = this.now();
      act(data === undefined ? null : JSON.parse(data));
    });
    this.#heard = this.now();
    on("open", () => { this.#failures = 0; onOpen?.(); });
    on("here", () => {});
    on("hello", ({ token }) => { this.token = token; });
    on("changes", ({ entries }) => onChanges(entries));
    on("far", () => onFar());
    on("everybody", (people) => onPeople?.(people, true));
    on("people", (people) => onPeople?.(people, false));
    on("talk", (about) => onTalk?.(about));
    source.addEventListener("error", () => this.#failed(source));
    this.#source = source;
  }

  /** The browser tries again by itself where the line was cut, but not where the server answered something else. */
  #failed(source) {
    if (source !== this.#source || source.readyState !== CLOSED) return;
    this.#failures += 1;
    this.#retryAt = this.now() + backoff(this.#failures);
    if (this.#failures === 1) this.listeners.onLost?.();
  }

  #linger() {
    this.window.clearTimeout(this.#timer);
    this.#timer = this.window.setTimeout(() => this.close(), LINGER);
  }

  close() {
    this.window.clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}

function listen(target, name, act) {
  target.addEventListener(name, act);
  return () => target.removeEventListener(name, act);
}
