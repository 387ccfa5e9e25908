/** Where the parts of a box lie that people take hold of: rows of all its width, or ovals round a figure. */

/** Returns the box round a row of a node. */
export function rowBox(node, row) {
  return { x: node.x + (row.x ?? 0), y: node.y + row.y, w: row.w ?? node.w, h: row.h };
}

/** Begins a path round a row: a rectangle from side to side, or an oval. */
export function traceRow(context, node, row, inset = 0) {
  const { x, y, w, h } = rowBox(node, row);
  context.beginPath();
  if (row.x === undefined) {
    context.rect(x + inset, y, w - 2 * inset, h);
  } else {
    context.ellipse(x + w / 2, y + h / 2, w / 2, h / 2, 0, 0, 2 * Math.PI);
  }
}

/** Returns the box at whose sides lines begin: that of the figure, where ovals stand round it. */
export function handleBox({ x, y, w, h, core }) {
  return core ? { x: x + core.x, y: y + core.y, w: core.w, h: core.h } : { x, y, w, h };
}
