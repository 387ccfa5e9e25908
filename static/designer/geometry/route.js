/**
 * Orthogonal routes of lines between boxes. `designer/layout/route.py` holds the twin; both are run on
 * `tests/cases/geometry/route.json` and give the same whole numbers.
 *
 * A line leaves and enters at the left or right side, at the middle of its row (of the header where the row is not
 * shown). Of a few simple shapes the one that runs through the fewest other boxes is taken, then its free segments
 * are put into lanes. This is the cheap end of what Wybrow, Marriott and Stuckey describe in "Orthogonal Connector
 * Routing" (2009): no shortest paths, but thousands of lines in the time of a few frames.
 *
 * @typedef {import("./metrics.js").Shape & {x: number, y: number}} Placed  a shape and where it stands
 * @typedef {{point: number[], direction: number[]}} RouteEnd
 * @typedef {{id: string, points: number[][], source: RouteEnd, target: RouteEnd, label: number[]}} Route  from source
 *   to target; draw it from its target, so that the dashes of lines which share a lane fall on one another
 */

import { gaps, laneBeyond, Lanes, REACH } from "./lanes.js";
import { SpatialIndex } from "./spatial_index.js";

export const STUB = 24;
const TIGHT = 12;
const CLEAR = 4;
const SIDE_CLEAR = 18;
const CORNER_IN = 36;
const FROM_ABOVE = 0;
const NOTHING = [];
const OUTWARD = 200;
const INWARD = 8;
/** How far above and below its ends a line looks for a free band. */
const AROUND = 600;
const BANDS = 3;
/** A line over a wider or taller field than this finds no free band in it, and would look long. */
const FIELD = 12_000;
/** How far ends are moved from the middle of their row where one, two, three unlike marks meet there. */
const SPREADS = [[0], [-6, 6], [-8, 0, 8]];
const OWN_LOOK = "own ";
/** How far apart relationships at one side of a box are, where it has room. */
const SLOT = 20;

/**
 * Return the routes of `edges` by id. Edges with an end that is not in `boxes` are left out.
 *
 * @param {import("./edges.js").Edge[]} edges
 * @param {Map<string, Placed>} boxes
 * @param {SpatialIndex} [index] of the same boxes, where the caller keeps one
 * @param {Lanes} [lanes] of all lines of a canvas that keeps them: those of other lines than `edges` stay as they are
 * @returns {Map<string, Route>}
 */
export function routeAll(edges, boxes, index = indexOf(boxes), lanes = new Lanes()) {
  const steps = routeSteps(edges, boxes, index, lanes);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Do what `routeAll` does, with a pause after each small piece of work; the routes are what it returns at the end. */
export function* routeSteps(edges, boxes, index, lanes) {
  const plane = { boxes, index, lanes };
  edges.forEach((edge) => lanes.release(edge.id));
  const known = edges.filter((edge) => boxes.has(edge.source.element) && boxes.has(edge.target.element)).sort(byId);
  const sketches = [];
  for (const edge of known) {
    sketches.push(sketchOf(edge, plane));
    yield;
  }
  const spread = spreadEnds(known, sketches, plane);
  const routes = new Map(known.map((edge) => [edge.id, null]));
  const turns = known.map((edge, at) => turnOf(edge, spread[at])).sort(byTurn);
  for (const { edge, sketch } of turns) {
    yield;
    routes.set(edge.id, finished(edge, sketch, plane));
  }
  return routes;
}

/** Return when a line takes its lanes: after the straight ones, and so that lines with one step nest uncrossed. */
function turnOf(edge, sketch) {
  const [from, to] = [sketch.points[0][1], sketch.points[sketch.points.length - 1][1]];
  return { edge, sketch, id: edge.id, late: sketch.points.length > 2, level: to > from ? from : -from };
}

function byTurn(a, b) {
  return a.late - b.late || a.level - b.level || byId(a, b);
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

/** Return the y at which a line holds on to a box: the middle of the first of `rows` that is shown, else the anchor. */
export function anchorY(box, rows) {
  for (const id of rows) {
    const row = box.rows.find((each) => each.id === id);
    if (row) return box.y + row.y + Math.floor(row.h / 2);
  }
  return box.y + box.anchorY;
}

function sketchOf(edge, plane) {
  const [source, target] = [edge.source.element, edge.target.element];
  const [a, b] = [plane.boxes.get(source), plane.boxes.get(target)];
  const ends = { a, b, ay: anchorY(a, edge.source.rows), by: anchorY(b, edge.target.rows), own: [source, target] };
  return source === target ? loop(ends) : best(ends, plane);
}

/**
 * Return the sketches with ends that meet at one place moved apart where they must not be taken for one another.
 *
 * Unlike marks are moved so that each can be read, and relationships because each has a verb of its own.
 */
function spreadEnds(edges, sketches, { boxes, lanes }) {
  const ends = edges.map((edge, at) => endsOf(edge, sketches[at], boxes));
  edges.forEach((edge, at) => lanes.meet(edge.id, ends[at]));
  const meeting = new Map();
  const looksAt = (place) => {
    if (!meeting.has(place)) meeting.set(place, new Map(Array.from(lanes.meetingAt(place), (end) => [end.look, end.otherY])));
    return meeting.get(place);
  };
  const offset = ({ place, look, element }) => offsetOf(looksAt(place), look, boxes.get(element).anchorRoom);
  return sketches.map((sketch, at) => shifted(sketch, ...ends[at].map(offset)));
}

/** Return for both ends the place (element, side, y), the look of the mark there, and the y at which the line ends. */
function endsOf(edge, { points, outOf, into }, boxes) {
  const [start, end] = [points[0][1], points[points.length - 1][1]];
  return [endAt(edge, edge.source, outOf, start, end, boxes), endAt(edge, edge.target, into, end, start, boxes)];
}

function endAt(edge, end, side, y, otherY, boxes) {
  const { element } = end;
  return { place: `${element} ${side} ${y - boxes.get(element).y}`, look: lookOf(edge, end), otherY, element };
}

function lookOf(edge, end) {
  if (edge.kind === "relationship") return OWN_LOOK + edge.id;
  if (end.shape !== "foot") return end.shape;
  const many = end.max === null || end.max === undefined || end.max > 1;
  return `foot ${end.min > 0 ? "1" : "0"}${many ? "n" : "1"}`;
}

/** Return how far an end is moved: by its look, or among relationships by where their other ends are. */
function offsetOf(meeting, look, room) {
  if (meeting.size === 1) return 0;
  const looks = [...meeting.keys()].sort();
  if (looks.some((each) => each.startsWith(OWN_LOOK))) {
    looks.sort((a, b) => meeting.get(a) - meeting.get(b));
    const step = Math.min(SLOT, Math.floor(room / (looks.length - 1)));
    return looks.indexOf(look) * step - Math.floor(((looks.length - 1) * step) / 2);
  }
  return SPREADS[Math.min(looks.length, SPREADS.length) - 1][Math.min(looks.indexOf(look), SPREADS.length - 1)];
}

function shifted(sketch, bySource, byTarget) {
  if (!bySource && !byTarget) return sketch;
  const points = sketch.points.map(([x, y]) => [x, y]);
  const last = points.length - 1;
  if (last === 1) {
    points[0][1] += bySource;
    points[1][1] += byTarget;
    return between(sketch.outOf, points[0], points[1], Math.floor((points[0][0] + points[1][0]) / 2));
  }
  const moves = [[0, bySource], [1, bySource]];
  if (sketch.into !== FROM_ABOVE) moves.push([last - 1, byTarget], [last, byTarget]);
  for (const [at, by] of moves) points[at][1] += by;
  return { ...sketch, points };
}

function finished(edge, sketch, plane) {
  const own = [edge.source.element, edge.target.element];
  const room = (start, end, free) => roomOf(start, end, free, own, plane);
  const points = simplified(plane.lanes.settle(edge.id, waysOf(sketch, plane), keysOf(edge, sketch, plane), room));
  const inward = sketch.into === FROM_ABOVE ? [0, -1] : [sketch.into, 0];
  return {
    id: edge.id,
    points,
    source: { point: points[0], direction: [sketch.outOf, 0] },
    target: { point: points[points.length - 1], direction: inward },
    label: labelPoint(points),
  };
}

/** The ways in which a line may run: as sketched, or at another level where its own is taken. */
function* waysOf(sketch, plane) {
  yield sketch;
  const { points, outOf: side } = sketch;
  const [start, end] = [points[0], points[points.length - 1]];
  if (sketch.into === -side && (end[0] - start[0]) * side >= 2 * STUB) {
    for (const band of levels(start, end, side, plane)) yield detour(side, start, end, band);
  }
}

/** Return by what a line shares lanes: its ends by where they are on their boxes, its middle by its last end. */
function keysOf(edge, sketch, { boxes }) {
  const [from, to] = [edge.source.element, edge.target.element];
  const source = `${from} ${sketch.outOf} ${sketch.points[0][1] - boxes.get(from).y}`;
  const target = `${to} ${sketch.into} ${sketch.points[sketch.points.length - 1][1] - boxes.get(to).y}`;
  return { source, target, middle: edge.kind === "relationship" ? edge.id : `${target} ${edge.identifying ? 1 : 0}` };
}

/** A loop for a table that refers to itself: on the right side, or round the corner from header to header. */
function loop({ a, ay, by }) {
  const [right, top] = [a.x + a.w, a.y + a.bodyY];
  if (ay !== by) return around(1, [right, ay], [right, by], right + STUB);
  const [x, y] = [right + STUB, top - STUB];
  return {
    points: [[right, ay], [x, ay], [x, y], [right - CORNER_IN, y], [right - CORNER_IN, top]],
    free: [{ at: 1, low: x, high: x + OUTWARD, step: 1 }, { at: 2, low: y - OUTWARD, high: y, step: -1 }],
    outOf: 1,
    into: FROM_ABOVE,
  };
}

function best(ends, plane) {
  const { a, b } = ends;
  const side = facing(a, b);
  return side ? bestBetween(ends, side, plane) : bestAround(ends, plane);
}

/** Return 1 where `b` stands to the right of `a` with room between them, -1 to the left, 0 where neither. */
function facing(a, b) {
  const apart = a.y + a.h <= b.y || b.y + b.h <= a.y;
  const room = apart ? 2 * STUB : 1;
  if (b.x - (a.x + a.w) >= room) return 1;
  return a.x - (b.x + b.w) >= room ? -1 : 0;
}

function sideX(box, side) {
  return side > 0 ? box.x + box.w : box.x;
}

/** A line in the gap between two boxes: straight, with one step, or with a detour round what stands in its way. */
function bestBetween(ends, side, plane) {
  const from = [sideX(ends.a, side), ends.ay];
  const to = [sideX(ends.b, -side), ends.by];
  const step = (x) => between(side, from, to, x);
  const middle = Math.floor((from[0] + to[0]) / 2);
  const wide = (to[0] - from[0]) * side >= 2 * STUB;
  const xs = wide ? [to[0] - side * STUB, middle, from[0] + side * STUB] : [middle];
  const found = fewestHits(xs.map(step), ends, plane);
  if (!found.hits.length || !wide) return found.sketch;
  const bands = levels(from, to, side, plane);
  const detours = (bands.length ? bands : outside(found.hits)).map((band) => detour(side, from, to, band));
  return fewestHits([found.sketch, ...detours], ends, plane).sketch;
}

/** Return the nearest free bands, from top to bottom, in which a line can run past all boxes between its ends. */
function levels(from, to, side, plane) {
  const [x1, x2] = [from[0] + side * STUB, to[0] - side * STUB];
  const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
  const area = { x: Math.min(x1, x2), y: top - AROUND, w: Math.abs(x2 - x1), h: bottom - top + 2 * AROUND };
  if (area.w + area.h > FIELD) return NOTHING;
  const taken = plane.index.lookFor([area]).map((box) => [box.y - TIGHT, box.y + box.h + TIGHT]);
  const away = (band) => Math.max(top - band[1], band[0] - bottom, 0);
  return gaps(taken.sort(byPair), area.y, area.y + area.h)
    .sort((a, b) => away(a) - away(b) || Math.abs(a[0] - to[1]) - Math.abs(b[0] - to[1]) || byPair(a, b))
    .slice(0, BANDS);
}

/** Return the bands above and below all that stands in the way. */
function outside(hits) {
  const top = Math.min(...hits.map((box) => box.y)) - TIGHT;
  const bottom = Math.max(...hits.map((box) => box.y + box.h)) + TIGHT;
  return [[top - AROUND, top], [bottom, bottom + AROUND]];
}

function byPair(a, b) {
  return a[0] - b[0] || a[1] - b[1];
}

/** A line that leaves and enters on the same side, round the boxes; the side with fewer hits, then the shorter. */
function bestAround(ends, plane) {
  const { a, b } = ends;
  const rightFirst = Math.abs(a.x + a.w - b.x - b.w) <= Math.abs(a.x - b.x);
  const sketches = [];
  for (const side of rightFirst ? [1, -1] : [-1, 1]) {
    const outermost = Math.max(side * sideX(a, side), side * sideX(b, side)) * side;
    const at = (x) => around(side, [sideX(a, side), ends.ay], [sideX(b, side), ends.by], x);
    const near = at(outermost + side * STUB);
    const hits = hitsOf(near, ends, plane);
    if (!hits.length) return near;
    const beyond = Math.max(...hits.map((box) => side * sideX(box, side))) * side + side * STUB;
    sketches.push(near, at(Math.max(side * beyond, side * (outermost + side * STUB)) * side));
  }
  return fewestHits([...sketches, ...crossings(ends)], ends, plane).sketch;
}

/** Return the lines that pass between two boxes which are above one another, from one side to the opposite one. */
function crossings({ a, b, ay, by }) {
  const low = Math.min(a.y + a.h, b.y + b.h);
  const high = Math.max(a.y, b.y);
  if (high - low < 2 * TIGHT) return [];
  const y = Math.floor((low + high) / 2);
  const level = { at: 2, low: low + CLEAR, high: high - CLEAR, step: 1 };
  return [1, -1].map((side) => crossing(side, [sideX(a, side), ay], [sideX(b, -side), by], y, level));
}

function crossing(side, from, to, y, level) {
  const [x1, x2] = [laneBeyond(from[0] + side * STUB, side), laneBeyond(to[0] - side * STUB, -side)];
  return {
    points: [from, [x1, from[1]], [x1, y], [x2, y], [x2, to[1]], to],
    free: [level, outward(1, x1, side), outward(3, x2, -side)],
    outOf: side,
    into: -side,
  };
}

function outward(at, x, side) {
  return side > 0
    ? { at, low: x - INWARD, high: x + OUTWARD, step: 1 }
    : { at, low: x - OUTWARD, high: x + INWARD, step: -1 };
}

function between(side, from, to, x) {
  if (from[1] === to[1]) return { points: [from, to], free: [], outOf: side, into: -side };
  const low = Math.min(from[0], to[0]) + TIGHT;
  const high = Math.max(from[0], to[0]) - TIGHT;
  return {
    points: [from, [x, from[1]], [x, to[1]], to],
    free: [{ at: 1, low, high, step: -side }],
    outOf: side,
    into: -side,
  };
}

function around(side, from, to, beyond) {
  const x = laneBeyond(beyond, side);
  return {
    points: [from, [x, from[1]], [x, to[1]], to],
    free: [outward(1, x, side)],
    outOf: side,
    into: side,
  };
}

/** A line that crosses over in a free band, as near to its end as that goes. */
function detour(side, from, to, band) {
  const low = Math.min(from[0], to[0]) + TIGHT;
  const high = Math.max(from[0], to[0]) - TIGHT;
  const [x1, x2] = [from[0] + side * STUB, to[0] - side * STUB];
  const y = Math.min(Math.max(to[1], band[0]), band[1]);
  return {
    points: [from, [x1, from[1]], [x1, y], [x2, y], [x2, to[1]], to],
    free: [
      { at: 2, low: band[0], high: band[1], step: y === band[0] ? 1 : -1 },
      { at: 1, low, high, step: side },
      { at: 3, low, high, step: -side },
    ],
    outOf: side,
    into: -side,
  };
}

/** Return the sketch with the fewest boxes in its way, then the shortest, then the first; and those boxes. */
function fewestHits(sketches, ends, plane) {
  let found = null;
  for (const sketch of sketches) {
    const hits = hitsOf(sketch, ends, plane);
    const length = lengthOf(sketch.points);
    const better = !found || hits.length < found.hits.length ||
      (hits.length === found.hits.length && hits.length > 0 && length < found.length);
    if (better) found = { sketch, hits, length };
    if (!hits.length) break;
  }
  return found;
}

/** Return the boxes, other than its own two, that a line runs through or grazes, sorted by key. */
function hitsOf(sketch, ends, plane) {
  const areas = [];
  for (let at = 1; at < sketch.points.length; at += 1) areas.push(corridor(sketch.points[at - 1], sketch.points[at]));
  const [first, second] = ends.own;
  const keys = plane.index.lookFor(areas).map((box) => box.key).filter((key) => key !== first && key !== second);
  return keys.length ? keys.sort().map((key) => plane.boxes.get(key)) : NOTHING;
}

/** Return the space a segment wants for itself; an upright one also keeps off the marks beside other boxes. */
function corridor([x1, y1], [x2, y2]) {
  const beside = x1 === x2 ? SIDE_CLEAR : CLEAR;
  return {
    x: Math.min(x1, x2) - beside,
    y: Math.min(y1, y2) - CLEAR,
    w: Math.abs(x2 - x1) + 2 * beside,
    h: Math.abs(y2 - y1) + 2 * CLEAR,
  };
}

function lengthOf(points) {
  let length = 0;
  for (let at = 1; at < points.length; at += 1) {
    length += Math.abs(points[at][0] - points[at - 1][0]) + Math.abs(points[at][1] - points[at - 1][1]);
  }
  return length;
}

/** Return between which coordinates a segment can be moved before it runs into a box that is not its own. */
function roomOf(start, end, free, own, plane) {
  const [fixed, running] = start[0] === end[0] ? [0, 1] : [1, 0];
  const [first, last] = [Math.max(free.low, start[fixed] - REACH), Math.min(free.high, start[fixed] + REACH)];
  const from = Math.min(start[running], end[running]) - CLEAR;
  const along = Math.abs(end[running] - start[running]) + 2 * CLEAR;
  const [across, size] = [first - TIGHT, last - first + 2 * TIGHT];
  const area = fixed ? { x: from, y: across, w: along, h: size } : { x: across, y: from, w: size, h: along };
  const boxes = plane.index.lookFor([area]).filter(({ key }) => key !== own[0] && key !== own[1]);
  return clearOf(boxes.map((box) => (fixed ? [box.y, box.y + box.h] : [box.x, box.x + box.w])), start[fixed], [first, last]);
}

function clearOf(intervals, wanted, [low, high]) {
  for (const [first, last] of intervals) {
    if (last <= wanted) low = Math.max(low, last + TIGHT);
    else if (first >= wanted) high = Math.min(high, first - TIGHT);
  }
  return [low, high];
}

/** Return the points without those that lie on a straight line between their neighbours. */
export function simplified(points) {
  const kept = [];
  points.forEach((point, at) => {
    const before = kept[kept.length - 1];
    const after = points[at + 1];
    const straight = before && after &&
      ((before[0] === point[0] && point[0] === after[0]) || (before[1] === point[1] && point[1] === after[1]));
    if (!straight) kept.push(point);
  });
  return kept;
}

/** Return where a label sits well: the middle of the longest level segment, or of the longest where none is level. */
function labelPoint(points) {
  let found = null;
  for (let at = 1; at < points.length; at += 1) {
    const [from, to] = [points[at - 1], points[at]];
    const level = from[1] === to[1];
    const length = Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]) + (level ? 1_000_000 : 0);
    if (!found || length > found.length) found = { from, to, length };
  }
  return [Math.floor((found.from[0] + found.to[0]) / 2), Math.floor((found.from[1] + found.to[1]) / 2)];
}

/**
 * Return the drawing commands of a line with rounded corners: ["M", x, y], ["L", x, y] and ["Q", cx, cy, x, y].
 *
 * A corner between short segments gets the radius that fits.
 */
export function roundedPath(points, radius) {
  const commands = [["M", points[0][0], points[0][1]]];
  for (let at = 1; at < points.length - 1; at += 1) {
    const corner = points[at];
    const reach = Math.min(radius, span(points[at - 1], corner) / 2, span(corner, points[at + 1]) / 2);
    commands.push(["L", ...toward(corner, points[at - 1], reach)]);
    commands.push(["Q", corner[0], corner[1], ...toward(corner, points[at + 1], reach)]);
  }
  const last = points[points.length - 1];
  commands.push(["L", last[0], last[1]]);
  return commands;
}

function span(a, b) {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}

function toward(from, to, reach) {
  return [from[0] + Math.sign(to[0] - from[0]) * reach, from[1] + Math.sign(to[1] - from[1]) * reach];
}
