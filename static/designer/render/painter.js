/** Paints a piece of the world: ground, areas, lines, boxes, notes, in this order. */

import { paintCollapsed } from "./collapse.js";
import { dressLines, dressNode } from "./dress.js";
import { BLOCK, FULL, levelAt } from "./level.js";
import { paintLabels } from "./paint_labels.js";
import { paintLines } from "./paint_lines.js";
import { paintNote } from "./paint_note.js";
import { NAME_REACH, isNamedAbove, paintArea, paintAreaName, paintGrid } from "./paint_sheets.js";
import { paintNode } from "./paint_node.js";

/** How much of the ground covers what is dimmed: a quarter of it shines through. */
const VEIL = 0.75;
/** More lines than these are painted plainly while they move. */
const MANY_LINES = 30;
/** Lists that are filled anew for each piece, so that painting leaves nothing behind to be collected. */
const found = { sheets: [], lines: [], nodes: [], labels: [] };

/**
 * Paints what lies inside `box` on a context whose units are those of the world. Returns whether it is more than bare ground.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, w: number, h: number}} box
 * @param {number} zoom
 * @param {object} scene a Scene
 * @param {{theme: object, without: Set<string>, lit: Set<string> | null}} look `without` are ids that are painted
 *   elsewhere, because they move; everything but `lit` is dimmed where there is one
 * @returns {boolean}
 */
export function paintWorld(context, box, zoom, scene, { theme, without, lit = null }) {
  const style = { theme, zoom, level: levelAt(zoom), dress: scene.dress };
  context.fillStyle = theme.canvasBg;
  context.fillRect(box.x, box.y, box.w, box.h);
  if (style.level === FULL) {
    paintGrid(context, box, style);
  }
  gather(scene, box, zoom);
  const { sheets, lines, nodes, labels } = found;
  if (sheets.length + lines.length + nodes.length + labels.length === 0) {
    return style.level === FULL;
  }
  paintFound(context, style, box, (id) => !without.has(id));
  if (lit !== null) {
    context.globalAlpha = VEIL;
    context.fillStyle = theme.canvasBg;
    context.fillRect(box.x, box.y, box.w, box.h);
    context.globalAlpha = 1;
    paintFound(context, style, box, (id) => lit.has(id) && !without.has(id));
  }
  return true;
}

function gather(scene, box, zoom) {
  found.sheets.length = found.lines.length = found.nodes.length = 0;
  scene.sheetsIn(withNames(box, NAME_REACH / zoom), found.sheets);
  scene.linesIn(box, found.lines);
  scene.nodesIn(box, found.nodes);
  found.labels = scene.labelsIn(box);
}

/** The name of an area stands above it from afar, and may be longer than the area is wide. */
function withNames({ x, y, w, h }, reach) {
  return { x: x - 10 * reach, y, w: w + 10 * reach, h: h + reach };
}

function paintFound(context, style, box, wanted) {
  const { sheets, lines, nodes, labels } = found;
  for (const sheet of sheets) {
    if (sheet.kind === "area" && !sheet.collapsed && wanted(sheet.id)) {
      paintArea(context, sheet, style);
    }
  }
  const drawn = lines.filter((line) => wanted(line.id));
  paintLines(context, drawn, style, box);
  dressLines(context, drawn, style, box);
  for (const node of nodes) {
    if (wanted(node.id)) {
      paintNode(context, node, style);
      dressNode(context, node, style);
    }
  }
  paintLabels(context, labels, style, wanted);
  for (const sheet of sheets) {
    if (wanted(sheet.id)) {
      paintAbove(context, sheet, style);
    }
  }
}

function paintAbove(context, sheet, style) {
  if (sheet.collapsed) {
    paintCollapsed(context, sheet, style);
  } else if (sheet.kind === "note") {
    paintNote(context, sheet, style);
  } else if (isNamedAbove(style.zoom)) {
    paintAreaName(context, sheet, style);
  }
}

function touches(a, b) {
  return a.x < b.x + b.w + 4 && b.x < a.x + a.w + 4 && a.y < b.y + b.h + 4 && b.y < a.y + a.h + 4;
}

/**
 * Paints what of a lifted group lies inside `box`, where it stood when it was lifted, with the frames of what is selected.
 * @returns {boolean} whether there was anything
 */
export function paintLifted(context, box, zoom, scene, { theme, lift, selection }) {
  const style = { theme, zoom, level: levelAt(zoom), dress: scene.dress };
  gather(scene, box, zoom);
  const wanted = (id) => lift.ids.has(id) || lift.lines.has(id);
  const any = keep(found.sheets, wanted) + keep(found.lines, wanted) + keep(found.nodes, wanted) > 0;
  if (any) {
    paintFound(context, style, box, wanted);
    paintFrames(context, selection, theme, zoom);
  }
  return any;
}

/** Paints thin frames round what is selected inside `box`; returns whether there was anything. */
export function paintChosen(context, box, zoom, scene, { theme, selection }) {
  gather(scene, box, zoom);
  const wanted = (id) => selection.has(id);
  const any = keep(found.sheets, wanted) + keep(found.nodes, wanted) > 0;
  paintFrames(context, selection, theme, zoom);
  return any;
}

function keep(list, wanted) {
  let kept = 0;
  for (const item of list) {
    if (wanted(item.id)) {
      list[kept] = item;
      kept += 1;
    }
  }
  list.length = kept;
  return kept;
}

/** Four rectangles each: where thousands are selected, rounded outlines would take too long. */
function paintFrames(context, selection, theme, zoom) {
  const line = 1.5 / zoom;
  context.fillStyle = theme.selection;
  for (const list of [found.sheets, found.nodes]) {
    for (const { id, x, y, w, h } of list) {
      if (selection.has(id)) {
        context.fillRect(x, y, w, line);
        context.fillRect(x, y + h - line, w, line);
        context.fillRect(x, y, line, h);
        context.fillRect(x + w - line, y, line, h);
      }
    }
  }
}

/** Paints the lines that lead out of a lifted group; many of them, or long ones from afar, plainly. */
export function paintCrossing(context, lift, zoom, theme, visible) {
  const lines = [...lift.crossing.values()];
  const level = lines.length > MANY_LINES ? BLOCK : levelAt(zoom);
  paintLines(context, lines, { theme, zoom, level }, visible);
}

/** Paints boxes, lines and sheets that are on the move, over everything else. */
export function paintFloating(context, { ids, lines }, zoom, scene, theme, visible) {
  const style = { theme, zoom, level: levelAt(zoom), dress: scene.dress };
  const seen = (item) => item && touches(item, visible);
  found.sheets = [...ids].map((id) => scene.sheets.get(id)).filter(seen);
  found.lines = [...lines].map((id) => scene.lines.get(id)).filter(seen);
  found.nodes = [...ids].map((id) => scene.nodes.get(id)).filter(seen);
  found.labels = [...lines].flatMap((id) => scene.wires.labels.of(id));
  paintFound(context, style, visible, () => true);
}
