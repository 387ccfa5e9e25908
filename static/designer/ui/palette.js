/**
 * The palette: one box to go anywhere and do anything by typing. A combobox with a list, by the ARIA pattern.
 *
 * @typedef {{name: string, kind: string, owner?: string, where?: string, keys?: string, words?: string, boost?: number,
 *   run: () => unknown}} Item  `kind` is shown as a word beside the name; `where` in place of "in owner"
 * @typedef {{mark: string, label: string, best: (typed: string, limit: number) => {item: Item, score: number}[],
 *   start?: () => Item[]}} Source  `mark` is the first character that asks for this source alone; `start` is what it offers
 *   before anything is typed
 */

import { element } from "./dom.js";
import { spell } from "../tools/shortcuts.js";
import { score } from "./fuzzy.js";

const SHOWN = 40;

export class Palette {
  /** @param {HTMLElement} host @param {() => void} closed */
  constructor(host, closed) {
    this.closed = closed;
    this.sources = [];
    this.panel = build();
    this.input = this.panel.querySelector("input");
    this.list = this.panel.querySelector("ul");
    this.status = this.panel.querySelector("[role=status]");
    host.append(this.panel);
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("focusout", (event) => this.onFocusOut(event));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onPick(event));
  }

  get open() {
    return !this.panel.hidden;
  }

  /**
   * Opens the box over some sources.
   * @param {Source[]} sources
   * @param {{placeholder: string, hint?: string, typed?: string}} words
   */
  show(sources, { placeholder, hint = "", typed = "" }) {
    this.sources = sources;
    this.panel.hidden = false;
    this.input.value = typed;
    this.input.placeholder = placeholder;
    this.input.setAttribute("aria-label", placeholder);
    this.panel.querySelector(".palette-hint").textContent = hint;
    this.input.focus(); // first of all: what is typed from now on is for this box
    this.refresh();
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.sources = [];
      this.list.replaceChildren();
      this.closed();
    }
  }

  /** Searches again, for example when a source has learnt more. */
  refresh() {
    const typed = this.input.value.trimStart();
    const only = this.sources.find(({ mark }) => mark && typed.startsWith(mark));
    const query = only ? typed.slice(only.mark.length).trim() : typed.trim();
    this.found = query ? this.best(only ? [only] : this.sources, query) : this.start(only);
    this.at = 0;
    this.list.replaceChildren(...this.found.map((item, index) => option(item, index, query)));
    this.panel.dataset.state = this.found.length > 0 ? "found" : query ? "none" : "empty";
    this.status.textContent = query ? `${this.found.length === SHOWN ? `${SHOWN} or more` : this.found.length} found` : "";
    this.mark();
  }

  best(sources, query) {
    const found = sources.flatMap((source) => source.best(query, SHOWN));
    return found.sort((a, b) => b.score - a.score).slice(0, SHOWN).map(({ item }) => item);
  }

  start(only) {
    return (only ? [only] : this.sources).flatMap((source) => source.start?.(Boolean(only)) ?? []).slice(0, SHOWN);
  }

  mark() {
    for (const [index, each] of [...this.list.children].entries()) {
      each.setAttribute("aria-selected", String(index === this.at));
    }
    const active = this.list.children[this.at];
    active ? this.input.setAttribute("aria-activedescendant", active.id) : this.input.removeAttribute("aria-activedescendant");
    active?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    event.stopPropagation();
    if (event.isComposing) {
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step && this.found.length > 0) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape" || spell(event) === "Mod+k") {
      event.preventDefault();
      this.hide();
    }
  }

  move(step) {
    const last = this.found.length - 1;
    const goal = this.at + step;
    this.at = Math.abs(step) > 1 ? Math.max(0, Math.min(last, goal)) : (goal + last + 1) % (last + 1);
    this.mark();
  }

  onPick(event) {
    const item = event.target.closest("li");
    if (item) {
      this.choose([...this.list.children].indexOf(item));
    }
  }

  onFocusOut(event) {
    if (!this.panel.contains(event.relatedTarget)) {
      this.hide();
    }
  }

  choose(index) {
    const item = this.found[index];
    if (item) {
      this.hide();
      item.run();
    }
  }
}

function build() {
  const panel = document.createElement("div");
  panel.className = "find palette";
  panel.hidden = true;
  panel.setAttribute("role", "search");
  const input = document.createElement("input");
  input.type = "text";
  input.className = "find-input";
  input.spellcheck = false;
  input.autocomplete = "off";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": "find-list", "aria-autocomplete": "list" })) {
    input.setAttribute(name, value);
  }
  const list = document.createElement("ul");
  list.id = "find-list";
  list.className = "find-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Matches");
  const status = element("p", "visually-hidden", "");
  status.setAttribute("role", "status");
  panel.append(input, list, element("p", "find-none", "Nothing here has a name like that."), element("p", "palette-hint", ""), status);
  return panel;
}

function option(item, index, query) {
  const line = document.createElement("li");
  line.id = `find-option-${index}`;
  line.className = `find-option find-${item.kind}`;
  line.setAttribute("role", "option");
  const name = element("span", "find-name", "");
  name.append(...lit(item.name, query));
  line.append(name, element("span", "find-where", item.where ?? (item.owner ? `in ${item.owner}` : item.kind)));
  if (item.keys) {
    line.append(element("kbd", "find-keys", item.keys));
  }
  return line;
}

/** Returns a name in pieces, the letters that were typed marked. */
function lit(name, query) {
  const own = query.slice(query.lastIndexOf(".") + 1).toLowerCase();
  const lower = name.toLowerCase();
  const at = own && lower.length === name.length ? new Set(score(own, lower)?.at) : new Set();
  const pieces = [];
  for (let index = 0; index < name.length;) {
    const marked = at.has(index);
    const from = index;
    while (index < name.length && at.has(index) === marked) {
      index += 1;
    }
    pieces.push(marked ? element("mark", "", name.slice(from, index)) : document.createTextNode(name.slice(from, index)));
  }
  return pieces;
}
