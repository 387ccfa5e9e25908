/** The filter: a panel of boxes to tick, with how many tables each lets through. */

import { element } from "./dom.js";

const LONG = 8;
const TIMES = [["", "at any time"], ["1", "in the last hour"], ["24", "in the last day"], ["168", "in the last week"], ["720", "in the last 30 days"]];

export class FilterPanel {
  /**
   * @param {HTMLElement} host
   * @param {{toggled: (facet: string, choice: string, on: boolean) => void, since: (hours: string) => void, clear: () => void,
   *   closed: () => void}} options
   */
  constructor(host, options) {
    this.options = options;
    this.panel = document.createElement("section");
    this.panel.className = "filter-panel";
    this.panel.hidden = true;
    this.panel.setAttribute("aria-label", "Filter the diagram");
    this.panel.addEventListener("keydown", (event) => {
      event.stopPropagation();
      event.key === "Escape" && this.hide();
    });
    host.append(this.panel);
  }

  get open() {
    return !this.panel.hidden;
  }

  /**
   * Shows the facets with what is chosen.
   * @param {import("./facets.js").Facet[]} facets
   * @param {Map<string, Set<string>>} chosen
   * @param {string} hours
   */
  show(facets, chosen, hours) {
    const held = !this.open || this.panel.contains(document.activeElement);
    this.panel.hidden = false;
    this.panel.replaceChildren(this.head(), this.times(hours), ...facets.map((facet) => this.group(facet, chosen.get(facet.name) ?? new Set())));
    if (facets.length === 0) {
      this.panel.append(element("p", "filter-none", "These tables have no schemas, areas, tags or classifications to choose by."));
    }
    held && this.panel.querySelector("select, input")?.focus();
  }

  hide() {
    if (this.open) {
      this.panel.hidden = true;
      this.options.closed();
    }
  }

  head() {
    const head = element("div", "filter-head", "");
    const close = button("×", "Close the filter", () => this.hide());
    close.className = "filter-close";
    head.append(element("h2", "", "Show only"), button("Show all", "Take the filter off", () => this.options.clear()), close);
    return head;
  }

  times(hours) {
    const label = element("label", "filter-times", "Changed ");
    const select = document.createElement("select");
    select.className = "input";
    select.append(...TIMES.map(([value, text]) => new Option(text, value, false, value === hours)));
    select.addEventListener("change", () => this.options.since(select.value));
    label.append(select);
    return label;
  }

  group({ name, label, choices }, chosen) {
    const group = document.createElement("fieldset");
    group.append(element("legend", "", label));
    const list = element("div", choices.length > LONG ? "filter-choices is-long" : "filter-choices", "");
    list.append(...choices.map((choice) => this.choice(name, choice, chosen.has(choice.id))));
    group.append(list);
    return group;
  }

  choice(facet, { id, label, elements }, on) {
    const line = element("label", "filter-choice", "");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = on;
    box.addEventListener("change", () => this.options.toggled(facet, id, box.checked));
    line.append(box, element("span", "", label), element("output", "", String(elements.size)));
    return line;
  }
}

function button(text, title, run) {
  const made = element("button", "button compact quiet", text);
  made.type = "button";
  made.title = title;
  /\w/.test(text) || made.setAttribute("aria-label", title);
  made.addEventListener("click", run);
  return made;
}
