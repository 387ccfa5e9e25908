/**
 * Paints Chen's notation: figures with their ovals, and lines with diamonds and circles on them. What is alike is one path:
 * a diagram has several times as many ovals as another has boxes.
 */

import { ROW_SIZE, TITLE_SIZE } from "../geometry/metrics.js";
import { DIAMOND_FRAME, FRAME, LINE_H, isDiamond } from "../geometry/notations/chen_box.js";
import { RING } from "../geometry/notations/chen_ovals.js";
import { textWidth } from "../geometry/text.js";
import { BLOCK, FULL, KEYS } from "./level.js";
import { paintTable } from "./paint_table.js";
import { font } from "./text.js";
import { headerColours, inkOn, namedColour } from "./theme.js";

const OVAL_DASH = [4, 3];
const VIEW_DASH = [5, 3];
const KEY_DASH = [3, 2];
const SOLID = [];
const LINE_W = 1.25;
/** How far below the middle of a text its line is. */
const UNDER = 7.5;
const TEXT_FONT = font(ROW_SIZE);
const TITLE_FONT = font(TITLE_SIZE, true);

/**
 * Paints one figure with its ovals.
 * @param {CanvasRenderingContext2D} context
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintChen(context, node, style) {
  if (style.level === BLOCK && !isDiamond(node.figure)) {
    paintTable(context, node, style);
    return;
  }
  context.save();
  context.translate(node.x, node.y);
  context.strokeStyle = style.theme.edge;
  context.lineWidth = Math.max(LINE_W, 1 / style.zoom);
  context.lineJoin = "miter";
  if (style.level !== BLOCK) {
    paintJoins(context, node.joins);
    paintOvals(context, node.rows, style);
  }
  paintCore(context, node, style);
  context.restore();
}

function paintJoins(context, joins) {
  context.beginPath();
  for (const path of joins) {
    path.forEach(([x, y], at) => (at === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  }
  context.stroke();
}

function paintOvals(context, ovals, { theme, level }) {
  context.fillStyle = theme.tableBg;
  for (const derived of [false, true]) {
    const wanted = ovals.filter((oval) => oval.derived === derived);
    if (wanted.length > 0) {
      context.setLineDash(derived ? OVAL_DASH : SOLID);
      traceOvals(context, wanted, 0);
      context.fill();
      context.stroke();
      traceOvals(context, wanted.filter((oval) => oval.double), RING);
      context.stroke();
    }
  }
  context.setLineDash(SOLID);
  if (level === FULL) {
    paintWords(context, ovals, theme);
  }
}

function traceOvals(context, ovals, inset) {
  context.beginPath();
  for (const { x, y, w, h } of ovals) {
    context.moveTo(x + w - inset, y + h / 2);
    context.ellipse(x + w / 2, y + h / 2, w / 2 - inset, h / 2 - inset, 0, 0, 2 * Math.PI);
  }
}

function paintWords(context, ovals, theme) {
  context.font = TEXT_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.text;
  for (const { x, y, w, h, text } of ovals) {
    context.fillText(text, x + w / 2, y + h / 2 + 0.5);
  }
  for (const key of ["solid", "dashed"]) {
    underline(context, ovals.filter((oval) => oval.key === key), key === "dashed", theme);
  }
}

function underline(context, ovals, dashed, theme) {
  if (ovals.length === 0) {
    return;
  }
  const { strokeStyle, lineWidth } = context;
  context.strokeStyle = theme.text;
  context.lineWidth = 1;
  context.setLineDash(dashed ? KEY_DASH : SOLID);
  context.beginPath();
  for (const { x, y, w, h, text } of ovals) {
    const half = textWidth(text, ROW_SIZE) / 2;
    context.moveTo(x + w / 2 - half, y + h / 2 + UNDER);
    context.lineTo(x + w / 2 + half, y + h / 2 + UNDER);
  }
  context.stroke();
  context.setLineDash(SOLID);
  Object.assign(context, { strokeStyle, lineWidth });
}

function paintCore(context, { core, figure, lines, element }, { theme, level, zoom }) {
  const { ground, ink } = coreColours(theme, element, figure);
  const middle = [core.x + core.w / 2, core.y + core.h / 2];
  context.fillStyle = ground;
  context.setLineDash(figure === "view" ? VIEW_DASH : SOLID);
  traceCore(context, core, figure, middle);
  context.fill();
  context.stroke();
  context.setLineDash(SOLID);
  traceSecond(context, core, figure, middle);
  context.stroke();
  context.fillStyle = ink;
  if (level === FULL) {
    context.font = isDiamond(figure) ? TEXT_FONT : TITLE_FONT;
    paintLines(context, lines, middle);
  } else if (level === KEYS && !isDiamond(figure)) {
    context.font = font(sizeInside(core, lines[0], zoom), true);
    paintLines(context, lines, middle);
  }
}

/** The size of a name that still fits its figure; as large as near by where it is long. */
function sizeInside(core, name, zoom) {
  const whole = (TITLE_SIZE * (core.w - 24)) / Math.max(1, textWidth(name, TITLE_SIZE, true));
  return Math.max(TITLE_SIZE, Math.round(Math.min(whole, 12 / zoom, core.h * 0.6)));
}

function coreColours(theme, element, figure) {
  const own = namedColour(theme, element.colour, "");
  if (own) {
    return { ground: own, ink: inkOn(own, theme.text) };
  }
  const kind = element.kind === "table" ? "table" : figure === "identifying" ? "relationship" : figure;
  return headerColours(theme, { kind, colour: "" });
}

function paintLines(context, lines, [x, y]) {
  context.textAlign = "center";
  context.textBaseline = "middle";
  const top = y - ((lines.length - 1) * LINE_H) / 2 + 0.5;
  lines.forEach((line, at) => context.fillText(line, x, top + at * LINE_H));
}

function traceCore(context, { x, y, w, h }, figure, middle) {
  context.beginPath();
  if (isDiamond(figure)) {
    traceDiamond(context, middle, w, h);
  } else {
    context.rect(x, y, w, h);
  }
}

/** The second line of what is drawn double, and the diamond in an associative entity. */
function traceSecond(context, { x, y, w, h }, figure, middle) {
  context.beginPath();
  if (figure === "weak") {
    context.rect(x + FRAME, y + FRAME, w - 2 * FRAME, h - 2 * FRAME);
  } else if (figure === "associative") {
    traceDiamond(context, middle, w, h);
  } else if (figure === "identifying") {
    traceInner(context, middle, w, h);
  }
}

/** Adds a diamond round a point to the path. */
export function traceDiamond(context, [x, y], w, h) {
  context.moveTo(x, y - h / 2);
  context.lineTo(x + w / 2, y);
  context.lineTo(x, y + h / 2);
  context.lineTo(x - w / 2, y);
  context.closePath();
}

/** Adds the second line of a double diamond. */
export function traceInner(context, middle, w, h) {
  const less = 1 - (2 * DIAMOND_FRAME) / h;
  traceDiamond(context, middle, w * less, h * less);
}

/** Paints lines of text round a point, in the font of verbs. */
export function paintVerb(context, lines, middle) {
  context.font = TEXT_FONT;
  paintLines(context, lines, middle);
}
