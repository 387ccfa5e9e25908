/** The list of suggestions under a field, as the ARIA combobox pattern has it. */

/**
 * @typedef {{text: string, label: string, detail: string, select?: [number, number]}} Suggestion  `text` takes the place of
 *   what was typed; `select` is the part of it that people type over, such as the 255 of varchar(255)
 * @typedef {{from: number, items: Suggestion[], ready: boolean}} Offer  suggestions for the text from `from` to the caret;
 *   `ready` says that the first one is what was begun, so that Enter takes it
 */

const ROOM = 132;

export class Completion {
  /**
   * @param {HTMLElement} overlay
   * @param {(wish: object, value: string, caret: number) => Offer | null} suggest
   */
  constructor(overlay, suggest) {
    this.overlay = overlay;
    this.suggest = suggest;
    this.list = document.createElement("ul");
    this.list.id = "completion";
    this.list.className = "completion";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    // Pressing here must not take the focus from the field, which would commit it.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.field = null;
    this.offer = null;
    this.active = -1;
    this.onInput = () => this.refresh();
  }

  get open() {
    return this.offer !== null;
  }

  /** Offers completions in a field, as `wish` says; `moved` is called when the list opens, so that it can be placed. */
  attach(field, wish, moved) {
    this.detach();
    Object.assign(this, { field, wish: { ...wish, memo: new Map() }, moved });
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "completion", "aria-haspopup": "listbox" };
    Object.entries(attributes).forEach(([name, value]) => field.setAttribute(name, value));
    field.addEventListener("input", this.onInput);
    this.refresh();
  }

  detach() {
    this.hide();
    this.field?.removeEventListener("input", this.onInput);
    this.field = null;
  }

  /** Asks anew what fits to what is typed. */
  refresh() {
    const { value, selectionStart, selectionEnd } = this.field;
    const whole = selectionStart === 0 && selectionEnd === value.length && value !== "";
    const offer = this.suggest({ ...this.wish, fresh: whole }, value, whole ? 0 : selectionEnd);
    if (!offer || offer.items.length === 0) {
      this.hide();
      return;
    }
    this.offer = { ...offer, to: whole ? value.length : selectionEnd };
    this.list.replaceChildren(...offer.items.map((item, at) => optionFor(item, at)));
    this.overlay.append(this.list);
    this.field.setAttribute("aria-expanded", "true");
    this.mark(offer.ready ? 0 : -1);
    this.moved();
  }

  hide() {
    this.offer = null;
    this.active = -1;
    this.list.remove();
    this.field?.setAttribute("aria-expanded", "false");
    this.field?.removeAttribute("aria-activedescendant");
  }

  /** Places the list at the box of its field, in a stage of which `height` pixels can be seen. */
  follow(box, height) {
    if (!this.open) {
      return;
    }
    const below = height - box.y - box.h - 8;
    const above = box.y - 8;
    const over = below < ROOM && above > below;
    const { style } = this.list;
    style.setProperty("max-height", `${Math.min(280, Math.max(80, over ? above : below))}px`);
    const width = Math.min(Math.max(320, box.w), this.overlay.clientWidth - 16);
    style.setProperty("width", `${width}px`);
    style.setProperty("left", `${Math.max(8, Math.min(box.x, this.overlay.clientWidth - width - 8))}px`);
    style.setProperty("top", `${over ? Math.max(8, box.y - 4 - this.list.offsetHeight) : box.y + box.h + 4}px`);
  }

  /** Takes keys that mean the list; returns whether it did. */
  onKey(event) {
    if (!this.open || event.ctrlKey || event.metaKey) {
      return false;
    }
    const count = this.offer.items.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark(this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count);
    } else if (event.key === "Enter" && this.active >= 0 && !event.shiftKey) {
      this.take(this.active);
    } else if (event.key === "Tab" && this.active >= 0 && !event.shiftKey) {
      this.take(this.active);
      return !this.wish.cell; // a cell goes on to the next one
    } else if (event.key === "Escape" && this.active >= 0) {
      this.hide();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  mark(at) {
    this.active = at;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    const option = this.list.children[at];
    option?.scrollIntoView({ block: "nearest" });
    option ? this.field.setAttribute("aria-activedescendant", option.id) : this.field.removeAttribute("aria-activedescendant");
  }

  onClick(event) {
    const option = event.target.closest("[role=option]");
    if (option) {
      this.take([...this.list.children].indexOf(option));
      this.field.focus({ preventScroll: true });
    }
  }

  /** Puts a suggestion in the place of what was typed. */
  take(at) {
    const { from, to, items } = this.offer;
    const { text, select } = items[at];
    const { field } = this;
    field.setRangeText(text, from, to, "end");
    if (select) {
      field.setSelectionRange(from + select[0], from + select[1]);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.hide();
  }
}

function optionFor({ label, detail }, at) {
  const option = document.createElement("li");
  option.id = `completion-${at}`;
  option.className = "completion-option";
  option.setAttribute("role", "option");
  const name = document.createElement("span");
  name.className = "completion-name";
  name.textContent = label;
  const words = document.createElement("span");
  words.className = "completion-detail";
  words.textContent = detail;
  option.append(name, words);
  return option;
}
