/** A small field for the name of what to connect with: a combobox with a list, by the ARIA pattern. */

import { search } from "./fuzzy.js";

const SHOWN = 8;

export class TargetChooser {
  /** @param {HTMLElement} stage @param {() => void} closed puts the focus back */
  constructor(stage, closed) {
    this.stage = stage;
    this.closed = closed;
    this.found = [];
    this.at = 0;
    this.panel = document.createElement("div");
    this.panel.className = "target-chooser";
    this.panel.hidden = true;
    this.input = field();
    this.list = document.createElement("ul");
    this.list.id = "target-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Matches");
    this.none = document.createElement("p");
    this.none.textContent = "Nothing here has a name like that.";
    this.panel.append(this.input, this.list, this.none);
    stage.append(this.panel);
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("focusout", (event) => !this.panel.contains(event.relatedTarget) && this.hide());
    this.list.addEventListener("pointerdown", (event) => this.onPick(event));
  }

  /**
   * Asks for one of the items, near a point of the stage.
   * @param {string} label
   * @param {{id: string, name: string}[]} items
   * @param {{x: number, y: number}} point
   * @param {(item: {id: string, name: string}) => void} choose
   */
  ask(label, items, { x, y }, choose) {
    Object.assign(this, { items, choose });
    this.input.setAttribute("aria-label", label);
    this.input.placeholder = label;
    this.input.value = "";
    this.panel.hidden = false;
    this.refresh();
    const { offsetWidth: w, offsetHeight: h } = this.panel;
    this.panel.style.setProperty("left", `${Math.max(8, Math.min(x, this.stage.clientWidth - w - 8))}px`);
    this.panel.style.setProperty("top", `${Math.max(8, Math.min(y, this.stage.clientHeight - h - 8))}px`);
    this.input.focus();
  }

  hide() {
    if (!this.panel.hidden) {
      this.panel.hidden = true;
      this.items = [];
      this.closed();
    }
  }

  refresh() {
    const typed = this.input.value.trim();
    this.found = typed ? search(this.items, typed, SHOWN) : this.items.slice(0, SHOWN);
    this.at = 0;
    this.list.replaceChildren(...this.found.map(option));
    this.none.hidden = this.found.length > 0;
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === this.at)));
    this.input.setAttribute("aria-activedescendant", this.list.children[this.at]?.id ?? "");
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
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
      this.take(this.found[this.at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.hide();
    }
  }

  onPick(event) {
    const line = event.target.closest("li");
    if (line) {
      event.preventDefault();
      this.take(this.found[[...this.list.children].indexOf(line)]);
    }
  }

  take(item) {
    if (item) {
      const { choose } = this;
      this.hide();
      choose(item);
    }
  }
}

function field() {
  const input = document.createElement("input");
  input.type = "text";
  input.spellcheck = false;
  input.autocomplete = "off";
  const attributes = { role: "combobox", "aria-expanded": "true", "aria-controls": "target-list", "aria-autocomplete": "list" };
  Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
  return input;
}

function option(item, index) {
  const line = document.createElement("li");
  line.id = `target-option-${index}`;
  line.setAttribute("role", "option");
  line.textContent = item.name;
  return line;
}
