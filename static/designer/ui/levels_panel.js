/**
 * The panel of levels. The server draws it: the models by level, the form that derives one, what an update brings. What it
 * would do is fetched beside it and shown on the canvas; what stood open and where somebody was is kept here.
 */

import { element } from "./dom.js";

/** How long after an edit the panel is drawn anew, in milliseconds. */
const SOON = 300;
/** An answer that takes longer is waited for with words. */
const PATIENCE = 350;
const LOST = "The server could not be reached. What you chose stands here still; try again.";

export class LevelsPanel {
  /**
   * @param {object} page
   * @param {{preview: object, closed: () => void, resized: () => void, made: (diagram: string, version: number) => void, go: (id: string) => void}} options
   */
  constructor(page, options) {
    Object.assign(this, { page, options });
    this.version = -1;
    this.wanted = null; // the diagram to show as soon as there is a picture
    this.unfolded = new Map();
    this.panel = element("section", "levels-panel", "");
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("aria-label", "Levels");
    this.body = element("div", "", "");
    this.body.id = "levels";
    this.waiting = element("p", "levels-waiting", "");
    this.waiting.setAttribute("role", "status");
    this.panel.append(this.body, this.waiting);
    page.stage.append(this.panel);
    this.listen();
  }

  listen() {
    const { panel } = this;
    panel.addEventListener("keydown", (event) => this.onKey(event));
    panel.addEventListener("click", (event) => this.onClick(event));
    panel.addEventListener("toggle", ({ target }) => target.dataset?.fold && this.unfolded.set(target.dataset.fold, target.open), true);
    panel.addEventListener("htmx:configRequest", ({ detail }) => {
      detail.parameters.shown = this.page.scene.diagram?.id ?? "";
    });
    panel.addEventListener("htmx:beforeRequest", () => this.wait("Working it out…"));
    panel.addEventListener("htmx:afterRequest", () => this.wait(""));
    panel.addEventListener("htmx:afterSwap", () => this.drawn());
    panel.addEventListener("htmx:responseError", ({ detail }) => this.failed(detail.xhr.status));
    panel.addEventListener("htmx:sendError", () => this.failed(0));
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  /** What is drawn: `overview`, `derive`, `preview`, `update`, `settings` or `adopt`. */
  get view() {
    return this.root?.dataset.view ?? "";
  }

  /** Opens the panel at an address of the server. */
  async show(address) {
    const fresh = !this.open;
    this.panel.hidden = false;
    this.address = address;
    this.fresh = true;
    if (fresh) {
      this.unfolded.clear();
      this.body.replaceChildren(head(() => this.hide()));
      this.panel.focus({ preventScroll: true });
    }
    this.hold();
    try {
      await this.page.sync.flush();
      await globalThis.htmx.ajax("GET", address, { target: this.body, source: this.body, swap: "innerHTML" });
    } catch {
      this.failed(0);
    }
  }

  /** The design was edited: what is only looked at is drawn anew; a form that somebody fills in stays as it is. */
  touched() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open && !this.isCurrent() && this.again(), SOON);
  }

  again() {
    const form = this.body.querySelector("form[data-again]");
    if (form?.hasAttribute("hx-post")) {
      globalThis.htmx.trigger(form, "change");
    } else if (form || this.view === "overview") {
      void this.show(this.root.dataset.self);
    } else if (this.view === "preview") {
      void this.picture();
    }
  }

  isCurrent() {
    const { store } = this.page;
    return store.pending.length === 0 && store.version === this.version;
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.body.replaceChildren();
      this.root = null;
      this.options.closed();
    }
  }

  wait(words) {
    clearTimeout(this.patience);
    words && this.hold();
    this.body.setAttribute("aria-busy", String(words !== ""));
    this.patience = setTimeout(() => {
      this.waiting.textContent = words;
    }, words ? PATIENCE : 0);
  }

  // What is kept when it is drawn anew

  hold() {
    const at = document.activeElement;
    this.held = this.panel.contains(at) ? at.id || "" : null;
    this.scrolled = this.panel.scrollTop;
  }

  drawn() {
    const before = this.view;
    this.root = this.body.querySelector("[data-view]");
    this.version = Number(this.root?.dataset.version ?? -1);
    for (const part of this.body.querySelectorAll("details[data-fold]")) {
      part.open = this.unfolded.get(part.dataset.fold) ?? part.open;
    }
    const other = before !== this.view;
    this.options.resized();
    this.panel.scrollTop = other || this.fresh ? 0 : this.scrolled;
    this.giveFocus(other);
    this.fresh = false;
    this.picture();
    const made = this.root?.dataset.made;
    made !== undefined && this.options.made(made, this.version);
  }

  /** The focus stays where it was; on another view it goes to what is wrong, else to the heading. */
  giveFocus(other) {
    if (this.held === null) {
      return;
    }
    const wrong = this.body.querySelector("[aria-invalid], [role=alert]");
    const same = this.held && !other ? document.getElementById(this.held) : null;
    const next = same ?? wrong ?? this.body.querySelector("h2");
    next?.hasAttribute("tabindex") || next?.matches("button, input, select, summary") || next?.setAttribute("tabindex", "-1");
    next?.focus({ preventScroll: Boolean(same) });
  }

  // The preview

  /** Fetches what the form would do and shows it; each answer belongs to the form that asked for it. */
  async picture() {
    const form = this.body.querySelector("form[data-picture]");
    if (!form) {
      this.options.preview.leave();
      return;
    }
    const { page } = this;
    this.wait("Drawing what it would be…");
    const headers = { "X-CSRFToken": page.boot.csrf, Accept: "application/json" };
    const data = new FormData(form);
    data.set("shown", page.scene.diagram?.id ?? "");
    const response = await fetch(form.dataset.picture, { method: "POST", headers, body: data }).catch(() => null);
    const answer = response?.ok ? await response.json().catch(() => null) : null;
    if (!form.isConnected || !this.open) {
      return;
    }
    this.wait("");
    if (!answer) {
      this.options.preview.leave();
      page.toasts.show(LOST, undefined, "error");
    } else if (this.options.preview.show({ ...answer, diagram: this.turned(answer) })) {
      this.pressTurned();
    }
  }

  /** Shows another model of the preview; one that is still on its way comes with that model. */
  turn(diagram) {
    if (this.options.preview.shown) {
      this.options.preview.turn(diagram);
      this.pressTurned();
    } else {
      this.wanted = diagram;
    }
  }

  /** The diagram that somebody turned to stays, where it is still one of those that change. */
  turned({ diagram }) {
    const kept = this.options.preview.shown ? this.page.scene.diagram?.id : this.wanted;
    this.wanted = null;
    const buttons = [...this.body.querySelectorAll("[data-turn]")];
    return buttons.some(({ dataset }) => dataset.turn === kept) ? kept : diagram;
  }

  pressTurned() {
    const at = this.page.scene.diagram?.id;
    this.body.querySelectorAll("[data-turn]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.turn === at)));
  }

  /** The choices about an element of the canvas, as entries of a menu; none where nothing is to be decided about it. */
  choicesAbout(id) {
    return [...this.body.querySelectorAll("[data-about]")].filter(({ dataset }) => dataset.about === id || dataset.owner === id).map((part) => ({
      title: part.querySelector("legend").textContent.trim(),
      entries: [...part.querySelectorAll("input[type=radio]")].map((input) => ({
        label: `${input.checked ? "✓ " : ""}${input.labels[0].querySelector("strong").textContent.trim()}`,
        run: () => {
          input.checked = true;
          input.dispatchEvent(new Event("change", { bubbles: true }));
        },
      })),
    }));
  }

  /** A conflict is scrolled to when its element is chosen on the canvas. */
  light(ids) {
    for (const part of this.body.querySelectorAll("[data-about]")) {
      const lit = ids.includes(part.dataset.about) || ids.includes(part.dataset.owner);
      part.classList.toggle("is-lit", lit);
      lit && part.scrollIntoView({ block: "nearest" });
    }
  }

  // Keys, buttons and what goes wrong

  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape") {
      const back = this.body.querySelector("[data-back]");
      back ? back.click() : this.hide();
    }
  }

  onClick({ target }) {
    const button = target.closest("button");
    if (button?.dataset.hide !== undefined) {
      this.hide();
    } else if (button?.dataset.turn) {
      this.turn(button.dataset.turn);
    } else if (button?.dataset.go) {
      this.options.go(button.dataset.go);
    } else if (button?.dataset.diagram) {
      this.page.showDiagram(button.dataset.diagram);
      this.page.announce(`Showing ${button.dataset.name}`);
    }
  }

  failed(status) {
    this.wait("");
    if (this.root) {
      this.page.toasts.show(status === 403 ? "You may look at this design, but not change it." : LOST, undefined, "error");
      return;
    }
    const words = element("p", "message danger", "The server could not say how the models stand.");
    words.setAttribute("role", "alert");
    const again = element("button", "button compact", "Try again");
    again.type = "button";
    again.addEventListener("click", () => void this.show(this.address));
    const body = element("div", "levels-body", "");
    body.append(words, again);
    this.body.replaceChildren(head(() => this.hide()), body);
    again.focus();
  }
}

function head(hide) {
  const row = element("header", "levels-head", "");
  const close = element("button", "levels-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Close the levels");
  close.addEventListener("click", hide);
  row.append(element("h2", "", "Levels"), close);
  return row;
}
