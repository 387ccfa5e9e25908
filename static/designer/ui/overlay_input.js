/** The field that lies exactly over a text of the canvas while somebody types there. */

/**
 * @typedef {{x: number, y: number, w: number, h: number, size: number, bold?: boolean}} Place
 *   in pixels of the stage; `size` is the font size
 * @typedef {"" | "next" | "previous" | "below" | "above"} Then  which way the keys go on: Tab, Shift+Tab, Enter or the
 *   arrow down, the arrow up; empty where the field was only left
 * @typedef {{
 *   value: string, label: string, place: () => Place | null, placeholder?: string, multiline?: boolean,
 *   commit: (value: string) => string | null | void, done: (then: Then, value: string) => void, cancel?: () => void,
 *   paste?: (text: string) => string | null | void, arrows?: boolean, complete?: object,
 *   toggle?: {on: boolean, words: [string, string], flip: (on: boolean) => string | null}, pan?: (dx: number, dy: number) => void,
 * }} Edit  `commit`, `paste` and `flip` return a sentence where they refuse: it is shown under the field, which stays open; `arrows`
 *   lets the arrows up and down leave the field; `complete` says what the completer offers; `toggle` makes it a switch
 *   instead of a text; `pan` moves the ground under a field that would be out of sight
 */

/** Pixels of the screen that a field keeps from the edges of the stage. */
const EDGE = 8;
/** Room under a field for a message or the first suggestions. */
const BELOW = 96;
const LONGEST = 640;
/** Phones zoom into fields with smaller letters. */
const TOUCH_SIZE = 16;

export class OverlayInput {
  /** @param {HTMLElement} overlay the layer over the canvas @param {(open: boolean) => void} toggled */
  constructor(overlay, toggled) {
    this.overlay = overlay;
    this.toggled = toggled;
    this.edit = null;
    this.field = null;
    /** What offers completions, if anything does. @type {import("./completion.js").Completion | null} */
    this.completer = null;
    /** Told what was typed and refused when something else is opened. @type {(value: string, refusal: string) => void} */
    this.dropped = () => undefined;
    globalThis.visualViewport?.addEventListener("resize", () => this.keepInSight());
    document.addEventListener("keydown", (event) => this.onKeyElsewhere(event), { capture: true });
  }

  get open() {
    return this.edit !== null;
  }

  /** Opens the field. What was being edited before is committed first. @param {Edit} edit */
  start(edit) {
    if (!this.finish("")) {
      this.dropped(this.field.value, this.refusal);
      this.close();
    }
    this.edit = edit;
    this.refusal = "";
    this.field = edit.toggle ? this.makeSwitch(edit) : this.makeField(edit);
    this.field.setAttribute("aria-label", edit.label);
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("blur", () => this.finish(""));
    this.overlay.append(this.field);
    this.toggled(true);
    this.follow();
    if (this.edit !== edit) {
      return; // what it belongs to is out of sight, in a collapsed area perhaps
    }
    this.keepInSight();
    this.field.focus({ preventScroll: true });
    if (!edit.toggle) {
      this.field.select();
      edit.complete && this.completer?.attach(this.field, edit.complete, () => this.follow());
    }
  }

  makeField(edit) {
    const field = document.createElement(edit.multiline ? "textarea" : "input");
    field.className = edit.multiline ? "overlay-input overlay-input-note" : "overlay-input";
    field.value = edit.value;
    field.placeholder = edit.placeholder ?? "";
    field.spellcheck = false;
    field.autocomplete = "off";
    field.autocapitalize = "off";
    field.addEventListener("input", () => this.onInput());
    field.addEventListener("paste", (event) => this.onPaste(event));
    return field;
  }

  makeSwitch({ toggle }) {
    const field = document.createElement("button");
    field.type = "button";
    field.className = "overlay-input overlay-switch";
    field.setAttribute("role", "switch");
    const show = () => {
      field.setAttribute("aria-checked", String(toggle.on));
      field.textContent = toggle.words[toggle.on ? 0 : 1];
    };
    field.flip = () => {
      const refusal = this.commit(() => toggle.flip(!toggle.on));
      this.forgive();
      if (refusal) {
        this.refuse(refusal, "");
        return;
      }
      toggle.on = !toggle.on;
      show();
    };
    field.addEventListener("click", () => field.flip());
    show();
    return field;
  }

  /** Puts the field where its text now is; it closes when that is gone. */
  follow() {
    if (!this.edit || this.committing) {
      return;
    }
    const place = this.edit.place();
    if (!place) {
      this.cancel();
      return;
    }
    const stage = this.overlay.getBoundingClientRect();
    const size = matchMedia("(pointer: coarse)").matches ? Math.max(TOUCH_SIZE, place.size) : place.size;
    const width = Math.min(this.widthFor(place, size), stage.width - 2 * EDGE);
    const left = Math.min(place.x, stage.width - EDGE - width);
    const style = this.field.style;
    style.setProperty("left", `${place.x < EDGE ? Math.max(left, Math.min(EDGE, place.x + place.w)) : Math.max(EDGE, left)}px`);
    style.setProperty("top", `${place.y}px`);
    style.setProperty("width", `${width}px`);
    style.setProperty("height", `${Math.max(place.h, size * 1.3)}px`);
    style.setProperty("font-size", `${size}px`);
    style.setProperty("font-weight", place.bold ? "600" : "400");
    this.followBelow();
  }

  /** A message and the suggestions stand under the field, or over it where there is no room. */
  followBelow() {
    const box = { x: this.field.offsetLeft, y: this.field.offsetTop, w: this.field.offsetWidth, h: this.field.offsetHeight };
    if (this.message) {
      this.message.style.setProperty("left", `${box.x}px`);
      this.message.style.setProperty("top", `${box.y + box.h + 6}px`);
    }
    this.completer?.follow(box, this.visibleHeight());
  }

  /** Returns how much of the stage's height no keyboard of a phone lies over. */
  visibleHeight() {
    const stage = this.overlay.getBoundingClientRect();
    const seen = globalThis.visualViewport;
    return Math.min(stage.height, (seen ? seen.offsetTop + seen.height : innerHeight) - stage.top);
  }

  /** Moves the ground so that the field can be seen: not under the edge, nor under the keyboard of a phone. */
  keepInSight() {
    const place = this.edit?.place();
    if (!place || !this.edit.pan) {
      return;
    }
    const room = this.visibleHeight();
    const width = this.overlay.clientWidth;
    const dy = place.y < EDGE ? EDGE - place.y : Math.min(0, room - BELOW - place.h - place.y);
    const dx = place.x < EDGE ? EDGE - place.x : Math.min(0, width - EDGE - Math.min(place.w, width - 2 * EDGE) - place.x);
    if (dx !== 0 || dy !== 0) {
      this.edit.pan(dx, place.y + dy < EDGE ? EDGE - place.y : dy);
    }
  }

  /** A field grows with what is typed, so that nobody types blind. */
  widthFor(place, size) {
    if (this.edit.multiline || this.edit.toggle) {
      return this.edit.toggle ? Math.max(place.w, size * 4.6) : place.w;
    }
    const typed = Math.max(this.field.value.length, (this.edit.placeholder ?? "").length) + 2;
    return Math.max(place.w, Math.min(typed * size * 0.6, LONGEST));
  }

  onInput() {
    this.forgive();
    this.follow();
  }

  /** Several lines are something else than one line with spaces in it. */
  onPaste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!this.edit.paste || !/\n/.test(text.trim())) {
      return;
    }
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = this.field;
    const whole = value.slice(0, selectionStart) + text + value.slice(selectionEnd);
    const { edit } = this;
    this.settle(this.commit(() => edit.paste(whole)), "below", whole);
  }

  onKey(event) {
    event.stopPropagation();
    if (event.isComposing || (!event.altKey && this.completer?.onKey(event))) {
      return;
    }
    const { edit } = this;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "Escape") {
      event.preventDefault();
      this.cancel();
    } else if (event.key === "Tab") {
      event.preventDefault();
      this.finish(event.shiftKey ? "previous" : "next");
    } else if (edit.toggle && plain && (event.key === "Enter" || event.key === " " || event.key.toLowerCase() === "n")) {
      event.preventDefault();
      this.field.flip();
    } else if (event.key === "Enter" && !(edit.multiline && event.shiftKey)) {
      event.preventDefault();
      this.finish(event.shiftKey || edit.multiline ? "" : "below");
    } else if (edit.arrows && plain && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.finish(event.key === "ArrowDown" ? "below" : "above");
    }
  }

  /** A refused field that was left still lets go with Escape. */
  onKeyElsewhere(event) {
    if (event.key === "Escape" && this.refusal && event.target !== this.field) {
      event.stopPropagation();
      this.cancel();
    }
  }

  /** Commits what was typed; `then` says which key did it. Returns false where it is refused and stays open. */
  finish(then) {
    if (!this.edit || this.committing) {
      return true;
    }
    const { edit, field } = this;
    const { value } = field;
    return this.settle(edit.toggle ? null : this.commit(() => edit.commit(value)), then, value);
  }

  commit(run) {
    this.committing = true;
    try {
      return run() ?? null;
    } finally {
      this.committing = false;
    }
  }

  settle(refusal, then, value) {
    if (refusal) {
      this.refuse(refusal, then);
      return false;
    }
    this.close().done(then, value);
    return true;
  }

  refuse(sentence, then) {
    this.forgive();
    this.refusal = sentence;
    this.completer?.detach();
    this.message = document.createElement("p");
    this.message.className = "overlay-message";
    this.message.id = "overlay-message";
    this.message.setAttribute("role", "alert");
    this.message.textContent = sentence;
    this.overlay.append(this.message);
    this.field.setAttribute("aria-invalid", "true");
    this.field.setAttribute("aria-describedby", "overlay-message");
    then && this.field.focus({ preventScroll: true });
    this.follow();
  }

  forgive() {
    if (this.refusal) {
      this.field.removeAttribute("aria-invalid");
      this.field.removeAttribute("aria-describedby");
      this.edit.complete && this.completer?.attach(this.field, this.edit.complete, () => this.follow());
    }
    this.refusal = "";
    this.message?.remove();
    this.message = null;
  }

  cancel() {
    if (this.edit) {
      this.close().cancel?.();
    }
  }

  close() {
    const { edit, field } = this;
    this.completer?.detach();
    this.message?.remove();
    this.message = null;
    this.refusal = "";
    this.edit = null;
    this.field = null;
    field.remove();
    this.toggled(false);
    return edit;
  }
}
