/** Paints the texts on lines: verbs, multiplicities, roles. */

import { LABEL_SIZE } from "../geometry/metrics.js";
import { BLOCK } from "./level.js";
import { font } from "./text.js";

/** Below this zoom a label is too small to be read. */
const LABELS_FROM = 0.45;

/**
 * Paints labels over lines and boxes.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../geometry/labels.js").Label[]} labels
 * @param {{theme: object, level: number, zoom: number}} style
 * @param {(line: string) => boolean} wanted a label is painted where one of its lines is
 */
export function paintLabels(context, labels, { theme, level, zoom }, wanted) {
  if (labels.length === 0 || level === BLOCK || zoom < LABELS_FROM) {
    return;
  }
  context.font = font(LABEL_SIZE);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.strokeStyle = theme.canvasBg;
  context.lineWidth = 3;
  context.lineJoin = "round";
  for (const label of labels) {
    if (belongsToOne(label, wanted)) {
      paintLabel(context, label, theme);
    }
  }
}

function belongsToOne({ lines }, wanted) {
  for (const line of lines) {
    if (wanted(line)) {
      return true;
    }
  }
  return false;
}

/** A line does not run through the words on it; words beside a line have a rim that keeps them from others. */
function paintLabel(context, { text, x, y, w, h, onLine }, theme) {
  const [middle, height] = [x + w / 2, y + h / 2 + 0.5];
  if (onLine) {
    context.fillStyle = theme.canvasBg;
    context.fillRect(x, y, w, h);
  } else {
    context.strokeText(text, middle, height, w);
  }
  context.fillStyle = theme.text;
  context.fillText(text, middle, height, w);
}
