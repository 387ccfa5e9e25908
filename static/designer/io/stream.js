/** The live stream of a branch: what others do arrives as it is accepted, and who they are. */

/** How long a page that nobody looks at goes on listening, in milliseconds. */
const LINGER = 30_000;

/**
 * Listens while the page is looked at. Whatever the stream misses, polling brings: it only makes things quicker.
 *
 * @typedef {{onChanges: (entries: import("../doc/types.js").Entry[]) => void, onFar: () => void,
 *   onPresence?: (about: object) => void, onGone?: (client: string) => void, onTalk?: (about: object) => void, onOpen?: () => void}} Listeners
 */
export class Stream {
  #source = null;
  #timer = null;
  #off = [];

  /**
   * @param {{url: string, client: string, version: () => number, window?: any} & Listeners} options `version` is the
   *   one that the page has; `onFar` is called where too much has happened to be sent
   */
  constructor({ url, client, version, window = globalThis, ...listeners }) {
    Object.assign(this, { url, client, version, window, listeners });
  }

  /** Whether what happens now arrives by itself. */
  get isOpen() {
    return this.#source?.readyState === 1;
  }

  /** Begins to listen, and goes on while the page is looked at. */
  attach() {
    const { document } = this.window;
    const look = () => (document.visibilityState === "visible" ? this.open() : this.#linger());
    const leave = () => this.close();
    document.addEventListener("visibilitychange", look);
    this.window.addEventListener("pagehide", leave);
    this.window.addEventListener("pageshow", look);
    this.#off = [
      () => document.removeEventListener("visibilitychange", look),
      () => this.window.removeEventListener("pagehide", leave),
      () => this.window.removeEventListener("pageshow", look),
    ];
    look();
  }

  /** Ends it for good. */
  detach() {
    this.#off.forEach((end) => end());
    this.close();
  }

  open() {
    this.window.clearTimeout(this.#timer);
    if (this.#source !== null && this.#source.readyState !== 2) return;
    const query = new URLSearchParams({ since: String(this.version()), client: this.client });
    const source = new this.window.EventSource(`${this.url}?${query}`);
    const { onChanges, onFar, onPresence, onGone, onTalk, onOpen } = this.listeners;
    source.addEventListener("open", () => onOpen?.());
    source.addEventListener("changes", ({ data }) => onChanges(JSON.parse(data).entries));
    source.addEventListener("far", () => onFar());
    source.addEventListener("presence", ({ data }) => onPresence?.(JSON.parse(data)));
    source.addEventListener("gone", ({ data }) => onGone?.(JSON.parse(data).client));
    source.addEventListener("talk", ({ data }) => onTalk?.(JSON.parse(data)));
    this.#source = source;
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
