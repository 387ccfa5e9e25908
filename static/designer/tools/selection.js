/** What is selected on a diagram: ids of elements, columns, lines, areas and notes. */

/** Returns the id of the record that a selected line, box or row stands for, or null where none does. */
export function recordIdOf(id, design, scene) {
  if (design.has(id)) {
    return id;
  }
  const owner = design.get(scene.lines.get(id)?.owner);
  return owner?.kind === "relationship" || owner?.kind === "generalization" ? owner.id : null;
}

/** Returns the ids of the records that a selection stands for. */
export function recordsOf(selection, design, scene) {
  return [...new Set([...selection].map((id) => recordIdOf(id, design, scene)).filter(Boolean))];
}

/** Returns the elements in reading order: rows of boxes from the top, each from the left. */
export function readingOrder(nodes) {
  const band = 160;
  return [...nodes].sort((a, b) => Math.floor(a.y / band) - Math.floor(b.y / band) || a.x - b.x || a.y - b.y);
}

/** Returns a sentence for what a selection holds. */
export function describeSelection(ids, design, scene, called) {
  if (ids.length === 0) {
    return "Nothing selected";
  }
  if (ids.length > 1) {
    return `${ids.length} elements selected`;
  }
  const record = design.get(recordIdOf(ids[0], design, scene));
  return record ? `${sentenceOf(record, called(design, record), scene)} selected` : "1 line selected";
}

function sentenceOf(record, name, scene) {
  const word = record.kind.replaceAll("_", " ");
  const node = scene.nodes.get(record.id);
  const rows = node ? `, ${node.element.rows.length} columns, ${scene.linesAt(node.id).size} relationships` : "";
  return `${word[0].toUpperCase()}${word.slice(1)} ${name}${rows}`;
}

const FALLEN = [
  ["table", "table", "tables"], ["view", "view", "views"], ["entity", "entity", "entities"],
  ["relationship", "relationship", "relationships"], ["foreign_key", "foreign key", "foreign keys"],
  ["column", "column", "columns"], ["attribute", "attribute", "attributes"], ["key", "key", "keys"],
  ["index", "index", "indexes"], ["check", "check", "checks"], ["trigger", "trigger", "triggers"], ["policy", "policy", "policies"],
];

/**
 * Returns what fell along with what was deleted, in words: `2 columns and 1 foreign key`, or "".
 * @param {object} change
 * @param {Set<string>} asked the ids that were to be deleted
 */
export function fallenWith(change, asked) {
  const gone = Object.values(change.removed ?? {}).filter((record) => !asked.has(record.id));
  const parts = FALLEN.map(([kind, one, many]) => {
    const count = gone.filter((record) => record.kind === kind).length;
    return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
  }).filter(Boolean);
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts.join("");
}
