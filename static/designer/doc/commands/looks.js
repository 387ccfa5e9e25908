/** How much of a table is shown and in which colour: edits of a diagram's pictures. */

/** @import { Edit, Id } from "../types.js" */
import { Design } from "../design.js";
import { withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";

export const DETAILS = { all: "all columns", keys: "keys only", names: "names only" };
/** The words of the palette; the empty one is the theme's own colour. */
export const COLOURS = ["", "blue", "green", "teal", "yellow", "orange", "red", "pink", "purple", "grey"];

/**
 * Shows all columns, keys or names: of some elements, or of the whole diagram where none are named. What elements said for
 * themselves is forgotten when the diagram says it anew.
 * @param {Design} design
 * @param {{diagram: Id, elements?: Id[], detail: "all" | "keys" | "names"}} args
 * @returns {Edit}
 */
export function setDetail(design, { diagram, elements = [], detail }) {
  const shown = need(design, diagram, "diagram");
  if (!Object.hasOwn(DETAILS, detail)) throw new Refused(`a table shows all columns, its keys or its name, not ${JSON.stringify(detail)}`, "detail");
  const placements = design.childrenOf(diagram, "placement");
  if (elements.length === 0) {
    const own = placements.filter((each) => each.detail).map((each) => withFields(each, { detail: "" }));
    return edit(design, `Show ${DETAILS[detail]} on ${shown.name || "the diagram"}`, [withFields(shown, { detail }), ...own]);
  }
  const wanted = new Set(elements);
  const put = placements.filter(({ element }) => wanted.has(element)).map((each) => withFields(each, { detail }));
  return edit(design, `Show ${DETAILS[detail]} of ${counted(put)}`, put);
}

/**
 * Colours elements, areas and notes of a diagram.
 * @param {Design} design
 * @param {{diagram: Id, ids: Id[], colour: string}} args `colour` is a word of COLOURS or #rrggbb
 * @returns {Edit}
 */
export function setColour(design, { diagram, ids, colour }) {
  need(design, diagram, "diagram");
  if (!COLOURS.includes(colour) && !/^#[0-9a-f]{6}$/i.test(colour)) {
    throw new Refused(`${JSON.stringify(colour)} is no colour; take a word of the palette or #rrggbb`, "colour");
  }
  const wanted = new Set(ids);
  const sheets = ids.map((id) => design.get(id)).filter((record) => record?.kind === "area" || record?.kind === "note");
  const placed = design.childrenOf(diagram, "placement").filter(({ element }) => wanted.has(element));
  const put = [...placed, ...sheets].map((record) => withFields(record, { colour }));
  return edit(design, colour ? `Colour ${counted(put)} ${colour}` : `Take the colour off ${counted(put)}`, put);
}

function counted(list) {
  return list.length === 1 ? "1 element" : `${list.length} elements`;
}
