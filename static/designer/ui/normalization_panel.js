/**
 * The panel of the workbench. The server draws it for one table and draws it anew after each answer; what stood open, where
 * somebody was and how far he had scrolled is kept here.
 */

import { element } from "./dom.js";

/** How long after an edit the panel is drawn anew, in milliseconds. */
const SOON = 250;
const FIELDS = "button:not([disabled]), input, select, textarea";

export class NormalizationPanel {
  /**
   * @param {object} page
   * @param {{preview: object, closed: () => void, resized: () => void, go: (id: string) => void, address: (id: string) => string}} options
   */
  constructor(page, options) {
    Object.assign(this, { page, options });
    this.subject = null;
    this.version = -1;
    this.unfolded = new Map();
    this.panel = element("section", "norm-panel", "");
    this.panel.id = "normalization";
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("aria-label", "Normalisation");
    page.stage.append(this.panel);
    this.listen();
  }

  listen() {
    const { panel } = this;
    panel.addEventListener("keydown", (event) => this.onKey(event));
    panel.addEventListener("click", (event) => this.onClick(event));
    panel.addEventListener("toggle", ({ target }) => target.dataset?.fold && this.unfolded.set(target.dataset.fold, target.open), true);
    panel.addEventListener("input", ({ target }) => target.closest("[data-pick]") && showPicked(target.closest("[data-pick]")));
    panel.addEventListener("htmx:beforeRequest", () => this.hold());
    panel.addEventListener("htmx:configRequest", ({ detail }) => this.keepWatching(detail));
    panel.addEventListener("htmx:afterSwap", () => this.drawn());
    panel.addEventListener("htmx:responseError", ({ detail }) => this.refused(detail.xhr.status));
    panel.addEventListener("htmx:sendError", () => this.refused(0));
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  /** Shows a table; the focus goes to its heading, unless the panel only follows somebody. */
  async show(id, takesFocus = true) {
    const fresh = id !== this.subject || !this.open;
    this.subject = id;
    this.panel.hidden = false;
    if (fresh) {
      this.options.preview.leave();
      this.unfolded.clear();
      this.panel.replaceChildren(waiting(() => this.hide()));
      takesFocus && this.panel.focus({ preventScroll: true });
    }
    await this.load(fresh, takesFocus);
  }

  async load(fresh, takesFocus = fresh) {
    this.hold();
    this.panel.setAttribute("aria-busy", "true");
    this.fresh = fresh;
    this.takesFocus = takesFocus;
    try {
      await this.page.sync.flush();
      await globalThis.htmx.ajax("GET", this.options.address(this.subject), { target: this.panel, source: this.panel, swap: "innerHTML" });
    } catch {
      this.refused(0);
    } finally {
      this.panel.removeAttribute("aria-busy");
    }
  }

  /** Follows the selection while the panel is open and nobody works in it. */
  follow(id) {
    if (this.open && id && id !== this.subject && !this.panel.contains(document.activeElement)) {
      void this.show(id, false);
    }
  }

  /** The design was edited; what was drawn for that version stays, unless it `must` go: a fix of another version. */
  touched(must) {
    clearTimeout(this.timer);
    if (this.open && !this.page.store.design.has(this.subject)) {
      this.hide();
    } else if (this.open && !this.isCurrent()) {
      this.timer = setTimeout(() => this.open && !this.isCurrent() && (must || !this.isTypedIn()) && void this.load(false), SOON);
    }
  }

  isCurrent() {
    const { store } = this.page;
    return store.pending.length === 0 && store.version === this.version;
  }

  isTypedIn() {
    const at = document.activeElement;
    return this.panel.contains(at) && at.matches("input:not([type=checkbox]), textarea") && at.value !== "";
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.subject = null;
      this.options.closed();
    }
  }

  /** A job that reads rows goes on being shown, whatever else is asked meanwhile. */
  keepWatching({ parameters }) {
    const watched = this.panel.querySelector("[data-job]")?.dataset.job;
    if (watched && !parameters.stop && !parameters.job) {
      parameters.watched = watched;
    }
  }

  // What is kept when it is drawn anew

  hold() {
    const at = document.activeElement;
    this.held = this.panel.contains(at) ? at.id || "" : null;
    this.scrolled = this.panel.scrollTop;
  }

  drawn() {
    const root = this.panel.querySelector("[data-version]");
    this.version = Number(root?.dataset.version ?? -1);
    if (root && root.dataset.subject !== this.subject) {
      void this.load(true, this.takesFocus); // somebody went on to another table meanwhile
      return;
    }
    for (const part of this.panel.querySelectorAll("details[data-fold]")) {
      part.open = this.unfolded.get(part.dataset.fold) ?? part.open;
    }
    this.panel.querySelectorAll("[data-pick]").forEach(showPicked);
    const preview = this.panel.querySelector("[data-change]");
    const opened = preview !== null && this.options.preview.shown === null;
    this.options.resized();
    this.options.preview.drawn(preview);
    this.panel.scrollTop = this.fresh || preview ? 0 : this.scrolled;
    opened ? this.panel.querySelector("#norm-preview-title").focus({ preventScroll: true }) : this.giveFocus();
    this.fresh = this.takesFocus = false;
  }

  /** The focus stays where it was; where that is gone, it goes on to what is asked next. */
  giveFocus() {
    if (this.held === null && !this.takesFocus) {
      return;
    }
    const same = this.held ? document.getElementById(this.held) : null;
    const wrong = this.panel.querySelector("[aria-invalid]");
    const square = this.held?.startsWith("m-") ? this.panel.querySelector(".norm-cell-buttons button") : null;
    const next = wrong ?? same ?? square ?? this.panel.querySelector("[data-next]") ?? this.panel.querySelector("h2");
    next?.focus({ preventScroll: Boolean(same) || this.fresh });
  }

  /** The table may be gone: then there is nothing to show. What was shown before stays; the page says what went wrong. */
  refused(status) {
    if (status === 404) {
      this.hide();
    } else if (this.fresh) {
      this.panel.replaceChildren(failed(() => void this.load(true), () => this.hide()));
      this.panel.querySelector(".norm-body button").focus();
    }
  }

  // Keys and buttons

  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape") {
      this.options.preview.shown ? this.panel.querySelector("[data-leave]")?.click() : this.hide();
    }
  }

  onClick({ target }) {
    const button = target.closest("button");
    if (button?.matches("[data-hide]")) {
      this.hide();
    } else if (button?.dataset.leave !== undefined) {
      this.leavePreview();
    } else if (button?.dataset.go) {
      this.options.go(button.dataset.go);
    } else if (button?.dataset.open) {
      const part = document.getElementById(button.dataset.open);
      part.open = true;
      part.querySelector(FIELDS)?.focus();
    }
  }

  leavePreview() {
    this.options.preview.leave();
    const place = this.panel.querySelector("#norm-preview");
    const back = document.getElementById(place?.firstElementChild?.dataset.from ?? "") ?? this.panel.querySelector("h2");
    place?.replaceChildren();
    this.options.resized();
    back?.focus();
  }
}

/** The two sides that were picked, as a dependency: `zip → city`. */
function showPicked(form) {
  const names = (side) => [...form.querySelectorAll(`input[name=${side}]:checked`)].map(({ dataset }) => dataset.name).join(", ");
  const [left, right] = [names("left"), names("right")];
  const place = form.querySelector("[data-picked]");
  if (place) {
    place.textContent = right ? `${left || "nothing"} → ${right}` : "";
  }
}

function head(hide) {
  const row = element("header", "norm-head", "");
  const close = element("button", "norm-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Close the normalisation");
  close.addEventListener("click", hide);
  row.append(element("h2", "", "Normalisation"), close);
  return row;
}

function waiting(hide) {
  const part = element("div", "", "");
  const words = element("p", "norm-quiet", "Looking…");
  words.setAttribute("role", "status");
  part.append(head(hide), words);
  return part;
}

function failed(again, hide) {
  const part = element("div", "", "");
  const body = element("div", "norm-body", "");
  const words = element("p", "message danger", "The server could not say how this table stands.");
  words.setAttribute("role", "alert");
  const button = element("button", "button compact", "Try again");
  button.type = "button";
  button.addEventListener("click", again);
  body.append(words, button);
  part.append(head(hide), body);
  return part;
}
