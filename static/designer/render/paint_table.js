/** Paints tables, views and entities at three levels of detail. World coordinates, one pixel is one pixel at zoom 1. */

import {
  HEADER_H, INDENT, KEY_SIZE, PADDING, RADIUS, ROW_SIZE, SUBTITLE_SIZE, TITLE_SIZE, TYPE_SIZE, keyMarks, rowsShown,
} from "../geometry/metrics.js";
import { textWidth } from "../geometry/text.js";
import { LINE, nameLines } from "./block_name.js";
import { BLOCK, FULL, blockFont, keysFont } from "./level.js";
import { fit, font } from "./text.js";
import { headerColours } from "./theme.js";

const TITLE_FONT = font(TITLE_SIZE, true);
const SUBTITLE_FONT = font(SUBTITLE_SIZE);
const ROW_FONT = font(ROW_SIZE);
const PK_FONT = font(ROW_SIZE, true);
const TYPE_FONT = font(TYPE_SIZE);
const KEY_FONT = font(KEY_SIZE, true);
const ENTITIES = new Set(["entity", "weak", "associative"]);
const DASH = [5, 3];
const SOLID = [];

/**
 * Paints one element of the scene.
 * @param {CanvasRenderingContext2D} context
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintTable(context, node, style) {
  if (style.level === FULL) {
    paintFull(context, node, style);
  } else if (style.level === BLOCK) {
    paintBlock(context, node, style);
  } else {
    paintKeys(context, node, style);
  }
}

function paintFull(context, node, { theme, zoom }) {
  const { x, y, w, h, element } = node;
  const headed = node.rows.length > 0;
  const { ground, ink } = headerColours(theme, element);
  box(context, node, theme.tableBg);
  context.fillStyle = ground;
  roundTop(context, x, y, w, headed ? node.headerH : h, headed, cornerOf(node));
  header(context, node, ink);
  rows(context, node, theme);
  outline(context, node, theme, zoom);
}

function header(context, node, ink) {
  const { x, y, w, element } = node;
  const room = w - 2 * PADDING;
  const middle = y + HEADER_H / 2 + 0.5;
  const centred = element.kind === "relationship" && node.rows.length === 0;
  context.textBaseline = "middle";
  context.textAlign = centred ? "center" : "left";
  context.font = TITLE_FONT;
  context.fillStyle = ink;
  context.fillText(fit(element.title, TITLE_SIZE, true, room), centred ? x + w / 2 : x + PADDING, middle, room);
  context.textAlign = "left";
  if (element.subtitle) {
    context.font = SUBTITLE_FONT;
    context.globalAlpha = 0.75;
    context.fillText(fit(element.subtitle, SUBTITLE_SIZE, false, room), x + PADDING, y + HEADER_H + 1);
    context.globalAlpha = 1;
  }
}

function rows(context, node, theme) {
  const shown = rowsShown(node.element);
  rules(context, node, theme);
  paintNames(context, node, shown, theme, ENTITIES.has(node.element.kind));
  paintTypes(context, node, shown, theme);
  paintMarks(context, node, shown, theme);
}

function rules(context, { x, y, w, headerH, rows: shapes }, theme) {
  context.fillStyle = theme.rule;
  for (let index = 1; index < shapes.length; index += 1) {
    context.fillRect(x + 1, y + shapes[index].y, w - 2, 1);
  }
  if (shapes.length > 0) {
    context.fillStyle = theme.tableBorder;
    context.fillRect(x, y + headerH - 1, w, 1);
  }
}

/**
 * Paints the names of rows, narrower where the machine has no font of the widths that boxes are measured by. One pass for
 * each font: changing the font costs more than the text.
 */
export function paintNames(context, node, shown, theme, underlined = false) {
  const { x, y } = node;
  context.fillStyle = theme.text;
  for (const bold of [true, false]) {
    context.font = bold ? PK_FONT : ROW_FONT;
    for (let index = 0; index < shown.length; index += 1) {
      const row = shown[index];
      if (row.pk === bold) {
        const indent = row.depth * INDENT;
        const name = fit(row.name, ROW_SIZE, bold, node.nameW - indent);
        const middle = middleOf(y, node.rows[index]);
        context.fillText(name, x + node.nameX + indent, middle, node.nameW - indent);
        if (bold && underlined) {
          context.fillRect(x + node.nameX + indent, middle + 7, textWidth(name, ROW_SIZE, true), 1);
        }
      }
    }
  }
}

/** Paints the types of rows. */
export function paintTypes(context, node, shown, theme) {
  const { x, y } = node;
  context.font = TYPE_FONT;
  context.fillStyle = theme.textMuted;
  for (let index = 0; index < shown.length; index += 1) {
    const row = shown[index];
    if (row.type) {
      context.fillText(fit(row.type, TYPE_SIZE, false, node.typeW), x + node.typeX, middleOf(y, node.rows[index]), node.typeW);
    }
  }
}

function paintMarks(context, node, shown, theme) {
  const { x, y } = node;
  context.font = KEY_FONT;
  for (let index = 0; index < shown.length; index += 1) {
    const row = shown[index];
    const marks = keyMarks(row);
    if (marks) {
      paintKeyMarks(context, marks, x + node.keyX, middleOf(y, node.rows[index]), theme);
    }
  }
  nullMarks(context, node, shown, theme);
}

function paintKeyMarks(context, marks, x, middle, theme) {
  const colours = { PK: theme.pk, FK: theme.fk, UK: theme.unique };
  marks.split(" ").forEach((mark, at) => {
    context.fillStyle = colours[mark];
    context.fillText(mark, x + at * 20, middle);
  });
}

function nullMarks(context, node, shown, theme) {
  const { x, y } = node;
  context.font = TYPE_FONT;
  context.fillStyle = theme.textMuted;
  for (let index = 0; index < shown.length; index += 1) {
    if (shown[index].nullable) {
      context.fillText("?", x + node.nullX + 4, middleOf(y, node.rows[index]));
    }
  }
}

/** Returns the middle of a row, where its texts stand. */
export function middleOf(y, row) {
  return y + row.y + row.h / 2 + 0.5;
}

/** Header with its name, and a bar for each row that says whether it is a key. */
function paintKeys(context, node, style) {
  const { theme, zoom } = style;
  const { x, y, w, h, element } = node;
  const { ground, ink } = headerColours(theme, element);
  frame(context, node, style, theme.tableBorder, theme.tableBg);
  context.fillStyle = ground;
  const headerH = node.rows.length > 0 ? node.headerH : h;
  context.fillRect(x + 1 / zoom, y + 1 / zoom, w - 2 / zoom, headerH - 1 / zoom);
  bars(context, node, theme);
  const size = keysFont(zoom, headerH, textWidth(element.title, 100, true) / 100, w - PADDING);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.font = font(size, true);
  context.fillStyle = ink;
  context.fillText(fit(element.title, size, true, w - PADDING), x + PADDING / 2, y + headerH / 2 + 1, w - PADDING);
}

/** Paints a bar for each row that says whether it is a key. */
export function bars(context, node, theme) {
  const { x, y, w } = node;
  const shown = rowsShown(node.element);
  for (const [colour, wanted] of [[theme.pk, "pk"], [theme.fk, "fk"], [theme.tableBorder, ""]]) {
    context.fillStyle = colour;
    for (let index = 0; index < shown.length; index += 1) {
      const row = shown[index];
      if ((row.pk ? "pk" : row.fk ? "fk" : "") === wanted) {
        const length = Math.min(node.nameW, 10 + row.name.length * 6.5);
        context.fillRect(x + PADDING, y + node.rows[index].y + 8, Math.min(length, w - 2 * PADDING), 8);
      }
    }
  }
}

/** A block in the table's colour with its name across it, for as long as it can be read. */
export function paintBlock(context, node, style) {
  const { theme, zoom } = style;
  const { x, y, w, h, element } = node;
  const { ground, ink } = headerColours(theme, element);
  blockFrame(context, node, zoom, ground, ink);
  const size = blockFont(zoom, w, h, element.title.length);
  if (size === 0) {
    return;
  }
  context.font = font(size, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = ink;
  const lines = nameLines(element.title, size, w, h);
  const top = y + h / 2 - ((lines.length - 1) * size * LINE) / 2;
  lines.forEach((line, at) => context.fillText(line, x + w / 2, top + at * size * LINE, w * 0.96));
}

/** From afar the ground is what one sees of a table, so it is deeper than near by; a tiny block has no border. */
function blockFrame(context, { x, y, w, h }, zoom, ground, ink) {
  const line = w * zoom < 20 ? 0 : 1 / zoom;
  context.fillStyle = mixed(ground, ink, 50);
  if (line > 0) {
    context.fillRect(x, y, w, h);
  }
  context.fillStyle = line > 0 ? mixed(ground, ink, 16) : mixed(ground, ink, 34);
  context.fillRect(x + line, y + line, w - 2 * line, h - 2 * line);
}

const mixes = new Map();

function mixed(ground, ink, percent) {
  const key = `${ground}${ink}${percent}`;
  let colour = mixes.get(key);
  if (colour === undefined) {
    colour = `color-mix(in srgb, ${ink} ${percent}%, ${ground})`;
    mixes.set(key, colour);
  }
  return colour;
}

/** Two rectangles instead of a stroke: a stroked path costs several times as much. */
function frame(context, { x, y, w, h }, { zoom }, border, ground) {
  const line = 1 / zoom;
  context.fillStyle = border;
  context.fillRect(x, y, w, h);
  context.fillStyle = ground;
  context.fillRect(x + line, y + line, w - 2 * line, h - 2 * line);
}

function box(context, node, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(node.x, node.y, node.w, node.h, cornerOf(node));
  context.fill();
}

function roundTop(context, x, y, w, h, squareBottom, corner) {
  context.beginPath();
  context.roundRect(x, y, w, h, squareBottom ? [corner, corner, 0, 0] : corner);
  context.fill();
}

/** A weak entity has a double line, a view a dashed one. */
function outline(context, node, theme, zoom) {
  const { x, y, w, h, element } = node;
  context.strokeStyle = theme.tableBorder;
  context.lineWidth = Math.max(1, 1 / zoom);
  context.setLineDash(element.kind === "view" ? DASH : SOLID);
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, w - 1, h - 1, cornerOf(node));
  if (element.kind === "weak") {
    context.roundRect(x + 3.5, y + 3.5, w - 7, h - 7, RADIUS - 2);
  }
  context.stroke();
  context.setLineDash(SOLID);
}

function cornerOf({ element, rows: shapes, h }) {
  return element.kind === "relationship" && shapes.length === 0 ? h / 2 : RADIUS;
}
