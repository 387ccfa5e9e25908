/**
 * The (min,max) notation, after Abrial, "Data Semantics" (1974), and ISO/TR 9007 (1987).
 *
 * The pair stands beside the entity whose participation it states ("look here"): `(1,1)` beside Order means that each order
 * takes part in exactly one such relationship. UML and crow's foot look across: they would say so at the other end. Of a
 * relationship of three or more entities the pair is the one that the entity's end has. Lines have no marks of their own.
 * `designer/layout/notations/minmax.py` holds the twin.
 */

import { markOf, mark } from "../ends.js";
import { manyOf, notation, otherEnd, textsAt } from "./base.js";

export const minmax = notation({
  name: "minmax",
  title: "Min-max",
  dashed: (edge) => edge.kind === "reads",
  markOf: (end, point, direction) => (end.shape === "foot" ? mark() : markOf(end.shape, point, direction)),
  endTexts: (edge) => textsAt(edge, (end) => (end.shape === "foot" ? pairOf(participation(edge, end)) : "")),
});

/** Return the end whose numbers say how often the element at `end` takes part. */
function participation(edge, end) {
  const other = otherEnd(edge, end);
  return other.shape === "foot" ? other : end;
}

function pairOf({ min, max }) {
  return `(${min},${manyOf(max) ? "N" : max})`;
}
