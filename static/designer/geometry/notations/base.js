/**
 * What a notation decides: how a box looks, which marks stand at the ends of a line, where it is dashed, and which texts
 * stand beside its ends. `designer/layout/notations/base.py` holds the twin.
 *
 * @typedef {import("../metrics.js").Element} Element
 * @typedef {import("../metrics.js").Shape} Shape
 * @typedef {import("../ends.js").Mark} Mark
 * @typedef {import("../edges.js").End} End
 * @typedef {import("../edges.js").Edge} Edge
 * @typedef {{end: "source" | "target", text: string}} EndText
 * @typedef {object} Notation
 * @property {string} name as a Diagram record has it
 * @property {string} title as people call it
 * @property {boolean} straight lines run straight from border to border, without corners
 * @property {boolean} boxesFollow the boxes of entities depend on their relationships and generalizations
 * @property {(element: Element, source: import("../elements.js").Source, record: object) => Element} adjust the element
 *   with its rows, texts and sections as the notation words them
 * @property {(edge: Edge, source: import("../elements.js").Source) => Edge} adjustEdge the line with what only this
 *   notation says of its record
 * @property {(element: Element) => Shape} boxOf how large the box of an adjusted element is, and where its parts lie
 * @property {(end: End, point: number[], direction: number[], edge: Edge) => Mark} markOf
 * @property {(edge: Edge, end?: End) => boolean} dashed whether the half of a line at an end is dashed
 * @property {(edge: Edge) => EndText[]} endTexts
 * @property {(edges: Edge[], boxes: Map<string, object>, index?: object) => Map<string, object>} routes
 * @property {(edges: Edge[], boxes: Map<string, object>, index: object, lanes: object) => Generator<void, Map<string, object>>} routeSteps
 *   the same with pauses
 * @property {(route: object) => number[][]} traced the points of a line with detours over all that is drawn at it
 */

import { markOf } from "../ends.js";
import { boxOf } from "../metrics.js";
import { routeAll, routeSteps } from "../route.js";

const PLAIN = {
  straight: false,
  boxesFollow: false,
  adjust: (element) => element,
  adjustEdge: (edge) => edge,
  boxOf,
  markOf: (end, point, direction) => markOf(end.shape, point, direction, end.min, end.max),
  dashed: (edge) => !edge.identifying,
  endTexts: plainTexts,
  routes: routeAll,
  routeSteps,
  traced: (route) => route.points,
};

/** Return a notation; what is not given is as in crow's foot. */
export function notation(given) {
  return Object.freeze({ ...PLAIN, ...given });
}

/** Return the end at the other side of a line. */
export function otherEnd(edge, end) {
  return end === edge.source ? edge.target : edge.source;
}

/** Return the texts at the ends that `textOf` words, with the role that an end plays; empty ones are left out. */
export function textsAt(edge, textOf) {
  return ["source", "target"].flatMap((end) => {
    const words = [textOf(edge[end]), roleAt(edge, edge[end])].filter(Boolean);
    return words.length ? [{ end, text: words.join(" ") }] : [];
  });
}

/** A role that is the label of its line already is not written twice. */
function roleAt(edge, end) {
  return end.role === edge.label ? "" : end.role;
}

/** Return the roles, and the numbers that a crow's foot cannot say: `2..5`. */
function plainTexts(edge) {
  return textsAt(edge, (end) => (end.shape === "foot" ? unsaid(end) : ""));
}

function unsaid({ min, max }) {
  return min <= 1 && (manyOf(max) || max <= 1) ? "" : `${min}..${manyOf(max) ? "*" : max}`;
}

/** Tell whether a line leads to the box of a relationship of several entities. */
export function holdsBox({ kind, source }) {
  return kind === "relationship" && source.shape !== "foot";
}

/** Tell whether a maximum has no bound. */
export function manyOf(max) {
  return max === null || max === undefined;
}
