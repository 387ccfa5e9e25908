/** Paints what a drag will make: the line where dragged rows will stand, and copies of boxes while they are placed. */

import { paintNode } from "./paint_node.js";

const DOT = 3.5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{insertion?: {x: number, y: number, w: number} | null, ghosts?: object[]}} marks
 * @param {{theme: object, zoom: number, level: number, line: number}} style
 */
export function paintDragged(context, { insertion, ghosts }, style) {
  if (ghosts?.length > 0) {
    context.globalAlpha = 0.85;
    ghosts.forEach((ghost) => paintNode(context, ghost, style));
    context.globalAlpha = 1;
  }
  if (insertion) {
    paintInsertion(context, insertion, style);
  }
}

function paintInsertion(context, { x, y, w }, { theme, line }) {
  const thick = Math.max(2, 2 * line);
  context.fillStyle = theme.accent;
  context.fillRect(x, y - thick / 2, w, thick);
  for (const end of [x, x + w]) {
    context.beginPath();
    context.arc(end, y, DOT * Math.max(1, line), 0, 2 * Math.PI);
    context.fill();
  }
}
