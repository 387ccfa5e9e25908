/**
 * The panel of a review. The server draws it: what differs, by table, or what a merge leaves to decide. Which change one is at,
 * what was looked at and what was decided is kept here.
 */

import { element } from "./dom.js";
import { Decisions, Ticks } from "./review_memory.js";

const LOST = "The server could not be reached; try again.";
const KEYS = { n: 1, "]": 1, p: -1, "[": -1 };

export class ReviewPanel {
  /**
   * @param {object} page
   * @param {{drawn: () => void, closed: () => void, resized: () => void, go: (id: string, diagrams: string[]) => void, side: (side: string) => void,
   *   turn: (id: string) => void, decide: (choices: Map<string, string>) => void, resolve: (way: string) => void, back: () => void}} options
   */
  constructor(page, options) {
    Object.assign(this, { page, options });
    this.query = "";
    this.at = null;
    this.panel = element("section", "review-panel");
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("aria-label", "Review");
    this.body = element("div", "");
    this.body.id = "review";
    this.panel.append(this.body);
    page.stage.append(this.panel);
    this.listen();
  }

  listen() {
    const { panel } = this;
    panel.addEventListener("keydown", (event) => this.onKey(event));
    panel.addEventListener("click", (event) => this.onClick(event));
    panel.addEventListener("change", (event) => this.onChange(event));
    panel.addEventListener("htmx:afterSwap", ({ target }) => target === this.body && this.drawn());
    panel.addEventListener("htmx:responseError", ({ detail }) => this.failed(detail.xhr.status));
    panel.addEventListener("htmx:sendError", () => this.failed(0));
    for (const [event, on] of [["pointerover", true], ["focusin", true], ["pointerout", false]]) {
      panel.addEventListener(event, ({ target }) => this.onAnswer(target, on));
    }
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  get root() {
    return this.body.querySelector("[data-view]");
  }

  /** What is drawn: `changes` or `resolve`; empty for nothing yet. */
  get view() {
    return this.root?.dataset.view ?? "";
  }

  /** Opens the panel for what an address asks to look at. */
  async show(query) {
    const fresh = !this.open;
    this.query = query;
    this.panel.hidden = false;
    if (fresh) {
      this.body.replaceChildren(head(() => this.hide()));
      this.panel.focus({ preventScroll: true });
    }
    await this.fetch();
  }

  async fetch() {
    const address = `${this.page.boot.urls.reviewing}?${this.query}`;
    try {
      await panelsAreThere();
      await this.page.sync.flush();
      await globalThis.htmx.ajax("GET", address, { target: this.body, source: this.body, swap: "innerHTML" });
    } catch {
      this.failed(0);
    }
  }

  /** The design was edited: the words are drawn anew; a form that somebody fills in stays as it is. */
  touched(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open && !this.isWritten() && void this.fetch(), delay);
  }

  isWritten() {
    const text = this.body.querySelector("textarea");
    return text !== null && (text.value !== "" || text === document.activeElement);
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.body.replaceChildren();
      this.at = null;
      this.options.closed();
    }
  }

  // What was drawn

  drawn() {
    const { view } = this;
    const held = this.panel.contains(document.activeElement) || document.activeElement === document.body;
    if (view === "changes") this.drawTicks();
    if (view === "resolve") this.drawDecisions();
    const other = view !== this.before;
    this.before = view;
    if (other) {
      this.at = null;
      this.panel.scrollTop = 0;
    }
    this.light();
    this.options.drawn();
    this.options.resized();
    if (held && other) this.focusHeading();
  }

  focusHeading() {
    const heading = this.body.querySelector("[role=alert], h2");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }

  drawTicks() {
    const { boot } = this.page;
    this.ticks = new Ticks(storage("localStorage"), `${boot.user.id}:${boot.branch}:${this.query}`);
    for (const part of this.parts()) this.drawTick(part);
    this.tellTicks();
  }

  drawTick(part) {
    const box = part.querySelector("[data-viewed]");
    box.checked = this.ticks.has(part.dataset.change, part.dataset.key);
    part.classList.toggle("is-viewed", box.checked);
  }

  tellTicks() {
    const progress = this.body.querySelector("#review-progress");
    const parts = this.parts();
    const done = parts.filter(({ classList }) => classList.contains("is-viewed")).length;
    if (progress) progress.textContent = `${done} of ${parts.length} viewed`;
  }

  drawDecisions() {
    const { boot } = this.page;
    const fields = this.conflicts();
    this.decisions = new Decisions(storage("sessionStorage"), `${boot.user.id}:${boot.branch}:${this.query}`);
    const { still, gone } = this.decisions.fit(new Map(fields.map(({ dataset }) => [dataset.conflict, dataset.digest])));
    for (const field of fields) {
      const side = this.decisions.get(field.dataset.conflict, field.dataset.digest);
      if (side) field.querySelector(`input[value="${side}"]`).checked = true;
    }
    this.tellKept(still, gone);
    this.decided();
  }

  tellKept(still, gone) {
    const words = this.body.querySelector("#review-kept");
    if (words && (gone > 0 || (still > 0 && this.body.querySelector("[role=alert]")))) {
      words.hidden = false;
      words.textContent = `${still} of your ${still + gone} decisions still appl${still === 1 ? "ies" : "y"}.${gone > 0 ? " Look at the others again." : ""}`;
    }
  }

  parts() {
    return [...this.body.querySelectorAll("[data-change]")];
  }

  conflicts() {
    return [...this.body.querySelectorAll("[data-conflict]")];
  }

  /** Returns what was chosen, by the key of the conflict. */
  choices() {
    const chosen = this.conflicts().map((field) => [field.dataset.conflict, field.querySelector("input:checked")?.value]);
    return new Map(chosen.filter(([, side]) => side));
  }

  /** Returns what nobody has decided yet, as the records that it is about. */
  undecided() {
    return this.conflicts().filter((field) => !field.querySelector("input:checked")).map(({ dataset }) => dataset.about);
  }

  decided() {
    const fields = this.conflicts();
    for (const field of fields) field.classList.toggle("is-open", !field.querySelector("input:checked"));
    const open = fields.filter(({ classList }) => classList.contains("is-open")).length;
    const progress = this.body.querySelector("#review-progress");
    if (progress) progress.textContent = `${fields.length - open} of ${fields.length} decided`;
    const make = this.body.querySelector("#review-make");
    if (make) make.disabled = open > 0;
  }

  // Going from one to the next

  /** The things that one goes through: changes, or conflicts. */
  stops() {
    return this.view === "resolve" ? this.conflicts() : this.parts();
  }

  step(by) {
    const stops = this.stops();
    const at = stops.findIndex((stop) => nameOf(stop) === this.at);
    const next = stops[at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length];
    if (next) this.goTo(next);
    return Boolean(next);
  }

  /** Goes to the next conflict that nobody has decided, if there is one. */
  stepToOpen() {
    const stops = this.stops();
    const at = stops.findIndex((stop) => nameOf(stop) === this.at);
    const next = [...stops.slice(at + 1), ...stops.slice(0, at)].find(({ classList }) => classList.contains("is-open"));
    next && this.goTo(next);
  }

  goTo(stop) {
    this.at = nameOf(stop);
    this.light();
    stop.scrollIntoView({ block: "nearest" });
    if (stop.dataset.conflict && this.panel.contains(document.activeElement)) {
      (stop.querySelector("input:checked") ?? stop.querySelector("input")).focus({ preventScroll: true });
    }
    const { about, change } = stop.dataset;
    this.options.go(about ?? change, diagramsOf(stop));
  }

  light() {
    for (const stop of this.stops()) stop.classList.toggle("is-current", nameOf(stop) === this.at);
  }

  /** Returns what is said of records: the group of a box and its lines, for a hint on the diagram. */
  linesAbout(owner, record) {
    const part = this.parts().find(({ dataset }) => dataset.change === owner);
    if (!part) return null;
    const lines = [...part.querySelectorAll("[data-record]")].filter(({ dataset }) => record === null || dataset.record === record);
    return { title: part.querySelector(".review-go"), was: record === null ? part.querySelector(".review-was") : null, lines };
  }

  pressSide(side) {
    this.body.querySelectorAll("[data-side]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.side === side)));
  }

  pressTurned() {
    const at = this.page.scene.diagram?.id;
    this.body.querySelectorAll("[data-turn]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.turn === at)));
  }

  /** Says which diagrams a merge changes, and lets people turn to them. */
  drawBrought(counts) {
    const list = this.body.querySelector("#review-brought");
    list?.replaceChildren(...counts.map(([id, name, count]) => {
      const button = element("button", "button compact review-turn", name);
      button.type = "button";
      button.dataset.turn = id;
      const item = element("li", "");
      item.append(button, " ", element("span", "review-quiet", `${count} marked`));
      return item;
    }));
    this.pressTurned();
  }

  // Keys, buttons and what goes wrong

  onKey(event) {
    const typing = event.target.matches("textarea, input:not([type=radio], [type=checkbox])");
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape") {
      this.view === "resolve" ? this.options.back() : this.hide();
    } else if (plain && !typing && KEYS[event.key]) {
      event.preventDefault();
      this.step(KEYS[event.key]);
    } else if (plain && !typing && this.letter(event.key)) {
      event.preventDefault();
    } else if (!event.altKey && !event.ctrlKey && !event.metaKey) {
      event.stopPropagation(); // the keys of the canvas are not meant
      return;
    } else {
      return;
    }
    event.stopPropagation();
  }

  /** `v` ticks the change one is at; `o` and `t` decide the conflict one is at, and go on. */
  letter(key) {
    const stop = this.stops().find((each) => nameOf(each) === this.at);
    const side = { o: "ours", t: "theirs" }[key];
    if (!stop || (key !== "v" && !side)) return false;
    if (this.view === "changes" && key === "v") {
      stop.querySelector("[data-viewed]").click();
    } else if (this.view === "resolve" && side) {
      this.choose([stop], side);
      this.stepToOpen();
    }
    return true;
  }

  choose(fields, side) {
    for (const field of fields) {
      field.querySelector(`input[value="${side}"]`).checked = true;
      this.decisions.set(field.dataset.conflict, side, field.dataset.digest);
    }
    this.decided();
    this.options.decide(this.choices());
  }

  onChange({ target }) {
    const field = target.closest("[data-conflict]");
    const part = target.closest("[data-change]");
    if (field) {
      this.at = nameOf(field);
      this.light();
      this.choose([field], target.value);
    } else if (target.dataset.viewed !== undefined) {
      this.ticks.set(part.dataset.change, part.dataset.key, target.checked);
      this.drawTick(part);
      this.tellTicks();
    }
  }

  /** What an answer would come to is shown while it is pointed at or has the focus. */
  onAnswer(target, on) {
    const input = target.closest(".review-answer")?.querySelector("input");
    if (this.view !== "resolve" || (!input && on)) return;
    const choices = this.choices();
    if (on) choices.set(input.closest("[data-conflict]").dataset.conflict, input.value);
    this.options.decide(choices, true);
  }

  onClick({ target }) {
    const button = target.closest("button");
    const { dataset = {} } = button ?? {};
    const field = button?.closest("[data-change]");
    if (dataset.hide !== undefined) this.hide();
    else if (dataset.back !== undefined) this.options.back();
    else if (dataset.step) this.step(Number(dataset.step));
    else if (dataset.side) this.options.side(dataset.side);
    else if (dataset.turn) this.options.turn(dataset.turn);
    else if (dataset.resolve) this.options.resolve(dataset.resolve);
    else if (dataset.all) this.choose(this.conflicts(), dataset.all);
    else if (dataset.ownerAll) this.choose([...field.querySelectorAll("[data-conflict]")], dataset.ownerAll);
    else if (dataset.comment) this.comment(field, dataset.comment);
    else if (dataset.go) this.goFrom(field, dataset.go);
    else if (target.closest("[data-record]")) this.goFrom(target.closest("[data-change]"), target.closest("[data-record]").dataset.record);
  }

  comment(field, element) {
    this.goFrom(field, element);
    this.page.comment?.({ element });
  }

  goFrom(field, id) {
    if (field) {
      this.at = nameOf(field.dataset.conflict || this.view === "changes" ? field : field.querySelector("[data-conflict]") ?? field);
      this.light();
    }
    this.options.go(id, field ? diagramsOf(field) : []);
  }

  failed(status) {
    if (this.root) {
      this.page.toasts.show(status === 403 ? "You may look at this, but not do that." : LOST, undefined, "error");
      return;
    }
    const words = element("p", "message danger", status === 404 ? "What this address asks to look at is not there, or not shared with you." : LOST);
    words.setAttribute("role", "alert");
    const body = element("div", "review-body");
    const again = element("button", "button compact", "Try again");
    again.type = "button";
    again.addEventListener("click", () => void this.fetch());
    body.append(words, again);
    this.body.replaceChildren(head(() => this.hide()), body);
  }
}

const nameOf = ({ dataset }) => dataset.conflict ?? dataset.change;
const diagramsOf = ({ dataset }) => (dataset.diagrams ?? "").split(" ").filter(Boolean);

/** The address may ask for a review before the script that fetches panels has run. */
function panelsAreThere() {
  const late = globalThis.htmx === undefined && document.readyState !== "complete";
  return late ? new Promise((resolve) => { addEventListener("load", resolve, { once: true }); }) : Promise.resolve();
}

function storage(name) {
  try {
    return globalThis[name];
  } catch {
    return null; // storage may be switched off
  }
}

function head(hide) {
  const row = element("header", "review-head");
  const close = element("button", "review-close", "×");
  close.type = "button";
  close.setAttribute("aria-label", "Close the review");
  close.addEventListener("click", hide);
  row.append(element("h2", "", "Review"), close);
  return row;
}
