/**
 * Places for relationships that become figures of their own; the twin of designer/commands/figures.py. A relationship of two
 * entities without attributes is a line and needs no place. With a third entity or an attribute it is a figure, and without a
 * place it would vanish from the diagrams that showed the line.
 */

/** @import { Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { recordOf } from "../records.js";

/**
 * Placements on the diagrams that show all entities of a relationship and not itself, midway between them.
 * @param {Design} design
 * @param {Id} relationship
 * @param {{entity: Id}[]} ends
 * @param {IdSource} ids
 * @param {Id | null} [besides] a diagram that is left out
 * @returns {Rec[]}
 */
export function figures(design, relationship, ends, ids, besides = null) {
  const places = [...new Set(ends.map(({ entity }) => entity))].map((each) => placementsOf(design, each));
  const drawn = placementsOf(design, relationship);
  const found = [...(places[0]?.keys() ?? [])].filter((each) => !drawn.has(each) && each !== besides);
  const shared = found.filter((each) => places.every((one) => one.has(each))).sort();
  return shared.map((each) => midway(relationship, each, places.map((one) => one.get(each)), ids));
}

/** The placements of an element by diagram. */
function placementsOf(design, element) {
  const found = [...design.referrers(element)].map((id) => design.get(id));
  return new Map(found.filter((each) => each?.kind === "placement" && each.element === element).map((each) => [each.parent, each]));
}

function midway(element, parent, places, ids) {
  const mean = (side) => Math.floor(places.reduce((sum, each) => sum + (each[side] ?? 0), 0) / places.length);
  return recordOf("placement", ids(), { parent, element, x: mean("x"), y: mean("y") });
}
