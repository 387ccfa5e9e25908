/**
 * What of a diagram is shown just now: a neighbourhood, what a filter lets through, a path that is lit. It is a way of looking,
 * never an edit. A bar over the canvas says what is left out, and leads back.
 *
 * @typedef {{ids: Set<string> | null, lit?: Set<string> | null, words: string, buttons?: {label: string, title: string, run: () => void}[],
 *   leave: () => void}} Restriction  `ids` are the elements that may be seen, `lit` what is not dimmed
 */

import { contains } from "../geometry/box.js";

export class Lens {
  /** @param {{scene: object, view: object, editor: object, stage: HTMLElement, tell: (topic: string) => void}} page */
  constructor(page) {
    this.page = page;
    /** @type {Map<string, Restriction>} */
    this.restrictions = new Map();
    this.bar = document.createElement("div");
    this.bar.className = "lens-bar";
    page.stage.append(this.bar);
  }

  get active() {
    return this.restrictions.size > 0;
  }

  /** Looks at the diagram through one more restriction, or in place of the one of that name. */
  put(name, restriction) {
    this.look(() => this.restrictions.set(name, restriction));
  }

  drop(name) {
    if (this.restrictions.has(name)) {
      this.look(() => this.restrictions.delete(name));
    }
  }

  /** Shows everything again. */
  clear() {
    if (this.active) {
      this.look(() => this.restrictions.clear());
    }
  }

  /** Lets go of what was said about another diagram. */
  forget() {
    this.restrictions.clear();
    this.before = null;
    this.page.view.dim(null);
    this.paint();
  }

  /** The view of before comes back with the whole diagram. */
  look(change) {
    const { scene, view } = this.page;
    const whole = !this.active;
    this.before = whole ? view.transform : this.before;
    const shown = this.shown();
    change();
    const next = this.shown();
    if (shown !== null || next !== null) {
      scene.only(next);
    }
    view.dim(this.lit());
    this.page.editor.prune();
    this.paint();
    this.page.tell("scene");
    if (this.active) {
      view.show(this.focusBox());
    } else if (this.before) {
      view.flyTo(this.before);
    }
  }

  /** Returns the ids that every restriction lets through, with the areas that any of them stands on; null for all. */
  shown() {
    const sets = [...this.restrictions.values()].map(({ ids }) => ids).filter(Boolean);
    if (sets.length === 0) {
      return null;
    }
    const elements = new Set([...sets[0]].filter((id) => sets.every((set) => set.has(id))));
    return new Set([...elements, ...this.areasOf(elements)]);
  }

  /** Areas are found by the places that the design knows, as the scene may show but a part. */
  areasOf(elements) {
    const { scene, editor } = this.page;
    const placed = editor.design.childrenOf(scene.diagram.id, "placement").filter(({ element }) => elements.has(element));
    const areas = editor.design.childrenOf(scene.diagram.id, "area");
    return areas.filter(({ x = 0, y = 0, w = 400, h = 300 }) =>
      placed.some((each) => contains({ x, y, w, h }, { x: each.x ?? 0, y: each.y ?? 0, w: 1, h: 1 }))).map(({ id }) => id);
  }

  lit() {
    return [...this.restrictions.values()].map(({ lit }) => lit).find(Boolean) ?? null;
  }

  focusBox() {
    const { scene } = this.page;
    const lit = this.lit();
    const boxes = lit ? [...lit].map((id) => scene.item(id)).filter(Boolean) : [];
    return boxes.length > 0 ? boxes.reduce(joined) : scene.bounds();
  }

  paint() {
    this.bar.replaceChildren(...[...this.restrictions.values()].map((each) => this.chip(each)));
  }

  chip({ words, buttons = [], leave }) {
    const chip = document.createElement("div");
    chip.className = "lens-chip";
    const text = document.createElement("span");
    text.textContent = words;
    chip.append(text, ...buttons.map(button), button({ label: "×", title: "Show everything again", run: leave }));
    return chip;
  }
}

function button({ label, title, run }) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  made.title = title;
  made.setAttribute("aria-label", title);
  made.addEventListener("click", run);
  return made;
}

function joined(a, b) {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return { x, y, w: Math.max(a.x + a.w, b.x + b.w) - x, h: Math.max(a.y + a.h, b.y + b.h) - y };
}
