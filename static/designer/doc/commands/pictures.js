/** Diagrams: where elements stand, and what is drawn beside them. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { recordOf, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { called, word } from "./names.js";

/**
 * Puts elements where they should stand on a diagram; those that are not on it yet come onto it. Areas and notes of
 * the diagram move themselves. Moves of the same elements in quick succession become one step of the history.
 * @param {Design} design
 * @param {{diagram: Id, positions: {element: Id, x: number, y: number}[], label?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function place(design, { diagram, positions, label = "" }, ids = newId) {
  need(design, diagram, "diagram");
  const there = positions.filter(({ element }) => design.has(element));
  if (there.length === 0) throw new Refused("nothing to move: what was selected is not there any more");
  const spots = there.length > MANY ? spotsOn(design, diagram) : null;
  const put = there.map(({ element, x, y }) => {
    const spot = { x: Math.round(x), y: Math.round(y) };
    const known = spots && isPlaced(design, element) ? spots.get(element) : spotOf(design, diagram, element);
    return known ? withFields(known, spot) : recordOf("placement", ids(), { ...spot, parent: diagram, element });
  });
  return edit(design, label || moveLabel(design, there), put, [], { coalesce: `place:${diagram}:${there.map(({ element }) => element).join()}` });
}

/** To place more than these, the placements of the diagram are looked through once. */
const MANY = 50;
const STANDS_ALONE = new Set(["area", "note", "placement"]);

const isPlaced = (design, element) => !STANDS_ALONE.has(design.get(element)?.kind);

/** The placements of a diagram by element; of several of one the first by id. */
function spotsOn(design, diagram) {
  const found = new Map();
  for (const record of design.childrenOf(diagram, "placement")) {
    const known = found.get(record.element);
    if (!known || record.id < known.id) found.set(record.element, record);
  }
  return found;
}

/** The record that says where an element stands on a diagram, if it does. */
function spotOf(design, diagram, element) {
  if (!isPlaced(design, element)) return design.get(element);
  return [...design.referrers(element)].map((id) => design.get(id))
    .filter((each) => each.kind === "placement" && each.parent === diagram && each.element === element)
    .sort((one, other) => (one.id < other.id ? -1 : 1))[0];
}

function moveLabel(design, positions) {
  if (positions.length > 1) return `Move ${positions.length} elements`;
  const record = /** @type {Rec} */ (design.get(positions[0].element));
  return record.name ? `Move ${word(record)} ${called(design, record)}` : `Move ${called(design, record)}`;
}

/**
 * Takes elements off a diagram; they stay in the model.
 * @param {Design} design
 * @param {{diagram: Id, elements: Id[]}} args
 * @returns {Edit}
 */
export function takeOff(design, { diagram, elements }) {
  const wanted = new Set(elements);
  const gone = design.childrenOf(diagram, "placement").filter(({ element }) => wanted.has(element)).map(({ id }) => id);
  return edit(design, `Take ${gone.length} element${gone.length === 1 ? "" : "s"} off the diagram`, [], gone);
}

/**
 * Adds a note to a diagram.
 * @param {Design} design
 * @param {{diagram: Id, x: number, y: number, text?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addNote(design, { diagram, x, y, text = "" }, ids = newId) {
  need(design, diagram, "diagram");
  const note = recordOf("note", ids(), { parent: diagram, x: Math.round(x), y: Math.round(y), text });
  return edit(design, "Add note", [note], [], { select: [note.id] });
}

/**
 * Adds a coloured area to a diagram.
 * @param {Design} design
 * @param {{diagram: Id, x: number, y: number, w?: number, h?: number, name?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addArea(design, { diagram, x, y, w = 400, h = 300, name = "Area" }, ids = newId) {
  need(design, diagram, "diagram");
  const box = { x: Math.round(x), y: Math.round(y), w: Math.round(w), h: Math.round(h) };
  const area = recordOf("area", ids(), { ...box, parent: diagram, name });
  return edit(design, `Add area ${name}`, [area], [], { select: [area.id] });
}

/** The notations that a diagram may be drawn in, and what each is called. */
export const NOTATION_NAMES = {
  crowsfoot: "crow's foot", idef1x: "IDEF1X", barker: "Barker's notation", uml: "UML", chen: "Chen's notation", minmax: "min-max notation",
};

/**
 * Draws a diagram in another notation, with its placements, areas and notes at other `places` where it needs more room.
 * @param {Design} design
 * @param {{diagram: Id, notation: string, places?: Iterable<[Id, object]>}} args  fields of these records by id
 * @returns {Edit}
 */
export function setNotation(design, { diagram, notation, places = [] }) {
  const record = need(design, diagram, "diagram");
  if (!Object.hasOwn(NOTATION_NAMES, notation)) {
    throw new Refused(`there is no notation ${notation}; choose one of ${Object.keys(NOTATION_NAMES).join(", ")}`, "notation");
  }
  return edit(design, `Draw ${called(design, record)} in ${NOTATION_NAMES[notation]}`,
    [withFields(record, { notation }), ...[...places].map(([id, fields]) => withFields(design.get(id), fields))]);
}
