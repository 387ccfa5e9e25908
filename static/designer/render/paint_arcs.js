/** Paints the arcs of exclusive relationships over the lines that they cross. They are few, so they are painted in every frame. */

import { arcsOf } from "../geometry/arcs.js";
import { BLOCK, levelAt } from "./level.js";

const RADIUS = 12;
const WIDTH = 1.5;
const DOT = 3;
const DASH = [5, 4];

/** Paints all arcs of a diagram, on a context whose units are those of the world. In Chen's notation there are none. */
export function paintArcs(context, scene, zoom, theme) {
  if (!scene.diagram || scene.notation.straight || levelAt(zoom) === BLOCK || !scene.isRouted) {
    return;
  }
  context.strokeStyle = context.fillStyle = theme.edge;
  context.lineWidth = WIDTH;
  for (const arc of arcsOf(scene.source, scene)) {
    context.setLineDash(arc.dashed ? DASH : []);
    trace(context, arc.points);
    context.setLineDash([]);
    for (const [x, y] of arc.dots) {
      context.beginPath();
      context.arc(x, y, DOT, 0, 2 * Math.PI);
      context.fill();
    }
  }
}

function trace(context, points) {
  context.beginPath();
  context.moveTo(...points[0]);
  for (let at = 1; at < points.length - 1; at += 1) {
    context.arcTo(...points[at], ...points[at + 1], Math.min(RADIUS, half(points[at - 1], points[at]), half(points[at], points[at + 1])));
  }
  context.lineTo(...points.at(-1));
  context.stroke();
}

function half([x1, y1], [x2, y2]) {
  return Math.hypot(x2 - x1, y2 - y1) / 2;
}
