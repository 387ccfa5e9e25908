/** What lies under a point of the diagram. */

import { isOnBox, isOnFigure } from "../geometry/notations/chen_routes.js";
import { FULL, levelAt } from "../render/level.js";
import { MANY, addRowBox } from "../render/paint_overlay.js";
import { linkAt } from "../render/paint_note.js";
import { foldMark } from "../render/paint_sheets.js";
import { handleBox } from "../render/row_shape.js";
import { lineEndAt } from "./end_hit.js";

/** How near, in pixels of the screen, a point must be to a line, a handle or a corner. */
const NEAR_LINE = 5;
const NEAR_HANDLE = 9;
const NEAR_CORNER = 9;
const AREA_TITLE = 30;
const NEAR_FOLD = 12;
const RELATED = new Set(["entity", "weak", "associative", "relationship"]);

/**
 * @typedef {{kind: "node" | "line" | "note" | "area", id: string, row?: string, handle?: number, corner?: boolean, add?: boolean, fold?: boolean, link?: string,
 *   mark?: boolean, end?: "source" | "target"}} Hit
 *   `row` is the column or attribute, `handle` the side of the row, or without one of the title, (-1 left, 1 right) whose handle is
 *   meant, `mark` that it is the mark of the key that the row is in, `end` the end of a selected line, `corner`
 *   that it is the one that sizes a note or an area, `add` that it is the button for a new column, `fold` that it is the mark that collapses an area, `link` where a note leads
 */

/**
 * Returns what is at a point of the world, or null. What is painted later is found earlier.
 * @param {object} scene
 * @param {{x: number, y: number}} point
 * @param {number} zoom
 * @param {{selection: Set<string>, canEdit: boolean}} marks
 * @returns {Hit | null}
 */
export function hitAt(scene, point, zoom, marks) {
  return cornerAt(scene, point, zoom, marks)
    ?? lineEndAt(scene, point, zoom, marks)
    ?? handleAt(scene, point, zoom, marks)
    ?? noteAt(scene, point)
    ?? nodeAt(scene, point, zoom, marks)
    ?? collapsedAt(scene, point)
    ?? addRowAt(scene, point, zoom, marks)
    ?? lineAt(scene, point, zoom)
    ?? areaAt(scene, point, zoom);
}

function cornerAt(scene, { x, y }, zoom, { selection, canEdit }) {
  const near = NEAR_CORNER / zoom;
  for (const id of canEdit && selection.size <= MANY ? selection : []) {
    const sheet = scene.sheets.get(id);
    if (sheet && !sheet.collapsed && Math.abs(sheet.x + sheet.w - x) < near && Math.abs(sheet.y + sheet.h - y) < near) {
      return { kind: sheet.kind, id, corner: true };
    }
  }
  return null;
}

/** The button under a selected table that adds a column. */
function addRowAt(scene, { x, y }, zoom, marks) {
  const box = addRowBox(scene, zoom, marks);
  const inside = box && x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
  return inside ? { kind: "node", id: box.id, add: true } : null;
}

function handleAt(scene, { x, y }, zoom, { canEdit }) {
  if (!canEdit || levelAt(zoom) !== FULL) {
    return null;
  }
  const near = NEAR_HANDLE / zoom;
  for (const node of scene.nodesIn({ x: x - near, y, w: 2 * near, h: 0.01 })) {
    if (scene.isGhost(node.id)) continue;
    const box = handleBox(node);
    const side = Math.abs(x - box.x) <= near ? -1 : Math.abs(x - box.x - box.w) <= near ? 1 : 0;
    const at = node.element.kind === "table" && !node.core ? rowAt(node, y) : undefined;
    const row = at && !scene.isGhost(at.id) ? at : undefined;
    if (side !== 0 && y >= box.y && y <= box.y + box.h && (row || node.core || hasTitleHandle(node, y))) {
      return row ? { kind: "node", id: node.id, row: row.id, handle: side } : { kind: "node", id: node.id, handle: side };
    }
  }
  return null;
}

/** A table is taken by its title, an entity or a relationship by the whole side. */
function hasTitleHandle(node, y) {
  return node.element.kind === "table" ? y < node.y + node.headerH : RELATED.has(node.element.kind);
}

/** Returns the shape of the row at a place, or undefined; without x, of any row at the height. */
export function rowAt(node, y, x = null) {
  return node.rows.find((row) => y >= node.y + row.y && y < node.y + row.y + row.h
    && (x === null || row.x === undefined || (x >= node.x + row.x && x < node.x + row.x + row.w)));
}

function nodeAt(scene, { x, y }, zoom, { canEdit }) {
  const node = topmost(scene.nodesIn({ x, y, w: 0.01, h: 0.01 }).filter((each) => isOnBox(each, x, y) && !scene.isGhost(each.id)), x, y);
  if (!node) {
    return null;
  }
  const at = rowAt(node, y, x);
  const row = at && !scene.isGhost(at.id) ? at : undefined;
  const mark = row && canEdit && levelAt(zoom) === FULL && isOnMark(node, row.id, x);
  return row ? { kind: "node", id: node.id, row: row.id, ...(mark ? { mark } : {}) } : { kind: "node", id: node.id };
}

/** Tells whether x is on PK or UK before a row: a line that is drawn from there comes from the key. */
function isOnMark({ x: left, keyX, nameX, element }, id, x) {
  const row = x > left + keyX - 4 && x < left + nameX - 4 ? element.rows.find((each) => each.id === id) : undefined;
  return Boolean(row && element.kind === "table" && (row.pk || row.unique));
}

function noteAt(scene, { x, y }) {
  const notes = scene.sheetsIn({ x, y, w: 0.01, h: 0.01 }).filter((sheet) => sheet.kind === "note");
  const note = topmost(notes, x, y);
  if (!note) {
    return null;
  }
  const link = linkAt(note, { x, y });
  return link ? { kind: "note", id: note.id, link } : { kind: "note", id: note.id };
}

/** A collapsed area is held anywhere on its box, like a table. */
function collapsedAt(scene, { x, y }) {
  const areas = scene.sheetsIn({ x, y, w: 0.01, h: 0.01 }).filter((sheet) => sheet.collapsed);
  const area = topmost(areas, x, y);
  return area ? areaHit(area, x, y) : null;
}

/** The mark in the corner of an area folds it, or unfolds it. */
function areaHit(area, x, y) {
  const [left, top] = foldMark(area);
  const folds = Math.abs(x - left) <= NEAR_FOLD && Math.abs(y - top) <= NEAR_FOLD;
  return folds ? { kind: "area", id: area.id, fold: true } : { kind: "area", id: area.id };
}

function topmost(items, x, y) {
  return items.findLast((item) => x >= item.x && x <= item.x + item.w && y >= item.y && y <= item.y + item.h);
}

/** An area is held by its title and its border: its ground is the canvas, where people draw rubber bands. */
function areaAt(scene, { x, y }, zoom) {
  const near = 5 / zoom;
  const around = scene.sheetsIn({ x: x - near, y: y - near, w: 2 * near, h: 2 * near });
  const found = around.findLast((area) => {
    if (area.kind !== "area" || area.collapsed) {
      return false;
    }
    const inside = x > area.x - near && x < area.x + area.w + near && y > area.y - near && y < area.y + area.h + near;
    const atEdge = x < area.x + near || x > area.x + area.w - near || y > area.y + area.h - near;
    return inside && (atEdge || y < area.y + Math.max(AREA_TITLE, 20 / zoom));
  });
  return found ? areaHit(found, x, y) : null;
}

function lineAt(scene, { x, y }, zoom) {
  const near = NEAR_LINE / zoom;
  let best = null;
  for (const line of scene.linesIn({ x: x - near, y: y - near, w: 2 * near, h: 2 * near })) {
    if (scene.isGhost(line.id) || scene.isGhost(line.owner)) continue;
    const away = isOnFigure(line.route, x, y) ? 0 : distanceTo(line.route.points, x, y);
    if (away <= near && (!best || away < best.away)) {
      best = { away, id: line.id };
    }
  }
  return best ? { kind: "line", id: best.id } : null;
}

/** Returns how far a point is from a line. */
export function distanceTo(points, x, y) {
  let least = Infinity;
  for (let at = 1; at < points.length; at += 1) {
    least = Math.min(least, distanceToSegment(points[at - 1], points[at], x, y));
  }
  return least;
}

function distanceToSegment([x1, y1], [x2, y2], x, y) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = dx * dx + dy * dy;
  const part = along ? Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / along)) : 0;
  return Math.hypot(x1 + dx * part - x, y1 + dy * part - y);
}
