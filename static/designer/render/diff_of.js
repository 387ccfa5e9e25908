/** What of a diagram an edit touches, and what must be put beside the result so that what goes can be seen. */

const ROWS = new Set(["column", "attribute"]);
const BOXES = new Set(["table", "view", "entity", "relationship"]);
const LINES = new Set(["foreign_key", "relationship", "generalization"]);
/** No id that people or programs make begins so. */
export const GONE = "gone:";
const SILENT = new Set(["order"]);

/**
 * Returns the marks of a change, by the ids that the scene knows.
 * @param {object} design before the change
 * @param {object} change
 * @returns {import("./paint_diff.js").Diff}
 */
export function diffOf(design, change) {
  const diff = { nodes: new Map(), rows: new Map(), lines: new Map() };
  for (const record of Object.values(change.added ?? {})) {
    mark(diff, record, "added");
  }
  for (const record of Object.values(change.removed ?? {})) {
    mark(diff, ROWS.has(record.kind) ? { ...record, id: GONE + record.id } : record, "removed");
  }
  for (const [id, fields] of Object.entries(change.changed ?? {})) {
    changed(diff, design.get(id), fields);
  }
  return diff;
}

function changed(diff, record, fields) {
  const moved = fields.parent;
  if (moved && ROWS.has(record.kind)) {
    mark(diff, { ...record, parent: moved[1] }, "added");
    mark(diff, { ...record, id: GONE + record.id }, "removed");
  } else if (Object.keys(fields).some((name) => !SILENT.has(name))) {
    mark(diff, record, "changed");
  }
}

/** A box that is new or gone stays so, whatever its parts say. */
function mark({ nodes, rows, lines }, { id, kind, parent }, sign) {
  if (BOXES.has(kind)) {
    nodes.set(id, sign);
  } else if (ROWS.has(kind)) {
    rows.set(id, sign);
  }
  if (LINES.has(kind)) {
    lines.set(id, sign);
  }
  if (!BOXES.has(kind) && !PICTURES.has(kind) && parent && !nodes.has(parent)) {
    nodes.set(parent, "changed");
  }
}

const PICTURES = new Set(["placement", "area", "note", "diagram", "dependency", "assessment"]);

/**
 * Returns the columns that a change takes away, as records that can be put into the design after it, so that their boxes
 * still show them.
 */
export function ghosts(design, change) {
  const gone = Object.values(change.removed ?? {}).filter(({ kind, parent }) => ROWS.has(kind) && !change.removed[parent]);
  const moved = Object.entries(change.changed ?? {}).filter(([id, { parent }]) => parent && ROWS.has(design.get(id).kind)).map(([id]) => design.get(id));
  return [...gone, ...moved].map((record) => ({ ...record, id: GONE + record.id }));
}

/**
 * Returns what a change took away, as records that can stand beside what it left: columns, and whole elements with their parts and
 * places.
 * @param {object} design after the change
 * @param {object} change
 */
export function goneWith(design, change) {
  const removed = change.removed ?? {};
  const before = { get: (id) => ({ ...design.get(id), ...oldOf(change.changed[id]) }) };
  const whole = Object.values(removed).filter(({ kind, element, parent }) => (
    kind === "placement" ? Object.hasOwn(removed, element) : BOXES.has(kind) || (ROWS.has(kind) && Object.hasOwn(removed, parent))
  ));
  return [...ghosts(before, change), ...whole];
}

function oldOf(fields) {
  return Object.fromEntries(Object.entries(fields).map(([name, [old]]) => [name, old]));
}
