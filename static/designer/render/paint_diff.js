/**
 * Marks what differs between two states, or what an edit that nobody has made yet would do: what comes, goes, changes and moves,
 * each with its own sign, as the page of versions marks it.
 *
 * @typedef {"added" | "removed" | "changed" | "moved" | "conflict"} Mark  a conflict is what somebody has to decide
 * @typedef {{nodes: Map<string, Mark>, rows: Map<string, Mark>, lines: Map<string, Mark>, solid?: boolean}} Diff  by the ids of the
 *   scene; `solid` where what goes is there still, as in a picture of what was
 */

import { RADIUS } from "../geometry/metrics.js";
import { BLOCK } from "./level.js";
import { strokeLines } from "./paint_lines.js";
import { handleBox, rowBox } from "./row_shape.js";
import { font } from "./text.js";

const INKS = { added: "good", removed: "danger", changed: "warn", moved: "accent", conflict: "danger" };
const SIGNS = { added: "+", removed: "−", changed: "~", moved: "→", conflict: "!" };
const SIGN = 16;
/** Pixels of the screen that a sign on a block should have, from which zoom on lines carry signs, and the least sign. */
const SIGN_AFAR = 13;
const SIGNS_ON_LINES = 0.2;
const LEAST_SIGN = 5;
/** How far the upper corner of a diamond is above its middle, about. */
const DIAMOND = 30;
const DASH = [6, 4];
const SOLID = [];
const VEIL = 0.5;

/** Returns the mark of a line: its own, or that of the record that brings it. */
export function markOfLine(diff, { id, owner, edge }) {
  const own = diff.lines.get(id) ?? diff.lines.get(owner);
  const along = edge?.kind === "inherits" || edge?.kind === "reads" ? diff.nodes.get(owner) : undefined;
  return own ?? (along === "added" || along === "removed" ? along : undefined);
}

/** Paints the lines that are marked once more, in the colour of their mark and with its sign on the middle. */
export function paintDiffLines(context, lines, diff, { theme, zoom }, box) {
  const byMark = new Map();
  for (const line of lines) {
    const mark = line.route && markOfLine(diff, line);
    mark && byMark.set(mark, [...(byMark.get(mark) ?? []), line]);
  }
  const width = 2.5 * Math.max(1, 0.7 / zoom);
  for (const [mark, found] of byMark) {
    strokeLines(context, found, { colour: theme[INKS[mark]], width, background: theme.canvasBg, zoom, box });
    zoom > SIGNS_ON_LINES && found.forEach((line) => paintSignOn(context, mark, line, theme, Math.max(1, 0.6 / zoom)));
  }
}

/** A diamond holds a name in its middle; there the sign stands on its upper corner. */
function paintSignOn(context, mark, { notation, route: { label: [x, y] } }, theme, scale) {
  paintSign(context, mark, x, notation?.name === "chen" ? y - DIAMOND : y, theme, scale);
}

/** Paints the mark of a box, and of its rows where they can be read. */
export function paintDiffNode(context, node, diff, style) {
  const mark = diff.nodes.get(node.id);
  if (!mark) {
    return;
  }
  const box = handleBox(node);
  if (mark === "removed" && !diff.solid) {
    paintGone(context, node, box, style);
  }
  if (style.level !== BLOCK) {
    node.rows.forEach((row) => diff.rows.has(row.id) && paintRow(context, node, row, diff.rows.get(row.id), style.theme, diff.solid));
  }
  paintFrame(context, mark, box, style);
  const scale = style.level === BLOCK ? blockSign(box, style.zoom) : Math.max(1, 0.6 / style.zoom);
  scale > 0 && paintSign(context, mark, box.x + 4, box.y + 2, style.theme, scale);
}

/** What is gone or only moved has a dashed frame. */
function paintFrame(context, mark, box, { theme, zoom }) {
  context.strokeStyle = theme[INKS[mark]];
  context.lineWidth = Math.max(2, 2 / zoom);
  context.setLineDash(mark === "removed" || mark === "moved" ? DASH.map((each) => each * Math.max(1, 0.6 / zoom)) : SOLID);
  context.beginPath();
  context.roundRect(box.x - 1, box.y - 1, box.w + 2, box.h + 2, RADIUS);
  context.stroke();
  context.setLineDash(SOLID);
}

/** A ghost is faint, and its title is struck through. */
function paintGone(context, node, box, { theme, zoom, level }) {
  context.globalAlpha = VEIL;
  context.fillStyle = theme.canvasBg;
  context.fillRect(node.x, node.y, node.w, node.h);
  context.globalAlpha = 1;
  const middle = level === BLOCK || node.core ? box.y + box.h / 2 : box.y + Math.min(box.h, node.headerH ?? box.h) / 2;
  context.fillStyle = theme.danger;
  context.fillRect(box.x + 6, middle, box.w - 12, Math.max(1.5, 1.5 / zoom));
}

/** Returns how large a sign on a block is: so that it can be seen from afar, and no larger than the block; 0 for none. */
function blockSign({ w, h }, zoom) {
  const size = Math.min(SIGN_AFAR / zoom, w * 0.7, h * 0.7);
  return size * zoom < LEAST_SIGN ? 0 : size / SIGN;
}

function paintSign(context, mark, x, y, theme, scale) {
  context.fillStyle = theme[INKS[mark]];
  context.beginPath();
  context.arc(x, y, (SIGN / 2) * scale, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = theme.tableBg;
  context.font = font(Math.max(1, Math.round(13 * scale)), true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(SIGNS[mark], x, y + 0.5 * scale);
}

/** A row that goes is struck through; the ground of the others says that they come, change or move. */
function paintRow(context, node, row, mark, theme, solid) {
  const { x, y, w, h } = rowBox(node, row);
  context.fillStyle = theme[INKS[mark]];
  context.globalAlpha = 0.16;
  context.fillRect(x + 1, y, w - 2, h);
  context.globalAlpha = 1;
  if (mark === "removed" && !solid) {
    context.fillRect(x + 8, y + h / 2, w - 16, 1.5);
  }
  context.font = font(12, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(SIGNS[mark], x + 6, y + h / 2 + 0.5);
}
