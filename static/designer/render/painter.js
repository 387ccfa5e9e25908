/** Paints a piece of the world: ground, areas, lines, boxes, notes, in this order. */

import { FULL, levelAt } from "./level.js";
import { paintLines } from "./paint_lines.js";
import { paintNode } from "./paint_node.js";
import { NAME_REACH, paintArea, paintGrid, paintNote } from "./paint_sheets.js";

/**
 * Paints what lies inside `box` on a context whose units are those of the world.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, w: number, h: number}} box
 * @param {number} zoom
 * @param {object} scene a Scene
 * @param {{theme: object, without: Set<string>}} look `without` are ids that are painted elsewhere, because they move
 */
export function paintWorld(context, box, zoom, scene, { theme, without }) {
  const style = { theme, zoom, level: levelAt(zoom) };
  context.fillStyle = theme.canvasBg;
  context.fillRect(box.x, box.y, box.w, box.h);
  if (style.level === FULL) {
    paintGrid(context, box, style);
  }
  const sheets = sheetsIn(scene, box, zoom, without);
  sheets.filter((sheet) => sheet.kind === "area").forEach((area) => paintArea(context, area, style));
  paintLines(context, scene.linesIn(box).filter((line) => !without.has(line.id)), style, box);
  for (const node of scene.nodesIn(box)) {
    if (!without.has(node.id)) {
      paintNode(context, node, style);
    }
  }
  sheets.filter((sheet) => sheet.kind === "note").forEach((note) => paintNote(context, note, style));
}

function sheetsIn(scene, box, zoom, without) {
  const reach = NAME_REACH / zoom;
  return [...scene.sheets.values()]
    .filter((sheet) => !without.has(sheet.id) && touches(withName(sheet, reach), box))
    .sort((a, b) => b.w * b.h - a.w * a.h);
}

function withName({ x, y, w, h }, reach) {
  return { x, y: y - reach, w: Math.max(w, reach * 10), h: h + reach };
}

function touches(a, b) {
  return a.x < b.x + b.w + 4 && b.x < a.x + a.w + 4 && a.y < b.y + b.h + 4 && b.y < a.y + a.h + 4;
}

/** Paints boxes, lines and sheets that are on the move, over everything else. */
export function paintFloating(context, { ids, lines }, zoom, scene, theme, visible) {
  const style = { theme, zoom, level: levelAt(zoom) };
  const seen = (item) => item && touches(item, visible);
  const sheets = [...ids].map((id) => scene.sheets.get(id)).filter(seen);
  sheets.filter((sheet) => sheet.kind === "area").forEach((area) => paintArea(context, area, style));
  paintLines(context, [...lines].map((id) => scene.lines.get(id)).filter(seen), style, visible);
  for (const id of ids) {
    const node = scene.nodes.get(id);
    if (seen(node)) {
      paintNode(context, node, style);
    }
  }
  sheets.filter((sheet) => sheet.kind === "note").forEach((note) => paintNote(context, note, style));
}
