/** One step of a tour: a small dialog beside the thing that it talks about. It hides nothing of it and blocks nothing. */

import { element } from "./dom.js";

const GAP = 12;
const EDGE = 8;

export class TourStep {
  /**
   * Shows a step and takes the focus.
   * @param {HTMLElement} host
   * @param {{anchor: string, title: string, text: string}} step `anchor` selects what it points at
   * @param {{place: string, isLast: boolean, next: () => void, back: (() => void) | null, skip: () => void}} way
   */
  constructor(host, step, way) {
    this.anchor = document.querySelector(step.anchor);
    this.way = way;
    this.root = element("section", "tour-step");
    this.root.setAttribute("role", "dialog");
    this.root.setAttribute("aria-labelledby", "tour-title");
    this.root.setAttribute("aria-describedby", "tour-text");
    this.root.append(...this.parts(step));
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.follow = () => this.put();
    window.addEventListener("resize", this.follow);
    host.append(this.root);
    this.anchor?.classList.add("is-toured");
    this.anchor?.scrollIntoView({ block: "nearest", inline: "center" });
    this.put();
    this.root.querySelector(".primary").focus({ preventScroll: true });
  }

  parts({ title, text }) {
    const { place, isLast, back } = this.way;
    const heading = element("h2", "", title);
    heading.id = "tour-title";
    const words = element("p", "", text);
    words.id = "tour-text";
    const foot = element("footer", "tour-foot");
    foot.append(element("span", "muted small grow", place));
    back && foot.append(this.button("Back", "button compact quiet", back));
    isLast || foot.append(this.button("Skip", "button compact quiet", this.way.skip));
    foot.append(this.button(isLast ? "Done" : "Next", "button compact primary", this.way.next));
    this.arrow = element("i", "tour-arrow");
    return [this.arrow, heading, words, foot];
  }

  button(label, className, run) {
    const made = element("button", className, label);
    made.type = "button";
    made.addEventListener("click", () => this.leave(run));
    return made;
  }

  onKey(event) {
    event.stopPropagation();
    if (event.key === "Escape") {
      this.leave(this.way.skip);
    }
  }

  leave(then) {
    this.remove();
    then();
  }

  remove() {
    window.removeEventListener("resize", this.follow);
    this.anchor?.classList.remove("is-toured");
    this.root.remove();
  }

  /** Stands below its anchor, or above where there is more room. */
  put() {
    const box = this.anchor?.getBoundingClientRect() ?? new DOMRect(innerWidth / 2, innerHeight / 2, 0, 0);
    const { offsetWidth: w, offsetHeight: h } = this.root;
    const below = box.bottom + GAP + h <= innerHeight - EDGE;
    const middle = box.left + box.width / 2;
    const left = Math.max(EDGE, Math.min(middle - w / 2, innerWidth - w - EDGE));
    this.root.style.setProperty("left", `${left}px`);
    this.root.style.setProperty("top", `${below ? box.bottom + GAP : Math.max(EDGE, box.top - GAP - h)}px`);
    this.root.classList.toggle("is-above", !below);
    this.arrow.style.setProperty("left", `${Math.max(14, Math.min(middle - left, w - 14))}px`);
  }
}
