/** The find box: fuzzy over tables and columns, Enter flies there. A combobox with a list, by the ARIA pattern. */

import { search } from "./fuzzy.js";

const SHOWN = 30;

export class Find {
  /**
   * @param {HTMLElement} host
   * @param {{items: () => {id: string, name: string, owner?: string, kind: string}[], go: (id: string) => void,
   *   closed: () => void}} options
   */
  constructor(host, { items, go, closed }) {
    this.options = { items, go, closed };
    this.found = [];
    this.at = 0;
    this.panel = build();
    this.input = this.panel.querySelector("input");
    this.list = this.panel.querySelector("ul");
    host.append(this.panel);
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("focusout", (event) => this.onFocusOut(event));
    this.list.addEventListener("pointerdown", (event) => this.onPick(event));
  }

  get open() {
    return !this.panel.hidden;
  }

  show() {
    this.items = this.options.items();
    this.panel.hidden = false;
    this.input.value = "";
    this.refresh();
    this.input.focus();
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.items = [];
      this.options.closed();
    }
  }

  refresh() {
    this.found = search(this.items, this.input.value, SHOWN);
    this.at = 0;
    this.list.replaceChildren(...this.found.map((item, index) => option(item, index)));
    this.panel.dataset.state = this.found.length > 0 ? "found" : this.input.value.trim() ? "none" : "empty";
    this.mark();
  }

  mark() {
    for (const [index, each] of [...this.list.children].entries()) {
      each.setAttribute("aria-selected", String(index === this.at));
    }
    const active = this.list.children[this.at];
    this.input.setAttribute("aria-activedescendant", active?.id ?? "");
    active?.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length > 0) {
      event.preventDefault();
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.hide();
    }
  }

  onPick(event) {
    const item = event.target.closest("li");
    if (item) {
      event.preventDefault();
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
      this.options.go(item.id);
    }
  }
}

function build() {
  const panel = document.createElement("div");
  panel.className = "find";
  panel.hidden = true;
  panel.setAttribute("role", "search");
  const input = document.createElement("input");
  input.type = "text";
  input.className = "find-input";
  input.placeholder = "Find a table or column";
  input.spellcheck = false;
  input.autocomplete = "off";
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-expanded": "true", "aria-controls": "find-list", "aria-autocomplete": "list",
    "aria-label": "Find a table or column",
  })) {
    input.setAttribute(name, value);
  }
  const list = document.createElement("ul");
  list.id = "find-list";
  list.className = "find-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Matches");
  const none = document.createElement("p");
  none.className = "find-none";
  none.textContent = "Nothing here has a name like that.";
  panel.append(input, list, none);
  return panel;
}

function option(item, index) {
  const line = document.createElement("li");
  line.id = `find-option-${index}`;
  line.className = `find-option find-${item.kind}`;
  line.setAttribute("role", "option");
  const name = document.createElement("span");
  name.className = "find-name";
  name.textContent = item.name;
  const where = document.createElement("span");
  where.className = "find-where";
  where.textContent = item.owner ? `in ${item.owner}` : item.kind;
  line.append(name, where);
  return line;
}
