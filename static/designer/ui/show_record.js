/** Where something can be seen that a list names. */

const DRAWN = new Set(["table", "view", "entity", "relationship", "column", "attribute"]);

/**
 * Shows a record: itself where it is drawn, else the table that it belongs to, else in the inspector.
 * @param {object} page
 * @param {string} id
 */
export function showRecord(page, id) {
  const record = page.store.design.get(id);
  const owner = page.store.design.get(record?.parent);
  if (DRAWN.has(record?.kind) || page.scene.lines.has(id)) {
    page.reach(id);
  } else if (DRAWN.has(owner?.kind)) {
    page.reach(owner.id);
  } else {
    page.editor.select(record ? [id] : []);
  }
}
