/**
 * Room for figures with ovals in a diagram that was arranged for boxes: everything is moved apart alike, so that the picture
 * stays the one that people know. `exporters/svg/chen_room.py` holds the twin.
 *
 * The idea is uniform scaling against overlaps as in Misue, Eades, Lai and Sugiyama, "Layout Adjustment and the Mental Map"
 * (1995).
 *
 * @typedef {{id: string, x: number, y: number, w: number, h: number, now: {w: number, h: number}}} Item  a box as it
 *   stands, and the size that it will have
 */

/** What is left free between two figures, for the lines between them. */
const APART = 40;
/** Elements that stand at one place are not moved apart by any factor. */
const MOST = 8;

/** Return the factor by which the distances between middles must grow so that nothing lies on anything else. @param {Item[]} items */
export function factorFor(items) {
  const ordered = items.map(({ x, y, w, h, now }) => ({ x: x + w / 2, y: y + h / 2, w: now.w / 2, h: now.h / 2 }))
    .sort((a, b) => a.x - b.x);
  const widest = Math.max(0, ...ordered.map((item) => item.w));
  let factor = 1;
  ordered.forEach((item, at) => {
    for (let next = at + 1; next < ordered.length; next += 1) {
      const other = ordered[next];
      const [dx, dy] = [other.x - item.x, Math.abs(other.y - item.y)];
      if (dx * factor > item.w + widest + APART) break;
      const [x, y] = [item.w + other.w + APART, item.h + other.h + APART];
      if (dx * factor >= x || dy * factor >= y) continue;
      const wanted = Math.min(dx ? x / dx : MOST, dy ? y / dy : MOST);
      if (wanted < MOST) factor = wanted;
    }
  });
  return factor;
}

/** Return the corners at which nothing lies on anything else, by id. @param {Item[]} items */
export function cornersWithRoom(items, factor = factorFor(items)) {
  return new Map(items.map(({ id, x, y, w, h, now }) =>
    [id, { x: Math.round((x + w / 2) * factor - now.w / 2), y: Math.round((y + h / 2) * factor - now.h / 2) }]));
}
