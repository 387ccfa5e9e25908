/** Paints the samples of a legend with what paints diagrams, so that they look the same. */

import { wishesOf } from "../geometry/labels.js";
import { LABEL_SIZE } from "../geometry/metrics.js";
import { FULL } from "./level.js";
import { strokeLines } from "./paint_lines.js";
import { paintNode } from "./paint_node.js";
import { font } from "./text.js";

export const SAMPLE_W = 92;
const LOW = 28;
const HIGH = 46;
const INSET = 6;
const LINE_Y = 14;
/** A line with texts over it lies lower. */
const LOW_LINE_Y = 19;
const LABEL_H = 12;

/** Returns how high a sample is: a figure with an attribute needs more room. */
export function heightOf({ element }) {
  return element?.rows.length ? HIGH : LOW;
}

/**
 * Paints one sample at the top left of a context whose unit is a pixel of the page.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../geometry/notations/legends.js").LegendEntry} entry
 * @param {import("../geometry/notations/base.js").Notation} notation
 * @param {object} theme
 */
export function paintSample(context, entry, notation, theme) {
  if (entry.edge) {
    paintLine(context, entry.edge, notation, theme);
  } else if (entry.element) {
    paintBox(context, entry.element, notation, theme);
  } else {
    paintWord(context, entry.sign, theme);
  }
}

/** The route of a sample: level, from left to right. */
function sampleRoute(edge, notation) {
  const y = notation.endTexts(edge).length > 0 ? LOW_LINE_Y : LINE_Y;
  const ends = [[INSET, y], [SAMPLE_W - INSET, y]];
  return { points: ends, source: { point: ends[0], direction: [1, 0] }, target: { point: ends[1], direction: [-1, 0] }, label: ends[0] };
}

function paintLine(context, edge, notation, theme) {
  const route = sampleRoute(edge, notation);
  strokeLines(context, [{ id: "", edge, notation, route }], { colour: theme.text, width: 1.25, background: theme.tableBg, zoom: 1 });
  context.font = font(LABEL_SIZE);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.text;
  for (const { text, w, places: [[x, y]] } of wishesOf(edge, route, notation)) {
    context.fillText(text, x + w / 2, y + LABEL_H / 2 + 0.5);
  }
}

function paintBox(context, element, notation, theme) {
  const shape = notation.boxOf(element);
  const height = heightOf({ element });
  const scale = Math.min(1, (SAMPLE_W - 2 * INSET) / shape.w, (height - 4) / shape.h);
  context.save();
  context.translate((SAMPLE_W - shape.w * scale) / 2, (height - shape.h * scale) / 2);
  context.scale(scale, scale);
  const node = { ...shape, id: "", element, notation, x: 0, y: 0 };
  paintNode(context, node, { theme: { ...theme, tableBorder: theme.text, edge: theme.text }, level: FULL, zoom: scale });
  context.restore();
}

function paintWord(context, word, theme) {
  context.font = font(LABEL_SIZE + 1, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.text;
  context.fillText(word, SAMPLE_W / 2, LOW / 2 + 0.5);
}
