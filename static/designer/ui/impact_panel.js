/** The panel that says what a change of one element would reach. The server draws it. */

import { element } from "./dom.js";

export class ImpactPanel {
  /**
   * @param {HTMLElement} host
   * @param {{address: (id: string, what: string) => string, flush: () => Promise<unknown>, go: (id: string) => void,
   *   drawn: (id: string, marks: Object<string, string>) => void, closed: () => void, failed: () => void}} options
   */
  constructor(host, options) {
    this.options = options;
    this.subject = null;
    this.what = "drop";
    this.unfolded = new Map();
    this.panel = element("section", "impact-panel", "");
    this.panel.hidden = true;
    this.panel.tabIndex = -1;
    this.panel.setAttribute("aria-label", "What a change would reach");
    this.panel.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("click", (event) => this.onClick(event));
    this.panel.addEventListener("toggle", ({ target }) => target.dataset?.fold && this.unfolded.set(target.dataset.fold, target.open), true);
    host.append(this.panel);
  }

  get open() {
    return !this.panel.hidden;
  }

  /** In pixels, with the gap beside it. */
  get width() {
    return this.panel.offsetWidth + 24;
  }

  /** Asks the server and shows its answer; the focus goes to the heading where the panel was not open before. */
  async show(id, what = this.what, takesFocus = true) {
    this.asked = `${id} ${what}`;
    const key = this.asked;
    this.open || this.wait();
    await this.options.flush();
    const headers = { "HX-Request": "true" };
    const answer = await fetch(this.options.address(id, what), { headers }).catch(() => null);
    if (key !== this.asked) {
      return; // somebody went on to another element meanwhile
    }
    if (!answer?.ok) {
      answer?.status === 404 || this.subject === null ? this.hide() : undefined;
      answer?.status === 404 || this.options.failed();
      return;
    }
    const text = await answer.text();
    Object.assign(this, { subject: id, what });
    this.draw(text, takesFocus);
  }

  /** In a large design the answer takes a moment. */
  wait() {
    const words = element("p", "trace-quiet", "Looking…");
    words.setAttribute("role", "status");
    this.panel.replaceChildren(words);
    this.panel.hidden = false;
  }

  draw(text, takesFocus) {
    const scrolled = this.open ? this.panel.scrollTop : 0;
    const held = this.panel.contains(document.activeElement) ? document.activeElement.dataset.what : null;
    this.panel.hidden = false;
    this.panel.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
    for (const part of this.panel.querySelectorAll("details[data-fold]")) {
      part.open = this.unfolded.get(part.dataset.fold) ?? part.open;
    }
    this.panel.scrollTop = scrolled;
    const next = held ? this.panel.querySelector(`.impact-whats [data-what="${held}"]`) : this.panel.querySelector("h2");
    (takesFocus || held) && next?.focus({ preventScroll: true });
    this.options.drawn(this.subject, JSON.parse(this.panel.querySelector("#impact-marks").textContent));
  }

  hide() {
    this.asked = null;
    if (this.open) {
      this.panel.hidden = true;
      this.subject = null;
      this.options.closed();
    }
  }

  onKey(event) {
    event.stopPropagation();
    event.key === "Escape" && this.hide();
  }

  onClick(event) {
    const what = event.target.closest("a[data-what]");
    if (event.target.closest("[data-hide]")) {
      this.hide();
    } else if (what && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      what.focus();
      void this.show(this.subject, what.dataset.what);
    }
  }
}
