/** Showing only the tables of a schema, an area, a tag, a classification, or what was changed lately. */

import { changedFacet, facetsOf, passing } from "../ui/facets.js";
import { FilterPanel } from "../ui/filter_panel.js";

/** Installs the filter. */
export function install(page) {
  const filter = new Filter(page);
  page.actions.add({
    name: "filter", label: "Filter the diagram…", group: "View", keys: ["Shift+l"], words: "show only hide schema area tag classification changed", menu: ["ground"],
    section: "show", when: () => Boolean(page.editor.diagram), run: () => filter.toggle(),
  });
  page.on("diagram", () => filter.panel.open && filter.panel.hide());
  page.on("scene", () => filter.follow());
}

class Filter {
  constructor(page) {
    this.page = page;
    this.reset();
    this.panel = new FilterPanel(page.stage, {
      toggled: (facet, choice, on) => this.toggled(facet, choice, on), since: (hours) => void this.since(hours), clear: () => this.clear(),
      closed: () => page.view.canvas.focus({ preventScroll: true }),
    });
  }

  reset() {
    this.chosen = new Map();
    this.hours = "";
    this.changed = null;
  }

  /** Another way of looking was left, perhaps this one too: by Escape, or on the bar. */
  follow() {
    if (!this.page.lens.restrictions.has("filter") && !this.applying && (this.chosen.size > 0 || this.changed)) {
      this.reset();
      this.panel.open && this.draw();
    }
  }

  toggle() {
    this.panel.open ? this.panel.hide() : this.draw();
  }

  draw() {
    this.panel.show(this.facets(), this.chosen, this.hours);
  }

  facets() {
    const { store: { design }, editor: { diagram }, facets } = this.page;
    const placed = design.childrenOf(diagram, "placement").filter(({ element }) => design.has(element));
    return [...facetsOf(design, diagram), ...facets.map((facet) => facet(design, placed)).filter((facet) => facet?.choices.length > 0)];
  }

  toggled(facet, choice, on) {
    const set = this.chosen.get(facet) ?? new Set();
    on ? set.add(choice) : set.delete(choice);
    set.size > 0 ? this.chosen.set(facet, set) : this.chosen.delete(facet);
    this.apply();
  }

  async since(hours) {
    const { page } = this;
    this.hours = hours;
    this.changed = null;
    if (hours) {
      await page.sync.flush();
      const response = await fetch(`${page.boot.urls.touched}?hours=${hours}`).catch(() => null);
      const answer = response?.ok ? await response.json() : null;
      if (!answer) {
        page.toasts.show("The server could not say what was changed; try again.", undefined, "error");
        this.hours = "";
        this.draw();
      } else {
        this.changed = changedFacet(page.store.design, page.scene, hours, answer.ids);
      }
    }
    this.apply();
  }

  clear() {
    this.reset();
    this.apply();
    this.draw();
  }

  apply() {
    const { page } = this;
    const facets = this.facets();
    const chosen = new Map(this.chosen);
    if (this.changed) {
      facets.push(this.changed);
      chosen.set("changed", new Set([String(this.hours)]));
    }
    const ids = passing(facets, chosen);
    this.applying = true;
    if (ids) {
      const words = `${ids.size} ${ids.size === 1 ? "table" : "tables"} by ${[...chosen.keys()].join(", ")}`;
      page.lens.put("filter", { ids, words, leave: () => page.lens.drop("filter") });
      page.announce(`Showing ${words}`);
    } else {
      page.lens.drop("filter");
    }
    this.applying = false;
  }
}
