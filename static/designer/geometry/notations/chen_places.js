/**
 * Where the diamonds and circles on the lines of Chen's notation stand. `designer/layout/notations/chen_places.py` holds
 * the twin.
 *
 * @typedef {{shape: string, lines: string[], w: number, h: number}} Figure  a symbol on a line: diamond, identifying or
 *   circle, with its lines of text
 * @typedef {{edge: import("./chen_lines.js").ChenEdge, figure: Figure | null, spot: number[], loop: number[] | null}} Drawn
 *   an edge with its figure and where the middle of that stands; `loop` is the side of the entity on which a loop is
 */

import { grown } from "../box.js";
import { diamondOf } from "./chen_box.js";
import { coreOf, exitOf, length, middleOf, rounded } from "./chen_plane.js";

const CIRCLE = 26;
const CIRCLE_OFF = 46;
const LOOP_OFF = 34;
const LOOPS = 3;
const BETWEEN = 16;
const CLEAR = 6;
/** Where on the free part of a line a diamond may stand, from its middle. */
const ALONG = [0, -0.125, 0.125, -0.25, 0.25, -0.375, 0.375];
const ASIDE = [0, 1, -1, 2, -2];

/** Tell whether an edge has a diamond on it. */
function hasDiamond({ symbol }) {
  return symbol === "diamond" || symbol === "identifying";
}

/** Return the box of a size round a point. */
export function around([x, y], w, h) {
  return { x: x - w / 2, y: y - h / 2, w, h };
}

/**
 * Find a place for each figure, circles and loops before diamonds that can stand anywhere on their line.
 *
 * @param {import("./chen_lines.js").ChenEdge[]} edges
 * @param {import("./chen_legs.js").Plane} plane
 * @returns {Drawn[]} of all edges
 */
export function drawnOf(edges, plane) {
  const found = new Map();
  for (const each of circles(edges, plane)) found.set(each.edge, each);
  for (const each of loops(edges, plane)) found.set(each.edge, each);
  for (const each of diamonds(edges, plane)) found.set(each.edge, each);
  return edges.map((edge) => found.get(edge) ?? { edge, figure: null, spot: [0, 0], loop: null });
}

function grouped(edges, keyOf) {
  const groups = new Map();
  for (const edge of edges) {
    const key = keyOf(edge);
    if (groups.has(key)) groups.get(key).push(edge);
    else groups.set(key, [edge]);
  }
  return groups;
}

function taken(edge, key, figure, spot, plane, loop = null) {
  plane.take(key, around(spot, figure.w, figure.h));
  return { edge, figure, spot, loop };
}

/** The circle of each specialization, between the supertype and its subtypes. */
function circles(edges, plane) {
  const found = [];
  for (const [key, group] of grouped(edges.filter((edge) => edge.symbol === "circle"), (edge) => edge.group)) {
    const figure = { shape: "circle", lines: [group[0].word], w: CIRCLE, h: CIRCLE };
    const spot = circleSpot(group, plane);
    found.push(...group.map((edge) => taken(edge, key, figure, spot, plane)));
  }
  return found;
}

function circleSpot(edges, plane) {
  const top = plane.boxes.get(edges[0].target.element);
  const start = middleOf(top);
  const subtypes = edges.map((edge) => plane.boxes.get(edge.source.element));
  const aim = [0, 1].map((axis) => subtypes.reduce((sum, box) => sum + middleOf(box)[axis], 0) / edges.length);
  const [dx, dy] = [aim[0] - start[0], aim[1] - start[1]];
  const way = length(dx, dy);
  if (!way) return rounded(start[0], top.y + top.h + CIRCLE_OFF);
  const out = exitOf(top, start, aim) * way;
  const free = Math.min(...subtypes.map((box) => entryOf(box, start))) - out;
  const at = out + Math.max(0, Math.min(CIRCLE_OFF, free / 2));
  return rounded(start[0] + (dx * at) / way, start[1] + (dy * at) / way);
}

/** How far from `aim` a footprint begins on the way to its figure. */
function entryOf(box, aim) {
  const start = middleOf(box);
  return length(aim[0] - start[0], aim[1] - start[1]) * (1 - Math.min(1, exitOf(box, start, aim)));
}

/** The diamonds of entities with themselves: beside, above or below, where there is room. */
function loops(edges, plane) {
  return edges.filter((edge) => hasDiamond(edge) && edge.source.element === edge.target.element).map((edge) => {
    const figure = diamondOn(edge);
    const spots = besides(plane.boxes.get(edge.source.element), figure);
    const [side, spot] = spots.find((each) => fits(each[1], figure, plane)) ?? spots[0];
    return taken(edge, edge.id, figure, spot, plane, side);
  });
}

/** The places of a loop's diamond with their sides: below and above only where no ovals stand. */
function besides(box, figure) {
  const [cx, cy, , hh] = coreOf(box);
  const found = [];
  for (let away = 0; away < LOOPS; away += 1) {
    const x = LOOP_OFF + figure.w / 2 + away * (figure.w + BETWEEN);
    const y = LOOP_OFF + figure.h / 2 + away * (figure.h + BETWEEN);
    if (box.y + box.h <= cy + hh) found.push([[0, 1], rounded(cx, box.y + box.h + y)]);
    found.push([[1, 0], rounded(box.x + box.w + x, cy)], [[-1, 0], rounded(box.x - x, cy)]);
    if (box.y >= cy - hh) found.push([[0, -1], rounded(cx, box.y - y)]);
  }
  return found;
}

/** The diamonds of all other lines; those between the same two elements stand side by side. */
function diamonds(edges, plane) {
  const straight = edges.filter((edge) => hasDiamond(edge) && edge.source.element !== edge.target.element);
  const found = [];
  for (const group of grouped(straight, (edge) => pairOf(edge).join(" ")).values()) {
    const [first, second] = pairOf(group[0]).map((id) => plane.boxes.get(id));
    group.forEach((edge, at) => {
      const figure = diamondOn(edge);
      const spot = diamondSpot(figure, first, second, at - (group.length - 1) / 2, plane);
      found.push(taken(edge, edge.id, figure, spot, plane));
    });
  }
  return found;
}

function pairOf(edge) {
  return [edge.source.element, edge.target.element].sort();
}

function diamondOn(edge) {
  return { shape: edge.symbol, ...diamondOf(edge.word, edge.symbol === "identifying") };
}

/** In the middle of what is free between the footprints, or near it. */
function diamondSpot(figure, a, b, place, plane) {
  const [start, end] = [middleOf(a), middleOf(b)];
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const way = length(dx, dy);
  const [ux, uy] = way ? [dx / way, dy / way] : [0, 1];
  const [low, high] = [exitOf(a, start, end), 1 - exitOf(b, end, start)];
  const [middle, free] = low < high ? [(low + high) / 2, high - low] : [0.5, 0];
  const step = Math.abs(uy) * (figure.w + BETWEEN) + Math.abs(ux) * (figure.h + BETWEEN);
  const spots = [];
  for (const aside of ASIDE) {
    for (const along of free ? ALONG : ALONG.slice(0, 1)) {
      const at = middle + along * free;
      const off = (place + aside) * step;
      spots.push(rounded(start[0] + dx * at - uy * off, start[1] + dy * at + ux * off));
    }
  }
  return spots.find((spot) => fits(spot, figure, plane)) ?? spots[0];
}

function fits(spot, figure, plane) {
  return plane.isFree(grown(around(spot, figure.w, figure.h), CLEAR));
}
