/** Paints a box as the notation of its diagram draws it. */

import { paintChen } from "./paint_chen.js";
import { paintPlain } from "./paint_plain.js";
import { paintTable } from "./paint_table.js";

/** Painters by the name of the notation; the others draw boxes as crow's foot does. */
const PAINTERS = { chen: paintChen, idef1x: paintPlain, barker: paintPlain, uml: paintPlain };

/**
 * Paints one element of the scene.
 * @param {CanvasRenderingContext2D} context
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintNode(context, node, style) {
  const paint = PAINTERS[node.notation.name] ?? paintTable;
  paint(context, node, style);
}
