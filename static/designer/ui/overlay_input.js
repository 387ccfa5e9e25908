/** The input that lies exactly over a text of the canvas while somebody types there. */

/**
 * @typedef {{x: number, y: number, w: number, h: number, size: number, bold?: boolean, align?: string}} Place
 *   in pixels of the stage; `size` is the font size
 * @typedef {{
 *   value: string, label: string, place: () => Place | null, placeholder?: string, multiline?: boolean,
 *   commit: (value: string, then: "" | "next" | "previous" | "below") => void, cancel?: () => void,
 * }} Edit
 */

export class OverlayInput {
  /** @param {HTMLElement} overlay the layer over the canvas @param {(open: boolean) => void} toggled */
  constructor(overlay, toggled) {
    this.overlay = overlay;
    this.toggled = toggled;
    this.edit = null;
    this.field = null;
  }

  get open() {
    return this.edit !== null;
  }

  /** Opens the input. What was being edited before is committed first. @param {Edit} edit */
  start(edit) {
    this.finish("");
    this.edit = edit;
    this.field = document.createElement(edit.multiline ? "textarea" : "input");
    this.field.className = edit.multiline ? "overlay-input overlay-input-note" : "overlay-input";
    this.field.value = edit.value;
    this.field.placeholder = edit.placeholder ?? "";
    this.field.spellcheck = false;
    this.field.autocomplete = "off";
    this.field.setAttribute("aria-label", edit.label);
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("blur", () => this.finish(""));
    this.field.addEventListener("input", () => this.follow());
    this.overlay.append(this.field);
    this.follow();
    this.field.focus({ preventScroll: true });
    this.field.select();
    this.toggled(true);
  }

  /** Puts the input where its text now is; it closes when that is gone. */
  follow() {
    if (!this.edit) {
      return;
    }
    const place = this.edit.place();
    if (!place) {
      this.cancel();
      return;
    }
    const style = this.field.style;
    style.setProperty("left", `${place.x}px`);
    style.setProperty("top", `${place.y}px`);
    style.setProperty("width", `${this.widthFor(place)}px`);
    style.setProperty("height", `${place.h}px`);
    style.setProperty("font-size", `${place.size}px`);
    style.setProperty("font-weight", place.bold ? "600" : "400");
  }

  /** An input grows with what is typed, so that nobody types blind. */
  widthFor(place) {
    if (this.edit.multiline) {
      return place.w;
    }
    const typed = Math.max(this.field.value.length, (this.edit.placeholder ?? "").length) + 2;
    return Math.max(place.w, Math.min(typed * place.size * 0.6, 640));
  }

  onKey(event) {
    event.stopPropagation();
    if (event.isComposing) {
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      this.cancel();
    } else if (event.key === "Tab") {
      event.preventDefault();
      this.finish(event.shiftKey ? "previous" : "next");
    } else if (event.key === "Enter" && !(this.edit.multiline && event.shiftKey)) {
      event.preventDefault();
      this.finish(event.shiftKey || this.edit.multiline ? "" : "below");
    }
  }

  /** Commits what was typed; `then` says which key did it. */
  finish(then) {
    if (this.edit) {
      const value = this.field.value;
      const edit = this.close();
      edit.commit(value, then);
    }
  }

  cancel() {
    if (this.edit) {
      const edit = this.close();
      edit.cancel?.();
    }
  }

  close() {
    const edit = this.edit;
    const field = this.field;
    this.edit = null;
    this.field = null;
    field.remove();
    this.toggled(false);
    return edit;
  }
}
