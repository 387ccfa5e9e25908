/** Where an arrow key leads from what is selected: along a relationship to the table on that side, or from row to row. */

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
/** How much a step aside counts against a step ahead. */
const ASIDE = 2;

/**
 * Returns the id that an arrow leads to, or null. From a table it is the one at the other end of a line, nearest in that
 * direction; from a line, its end on that side; from a column, the row above or below, or the table that its line leads to.
 * @param {object} scene
 * @param {string} id
 * @param {"ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"} key
 */
export function walkFrom(scene, id, key) {
  const line = scene.lines.get(id);
  if (line) {
    return endOn(scene, line, WAYS[key]);
  }
  const owner = scene.shownBy(id);
  const node = scene.nodes.get(owner);
  if (!node) {
    return null;
  }
  if (owner !== id && (key === "ArrowUp" || key === "ArrowDown")) {
    const at = node.rows.findIndex((row) => row.id === id);
    return node.rows[at + WAYS[key][1]]?.id ?? (key === "ArrowUp" ? owner : null);
  }
  return nearest(scene, node, ends(scene, node, owner === id ? null : id), WAYS[key]);
}

/** The elements at the other ends of an element's lines; only of those at one row, where one is given. */
function ends(scene, node, row) {
  const found = new Set();
  for (const id of scene.linesAt(node.id)) {
    const { source, target } = scene.lines.get(id).edge;
    for (const [near, far] of [[source, target], [target, source]]) {
      if (near.element === node.id && far.element !== node.id && (row === null || near.rows.includes(row))) {
        found.add(far.element);
      }
    }
  }
  return [...found].map((id) => scene.item(id)).filter(Boolean);
}

function nearest(scene, from, boxes, [dx, dy]) {
  const here = middle(from);
  let best = null;
  for (const box of boxes) {
    const there = middle(box);
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (ahead > 0 && ahead >= aside / ASIDE) {
      const cost = ahead + aside * ASIDE;
      best = !best || cost < best.cost ? { cost, id: box.id } : best;
    }
  }
  return best?.id ?? null;
}

function endOn(scene, { edge }, [dx, dy]) {
  const [a, b] = [edge.source.element, edge.target.element].map((id) => scene.item(id));
  const [one, other] = [middle(a), middle(b)];
  const ahead = (other.x - one.x) * dx + (other.y - one.y) * dy;
  return ahead >= 0 ? b.id : a.id;
}

function middle({ x, y, w, h }) {
  return { x: x + w / 2, y: y + h / 2 };
}
