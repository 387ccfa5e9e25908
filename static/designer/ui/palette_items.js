/** What the palette finds in a design: the elements of every model, their columns, and the diagrams. */

import { FuzzyIndex } from "./fuzzy.js";
import { spoken } from "./spoken.js";

const LEAVES = { table: "column", view: "column", entity: "attribute", relationship: "attribute" };

/**
 * Returns `{id, name, kind, owner?, run}` for the elements of the model that is open, with their columns or attributes.
 * @param {object} design
 * @param {object} scene
 * @param {(id: string) => void} go
 */
export function elementItems(design, scene, go) {
  const items = [];
  for (const [kind, leaf] of Object.entries(LEAVES)) {
    for (const element of design.ofKind(kind)) {
      if (scene.nodes.has(element.id) || design.modelOf(element.id)?.id === scene.model) {
        items.push({ id: element.id, name: spoken(design, element), kind, run: () => go(element.id) });
        for (const each of design.childrenOf(element.id, leaf)) {
          items.push({ id: each.id, name: each.name ?? "", kind: leaf, owner: element.name ?? "", run: () => go(each.id) });
        }
      }
    }
  }
  return items;
}

/** Kind of a word -> what the palette calls it. */
export const WORDS = { term: "term", business_rule: "rule", access_pattern: "access pattern", domain: "domain" };

/**
 * Returns an item for each term, rule, access pattern and domain; a term is found by its synonyms too.
 * @param {object} design
 * @param {(id: string) => void} go
 */
export function wordItems(design, go) {
  return Object.entries(WORDS).flatMap(([kind, where]) => [...design.ofKind(kind)].map(({ id, name, comment = "", synonyms = [] }) => ({
    id, name: name || comment, kind, where, words: synonyms.join(" "), run: () => go(id),
  })));
}

/** Returns an item for each diagram of a design. */
export function diagramItems(design, show) {
  return [...design.ofKind("diagram")].map(({ id, name, parent }) => ({
    id, name: name || "Diagram", kind: "diagram", where: `diagram of ${design.get(parent)?.name || "the model"}`, run: () => show(id),
  }));
}

/** An index that is built anew when the design is another one, and not before somebody asks. */
export class LazyIndex {
  /** @param {() => unknown} key what the items are made of @param {() => object[]} items */
  constructor(key, items) {
    Object.assign(this, { key, items });
  }

  /** @returns {FuzzyIndex} */
  get() {
    const key = this.key();
    if (!this.index || this.made !== key) {
      this.index = new FuzzyIndex(this.items());
      this.made = key;
    }
    return this.index;
  }
}
