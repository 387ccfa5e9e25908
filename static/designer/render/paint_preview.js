/** Paints a line while somebody draws it: in the notation of the diagram, with what it would hold on to lit. */

import { RADIUS } from "../geometry/metrics.js";
import { strokeLines } from "./paint_lines.js";

/**
 * @typedef {{line: {edge: object, notation: object, route: object}, target: {id: string, row?: string | null} | null, refused: boolean}} Preview
 */

/** @param {Preview | null} preview */
export function paintPreview(context, preview, scene, { theme, line, zoom }) {
  if (!preview) {
    return;
  }
  const colour = preview.refused ? theme.danger : theme.accent;
  paintTarget(context, preview, scene, colour, line);
  strokeLines(context, [preview.line], { colour, width: 2 * Math.max(1, line), background: theme.canvasBg, zoom });
  if (preview.line.edge.target.element === "") {
    const [x, y] = preview.line.route.target.point;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, 4 * line, 0, 2 * Math.PI);
    context.fill();
  }
}

/** The box that the line would end at is framed; the rows that it would hold on to are lit at both ends. */
function paintTarget(context, { target, line: { edge } }, scene, colour, line) {
  const node = target ? scene.nodes.get(target.id) : null;
  if (!node) {
    return;
  }
  context.fillStyle = colour;
  context.globalAlpha = 0.16;
  for (const end of [edge.source, edge.target]) {
    const box = scene.nodes.get(end.element);
    for (const row of box?.rows.filter((each) => end.rows.includes(each.id)) ?? []) {
      context.fillRect(box.x, box.y + row.y, box.w, row.h);
    }
  }
  context.globalAlpha = 1;
  context.strokeStyle = colour;
  context.lineWidth = 2 * line;
  context.beginPath();
  context.roundRect(node.x, node.y, node.w, node.h, RADIUS);
  context.stroke();
}

const END_RADIUS = 5;

/** Paints the ends of a selected line, by which it can be taken to something else. */
export function paintLineEnds(context, { selection, canEdit, preview }, scene, { theme, line }) {
  const [id] = selection;
  const selected = canEdit && !preview && selection.size === 1 ? scene.lines.get(id) : null;
  if (!selected || !["foreign_key", "relationship"].includes(selected.edge.kind)) {
    return;
  }
  for (const { point, direction } of [selected.route.source, selected.route.target]) {
    context.beginPath();
    context.arc(point[0] + direction[0] * 2 * line, point[1] + direction[1] * 2 * line, END_RADIUS * line, 0, 2 * Math.PI);
    context.fillStyle = theme.tableBg;
    context.fill();
    context.strokeStyle = theme.selection;
    context.lineWidth = 2 * line;
    context.stroke();
  }
}
