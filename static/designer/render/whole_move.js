/** Everything on a diagram was moved by the same way: what a drag of all of it leaves behind, and taking it back. */

/**
 * Returns by how much everything has moved, or null where an edit did more, less, or something else.
 * @param {object} scene
 * @param {Iterable<string>} ids of the records that the edit touched
 * @returns {[number, number] | null}
 */
export function commonShift(scene, ids) {
  const { nodes, sheets, tucked, source } = scene;
  const all = nodes.size + sheets.size;
  let shift = null;
  let count = 0;
  for (const id of ids) {
    count += 1;
    const record = source.get(id);
    const item = record && itemOf(scene, record);
    shift ??= item && [(record.x ?? 0) - item.x, (record.y ?? 0) - item.y];
    if (!item || count > all || (record.x ?? 0) - item.x !== shift[0] || (record.y ?? 0) - item.y !== shift[1]) {
      return null;
    }
  }
  return count === all && tucked.size === 0 ? shift : null;
}

/** Returns what a record places, where nothing but the place is another one. */
function itemOf({ nodes, sheets, placed, diagram }, record) {
  if (record.kind === "placement") {
    const node = nodes.get(placed.get(record.id));
    return node && record.parent === diagram.id && hasOnlyMoved(node, record, diagram) ? node : null;
  }
  const sheet = sheets.get(record.id);
  return sheet && !sheet.collapsed && isSame(sheet.record, record) ? sheet : null;
}

/** Tells whether a box is that of a placement but for where it stands. */
export function hasOnlyMoved({ id, element }, placement, diagram) {
  return id === placement.element && element.width === (placement.width ?? null)
    && element.colour === (placement.colour ?? "")
    && element.detail === (placement.detail || diagram.detail || "all");
}

function isSame(before, after) {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].every((name) => name === "x" || name === "y" || before[name] === after[name]);
}
