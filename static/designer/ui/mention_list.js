/** Names after an @ in any field that says so (`data-mentions`): offered as the ARIA combobox pattern has it. */

import { element } from "./dom.js";

const WAIT = 90;
const BEGUN = /(?:^|[\s([{"'*_,;:>~-])@([^\s@]{0,30}(?: [^\s@]{1,30})?)$/u;

/**
 * Returns the name that is begun before the caret, and where its @ stands; null where none is.
 * @param {string} text
 * @param {number} caret
 */
export function nameBegun(text, caret) {
  const found = BEGUN.exec(text.slice(0, caret));
  return found ? { begun: found[1], from: caret - found[1].length - 1 } : null;
}

export class MentionList {
  /** @param {string} url where names are asked for */
  constructor(url) {
    this.url = url;
    this.list = element("ul", "mention-list", "");
    this.list.id = "mention-list";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "People");
    this.active = 0;
    this.field = null;
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => target.closest("li") && this.take([...this.list.children].indexOf(target.closest("li"))));
    document.addEventListener("input", ({ target }) => target.matches?.("textarea[data-mentions]") && this.later(target));
    document.addEventListener("keydown", (event) => this.onKey(event), true);
    document.addEventListener("focusout", () => this.hide());
  }

  get open() {
    return this.list.isConnected;
  }

  later(field) {
    clearTimeout(this.timer);
    const found = nameBegun(field.value, field.selectionEnd);
    if (!found) {
      this.hide();
      return;
    }
    this.timer = setTimeout(() => void this.ask(field, found), WAIT);
  }

  async ask(field, { begun, from }) {
    const response = await fetch(`${this.url}?${new URLSearchParams({ q: begun })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const names = response?.ok ? (await response.json().catch(() => null))?.names ?? [] : [];
    const still = nameBegun(field.value, field.selectionEnd);
    if (document.activeElement !== field || still?.begun !== begun) {
      return;
    }
    names.length > 0 && !(names.length === 1 && names[0] === begun) ? this.show(field, names, from) : this.hide();
  }

  show(field, names, from) {
    Object.assign(this, { field, names, from });
    this.list.replaceChildren(...names.map((name, at) => option(name, at)));
    field.after(this.list);
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": "mention-list" }).forEach(([name, value]) => field.setAttribute(name, value));
    this.mark(0);
  }

  hide() {
    clearTimeout(this.timer);
    this.list.remove();
    ["role", "aria-autocomplete", "aria-expanded", "aria-controls", "aria-activedescendant"].forEach((name) => this.field?.removeAttribute(name));
    this.field = null;
  }

  mark(at) {
    this.active = (at + this.names.length) % this.names.length;
    [...this.list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === this.active)));
    this.field.setAttribute("aria-activedescendant", `mention-${this.active}`);
  }

  onKey(event) {
    if (!this.open || event.target !== this.field || event.ctrlKey || event.metaKey) {
      return;
    }
    const acts = {
      ArrowDown: () => this.mark(this.active + 1), ArrowUp: () => this.mark(this.active - 1),
      Enter: () => this.take(this.active), Tab: () => this.take(this.active), Escape: () => this.hide(),
    };
    if (acts[event.key]) {
      event.preventDefault();
      event.stopPropagation();
      acts[event.key]();
    }
  }

  take(at) {
    const { field, from, names } = this;
    this.hide();
    field.setRangeText(`@${names[at]} `, from, field.selectionEnd, "end");
    field.focus({ preventScroll: true });
  }
}

function option(name, at) {
  const made = element("li", "", name);
  made.id = `mention-${at}`;
  made.setAttribute("role", "option");
  return made;
}
