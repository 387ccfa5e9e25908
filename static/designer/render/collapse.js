/**
 * Areas that are collapsed: a small titled box stands for everything on them, with one line to each element outside.
 * Nothing moves; expanded again, everything stands where it stood.
 *
 * @typedef {object} CollapsedArea a Sheet of scene.js with `collapsed`, its small box as x, y, w and h, the `ground` that
 *   it covers when expanded, and `count`, how many elements stand on it
 */

import { contains } from "../geometry/box.js";
import { PADDING, RADIUS, SUBTITLE_SIZE, TITLE_SIZE } from "../geometry/metrics.js";
import { textWidth, visible } from "../geometry/text.js";
import { BLOCK, blockFont } from "./level.js";
import { paintFoldMark } from "./paint_sheets.js";
import { fit, font } from "./text.js";
import { inkOn, namedColour } from "./theme.js";

const HEIGHT = 56;
const LEAST = 176;
const MOST = 400;
const DASH = [6, 6];
const SOLID = [];

/**
 * Returns what stands for a collapsed area. A line holds on to its middle, as to the header of a box without rows.
 * @param {object} record an area
 * @param {{x: number, y: number, w: number, h: number}} ground
 * @returns {CollapsedArea}
 */
export function collapsedArea(record, ground) {
  const w = Math.min(MOST, Math.max(LEAST, textWidth(visible(record.name ?? ""), TITLE_SIZE, true) + 2 * PADDING + 24));
  return {
    id: record.id, kind: "area", record, collapsed: true, ground, count: 0, onlyTables: true,
    x: ground.x, y: ground.y, w, h: HEIGHT, headerH: HEIGHT, rows: [],
  };
}

/**
 * Takes the boxes and sheets that stand on collapsed areas off a scene that was just filled; outer areas come first, so
 * that an area within one goes with it. What is gone is kept in `scene.tucked`, with the area that stands for it.
 */
export function tuckAway(scene) {
  const areas = [...scene.sheets.values()].filter((sheet) => sheet.collapsed);
  areas.sort((a, b) => b.ground.w * b.ground.h - a.ground.w * a.ground.h);
  for (const area of areas) {
    if (scene.sheets.has(area.id)) {
      tuckInto(area, scene);
    }
  }
}

function tuckInto(area, scene) {
  for (const node of scene.nodesIn(area.ground)) {
    if (contains(area.ground, node)) {
      scene.tuck(node, area.id);
      area.count += 1;
      area.onlyTables &&= node.element.kind === "table";
    }
  }
  for (const sheet of [...scene.sheets.values()]) {
    if (sheet !== area && contains(area.ground, sheet.ground ?? sheet)) {
      scene.tuck(sheet, area.id);
    }
  }
}

/** Tells whether a box has come to stand on a collapsed area. */
export function isSwallowed(scene, box) {
  for (const sheet of scene.sheets.values()) {
    if (sheet.collapsed && sheet.id !== box.id && contains(sheet.ground, box)) {
      return true;
    }
  }
  return false;
}

/**
 * Returns where elements go, with what stands on the collapsed areas among them: it moves along unseen.
 * @param {{element: string, x: number, y: number}[]} positions
 * @returns {{element: string, x: number, y: number}[]}
 */
export function withTucked(scene, positions) {
  const moves = new Map();
  for (const { element, x, y } of positions) {
    const area = scene.sheets.get(element);
    if (area?.collapsed) {
      moves.set(element, [x - area.ground.x, y - area.ground.y]);
    }
  }
  const along = [];
  for (const { item, area } of moves.size > 0 ? scene.tucked.values() : []) {
    const move = moves.get(area);
    if (move) {
      const { x, y } = item.ground ?? item;
      along.push({ element: item.id, x: x + move[0], y: y + move[1] });
    }
  }
  return [...positions, ...along];
}

/**
 * Returns the one line that stands for all between a collapsed area and what is outside. The line of a single edge keeps
 * the mark and the row outside; several have no mark in common, and say how many they are.
 */
export function mergedEdge(id, edges, source, target) {
  const [first] = edges;
  const outside = (end, element) => (edges.length === 1 && end.element === element ? end : plain(element));
  return {
    ...first, id, source: outside(first.source, source), target: outside(first.target, target),
    identifying: edges.every((edge) => edge.identifying), label: edges.length > 1 ? `${edges.length} lines` : first.label,
  };
}

function plain(element) {
  return { element, rows: [], shape: "", min: 0, max: null, role: "" };
}

/** Returns what a collapsed area holds, in words. @param {CollapsedArea} area */
export function contentsOf({ count, onlyTables }) {
  return `${count} ${onlyTables ? "table" : "element"}${count === 1 ? "" : "s"}`;
}

/** Paints the box of a collapsed area, and faintly the ground that belongs to it. */
export function paintCollapsed(context, area, { theme, zoom, level }) {
  const colour = namedColour(theme, area.record.colour, theme.palette.grey);
  paintGround(context, area.ground, theme, zoom);
  paintStack(context, area, colour, theme, zoom);
  const ink = inkOn(colour, theme.text);
  if (level === BLOCK) {
    paintFarName(context, area, ink, zoom);
  } else {
    paintWords(context, area, ink);
    paintFoldMark(context, area, ink, zoom);
  }
}

function paintGround(context, { x, y, w, h }, theme, zoom) {
  context.strokeStyle = theme.tableBorder;
  context.lineWidth = 1 / zoom;
  context.setLineDash(DASH.map((each) => each / zoom));
  context.strokeRect(x, y, w, h);
  context.setLineDash(SOLID);
}

/** Two sheets behind the first: there is more in here. */
function paintStack(context, { x, y, w, h }, colour, theme, zoom) {
  context.strokeStyle = theme.textMuted;
  context.lineWidth = Math.max(1, 1 / zoom);
  for (const by of [6, 3, 0]) {
    context.beginPath();
    context.roundRect(x + by, y + by, w, h, RADIUS);
    context.fillStyle = colour;
    context.fill();
    context.stroke();
  }
}

function paintWords(context, area, ink) {
  const { x, y, w, record } = area;
  const room = w - 2 * PADDING - 20;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = ink;
  context.font = font(TITLE_SIZE, true);
  context.fillText(fit(record.name ?? "", TITLE_SIZE, true, room), x + PADDING, y + 20);
  context.font = font(SUBTITLE_SIZE);
  context.fillText(fit(contentsOf(area), SUBTITLE_SIZE, false, room), x + PADDING, y + 40);
}

function paintFarName(context, { x, y, w, h, record }, ink, zoom) {
  const name = record.name ?? "";
  const size = blockFont(zoom, w, h, name.length);
  if (size > 0) {
    context.font = font(size, true);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = ink;
    context.fillText(fit(name, size, true, w * 0.96), x + w / 2, y + h / 2);
  }
}
