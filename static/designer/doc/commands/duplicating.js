/** Copies that are put somewhere else in one step. */

/** @import { Edit, Id, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { edit, Refused } from "./contract.js";
import { copyRecords, cornerOf, paste } from "./copying.js";

/**
 * Copies of elements, areas and notes of a diagram, each moved by the same way from its original.
 * @param {Design} design
 * @param {{ids: Id[], diagram: Id, dx: number, dy: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function duplicateBy(design, { ids: wanted, diagram, dx, dy }, ids = newId) {
  const copied = copyRecords(design, { ids: wanted, diagram });
  if (copied.records.length === 0) throw new Refused("nothing to duplicate: what was selected is not there any more");
  const { left, top } = cornerOf(copied);
  const pasted = paste(design, { copied, diagram, x: finite(left) + dx, y: finite(top) + dy }, ids);
  return edit(design, pasted.label.replace("Paste", "Duplicate"), Object.values(pasted.change.added ?? {}), [], { select: pasted.select });
}

/** What stands nowhere, as columns do, has no corner. */
const finite = (value) => (Number.isFinite(value) ? value : 0);
