/** Choosing several rows, in one box or across many. */

/**
 * Returns the selection after a click on a row with Ctrl (Cmd) or Shift, or null where the click means the box: Shift does so
 * as long as no rows are selected.
 * @param {string[]} selected
 * @param {{id: string, row?: string}} hit
 * @param {{shift: boolean, mod: boolean}} press
 * @param {{nodes: Map<string, object>, shownBy: (id: string) => string | undefined}} scene
 * @returns {string[] | null}
 */
export function rowClick(selected, hit, press, scene) {
  const rows = selected.filter((id) => scene.nodes.has(scene.shownBy(id)) && scene.shownBy(id) !== id);
  if (!hit.row || (!press.mod && rows.length === 0)) {
    return null;
  }
  if (press.shift) {
    return [...new Set([...rows, ...between(rows, hit, scene)])];
  }
  return rows.includes(hit.row) ? rows.filter((id) => id !== hit.row) : [...rows, hit.row];
}

/** The rows from the one chosen last to the one clicked, where both stand in one box. */
function between(rows, hit, scene) {
  const order = scene.nodes.get(hit.id).rows.map(({ id }) => id);
  const from = order.indexOf(rows.at(-1));
  const to = order.indexOf(hit.row);
  return from < 0 ? [hit.row] : order.slice(Math.min(from, to), Math.max(from, to) + 1);
}
