/** Lines run under boxes, lit ones too: drawn over them, they would strike out what is written there. */

/**
 * Returns the boxes in sight that lines run under; those at which a line ends are not among them, unless another crosses them.
 * @param {object[]} lines with level and upright segments
 * @param {object} scene
 * @param {{x: number, y: number, w: number, h: number}} visible
 * @returns {Set<object>}
 */
export function boxesOver(lines, scene, visible) {
  const boxes = new Set();
  const found = [];
  for (const { edge, route } of lines) {
    found.length = 0;
    for (let at = 1; at < route.points.length; at += 1) {
      const piece = pieceIn(route.points[at - 1], route.points[at], visible);
      piece && scene.nodeIndex.collect(piece, found);
    }
    for (const box of found) {
      if (box.id !== edge.source.element && box.id !== edge.target.element) {
        boxes.add(box);
      }
    }
  }
  return boxes;
}

/** Returns the part of a segment that is in sight, or null. */
function pieceIn([x1, y1], [x2, y2], { x, y, w, h }) {
  const left = Math.max(x, Math.min(x1, x2));
  const top = Math.max(y, Math.min(y1, y2));
  const right = Math.min(x + w, Math.max(x1, x2));
  const bottom = Math.min(y + h, Math.max(y1, y2));
  return right < left || bottom < top ? null : { x: left, y: top, w: right - left + 0.01, h: bottom - top + 0.01 };
}

/** Paints within `visible`, but not on the boxes. */
export function paintAround(context, boxes, { x, y, w, h }, paint) {
  if (boxes.size === 0) {
    paint();
    return;
  }
  context.save();
  context.beginPath();
  context.rect(x, y, w, h);
  for (const box of boxes) {
    context.rect(box.x, box.y, box.w, box.h);
  }
  context.clip("evenodd");
  paint();
  context.restore();
}
