/** What Chen's notation makes of the records of a shared case: the twin of `tests/geometry/chen.py`. */

import { edgesOf } from "../../../static/designer/geometry/edges.js";
import { elementOf, sourceOf } from "../../../static/designer/geometry/elements.js";
import { strokesOf } from "../../../static/designer/geometry/notations/chen_plane.js";
import { extentOf } from "../../../static/designer/geometry/notations/chen_routes.js";
import { notationOf } from "../../../static/designer/geometry/notations/index.js";

const PARTS = [
  "w", "h", "headerH", "rows", "figure", "core", "lines", "joins", "titleX", "titleY", "titleW", "titleH", "anchorY",
  "anchorRoom", "bodyY", "corner",
];

/** Return the boxes, the adjusted edges, and the routes between boxes at the case's places. */
export function chened({ records, model, places, detail }) {
  const source = sourceOf(records);
  const chen = notationOf("chen");
  const shapes = new Map(Object.keys(places).map((id) => {
    const element = chen.adjust(elementOf(source, id, {}, detail), source, source.get(id));
    return [id, chen.boxOf(element)];
  }));
  const boxes = new Map([...shapes].map(([id, shape]) => [id, { ...shape, x: places[id][0], y: places[id][1] }]));
  const edges = edgesOf(source, model, boxes).map((edge) => chen.adjustEdge(edge, source));
  const routes = chen.routes(edges, boxes);
  const each = (action) => Object.fromEntries([...routes].map(([id, route]) => [id, action(route)]));
  return {
    boxes: Object.fromEntries([...shapes].map(([id, shape]) => [id, picked(shape)])),
    edges,
    routes: Object.fromEntries(routes),
    extents: each((route) => Object.values(extentOf(route))),
    strokes: each((route) => strokesOf(route).map((line) => line.map((point) => point.map(short)))),
  };
}

function picked(shape) {
  return Object.fromEntries(PARTS.map((part) => [part, shape[part]]));
}

function short(value) {
  return Math.round(value * 1e6) / 1e6;
}
