/** One thread beside what it is about: the server draws it, the card keeps it in place and what was typed in it. */

import { element } from "./dom.js";
import { isNarrow } from "./narrow.js";

const GAP = 12;
/** From the tip of a pin to the card: past the pin. */
const BESIDE = 28;
/** Milliseconds after which a flight of the view is asked for again. */
const LANDING = 60;
/** Each answer of the server has another token in its forms. */
const TOKEN = /name="csrfmiddlewaretoken" value="[^"]*"/g;

export class TalkCard {
  /**
   * @param {object} page
   * @param {{closed: () => void, drawn: (root: HTMLElement | null) => void}} options
   */
  constructor(page, options) {
    Object.assign(this, { page, options });
    this.place = () => null;
    this.address = "";
    this.card = element("section", "talk-card", "");
    this.card.hidden = true;
    this.card.setAttribute("role", "dialog");
    this.card.setAttribute("aria-label", "Comment");
    this.close = Object.assign(element("button", "talk-close", "×"), { type: "button", title: "Close (Esc)", ariaLabel: "Close the comment" });
    this.body = element("div", "talk-body", "");
    this.card.append(this.close, this.body);
    page.stage.append(this.card);
    this.listen();
  }

  listen() {
    const { card } = this;
    this.close.addEventListener("click", () => this.hide());
    card.addEventListener("keydown", (event) => this.onKey(event));
    card.addEventListener("htmx:afterSwap", () => {
      this.drawn();
      this.giveFocus();
    });
    new ResizeObserver(() => this.follow()).observe(card);
  }

  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) {
      this.hide();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.form?.requestSubmit(event.target.form.querySelector("button[value=answer], button[type=submit]"));
    }
  }

  get open() {
    return !this.card.hidden;
  }

  /** The thread that is shown, 0 for one that is begun. */
  get thread() {
    return Number(this.body.querySelector("[data-thread]")?.dataset.thread ?? 0);
  }

  /** Whether somebody has typed something that is not sent. */
  get isTypedIn() {
    return this.open && [...this.body.querySelectorAll("textarea, input:not([type=hidden], [type=checkbox])")].some((each) => each.value !== each.defaultValue);
  }

  /**
   * Shows what the server has at an address.
   * @param {string} address
   * @param {() => {x: number, y: number, left: number} | null} place where on the stage its pin is, and what that stands at
   *   begins; null for nowhere
   * @param {boolean} begins whether somebody begins to write, who does not wait for the server
   */
  async show(address, place, begins = false) {
    this.address = address;
    this.place = place;
    const early = begins ? this.early() : null;
    const response = await fetch(address, { headers: { "HX-Request": "true", "X-Wholekey-Client": this.page.client } }).catch(() => null);
    const text = await response?.text().catch(() => null);
    if (address !== this.address) {
      return;
    }
    if (!response?.ok || text === null) {
      early && this.hide();
      this.page.toasts.show(text && text.length < 400 ? text : "The server could not be reached; try again.", undefined, "error");
      return;
    }
    this.card.hidden = false;
    this.put(text);
    this.makeRoom();
    this.giveFocus();
    early?.value && document.activeElement.setRangeText(early.value, 0, 0, "end");
  }

  /** A field for what is typed until the form is here. */
  early() {
    const field = Object.assign(element("textarea", "input", ""), { rows: 3, ariaLabel: "Comment" });
    this.card.hidden = false;
    this.body.replaceChildren(field);
    this.follow();
    field.focus({ preventScroll: true });
    return field;
  }

  /** To the field of an answer, which stands last, unless somebody is in the card already. */
  giveFocus() {
    if (this.open && !this.card.contains(document.activeElement)) {
      const field = [...this.body.querySelectorAll(".talk-form textarea")].findLast((each) => each.offsetParent !== null);
      (field ?? this.close).focus({ preventScroll: true });
    }
  }

  /** Somebody else said something: draws the thread anew where it is another now, and keeps what was typed. */
  async again() {
    const thread = this.thread;
    if (!this.open || thread === 0) {
      return;
    }
    const response = await fetch(this.address, { headers: { "HX-Request": "true" } }).catch(() => null);
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (this.thread !== thread) {
      return;
    }
    if (response?.status === 404) {
      this.page.toasts.show("This comment was deleted.");
      this.hide();
    } else if (text !== null && text.replace(TOKEN, "") !== this.shown) {
      this.keeping(() => this.put(text));
    }
  }

  put(text) {
    this.shown = text.replace(TOKEN, "");
    this.body.innerHTML = text;
    globalThis.htmx.process(this.body);
    this.drawn();
  }

  /** What stands in the field of an answer, and the caret in it, outlast a drawing. */
  keeping(draw) {
    const field = () => this.body.querySelector(".talk-thread > .talk-form textarea");
    const { value = "", selectionStart = 0, selectionEnd = 0 } = field() ?? {};
    const focused = document.activeElement === field();
    draw();
    const now = field();
    if (now && value) {
      now.value = value;
      now.setSelectionRange(selectionStart, selectionEnd);
    }
    focused && now?.focus({ preventScroll: true });
  }

  /** The server drew it: a thread that was begun has a key now, one that was deleted is gone. */
  drawn() {
    const root = this.body.querySelector(".talk-thread");
    if (!root) {
      this.hide();
      return;
    }
    if (this.thread > 0) {
      this.address = this.page.boot.urls.talk_thread.replace(/0$/, String(this.thread));
      this.card.setAttribute("aria-label", root.getAttribute("aria-label"));
    }
    this.options.drawn(root);
    this.follow();
  }

  /** Puts the card beside its place, where there is room. */
  follow() {
    if (!this.open || isNarrow()) {
      this.card.style.removeProperty("transform");
      return;
    }
    const { view } = this.page;
    const { offsetWidth: w, offsetHeight: h } = this.card;
    const right = view.size.w - view.covered - GAP;
    const at = this.place() ?? { x: right - w, y: GAP, left: right };
    const beside = at.x + BESIDE + w <= right ? at.x + BESIDE : at.left - GAP - w;
    const x = Math.max(GAP, Math.min(beside, right - w));
    const y = Math.max(GAP, Math.min(at.y - GAP, view.size.h - h - GAP));
    this.card.style.setProperty("transform", `translate(${Math.round(x)}px, ${Math.round(y)}px)`);
  }

  /** Where there is room at neither side of what it is about, the picture goes aside once; on a phone it goes up. */
  makeRoom() {
    const { view } = this.page;
    const at = this.place();
    if (view.flight !== null) {
      setTimeout(() => this.open && this.makeRoom(), LANDING);
      return;
    }
    if (isNarrow()) {
      const top = this.card.offsetTop;
      at && (at.y > top - GAP || at.y < 0) && view.panBy(0, Math.round(top / 2 - at.y));
      return;
    }
    const w = this.card.offsetWidth;
    const short = at ? at.x + BESIDE + w - (view.size.w - view.covered - GAP) : 0;
    if (short > 0 && at.left - GAP - w < GAP) {
      view.panBy(-Math.ceil(short) - 1, 0); // a view stands on whole pixels
    }
  }

  hide() {
    if (this.open) {
      this.card.hidden = true;
      this.address = "";
      this.body.replaceChildren();
      this.options.drawn(null);
      this.options.closed();
    }
  }
}
