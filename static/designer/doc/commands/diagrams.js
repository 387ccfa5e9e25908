/** Diagrams of a model: made anew or from a selection, doubled; and areas round what belongs together. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { recordOf, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";

const PICTURES = ["placement", "area", "note"];
/** Room round the elements of a new area, and above them for its name. */
const ROUND = 32;
const ABOVE = 56;

/**
 * Adds a diagram to a model, with elements where they stand on another one, if any are given.
 * @param {Design} design
 * @param {{model: Id, name: string, elements?: Id[], from?: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addDiagram(design, { model, name, elements = [], from }, ids = newId) {
  need(design, model, "model");
  const wanted = new Set(elements);
  const like = from ? need(design, from, "diagram") : {};
  const diagram = recordOf("diagram", ids(), { parent: model, name: freeName(design, model, name), notation: like.notation, detail: like.detail });
  const placed = from ? design.childrenOf(from, "placement").filter(({ element }) => wanted.has(element)) : [];
  const copies = placed.map((each) => withFields({ ...each, id: ids() }, { parent: diagram.id }));
  return edit(design, `Add diagram ${diagram.name}`, [diagram, ...copies], [], { select: [diagram.id] });
}

/**
 * Adds a diagram that is the same as another one.
 * @param {Design} design
 * @param {{diagram: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function duplicateDiagram(design, { diagram }, ids = newId) {
  const old = need(design, diagram, "diagram");
  const name = freeName(design, old.parent, old.name || "Diagram");
  const copy = withFields({ ...old, id: ids() }, { name });
  const pictures = PICTURES.flatMap((kind) => design.childrenOf(diagram, kind)).map((each) => withFields({ ...each, id: ids() }, { parent: copy.id }));
  return edit(design, `Duplicate diagram ${old.name || "Diagram"}`, [copy, ...pictures], [], { select: [copy.id] });
}

function freeName(design, model, name) {
  const taken = new Set(design.childrenOf(model, "diagram").map((each) => each.name));
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name} ${count}`;
  return free;
}

/**
 * Adds an area round boxes of a diagram.
 * @param {Design} design
 * @param {{diagram: Id, boxes: {x: number, y: number, w: number, h: number}[], name?: string, colour?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function groupInArea(design, { diagram, boxes, name = "Area", colour = "" }, ids = newId) {
  need(design, diagram, "diagram");
  if (boxes.length === 0) throw new Refused("select the tables to put into an area first");
  const x = Math.min(...boxes.map((box) => box.x)) - ROUND;
  const y = Math.min(...boxes.map((box) => box.y)) - ABOVE;
  const w = Math.max(...boxes.map((box) => box.x + box.w)) + ROUND - x;
  const h = Math.max(...boxes.map((box) => box.y + box.h)) + ROUND - y;
  const area = recordOf("area", ids(), { parent: diagram, name, colour, x: Math.round(x), y: Math.round(y), w: Math.round(w), h: Math.round(h) });
  return edit(design, `Put ${boxes.length === 1 ? "1 element" : `${boxes.length} elements`} into an area`, [area], [], { select: [area.id] });
}

/**
 * Collapses areas to a titled box that stands for what is on them, or expands them.
 * @param {Design} design
 * @param {{areas: Id[], collapsed: boolean}} args
 * @returns {Edit}
 */
export function collapseAreas(design, { areas, collapsed }) {
  const put = areas.map((id) => withFields(need(design, id, "area"), { collapsed }));
  const what = put.length === 1 ? `area ${put[0].name || "without a name"}` : `${put.length} areas`;
  return edit(design, `${collapsed ? "Collapse" : "Expand"} ${what}`, put);
}
