/**
 * Paints a badge on what deviates on purpose: on the row of a column or an attribute, or on the corner of a box.
 *
 * @typedef {Set<string>} Badges  ids of columns, attributes, tables, views and entities
 */

import { BLOCK } from "./level.js";
import { handleBox, rowBox } from "./row_shape.js";
import { font } from "./text.js";

/** It sticks out of its box by less than tiles look beyond their own border. */
const RADIUS = 6.5;
const SIGN = "≈";

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} node a box of the scene
 * @param {Badges} badges
 * @param {{theme: object, level: number}} style
 */
export function paintBadges(context, node, badges, { theme, level }) {
  if (level === BLOCK) {
    return;
  }
  if (badges.has(node.id)) {
    const box = handleBox(node);
    paintOne(context, box.x + 2, box.y + 3, theme);
  }
  for (const row of node.rows) {
    if (badges.has(row.id)) {
      const box = rowBox(node, row);
      paintOne(context, box.x + box.w - 2, box.y + box.h / 2, theme);
    }
  }
}

function paintOne(context, x, y, theme) {
  context.beginPath();
  context.arc(x, y, RADIUS, 0, 2 * Math.PI);
  context.fillStyle = theme.tableBg;
  context.fill();
  context.strokeStyle = theme.unique;
  context.lineWidth = 1;
  context.stroke();
  context.fillStyle = theme.unique;
  context.font = font(11, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(SIGN, x, y + 0.5);
}
