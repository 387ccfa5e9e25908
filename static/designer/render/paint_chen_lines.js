/** Paints the lines of Chen's notation with their diamonds, circles, ratios and roles. */

import { markOf } from "../geometry/ends.js";
import { strokesOf } from "../geometry/notations/chen_plane.js";
import { SUBSET_REACH, TEXT_SIZE } from "../geometry/notations/chen_routes.js";
import { FULL } from "./level.js";
import { paintVerb, traceDiamond, traceInner } from "./paint_chen.js";
import { font } from "./text.js";
import { headerColours } from "./theme.js";

const WIDTH = 1.25;
const DASH = [2, 4];
const SOLID = [];
const TEXT_FONT = font(TEXT_SIZE);
const VERB = { kind: "relationship", colour: "" };

/** The strokes of a route; a route is never changed, only replaced. @type {WeakMap<object, number[][][]>} */
const strokes = new WeakMap();

/** Tells whether lines are drawn as Chen draws them. */
export function areChen(lines) {
  return lines.length > 0 && lines[0].notation.name === "chen";
}

/**
 * Paints lines under the boxes, with what stands on them.
 * @param {CanvasRenderingContext2D} context
 * @param {object[]} lines of the scene
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintChenLines(context, lines, style) {
  strokeChenLines(context, lines, { colour: style.theme.edge, width: Math.max(WIDTH, 1 / style.zoom), zoom: style.zoom });
  paintFigures(context, lines, style);
  if (style.level === FULL) {
    paintTexts(context, lines, style.theme);
  }
}

/** Paints lines in a colour, and the outlines of what stands on them. */
export function strokeChenLines(context, lines, { colour, width }) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "miter";
  for (const dashed of [false, true]) {
    context.setLineDash(dashed ? DASH : SOLID);
    context.beginPath();
    lines.filter((line) => line.notation.dashed(line.edge) === dashed).forEach((line) => traceLine(context, line.route));
    context.stroke();
  }
  context.setLineDash(SOLID);
  context.beginPath();
  lines.forEach((line) => traceSigns(context, line));
  context.stroke();
}

function traceLine(context, route) {
  let paths = strokes.get(route);
  if (!paths) {
    paths = strokesOf(route);
    strokes.set(route, paths);
  }
  for (const path of paths) {
    path.forEach(([x, y], at) => (at === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
  }
}

/** The outlines of figures, the sign of a subset, and the arrow head at what a view reads. */
function traceSigns(context, { edge, route }) {
  traceFigure(context, route);
  if (route.subset) {
    traceSubset(context, route.label, route.subset);
  }
  if (edge.kind === "reads") {
    for (const [x1, y1, x2, y2] of markOf("arrow", route.target.point, route.target.direction).lines) {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
  }
}

function traceFigure(context, { figure, label: [x, y], shared }) {
  if (!figure || shared) {
    return;
  }
  if (figure.shape === "circle") {
    context.moveTo(x + figure.w / 2, y);
    context.arc(x, y, figure.w / 2, 0, 2 * Math.PI);
    return;
  }
  traceDiamond(context, [x, y], figure.w, figure.h);
  if (figure.shape === "identifying") {
    traceInner(context, [x, y], figure.w, figure.h);
  }
}

/** The U that is open toward the supertype. */
function traceSubset(context, label, { dx, dy, ux, uy }) {
  const [x, y, r] = [label[0] + dx, label[1] + dy, SUBSET_REACH];
  const back = Math.atan2(-uy, -ux);
  context.moveTo(x - uy * r + ux * r, y + ux * r + uy * r);
  context.arc(x, y, r, back - Math.PI / 2, back + Math.PI / 2);
  context.lineTo(x + uy * r + ux * r, y - ux * r + uy * r);
}

/** Figures cover the lines that pass under them. */
function paintFigures(context, lines, { theme, level, zoom }) {
  const shown = lines.map((line) => line.route).filter((route) => route.figure && !route.shared);
  const diamonds = shown.filter((route) => route.figure.shape !== "circle");
  const { ground, ink } = headerColours(theme, VERB);
  context.lineWidth = Math.max(WIDTH, 1 / zoom);
  fillFigures(context, diamonds, ground);
  fillFigures(context, shown.filter((route) => route.figure.shape === "circle"), theme.tableBg);
  if (level !== FULL) {
    return;
  }
  for (const { figure, label } of shown) {
    context.fillStyle = figure.shape === "circle" ? theme.text : ink;
    paintVerb(context, figure.lines, label);
  }
}

function fillFigures(context, routes, ground) {
  context.fillStyle = ground;
  context.beginPath();
  for (const { figure, label } of routes) {
    traceDiamondOrCircle(context, figure, label);
  }
  context.fill();
  context.beginPath();
  routes.forEach((route) => traceFigure(context, route));
  context.stroke();
}

function traceDiamondOrCircle(context, { shape, w, h }, [x, y]) {
  if (shape === "circle") {
    context.moveTo(x + w / 2, y);
    context.arc(x, y, w / 2, 0, 2 * Math.PI);
  } else {
    traceDiamond(context, [x, y], w, h);
  }
}

function paintTexts(context, lines, theme) {
  context.font = TEXT_FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 3;
  context.lineJoin = "round";
  context.strokeStyle = theme.canvasBg;
  context.fillStyle = theme.text;
  for (const { route: { texts, label: [x, y] } } of lines) {
    for (const { text, dx, dy } of texts) {
      context.strokeText(text, x + dx, y + dy + 0.5);
      context.fillText(text, x + dx, y + dy + 0.5);
    }
  }
}
