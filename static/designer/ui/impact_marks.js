/** How the elements that a change would reach are marked on the canvas. */

const ROWS = new Set(["column", "attribute"]);
const BOXES = new Set(["table", "view", "entity", "relationship"]);
const LINES = new Set(["foreign_key", "relationship", "generalization"]);

/**
 * Returns the marks by the ids that the scene knows.
 * @param {{get: (id: string) => {kind: string} | undefined}} design
 * @param {Object<string, "removed" | "changed">} marks
 * @returns {import("../render/paint_diff.js").Diff}
 */
export function marksOf(design, marks) {
  const diff = { nodes: new Map(), rows: new Map(), lines: new Map() };
  for (const [id, sign] of Object.entries(marks)) {
    const kind = design.get(id)?.kind;
    BOXES.has(kind) && diff.nodes.set(id, sign);
    ROWS.has(kind) && diff.rows.set(id, sign);
    LINES.has(kind) && diff.lines.set(id, sign);
  }
  return diff;
}
