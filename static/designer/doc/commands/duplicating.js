/** Copies that are put somewhere else in one step. */

/** @import { Edit, Id, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { withFields } from "../records.js";
import { edit, Refused } from "./contract.js";
import { copyRecords, paste } from "./copying.js";

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
  const [left, top] = ["x", "y"].map((axis) => copied.positions.reduce((least, spot) => Math.min(least, spot[axis]), Infinity));
  const pasted = paste(design, { copied, diagram, x: finite(left) + dx, y: finite(top) + dy }, ids);
  const put = Object.values(pasted.change.added ?? {}).map((record) => (STANDS_ALONE.has(record.kind)
    ? withFields(record, { x: Math.round((record.x ?? 0) + dx), y: Math.round((record.y ?? 0) + dy) })
    : record));
  return edit(design, pasted.label.replace("Paste", "Duplicate"), put, [], { select: pasted.select });
}

/** Where only areas and notes are copied there is no corner to start from. */
const finite = (value) => (Number.isFinite(value) ? value : 0);

const STANDS_ALONE = new Set(["area", "note"]);
