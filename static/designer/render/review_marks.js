/**
 * What the diagram says of the difference between two designs: marks for boxes, rows and lines, and the ghosts of what is
 * gone. Unlike an edit that is only looked at (diff_of.js), the design that is shown can be edited meanwhile.
 */

import { GONE } from "./diff_of.js";

const ROWS = new Set(["column", "attribute"]);
const BOXES = new Set(["table", "view", "entity", "relationship"]);
const LINES = new Set(["foreign_key", "relationship", "generalization"]);
const PICTURES = new Set(["placement", "area", "note", "diagram"]);
const UNSEEN = new Set(["derived"]);
const SILENT = new Set(["origin"]);
const MOST_STEPS = 12;

/**
 * @param {object} before
 * @param {object} after
 * @param {object} change from `before` to `after`
 * @param {string | null} diagram the one that is shown: what has moved, has moved on one diagram
 * @returns {import("./paint_diff.js").Diff}
 */
export function marksOf(before, after, change, diagram) {
  const marks = { nodes: new Map(), rows: new Map(), lines: new Map() };
  for (const record of Object.values(change.removed ?? {})) put(marks, record, "removed", before);
  for (const record of Object.values(change.added ?? {})) put(marks, record, "added", after);
  for (const [id, fields] of Object.entries(change.changed ?? {})) {
    const record = after.get(id);
    if (record.kind === "placement") {
      record.parent === diagram && ("x" in fields || "y" in fields) && !marks.nodes.has(record.element) && marks.nodes.set(record.element, "moved");
    } else {
      changed(marks, before, after, record, fields);
    }
  }
  return marks;
}

function changed(marks, before, after, record, fields) {
  const names = Object.keys(fields).filter((name) => !SILENT.has(name));
  if (names.length === 0) return;
  const elsewhere = "parent" in fields && ROWS.has(record.kind);
  const onlyOrder = names.length === 1 && names[0] === "order";
  put(marks, record, elsewhere || onlyOrder ? "moved" : "changed", after);
  if (elsewhere) put(marks, { ...before.get(record.id), id: GONE + record.id }, "removed", before);
}

/** A box that is new or gone stays so, whatever its parts say. */
function put({ nodes, rows, lines }, record, sign, design) {
  const { id, kind } = record;
  if (PICTURES.has(kind) || UNSEEN.has(kind)) return;
  if (BOXES.has(kind)) raise(nodes, id, sign === "moved" ? "changed" : sign);
  else if (ROWS.has(kind)) rows.set(id, sign);
  if (LINES.has(kind)) lines.set(id, sign);
  const box = BOXES.has(kind) ? null : boxOf(design, record);
  if (box) raise(nodes, box, "changed");
}

/** Between coming and going and merely changing, the box says what is more. */
function raise(nodes, id, sign) {
  const now = nodes.get(id);
  if (now === undefined || now === "moved" || (now === "changed" && sign !== "changed")) nodes.set(id, sign);
}

function boxOf(design, record) {
  let parent = design.get(record.parent);
  for (let steps = 0; parent && steps < MOST_STEPS; steps += 1) {
    if (BOXES.has(parent.kind)) return parent.id;
    parent = design.get(parent.parent);
  }
  return null;
}

/**
 * Returns what is gone and can be shown beside what is there: elements with their parts and places, rows and lines. A key or an
 * index that is gone is not drawn: the rows would say that they are in it still.
 */
export function ghostsOf(before, change) {
  const removed = change.removed ?? {};
  const gone = Object.values(removed).filter((record) => isShown(record, removed));
  const moved = Object.entries(change.changed ?? {}).filter(([id, { parent }]) => parent && ROWS.has(before.get(id).kind));
  return [...gone, ...moved.map(([id]) => ({ ...before.get(id), id: GONE + id }))];
}

function isShown(record, removed) {
  const { kind, parent } = record;
  if (kind === "placement") return Object.hasOwn(removed, record.element);
  if (PICTURES.has(kind)) return false;
  return BOXES.has(kind) || ROWS.has(kind) || LINES.has(kind) || Object.hasOwn(removed, parent);
}

/** Marks what somebody has to decide, on the row or line itself and on its box. */
export function withConflicts(marks, ids, design) {
  for (const id of ids) {
    const record = design.get(id);
    if (!record) continue;
    if (ROWS.has(record.kind)) marks.rows.set(id, "conflict");
    if (LINES.has(record.kind)) marks.lines.set(id, "conflict");
    const box = BOXES.has(record.kind) ? id : boxOf(design, record);
    if (box) marks.nodes.set(box, "conflict");
  }
  return marks;
}
