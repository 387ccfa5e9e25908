/** Paints areas (coloured ground behind a group), notes, and the dots of the grid. */

import { fit, font } from "./text.js";
import { namedColour } from "./theme.js";

const DOTS = 24;
const NAME_ABOVE = 0.5;
/** How far the name of an area reaches out of it upwards, and to the right, in pixels of the screen. */
export const NAME_REACH = 20;

/** Paints the dots of the grid inside a box of the world; wider apart from afar, so that they stay dots. */
export function paintGrid(context, box, { theme, zoom }) {
  let step = DOTS;
  while (step * zoom < 16) {
    step *= 2;
  }
  if (step > DOTS * 8) {
    return;
  }
  const size = Math.max(1, 1.3 / zoom);
  context.fillStyle = theme.grid;
  for (let y = Math.floor(box.y / step) * step; y < box.y + box.h; y += step) {
    for (let x = Math.floor(box.x / step) * step; x < box.x + box.w; x += step) {
      context.fillRect(x - size / 2, y - size / 2, size, size);
    }
  }
}

/** Paints an area: ground of its colour, its name in the corner. */
export function paintArea(context, sheet, { theme, zoom }) {
  const { record, x, y, w, h } = sheet;
  const colour = namedColour(theme, record.colour, theme.palette.grey);
  context.fillStyle = colour;
  context.globalAlpha = 0.4;
  context.beginPath();
  context.roundRect(x, y, w, h, 10);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = `color-mix(in srgb, ${colour} 75%, ${theme.text})`;
  context.lineWidth = Math.max(1, 1 / zoom);
  context.stroke();
  if (!isNamedAbove(zoom)) {
    paintAreaName(context, sheet, { theme, zoom });
  }
  paintFoldMark(context, sheet, `color-mix(in srgb, ${colour} 25%, ${theme.text})`, zoom);
}

/** Returns where the mark is that collapses an area, or expands it: near its upper right corner. */
export function foldMark({ x, y, w, h, collapsed }) {
  return [x + w - 20, y + (collapsed ? h / 2 : 18)];
}

/** Paints that mark: a triangle that points down over an open area, and right on a collapsed one. */
export function paintFoldMark(context, sheet, colour, zoom) {
  if (zoom < NAME_ABOVE) {
    return;
  }
  const [x, y] = foldMark(sheet);
  const corners = sheet.collapsed ? [[-3, -5], [4, 0], [-3, 5]] : [[-5, -3], [5, -3], [0, 4]];
  context.fillStyle = colour;
  context.beginPath();
  corners.forEach(([dx, dy], at) => (at === 0 ? context.moveTo(x + dx, y + dy) : context.lineTo(x + dx, y + dy)));
  context.fill();
}

/** Tells whether names of areas stand above them, and over whatever else is there. */
export function isNamedAbove(zoom) {
  return zoom < NAME_ABOVE;
}

/** The name is what tells the regions of a large diagram apart: from afar it grows and stands above its area. */
export function paintAreaName(context, { record, x, y, w, h }, { theme, zoom }) {
  const colour = namedColour(theme, record.colour, theme.palette.grey);
  const name = record.name ?? "";
  const above = isNamedAbove(zoom);
  const size = above ? Math.round(Math.min(13 / zoom, Math.max(w, h) * 0.2)) : 14;
  if (size * zoom < 6) {
    return;
  }
  context.font = font(size, true);
  context.textAlign = "left";
  context.textBaseline = above ? "bottom" : "top";
  context.fillStyle = `color-mix(in srgb, ${colour} 25%, ${theme.text})`;
  const shown = fit(name, size, true, Math.max(w, above ? size * 12 : 0) - (above ? 24 : 48));
  if (above) {
    context.strokeStyle = theme.canvasBg;
    context.lineWidth = size / 4;
    context.lineJoin = "round";
    context.strokeText(shown, x, y - size * 0.3);
  }
  context.fillText(shown, above ? x : x + 12, above ? y - size * 0.3 : y + 10);
}
