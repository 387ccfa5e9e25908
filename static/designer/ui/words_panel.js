/**
 * The panel of words: terms, rules, access patterns and domains. The server draws it, and draws it anew after each edit; which
 * entries stand open, where somebody was and how far he had scrolled is kept here.
 */

import { element } from "./dom.js";

const SOON = 250;
const LISTED = 3;
const AGAIN = "X-Drawn-Again";

export class WordsPanel {
  /**
   * @param {object} page
   * @param {{closed: () => void, go: (id: string) => void, selected: () => {id: string, name: string}[], model: () => string | null}} options
   */
  constructor(page, options) {
    Object.assign(this, { page, options });
    this.unfolded = new Map();
    this.panel = element("section", "words-panel", "");
    this.panel.id = "words";
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("aria-label", "Words");
    this.panel.setAttribute("hx-target", "#words");
    page.stage.append(this.panel);
    this.listen();
  }

  listen() {
    const { panel } = this;
    panel.addEventListener("keydown", (event) => {
      event.stopPropagation();
      event.key === "Escape" && this.hide();
    });
    panel.addEventListener("click", ({ target }) => this.onClick(target.closest("button")));
    panel.addEventListener("toggle", ({ target }) => target.dataset?.fold && this.unfolded.set(target.dataset.fold, target.open), true);
    panel.addEventListener("htmx:beforeRequest", () => this.hold());
    panel.addEventListener("htmx:afterSwap", () => this.drawn());
    panel.addEventListener("htmx:beforeSwap", ({ detail }) => {
      // A refused edit comes back with the form and the sentence; what somebody began to type is worth more than what is new.
      detail.shouldSwap = (detail.shouldSwap || detail.xhr.status === 422) && !(detail.requestConfig?.headers[AGAIN] && this.isTypedIn());
    });
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  /** Shows a family of words, or the one word with an id. */
  async show({ tab = this.tab ?? "term", id = "" } = {}) {
    const fresh = !this.open;
    this.panel.hidden = false;
    this.fresh = true;
    id && this.unfolded.set(id, true);
    if (fresh) {
      this.panel.replaceChildren(element("p", "words-none", "Looking…"));
      this.panel.focus({ preventScroll: true });
    }
    await this.load({ tab, ...(id ? { open: id } : {}) });
    id && document.getElementById(`word-${id}-head`)?.focus();
  }

  async load(given, headers = {}) {
    this.hold();
    const address = `${this.page.boot.urls.words}?${new URLSearchParams({ ...given, model: this.options.model() ?? "" })}`;
    await this.page.sync.flush().catch(() => undefined);
    await globalThis.htmx?.ajax("GET", address, { target: this.panel, source: this.panel, swap: "innerHTML", headers }).catch(() => undefined);
  }

  /** Draws what others changed, unless somebody types here. */
  touched() {
    clearTimeout(this.timer);
    if (this.open) {
      this.timer = setTimeout(() => this.open && !this.isCurrent() && !this.isTypedIn() && void this.again(), SOON);
    }
  }

  again() {
    return this.load({ tab: this.tab, q: this.query }, { [AGAIN]: "true" });
  }

  isCurrent() {
    const { store } = this.page;
    return store.pending.length === 0 && store.version === this.version;
  }

  isTypedIn() {
    const at = document.activeElement;
    return this.panel.contains(at) && at.matches("input:not([type=checkbox]), textarea, select");
  }

  get query() {
    return this.panel.querySelector("#words-q")?.value ?? "";
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.options.closed();
    }
  }

  hold() {
    const at = document.activeElement;
    this.held = this.panel.contains(at) ? { id: at.id, caret: at.matches("input, textarea") ? at.selectionStart : null } : null;
    this.scrolled = this.panel.scrollTop;
  }

  drawn() {
    const root = this.panel.querySelector("[data-words-panel]");
    this.tab = root?.dataset.tab ?? this.tab;
    this.version = Number(root?.dataset.version ?? -1);
    for (const part of this.panel.querySelectorAll("details[data-fold]")) {
      part.open = part.open || (this.unfolded.get(part.dataset.fold) ?? false);
    }
    this.panel.scrollTop = this.fresh ? 0 : this.scrolled;
    this.fresh = false;
    this.follow();
    this.giveFocus();
  }

  giveFocus() {
    if (!this.held) {
      return;
    }
    const same = this.held.id ? document.getElementById(this.held.id) : null;
    const wrong = this.panel.querySelector("[aria-invalid]");
    (wrong ?? same ?? this.panel.querySelector("h2"))?.focus({ preventScroll: true });
    if (same?.matches("input[type=search]") && this.held.caret !== null) {
      same.setSelectionRange(this.held.caret, this.held.caret);
    }
  }

  /** Says what is selected on the diagram, as that can be linked. */
  follow() {
    if (!this.open) {
      return;
    }
    const chosen = this.options.selected();
    this.panel.querySelectorAll("[data-elements]").forEach((input) => { input.value = chosen.map(({ id }) => id).join(); });
    this.panel.querySelectorAll("[data-link]").forEach((button) => { button.disabled = chosen.length === 0; });
    const names = chosen.slice(0, LISTED).map(({ name }) => name).join(", ") + (chosen.length > LISTED ? " …" : "");
    for (const place of this.panel.querySelectorAll("[data-selected]")) {
      place.textContent = chosen.length > 0 ? `${place.dataset.some} ${names}` : place.dataset.none;
    }
  }

  onClick(button) {
    if (button?.matches("[data-hide]")) {
      this.hide();
    } else if (button?.dataset.reach) {
      this.options.go(button.dataset.reach);
    }
  }
}
