/**
 * The lines of a diagram in Chen's notation: straight, with a diamond in the middle, or a circle for a specialization.
 *
 * A line that would run through the ovals of its own entity starts elsewhere or turns beside them. Diamonds of several
 * relationships between the same two entities stand side by side. `designer/layout/notations/chen_routes.py` holds the
 * twin; both are run on `tests/cases/geometry/chen.json` and give the same whole numbers.
 *
 * @typedef {import("./chen_places.js").Figure} Figure
 * @typedef {import("./chen_places.js").Drawn} Drawn
 * @typedef {{text: string, dx: number, dy: number}} Text  a text at an end; its middle is (dx, dy) from the route's `label`
 * @typedef {{dx: number, dy: number, ux: number, uy: number}} Subset  the sign that subtypes are part of their supertype:
 *   (dx, dy) from the route's `label`, open toward (ux, uy)
 * @typedef {import("../route.js").Route & {middle: number, figure: Figure | null, doubles: boolean[], shared: boolean,
 *   texts: Text[], subset: Subset | null}} ChenRoute  a route with its figure at point `middle` (-1 is none); `doubles` says
 *   whether the parts before and after are; where the part after it and the figure are `shared`, another route draws them
 * @typedef {{points: number[][], middle: number, source: Stretch, target: Stretch}} Line  the points of a line; the figure
 *   is at `middle`, `source` and `target` are the parts beside which texts stand
 * @typedef {{start: number[], end: number[], key: string, other: string | null, figure: Figure | null}} Stretch  the last
 *   segment of a line from an element to a figure, or to another element
 */

import { union } from "../box.js";
import { SpatialIndex } from "../spatial_index.js";
import { textWidth, visible } from "../text.js";
import { Plane, leg } from "./chen_legs.js";
import { plainEdge } from "./chen_lines.js";
import { around, drawnOf } from "./chen_places.js";
import { coreOf, crosses, exitOf, length, middleOf, reachOf, rounded } from "./chen_plane.js";

const LOOP_APART = 14;
const TEXT_H = 13;
export const TEXT_SIZE = 12;
const TEXT_OFF = 4;
const TEXT_STEP = 8;
const TEXT_STEPS = 12;
/** How large the sign of a subset is: half of its width, and the length of its straight parts. */
export const SUBSET_REACH = 7;

/**
 * Return the routes of edges by id. Edges with an end that is not in `boxes` are left out.
 *
 * First each figure finds its place; then the lines find their way to them, and last the texts a place beside the lines.
 *
 * @param {object[]} edges
 * @param {{has: (id: string) => boolean, get: (id: string) => object}} boxes
 * @param {SpatialIndex} [index] of the same boxes, where the caller keeps one
 * @returns {Map<string, ChenRoute>}
 */
export function chenRoutes(edges, boxes, index = indexOf(boxes)) {
  const plane = new Plane(boxes, index);
  const known = edges.filter((edge) => boxes.has(edge.source.element) && boxes.has(edge.target.element)).sort(byId)
    .map((edge) => (edge.symbol === undefined ? plainEdge(edge) : edge));
  const drawn = drawnOf(known, plane);
  const lines = drawn.map((each) => lineOf(each, plane));
  const near = segmentsOf(drawn, lines);
  const leaders = new Map();
  return new Map(drawn.map((each, at) => {
    const { id, group } = each.edge;
    if (group && !leaders.has(group)) leaders.set(group, id);
    const shared = Boolean(group) && leaders.get(group) !== id;
    return [id, routeOf(each, lines[at], shared, near, plane)];
  }));
}

/** Do what `chenRoutes` does after a pause: drawings of concepts are small. */
export function* chenSteps(edges, boxes, index) {
  yield;
  return chenRoutes(edges, boxes, index);
}

function byId(a, b) {
  if (a.id < b.id) return -1;
  return a.id > b.id ? 1 : 0;
}

function indexOf(boxes) {
  const index = new SpatialIndex();
  for (const [id, box] of boxes) index.insert(id, box);
  return index;
}

function lineOf({ edge, figure, spot, loop }, plane) {
  if (!figure) return straight(edge, plane);
  return loop ? loopOf(edge, figure, spot, loop, plane) : through(edge, figure, spot, plane);
}

/** The line through a figure that stands at `spot`. */
function through(edge, figure, spot, plane) {
  const [source, target, own] = [edge.source.element, edge.target.element, edge.group || edge.id];
  const [before, after] = [leg(source, spot, own, plane), leg(target, spot, own, plane)];
  return {
    points: [...before, spot, ...after.toReversed()],
    middle: before.length,
    source: { start: before.at(-1), end: spot, key: source, other: null, figure },
    target: { start: after.at(-1), end: spot, key: target, other: null, figure },
  };
}

/** The line of an entity with itself: two lines from one side to two corners of the diamond. */
function loopOf(edge, figure, spot, [sx, sy], plane) {
  const key = edge.source.element;
  const [cx, cy, hw, hh] = coreOf(plane.boxes.get(key));
  const starts = [-LOOP_APART, LOOP_APART].map((by) => [cx + sx * hw - sy * by, cy + sy * hh + sx * by]);
  const corners = [-1, 1].map((by) => [spot[0] - (sy * by * figure.w) / 2, spot[1] + (sx * by * figure.h) / 2]);
  const [source, target] = starts.map((start, at) => ({ start, end: corners[at], key, other: null, figure: null }));
  return { points: [starts[0], corners[0], spot, corners[1], starts[1]], middle: 2, source, target };
}

/** A line without a figure: of a diamond that is a box itself, of a view, of a table that inherits. */
function straight(edge, plane) {
  const [source, target] = [edge.source.element, edge.target.element];
  let after = leg(target, middleOf(plane.boxes.get(source)), source, plane);
  const before = leg(source, after.at(-1), target, plane);
  if (before.length === 1) after = leg(target, before[0], source, plane);
  return {
    points: [...before, ...after.toReversed()],
    middle: -1,
    source: { start: before.at(-1), end: after.at(-1), key: source, other: target, figure: null },
    target: { start: after.at(-1), end: before.at(-1), key: target, other: source, figure: null },
  };
}

/** The segments of the lines at each element: its texts keep off them. */
function segmentsOf(drawn, lines) {
  const found = new Map();
  drawn.forEach(({ edge }, at) => {
    const segments = lines[at].points.slice(1).map((point, index) => [lines[at].points[index], point]);
    for (const key of new Set([edge.source.element, edge.target.element])) {
      if (found.has(key)) found.get(key).push(...segments);
      else found.set(key, [...segments]);
    }
  });
  return found;
}

function routeOf({ edge, figure }, line, shared, near, plane) {
  const texts = [
    ...textAt(edge.near, line.source, near, plane), ...(shared ? [] : textAt(edge.far, line.target, near, plane)),
  ];
  const points = line.points.map(([x, y]) => rounded(x, y));
  const label = line.middle >= 0 ? points[line.middle] : middleOfLine(points);
  return {
    id: edge.id,
    points,
    source: endAt(points[0], points[1]),
    target: endAt(points.at(-1), points.at(-2)),
    label,
    middle: line.middle,
    figure,
    doubles: [edge.near.total, edge.far.total],
    shared,
    texts: texts.map(({ text, spot: [x, y] }) => ({ text, dx: x - label[0], dy: y - label[1] })),
    subset: edge.symbol === "circle" || edge.symbol === "subset" ? subsetOn(line.source, label, plane) : null,
  };
}

/** The middle of the longest part of a line. */
function middleOfLine(points) {
  let longest = { way: -1, from: points[0], to: points[0] };
  for (let at = 1; at < points.length; at += 1) {
    const [from, to] = [points[at - 1], points[at]];
    const way = length(to[0] - from[0], to[1] - from[1]);
    if (way > longest.way) longest = { way, from, to };
  }
  return rounded((longest.from[0] + longest.to[0]) / 2, (longest.from[1] + longest.to[1]) / 2);
}

/** Where a line meets a figure, with the direction away from it as a unit vector. */
function endAt(point, after) {
  const [dx, dy] = [after[0] - point[0], after[1] - point[1]];
  const way = length(dx, dy);
  return { point, direction: way ? [dx / way, dy / way] : [1, 0] };
}

/** Return where what lies outside of footprints and figures begins and ends on a stretch, and the length of all. */
function freeOf({ start, end, key, other, figure }, plane) {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const way = length(dx, dy);
  const low = leaving(plane.boxes.get(key), start, end) * way;
  let high = way;
  if (figure) high -= Math.min(1, reachOf(figure.shape !== "circle", figure.w / 2, figure.h / 2, dx, dy)) * way;
  if (other) high -= leaving(plane.boxes.get(other), end, start) * way;
  return low < high ? [low, high, way] : [0, way, way];
}

/** The part of a segment that lies in the footprint where it starts; none where it turned outside. */
function leaving(box, start, end) {
  const inside = box.x <= start[0] && start[0] <= box.x + box.w && box.y <= start[1] && start[1] <= box.y + box.h;
  return inside ? Math.min(1, exitOf(box, start, end)) : 0;
}

/** The text of an end with its place beside the line: near the entity, where nothing else stands. */
function textAt(side, stretch, near, plane) {
  const [low, high, way] = freeOf(stretch, plane);
  if (!side.text || !way) return [];
  const text = visible(side.text);
  const w = textWidth(text, TEXT_SIZE);
  const spot = textSpot(besideLine(stretch, low, high, way, w), w, near.get(stretch.key), plane);
  plane.texts.insert(spot.join(" "), around(spot, w, TEXT_H));
  return [{ text, spot }];
}

/** The first place where nothing stands and no line runs, else where nothing stands, else the first. */
function textSpot(spots, w, lines, plane) {
  let free = null;
  for (const spot of spots) {
    const area = around(spot, w, TEXT_H);
    if (plane.isFree(area)) {
      if (!lines.some(([start, end]) => crosses(area, start, end))) return spot;
      free ??= spot;
    }
  }
  return free ?? spots[0];
}

/** The places for a text, first above or to the right of the line, near its start. */
function besideLine({ start: [x, y], end: [ex, ey] }, low, high, way, w) {
  const [ux, uy] = [(ex - x) / way, (ey - y) / way];
  const off = (Math.abs(uy) * w) / 2 + (Math.abs(ux) * TEXT_H) / 2 + TEXT_OFF;
  const [nx, ny] = ux > 0 || (ux === 0 && uy > 0) ? [uy, -ux] : [-uy, ux];
  const first = Math.min((Math.abs(ux) * w) / 2 + (Math.abs(uy) * TEXT_H) / 2 + TEXT_OFF, (high - low) / 2);
  const found = [];
  for (let step = 0; step < TEXT_STEPS; step += 1) {
    const along = low + first + step * TEXT_STEP;
    if (step && along > high) break;
    for (const side of [1, -1]) found.push(rounded(x + ux * along + side * nx * off, y + uy * along + side * ny * off));
  }
  return found;
}

/** The sign on the way from a subtype: in the middle of what is free, open toward the supertype. */
function subsetOn(stretch, label, plane) {
  const [low, high, way] = freeOf(stretch, plane);
  if (!way) return null;
  const [ux, uy] = [(stretch.end[0] - stretch.start[0]) / way, (stretch.end[1] - stretch.start[1]) / way];
  const at = (low + high) / 2;
  const [x, y] = rounded(stretch.start[0] + ux * at, stretch.start[1] + uy * at);
  return { dx: x - label[0], dy: y - label[1], ux, uy };
}

/** Return the box round a line with its figure and texts. @param {ChenRoute} route */
export function extentOf({ points, label, figure, texts }) {
  const boxes = points.map((point) => around(point, 0, 0));
  if (figure) boxes.push(around(label, figure.w, figure.h));
  for (const { text, dx, dy } of texts) boxes.push(around([label[0] + dx, label[1] + dy], textWidth(text, TEXT_SIZE), TEXT_H));
  return union(boxes);
}

/** Return the points of a route with detours over its figure and texts: a line is found wherever one of these is. */
export function tracedOf(route) {
  const { points, label: [x, y], figure, texts, middle } = route;
  const boxes = figure ? [around([x, y], figure.w, figure.h)] : [];
  for (const { text, dx, dy } of texts) boxes.push(around([x + dx, y + dy], textWidth(text, TEXT_SIZE), TEXT_H));
  const detours = boxes.flatMap((box) => [[box.x, box.y], [box.x + box.w, box.y + box.h], [x, y]]);
  const at = Math.max(middle, 0) + 1;
  return [...points.slice(0, at), ...detours, ...points.slice(at)];
}

/** Tell whether a point lies on the figure of a route. */
export function isOnFigure({ label, figure }, x, y) {
  if (!figure) return false;
  const [dx, dy] = [Math.abs(x - label[0]) / (figure.w / 2), Math.abs(y - label[1]) / (figure.h / 2)];
  return figure.shape === "circle" ? dx * dx + dy * dy <= 1 : dx + dy <= 1;
}

/** Tell whether a point lies on the figure or an oval of a box, and not between them. */
export function isOnBox(box, x, y) {
  const near = (part) => x >= box.x + part.x && x <= box.x + part.x + part.w && y >= box.y + part.y && y <= box.y + part.y + part.h;
  return !box.core || near(box.core) || box.rows.some(near);
}
