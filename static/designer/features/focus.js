/** Looking at a part: the neighbourhood of what is selected, and the way between two tables. */

import { called } from "../doc/commands/index.js";
import { graphOf } from "../geometry/graph.js";
import { FuzzyIndex } from "../ui/fuzzy.js";
import { elementItems } from "../ui/palette_items.js";

const FARTHEST = 9;
const MENU = ["table", "view", "entity", "relationship", "many"];

/** Installs focus and paths. */
export function install(page) {
  const focus = new Focus(page);
  let shown = page.editor.diagram;
  page.on("diagram", (id) => {
    id !== shown && page.lens.forget();
    shown = id;
  });
  page.actions.add(
    { name: "focus", label: ({ ids }) => (ids.length > 0 ? "Show only what is near" : "Show everything again"), group: "View", keys: ["Shift+f"], words: "focus neighbourhood related isolate", menu: MENU, section: "show", when: ({ ids }) => ids.length > 0 || page.lens.active, run: ({ ids }) => focus.toggle(ids) },
    { name: "focus-wider", label: "Show one step more", group: "View", keys: ["]"], words: "focus neighbourhood", when: () => focus.on, run: () => focus.step(1) },
    { name: "focus-narrower", label: "Show one step less", group: "View", keys: ["["], words: "focus neighbourhood", when: () => focus.on, run: () => focus.step(-1) },
    { name: "find-path", label: ({ ids }) => (owners(page, ids).length === 2 ? "Find the path between them" : "Find the path to…"), group: "Go", keys: ["p"], words: "route connection join between", menu: MENU, section: "show", when: ({ ids }) => [1, 2].includes(owners(page, ids).length), run: ({ ids }) => findPath(page, owners(page, ids)) },
  );
  page.on("escape", () => page.lens.clear());
}

class Focus {
  constructor(page) {
    Object.assign(this, { page, centres: [], distance: 1 });
  }

  get on() {
    return this.page.lens.restrictions.has("focus");
  }

  toggle(ids) {
    const centres = owners(this.page, ids);
    if (centres.length === 0) {
      this.page.lens.clear();
      return;
    }
    Object.assign(this, { centres, distance: this.on && same(centres, this.centres) ? this.distance + 1 : 1 });
    this.show();
  }

  step(by) {
    const next = Math.max(0, Math.min(FARTHEST, this.distance + by));
    if (next !== this.distance) {
      this.distance = next;
      this.show();
    }
  }

  show() {
    const { page, distance } = this;
    const near = graphOfDiagram(page).around(this.centres, distance);
    const away = distance === 1 ? "1 step" : `${distance} steps`;
    const words = `${namesOf(page, this.centres)} and what is within ${away}: ${near.size} of ${placedOn(page).size}`;
    page.lens.put("focus", {
      ids: new Set(near.keys()), words, leave: () => page.lens.drop("focus"),
      buttons: [
        { label: "−", title: "One step less ([)", run: () => this.step(-1) },
        { label: "+", title: "One step more (])", run: () => this.step(1) },
      ],
    });
    page.editor.select(this.centres);
    page.announce(`Showing ${words}`);
  }
}

function findPath(page, ends) {
  if (ends.length === 2) {
    showPath(page, ...ends);
    return;
  }
  const items = elementItems(page.shown, page.scene, (id) => showPath(page, ends[0], id)).filter(({ owner, id }) => !owner && id !== ends[0]);
  const index = new FuzzyIndex(items);
  const source = { mark: "", label: "tables", best: (typed, limit) => index.best(typed, limit), start: () => items };
  page.palette.panel.show([source], { placeholder: `Find the path from ${namesOf(page, ends)} to…` });
}

function showPath(page, from, to) {
  const path = graphOfDiagram(page).path(from, to);
  if (!path) {
    page.toasts.show(`No foreign keys or relationships on this diagram lead from ${namesOf(page, [from])} to ${namesOf(page, [to])}.`);
    return;
  }
  const { elements, lines } = path;
  page.lens.put("path", {
    ids: null, lit: new Set([...elements, ...lines]), words: `${elements.map((id) => nameOf(page, id)).join(" → ")}`, leave: () => page.lens.drop("path"),
  });
  page.editor.select([...elements, ...lines]);
  page.announce(`The path has ${lines.length} ${lines.length === 1 ? "step" : "steps"}: ${elements.map((id) => nameOf(page, id)).join(", ")}`);
}

/** The whole diagram, also what is left out of sight just now. */
function graphOfDiagram(page) {
  const { scene } = page;
  return graphOf(scene.source, scene.model, placedOn(page));
}

function placedOn({ store, scene }) {
  return new Set(store.design.childrenOf(scene.diagram.id, "placement").map(({ element }) => element));
}

/** The elements that ids stand for: a column for its table. */
function owners({ scene }, ids) {
  return [...new Set(ids.map((id) => scene.shownBy(id)).filter((id) => scene.nodes.has(id)))];
}

function namesOf(page, ids) {
  return ids.length > 2 ? `${ids.length} tables` : ids.map((id) => nameOf(page, id)).join(" and ");
}

function nameOf({ store }, id) {
  return store.design.get(id)?.name || called(store.design, store.design.get(id));
}

function same(a, b) {
  return a.length === b.length && a.every((id) => b.includes(id));
}
