/**
 * Marks what an edit that nobody has made yet would do: what comes, what goes and what changes, each with its own sign, as
 * the page of versions marks it.
 *
 * @typedef {"added" | "removed" | "changed" | "conflict"} Mark  a conflict is what somebody has to decide
 * @typedef {{nodes: Map<string, Mark>, rows: Map<string, Mark>, lines: Map<string, Mark>}} Diff  by the ids of the scene
 */

import { RADIUS } from "../geometry/metrics.js";
import { BLOCK } from "./level.js";
import { strokeLines } from "./paint_lines.js";
import { handleBox, rowBox } from "./row_shape.js";
import { font } from "./text.js";

const INKS = { added: "good", removed: "danger", changed: "warn", conflict: "danger" };
const SIGNS = { added: "+", removed: "−", changed: "~", conflict: "!" };
const SIGN = 16;

/** Paints the lines that come once more, in the colour of what comes. */
export function paintDiffLines(context, lines, diff, { theme, zoom }, box) {
  const marked = lines.filter(({ id }) => diff.lines.has(id));
  for (const mark of Object.keys(INKS)) {
    const found = marked.filter(({ id }) => diff.lines.get(id) === mark);
    if (found.length > 0) {
      strokeLines(context, found, { colour: theme[INKS[mark]], width: 2.5 * Math.max(1, 0.7 / zoom), background: theme.canvasBg, zoom, box });
    }
  }
}

/** Paints the mark of a box, and of its rows where they can be read. */
export function paintDiffNode(context, node, diff, style) {
  const mark = diff.nodes.get(node.id);
  if (!mark) {
    return;
  }
  if (style.level !== BLOCK) {
    node.rows.forEach((row) => diff.rows.has(row.id) && paintRow(context, node, row, diff.rows.get(row.id), style.theme));
  }
  const box = handleBox(node);
  const line = Math.max(2, 2 / style.zoom);
  context.strokeStyle = style.theme[INKS[mark]];
  context.lineWidth = line;
  context.beginPath();
  context.roundRect(box.x - 1, box.y - 1, box.w + 2, box.h + 2, RADIUS);
  context.stroke();
  if (style.level !== BLOCK) {
    paintSign(context, mark, box.x + 4, box.y - 2, style.theme, Math.max(1, 0.6 / style.zoom));
  }
}

function paintSign(context, mark, x, y, theme, scale) {
  context.fillStyle = theme[INKS[mark]];
  context.beginPath();
  context.arc(x, y + 4, (SIGN / 2) * scale, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = theme.tableBg;
  context.font = font(Math.round(13 * scale), true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(SIGNS[mark], x, y + 4.5);
}

/** A column that goes is struck through; the ground of the others says that they come or change. */
function paintRow(context, node, row, mark, theme) {
  const { x, y, w, h } = rowBox(node, row);
  context.fillStyle = theme[INKS[mark]];
  context.globalAlpha = 0.16;
  context.fillRect(x + 1, y, w - 2, h);
  context.globalAlpha = 1;
  if (mark === "removed") {
    context.fillRect(x + 8, y + h / 2, w - 16, 1.5);
  }
  context.font = font(12, true);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(SIGNS[mark], x + 6, y + h / 2 + 0.5);
}
