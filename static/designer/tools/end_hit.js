/** The end of a selected line that is near a point: there it can be taken to something else. */

/** How near, in pixels of the screen, a point must be to the end of a line. */
const NEAR = 8;
const MOVABLE = ["foreign_key", "relationship"];

/**
 * Returns what `hitAt` does for the end of the one line that is selected, or null.
 * @param {object} scene
 * @param {{x: number, y: number}} point of the world
 * @param {number} zoom
 * @param {{selection: Set<string>, canEdit: boolean}} marks
 */
export function lineEndAt(scene, { x, y }, zoom, { selection, canEdit }) {
  const [id] = selection;
  const line = canEdit && selection.size === 1 ? scene.lines.get(id) : null;
  if (!line || !MOVABLE.includes(line.edge.kind)) {
    return null;
  }
  const near = NEAR / zoom;
  const end = ["target", "source"].find((each) => {
    const { point, direction } = line.route[each];
    return Math.hypot(point[0] + (direction[0] * near) / 2 - x, point[1] + (direction[1] * near) / 2 - y) <= near;
  });
  return end ? { kind: "line", id, end } : null;
}
