/**
 * Paints the chip of a box that says how its normalisation stands: a sign, and near by a word. The states come prepared, by
 * the id of the element; where a box has none, nothing is looked up further and nothing is painted.
 *
 * @typedef {"none" | "suspected" | "violation" | "clean"} State
 * @typedef {{state: State, text: string, title: string}} Chip  `text` is a word such as `2NF`, `title` the sentence behind it
 */

import { textWidth } from "../geometry/text.js";
import { BLOCK, FULL } from "./level.js";
import { handleBox } from "./row_shape.js";
import { font } from "./text.js";

const H = 18;
const SIZE = 11;
const SIGN_W = 16;
/** A chip sticks out of its box no further than the tiles beside it look. */
const OUT = 6;
/** A block that is narrower, in pixels of the screen, has no room for a sign. */
const LEAST_BLOCK = 30;
const SMALL = 12;
const INKS = { suspected: ["warnSoft", "warn"], violation: ["dangerSoft", "danger"], clean: ["goodSoft", "good"], none: ["tableBg", "textMuted"] };
const SIGNS = { suspected: "?", violation: "!", none: "–" };

/**
 * Returns where the chip of a box lies, in units of the world; null where it is too small to be seen.
 * @param {{x: number, y: number, w: number, h: number}} node
 * @param {Chip} chip
 * @param {{level: number, zoom: number}} style
 */
export function chipBox(node, chip, { level, zoom }) {
  const box = handleBox(node);
  if (level === FULL) {
    const w = SIGN_W + (chip.text ? textWidth(chip.text, SIZE, true) + 8 : 2);
    return { x: box.x + box.w - w - 6, y: box.y - OUT, w, h: H };
  }
  const side = SMALL / zoom;
  if (box.w * zoom < LEAST_BLOCK || (level === BLOCK && chip.state === "none")) {
    return null;
  }
  return { x: box.x + box.w - side + Math.min(OUT, side / 4), y: box.y - Math.min(OUT, side / 4), w: side, h: side };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} node a box of the scene
 * @param {Chip} chip
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintChip(context, node, chip, style) {
  const box = chipBox(node, chip, style);
  if (box === null) {
    return;
  }
  const [ground, ink] = INKS[chip.state].map((name) => style.theme[name]);
  paintGround(context, box, ground, ink, style);
  const scale = box.h / H;
  paintSign(context, chip.state, box.x + (chip.text && style.level === FULL ? 10 : box.w / 2), box.y + box.h / 2, scale);
  if (chip.text && style.level === FULL) {
    context.font = font(SIZE, true);
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillText(chip.text, box.x + SIGN_W + 1, box.y + box.h / 2 + 0.5);
  }
}

function paintGround(context, { x, y, w, h }, ground, ink, { zoom, level }) {
  context.beginPath();
  context.roundRect(x, y, w, h, h / 2);
  context.fillStyle = ground;
  context.fill();
  context.strokeStyle = ink;
  context.lineWidth = level === FULL ? 1.25 : 1.25 / zoom;
  context.stroke();
  context.fillStyle = ink;
}

function paintSign(context, state, x, y, scale) {
  if (state === "clean") {
    context.lineWidth = 1.75 * scale;
    context.beginPath();
    context.moveTo(x - 3.5 * scale, y);
    context.lineTo(x - 1 * scale, y + 3 * scale);
    context.lineTo(x + 4 * scale, y - 3.5 * scale);
    context.stroke();
    return;
  }
  context.font = font(Math.round(24 * scale) / 2, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(SIGNS[state], x, y + 0.5 * scale);
}
