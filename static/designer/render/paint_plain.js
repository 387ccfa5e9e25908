/**
 * Paints the boxes of notations that write their marks as text: IDEF1X with the name above the box, Barker's soft boxes,
 * UML classes with compartments. Their frames are as strong as lines, since here the frame is part of what is said.
 */

import { PADDING, ROW_SIZE, SUBTITLE_SIZE, TITLE_SIZE, rowsShown } from "../geometry/metrics.js";
import { STEREOTYPE_H } from "../geometry/notations/uml.js";
import { TAB_GAP } from "../geometry/notations/idef1x.js";
import { textWidth } from "../geometry/text.js";
import { BLOCK, FULL } from "./level.js";
import { bars, middleOf, paintBlock, paintNames, paintTypes } from "./paint_table.js";
import { fit, font } from "./text.js";
import { headerColours, inkOn, namedColour } from "./theme.js";

const TITLE_FONT = font(TITLE_SIZE, true);
const SUBTITLE_FONT = font(SUBTITLE_SIZE);
const MARK_FONT = font(ROW_SIZE, true);
const DASH = [5, 3];
const SOLID = [];
const TAB_INSET = 4;
const MOST_TAB = 30;

/**
 * Paints one element of the scene.
 * @param {CanvasRenderingContext2D} context
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintPlain(context, node, style) {
  if (style.level === FULL) {
    paintFull(context, node, style);
  } else if (style.level === BLOCK) {
    paintBlock(context, node, style);
  } else {
    paintOutline(context, node, style);
  }
}

function paintFull(context, node, style) {
  const { theme } = style;
  const ink = ground(context, node, theme);
  frame(context, node, style);
  rules(context, node, theme);
  title(context, node, ink);
  const shown = rowsShown(node.element);
  context.textAlign = "left";
  paintNames(context, node, shown, theme);
  paintTypes(context, node, shown, theme);
  marks(context, node, shown, theme);
}

/** Fills the box and its head; returns the colour that can be read on the head. */
function ground(context, node, theme) {
  const { x, y, w, h, bodyY, corner } = node;
  context.fillStyle = theme.tableBg;
  context.beginPath();
  context.roundRect(x, y + bodyY, w, h - bodyY, corner);
  context.fill();
  const { fill, ink } = headOf(node, theme);
  if (fill) {
    context.fillStyle = fill;
    context.beginPath();
    head(context, node);
    context.fill();
  }
  return ink;
}

/** A head has the colour of its element; without one only that of a UML class is tinted. */
function headOf({ notation, element }, theme) {
  const own = namedColour(theme, element.colour, "");
  if (notation.name === "uml") {
    const { ground: fill, ink } = headerColours(theme, element);
    return { fill, ink };
  }
  return { fill: own, ink: own ? inkOn(own, theme.text) : theme.text };
}

/** The name above a box is underlaid, the name in a box has the upper part of it. */
function head(context, { x, y, w, h, bodyY, headerH, corner, element, rows: shapes, titleW }) {
  if (bodyY > 0) {
    const room = Math.min(titleW, textWidth(element.title, TITLE_SIZE, true)) + 2 * TAB_INSET;
    context.roundRect(x - TAB_INSET / 2, y + 2, room, bodyY - 4, 3);
  } else {
    context.roundRect(x, y, w, shapes.length > 0 ? headerH : h, shapes.length > 0 ? [corner, corner, 0, 0] : corner);
  }
}

/** What a view shows is stored elsewhere: its frame is dashed. */
function frame(context, { x, y, w, h, bodyY, corner, element }, { theme, zoom }) {
  context.strokeStyle = theme.edge;
  context.lineWidth = Math.max(1.25, 1 / zoom);
  context.setLineDash(element.kind === "view" ? DASH : SOLID);
  context.beginPath();
  context.roundRect(x + 0.5, y + bodyY + 0.5, w - 1, h - bodyY - 1, corner);
  context.stroke();
  context.setLineDash(SOLID);
}

function rules(context, { x, y, w, rules: heights }, theme, thick = 1.25) {
  context.fillStyle = theme.edge;
  for (const height of heights) {
    context.fillRect(x, y + height - 0.5, w, thick);
  }
}

function title(context, node, ink) {
  const { x, y, w, element, notation, titleX, titleY, titleW, titleH } = node;
  const centred = notation.name === "uml" || (element.kind === "relationship" && node.rows.length === 0);
  const left = centred ? x + w / 2 : x + titleX;
  const middle = y + titleY + titleH / 2 + 0.5;
  context.textBaseline = "middle";
  context.textAlign = centred ? "center" : "left";
  context.fillStyle = ink;
  context.font = TITLE_FONT;
  const name = fit(element.title, TITLE_SIZE, true, titleW);
  const taken = textWidth(name, TITLE_SIZE, true);
  context.fillText(name, left, middle, node.bodyY > 0 ? taken : titleW);
  context.font = SUBTITLE_FONT;
  context.globalAlpha = 0.75;
  if (element.stereotype) {
    context.fillText(fit(element.stereotype, SUBTITLE_SIZE, false, titleW), left, y + titleY - STEREOTYPE_H / 2 + 1);
  }
  subtitle(context, node, left, middle, taken);
  context.globalAlpha = 1;
}

/** The schema stands under the name, or beside a name above its box. */
function subtitle(context, { element, bodyY, titleW, titleY, titleH, y }, left, middle, taken) {
  if (!element.subtitle) {
    return;
  }
  if (bodyY > 0) {
    const room = titleW - taken - TAB_GAP;
    context.fillText(fit(element.subtitle, SUBTITLE_SIZE, false, room), left + taken + TAB_GAP, middle + 1);
  } else {
    context.fillText(fit(element.subtitle, SUBTITLE_SIZE, false, titleW), left, y + titleY + titleH + (element.stereotype ? 5 : 1));
  }
}

function marks(context, node, shown, theme) {
  context.font = MARK_FONT;
  for (let index = 0; index < shown.length; index += 1) {
    const row = shown[index];
    if (row.mark) {
      context.fillStyle = row.pk ? theme.pk : theme.textMuted;
      context.fillText(row.mark, node.x + node.keyX, middleOf(node.y, node.rows[index]));
    }
  }
}

/** From farther away: the frame, the name as large as it may be, and a bar for each row. */
function paintOutline(context, node, { theme, zoom }) {
  const { x, y, w, h, bodyY, headerH, element } = node;
  const line = 1 / zoom;
  context.fillStyle = theme.edge;
  filled(context, node, 0);
  context.fillStyle = theme.tableBg;
  filled(context, node, line);
  const { fill, ink } = headOf(node, theme);
  const tall = node.rows.length > 0 ? headerH : h;
  rules(context, node, theme, line);
  if (fill && bodyY === 0) {
    context.fillStyle = fill;
    context.fillRect(x + line, y + line, w - 2 * line, tall - line);
  }
  bars(context, node, theme);
  outlineTitle(context, node, { zoom, tall, ink });
}

/** A name above its box may grow upwards. */
function outlineTitle(context, { x, y, w, bodyY, element }, { zoom, tall, ink }) {
  const size = Math.round(Math.min(bodyY > 0 ? MOST_TAB : tall * 0.85, 12 / zoom));
  const room = w - PADDING;
  context.textBaseline = bodyY > 0 ? "bottom" : "middle";
  context.textAlign = "left";
  context.font = font(size, true);
  context.fillStyle = ink;
  context.fillText(fit(element.title, size, true, room), x + (bodyY > 0 ? 1 : PADDING / 2), bodyY > 0 ? y + bodyY : y + tall / 2 + 1, room);
}

function filled(context, { x, y, w, h, bodyY, corner }, inset) {
  context.beginPath();
  context.roundRect(x + inset, y + bodyY + inset, w - 2 * inset, h - bodyY - 2 * inset, Math.max(0, corner - inset));
  context.fill();
}
