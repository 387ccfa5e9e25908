/** What a diagram can be filtered by: schema, area, tag, classification, kind, and what was changed lately. */

import { contains } from "../geometry/box.js";

const PARTS = ["column", "attribute"];

/**
 * @typedef {{id: string, label: string, elements: Set<string>}} Choice
 * @typedef {{name: string, label: string, choices: Choice[]}} Facet
 */

/**
 * Returns the facets of a diagram that let one choose: those with two choices or more, or one that leaves something out.
 * @param {object} design
 * @param {string} diagram
 * @returns {Facet[]}
 */
export function facetsOf(design, diagram) {
  const placed = design.childrenOf(diagram, "placement").filter(({ element }) => design.has(element));
  const facets = [
    facet("schema", "Schema", placed, (element) => schemaOf(design, element)),
    areaFacet(design, diagram, placed),
    facet("tag", "Tag", placed, (element) => valuesOf(design, element, ({ tags }) => tags ?? [])),
    facet("classification", "Classification", placed, (element) => valuesOf(design, element, ({ classification }) => classification || [])),
    facet("pii", "Personal data", placed, (element) => valuesOf(design, element, ({ pii }) => pii || [])),
    facet("kind", "Kind", placed, (element) => [[design.get(element).kind, design.get(element).kind]]),
  ];
  return facets.filter(({ choices }) => choices.length > 1 || (choices.length === 1 && choices[0].elements.size < placed.length));
}

/** `keysOf(element)` gives [id, label] pairs. */
function facet(name, label, placed, keysOf) {
  const choices = new Map();
  for (const { element } of placed) {
    for (const [id, words] of keysOf(element)) {
      const choice = choices.get(id) ?? { id, label: words, elements: new Set() };
      choices.set(id, choice);
      choice.elements.add(element);
    }
  }
  return { name, label, choices: [...choices.values()].sort((a, b) => (a.label < b.label ? -1 : 1)) };
}

function schemaOf(design, element) {
  const parent = design.get(design.get(element).parent);
  return parent?.kind === "schema" ? [[parent.id, parent.name]] : [];
}

/** What an element says of itself counts, and what its columns say. */
function valuesOf(design, element, read) {
  const records = [design.get(element), ...PARTS.flatMap((kind) => design.childrenOf(element, kind))];
  return [...new Set(records.flatMap(read))].map((value) => [value, value]);
}

function areaFacet(design, diagram, placed) {
  const areas = design.childrenOf(diagram, "area").map(({ id, name, x = 0, y = 0, w = 400, h = 300 }) => ({ id, name: name || "Area", x, y, w, h }));
  const spots = new Map(placed.map(({ element, x = 0, y = 0 }) => [element, { x, y, w: 1, h: 1 }]));
  return facet("area", "Area", placed, (element) => areas.filter((area) => contains(area, spots.get(element))).map(({ id, name }) => [id, name]));
}

/**
 * Returns the elements that a choice lets through, or null where nothing is chosen: within a facet any of the chosen ones will
 * do, and each facet must agree.
 * @param {Facet[]} facets
 * @param {Map<string, Set<string>>} chosen ids of choices by name of facet
 */
export function passing(facets, chosen) {
  const sets = facets.filter(({ name }) => chosen.get(name)?.size > 0).map(({ name, choices }) =>
    new Set(choices.filter(({ id }) => chosen.get(name).has(id)).flatMap(({ elements }) => [...elements])));
  return sets.length === 0 ? null : new Set([...sets[0]].filter((id) => sets.every((set) => set.has(id))));
}

/** Returns the facet of what was changed in some hours, by the ids that were touched. */
export function changedFacet(design, scene, hours, touched) {
  const elements = new Set();
  for (const id of touched) {
    for (let record = design.get(id), steps = 0; record && steps < 8; record = design.get(record.parent), steps += 1) {
      elements.add(record.kind === "placement" ? null : record.id);
    }
  }
  const placed = design.childrenOf(scene.diagram.id, "placement").map(({ element }) => element);
  return { name: "changed", label: "Changed", choices: [{ id: String(hours), label: "", elements: new Set(placed.filter((id) => elements.has(id))) }] };
}
