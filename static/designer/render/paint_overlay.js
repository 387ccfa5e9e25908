/** Paints what changes with every movement of the pointer: selection, hover, rubber band, handles, guides, the line being drawn. */

import { RADIUS } from "../geometry/metrics.js";
import { BLOCK, FULL, levelAt } from "./level.js";
import { paintArcs } from "./paint_arcs.js";
import { paintDragged } from "./paint_dragged.js";
import { strokeLines } from "./paint_lines.js";
import { paintLineEnds, paintPreview } from "./paint_preview.js";
import { handleBox, traceRow } from "./row_shape.js";
import { paintPins } from "./talk_pins.js";
import { font } from "./text.js";
import { boxesOver, paintAround } from "./under_boxes.js";

export const HANDLE_RADIUS = 5;
/** The frames of more selected things than these are painted into tiles, see view.js. */
export const MANY = 200;
const TAKES_ROWS = new Set(["table", "entity", "weak", "associative"]);
const CONNECTED = new Set(["table", "entity", "weak", "associative", "relationship"]);

/**
 * @typedef {{
 *   selection: Set<string>, hover: {kind: string, id: string, row?: string, handle?: boolean} | null,
 *   marquee: object | null, preview: import("./paint_preview.js").Preview | null,
 *   guides: {x1: number, y1: number, x2: number, y2: number}[], canEdit: boolean, focused: boolean,
 *   lit?: Set<string> | null,
 *   pins?: {list: import("./talk_pins.js").Pin[], open: number | null} | null,
 * }} Marks
 */

/** Paints the marks of a view in world units. @param {Marks} marks */
export function paintOverlay(context, marks, scene, theme, zoom, visible) {
  const style = { theme, zoom, level: levelAt(zoom), line: 1 / zoom };
  paintArcs(context, scene, zoom, theme);
  paintLit(context, litLines(marks, scene), marks, scene, style, visible);
  paintHoverRow(context, marks, scene, style);
  paintSelection(context, marks, scene, style, visible);
  paintAddRow(context, marks, scene, style);
  paintHoverBox(context, marks, scene, style);
  paintHandles(context, marks, scene, style);
  paintLineEnds(context, marks, scene, style);
  marks.pins && !marks.lifted && paintPins(context, marks.pins, style, visible);
  paintGuides(context, marks.guides, style);
  paintPreview(context, marks.preview, scene, style);
  paintMarquee(context, marks.marquee, style);
  paintDragged(context, marks, style);
}

/**
 * Returns the lines to light up: those at what the pointer is on, and those at what is selected while it is little. Where
 * the others are dimmed, as beside a path, only those that are not.
 */
export function litLines(marks, scene) {
  if (!scene.isRouted) {
    return [];
  }
  const found = new Map();
  const add = (id, strong) => {
    const line = scene.lines.get(id);
    if (line && !(found.get(line))) {
      found.set(line, strong);
    }
  };
  if (marks.selection.size <= 50 && !marks.lifted) {
    for (const id of marks.selection) {
      add(id, true);
      scene.linesAt(id).forEach((line) => !marks.lit || marks.lit.has(line) ? add(line, true) : null);
    }
  }
  const { hover } = marks;
  if (hover?.kind === "line") {
    add(hover.id, true);
  } else if (hover?.kind === "node" && hover.row) {
    for (const id of scene.linesAt(hover.id)) {
      if (holdsRow(scene.lines.get(id).edge, hover)) {
        add(id, true);
      }
    }
  }
  return [...found.keys()];
}

function holdsRow(edge, { id, row }) {
  return (edge.source.element === id && edge.source.rows.includes(row))
    || (edge.target.element === id && edge.target.rows.includes(row));
}

function paintLit(context, lines, marks, scene, style, visible) {
  const seen = lines.filter((line) => touches(line, visible));
  if (seen.length === 0) {
    return;
  }
  const boxes = scene.notation.straight ? new Set() : boxesOver(seen, scene, visible);
  paintAround(context, boxes, visible, () => strokeLines(context, seen, {
    colour: style.theme.edgeHover, width: 2 * Math.max(1, style.line), background: style.theme.canvasBg, zoom: style.zoom, box: visible,
  }));
  if (style.level !== BLOCK) {
    const lit = new Set();
    seen.forEach((line) => paintLitRows(context, line.edge, scene, style, lit));
  }
}

/** Both columns of a lit line are lit, each once however many lines end at it: `lit` has those that are. */
function paintLitRows(context, edge, scene, { theme }, lit) {
  context.fillStyle = theme.edgeHover;
  context.globalAlpha = 0.16;
  for (const end of [edge.source, edge.target]) {
    const node = scene.nodes.get(end.element);
    for (const row of node?.rows ?? []) {
      const key = `${end.element} ${row.id}`;
      if (end.rows.includes(row.id) && !lit.has(key)) {
        lit.add(key);
        traceRow(context, node, row, 1);
        context.fill();
      }
    }
  }
  context.globalAlpha = 1;
}

function paintHoverRow(context, { hover, selection }, scene, { theme, level }) {
  const node = hover?.kind === "node" && hover.row && level === FULL ? scene.nodes.get(hover.id) : null;
  const row = node?.rows.find((each) => each.id === hover.row);
  if (row && !selection.has(row.id)) {
    context.fillStyle = theme.accent;
    context.globalAlpha = 0.07;
    traceRow(context, node, row, 1);
    context.fill();
    context.globalAlpha = 1;
  }
}

function paintSelection(context, marks, scene, style, visible) {
  if (marks.selection.size > MANY || marks.lifted) {
    return;
  }
  for (const id of marks.selection) {
    const item = scene.item(id);
    if (!item) {
      paintSelectedRow(context, id, scene, style);
    } else if (touches(item, visible)) {
      paintSelected(context, item, style, marks);
    }
  }
}

function touches(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** A selected column: its row, and the box it belongs to. */
function paintSelectedRow(context, id, scene, style) {
  const node = scene.nodes.get(scene.shownBy(id));
  const row = node?.rows.find((each) => each.id === id);
  if (!row) {
    return;
  }
  context.fillStyle = style.theme.selection;
  context.globalAlpha = 0.16;
  traceRow(context, node, row);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = style.theme.selection;
  context.lineWidth = 1.5 * style.line;
  context.stroke();
  paintSelected(context, node, style, { focused: false });
}

/** Returns where the button for a new column stands: under the one selected table; null where there is none. */
export function addRowBox(scene, zoom, { selection, canEdit }) {
  if (!canEdit || selection.size !== 1 || levelAt(zoom) !== FULL) {
    return null;
  }
  const [id] = selection;
  const node = scene.nodes.get(scene.shownBy(id));
  return node && TAKES_ROWS.has(node.element.kind) ? { id: node.id, x: node.x, y: node.y + node.h + 5, w: node.w, h: 22 } : null;
}

function paintAddRow(context, marks, scene, { theme, zoom, line }) {
  const box = marks.typing || marks.preview || marks.marquee ? null : addRowBox(scene, zoom, marks);
  if (!box) {
    return;
  }
  const hot = marks.hover?.add === true;
  context.beginPath();
  context.roundRect(box.x, box.y, box.w, box.h, RADIUS);
  context.fillStyle = theme.tableBg;
  context.fill();
  context.strokeStyle = hot ? theme.accent : theme.tableBorder;
  context.lineWidth = line;
  context.stroke();
  context.font = font(12);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = hot ? theme.accent : theme.textMuted;
  context.fillText(scene.nodes.get(box.id).element.kind === "table" ? "+ Add column" : "+ Add attribute", box.x + box.w / 2, box.y + box.h / 2 + 0.5);
}

function paintSelected(context, item, { theme, line }, { focused }) {
  context.strokeStyle = theme.selection;
  context.lineWidth = (focused ? 2 : 1.5) * line;
  context.beginPath();
  const gap = 1.5 * line;
  context.roundRect(item.x - gap, item.y - gap, item.w + 2 * gap, item.h + 2 * gap, RADIUS + gap);
  context.stroke();
}

function paintHoverBox(context, { hover, selection }, scene, { theme, line }) {
  const item = hover && hover.kind !== "line" && !selection.has(hover.id) ? scene.item(hover.id) : null;
  if (!item) {
    return;
  }
  context.strokeStyle = theme.accent;
  context.globalAlpha = 0.6;
  context.lineWidth = 1.5 * line;
  context.beginPath();
  context.roundRect(item.x, item.y, item.w, item.h, RADIUS);
  context.stroke();
  context.globalAlpha = 1;
}

/** The handles at the edge of a row or a title (start a connection) and at the corner of an area or a note (its size). */
function paintHandles(context, marks, scene, style) {
  if (!marks.canEdit || style.level !== FULL) {
    return;
  }
  paintSizeHandles(context, marks, scene, style);
  const { hover } = marks;
  const node = hover?.kind === "node" && !hover.add && !marks.preview ? scene.nodes.get(hover.id) : null;
  if (!node || !CONNECTED.has(node.element.kind)) {
    return;
  }
  const row = node.element.kind === "table" && !node.core ? node.rows.find((each) => each.id === hover.row) : undefined;
  const box = handleBox(node);
  const y = row ? row.y + row.h / 2 : Math.min(node.headerH ?? node.h, node.h) / 2;
  for (const x of [box.x, box.x + box.w]) {
    dot(context, x, box.y + y, HANDLE_RADIUS, style);
  }
}

function dot(context, x, y, radius, { theme, line }) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = theme.tableBg;
  context.fill();
  context.strokeStyle = theme.accent;
  context.lineWidth = 2 * Math.max(line, 0.75);
  context.stroke();
}

function paintSizeHandles(context, { selection, lifted }, scene, { theme, line }) {
  if (selection.size > MANY || lifted) {
    return;
  }
  for (const id of selection) {
    const sheet = scene.sheets.get(id);
    if (sheet && !sheet.collapsed) {
      const size = 8 * line;
      context.fillStyle = theme.tableBg;
      context.fillRect(sheet.x + sheet.w - size / 2, sheet.y + sheet.h - size / 2, size, size);
      context.strokeStyle = theme.selection;
      context.lineWidth = 1.5 * line;
      context.strokeRect(sheet.x + sheet.w - size / 2, sheet.y + sheet.h - size / 2, size, size);
    }
  }
}

function paintGuides(context, guides, { theme, line }) {
  if (guides.length === 0) {
    return;
  }
  context.strokeStyle = theme.danger;
  context.lineWidth = line;
  context.beginPath();
  for (const { x1, y1, x2, y2 } of guides) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
}

function paintMarquee(context, marquee, { theme, line }) {
  if (!marquee) {
    return;
  }
  const { x, y, w, h } = marquee;
  context.fillStyle = theme.selection;
  context.globalAlpha = 0.1;
  context.fillRect(x, y, w, h);
  context.globalAlpha = 1;
  context.strokeStyle = theme.selection;
  context.lineWidth = line;
  context.strokeRect(x, y, w, h);
}
