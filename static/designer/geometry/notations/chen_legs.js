/**
 * The way of a line from a figure to a point: straight where it can be, round ovals and other elements where not.
 * `designer/layout/notations/chen_legs.py` holds the twin.
 */

import { SpatialIndex } from "../spatial_index.js";
import { coreOf, crosses, hasDiamond, length, reachOf } from "./chen_plane.js";

/** How far outside of a footprint a line turns that goes round it. */
const BEYOND = 14;
const KEEP_OFF = 3;
const AIM_STEP = 14;
const AIM_IN = 10;
const SLOT = 9;
/** A long line is looked up in pieces, since the box round a slanted one holds much that it does not meet. */
const PIECE = 400;
const MOST_STARTS = 4;
/** Where more elements than these are in the way, no single turn helps. */
const MOST_IN_THE_WAY = 6;
const NOTHING = [];

/** What stands in a diagram: elements, diamonds and circles on lines, texts. */
export class Plane {
  /**
   * @param {{get: (id: string) => object | undefined}} boxes of the elements
   * @param {SpatialIndex} index of the same boxes
   */
  constructor(boxes, index) {
    this.boxes = boxes;
    this.index = index;
    this.figures = new SpatialIndex();
    this.texts = new SpatialIndex();
    this.exits = new Map();
  }

  /** Return how far from the middle of a figure's side a line leaves that goes round ovals; each has its own. */
  slot(key, side, other, half) {
    const place = `${key} ${side}`;
    const others = this.exits.get(place) ?? [];
    this.exits.set(place, others);
    if (!others.includes(other)) others.push(other);
    const at = others.indexOf(other);
    const away = Math.floor((at + 1) / 2) * SLOT;
    return away > half - SLOT / 2 ? 0 : away * (at % 2 ? 1 : -1);
  }

  /** Keep a place for a figure. */
  take(key, box) {
    this.figures.insert(key, box);
  }

  /** Return the box of an element or a figure; undefined for one that is not drawn. */
  boxOf(key) {
    return this.figures.boxes.get(key) ?? this.boxes.get(key);
  }

  /** Tell whether neither an element nor a figure nor a text stands in an area. */
  isFree(area) {
    return [this.index, this.figures, this.texts].every((index) => index.gather(area, new Set()).size === 0);
  }

  /** Return the elements and figures that a segment runs through, sorted, besides its own. */
  inTheWay(start, end, own) {
    const found = new Set();
    const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
    const count = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / PIECE));
    for (let at = 0; at < count; at += 1) {
      const area = boxRound(
        start[0] + (dx * at) / count, start[1] + (dy * at) / count,
        start[0] + (dx * (at + 1)) / count, start[1] + (dy * (at + 1)) / count,
      );
      this.index.gather(area, found);
      this.figures.gather(area, found);
    }
    for (const key of own) found.delete(key);
    if (!found.size) return NOTHING;
    return [...found].filter((key) => this.boxOf(key) && crosses(this.boxOf(key), start, end)).sort();
  }
}

function boxRound(x1, y1, x2, y2) {
  return { x: Math.min(x1, x2) - 1, y: Math.min(y1, y2) - 1, w: Math.abs(x2 - x1) + 2, h: Math.abs(y2 - y1) + 2 };
}

/**
 * Return the points at which a line from an element to `aim` starts and turns; `aim` itself is left out.
 *
 * It starts straight toward `aim` where nothing is in the way, else from another place of the figure's border, else it
 * goes round what is in the way.
 *
 * @param {string} key of the element
 * @param {number[]} aim
 * @param {string} other the element or the figure at its other end
 * @param {Plane} plane
 */
export function leg(key, aim, other, plane) {
  const box = plane.boxes.get(key);
  const own = [key, other];
  const clear = [];
  for (const start of startsOf(box, aim)) {
    if (!isClear(box, start, aim)) continue;
    if (!plane.inTheWay(start, aim, own).length) return [start];
    clear.push(start);
    if (clear.length === MOST_STARTS) break;
  }
  return clear.length ? detour(box, clear[0], aim, own, plane) : roundOwn(key, aim, other, plane);
}

/** Return the places of a figure's border from which a line may start, the best first. */
function startsOf(box, aim) {
  const [cx, cy, hw, hh] = coreOf(box);
  const [dx, dy] = [aim[0] - cx, aim[1] - cy];
  const reach = reachOf(hasDiamond(box), hw, hh, dx, dy);
  const found = [[cx + dx * reach, cy + dy * reach]];
  const up = dy < 0 ? cy - hh : cy + hh;
  if (Math.abs(dy) > hh) {
    if (hasDiamond(box)) found.push([cx, up]);
    else found.push(...across(cx, hw).map((x) => [x, up]));
  }
  if (Math.abs(dx) > hw) found.push([cx + (dx > 0 ? hw : -hw), cy]);
  return found;
}

function across(cx, hw) {
  const found = [];
  for (let step = 0; step <= hw - AIM_IN; step += AIM_STEP) {
    found.push(cx + step);
    if (step) found.push(cx - step);
  }
  return found;
}

/** Tell whether a segment keeps off the ovals of a footprint. */
function isClear(box, start, end) {
  for (const oval of box.core ? box.rows : NOTHING) {
    const area = {
      x: box.x + oval.x - KEEP_OFF, y: box.y + oval.y - KEEP_OFF, w: oval.w + 2 * KEEP_OFF, h: oval.h + 2 * KEEP_OFF,
    };
    if (crosses(area, start, end)) return false;
  }
  return true;
}

/** Return the way out to the left or right, where no ovals stand, and past the corner of the footprint. */
function roundOwn(key, aim, other, plane) {
  const box = plane.boxes.get(key);
  const [cx, cy, hw, hh] = coreOf(box);
  const side = aim[0] >= cx ? 1 : -1;
  const y = cy + (hasDiamond(box) ? 0 : plane.slot(key, side, other, hh));
  const start = [cx + side * hw, y];
  const beside = [(side > 0 ? box.x + box.w : box.x) + side * BEYOND, y];
  if (isClear(box, beside, aim)) return [start, beside];
  return [start, beside, [beside[0], aim[1] < cy ? box.y - BEYOND : box.y + box.h + BEYOND]];
}

/** Return the shortest way with one turn at a corner of what is in the way; straight on where there is none. */
function detour(box, start, aim, own, plane) {
  const hits = plane.inTheWay(start, aim, own);
  let found = null;
  for (const turn of hits.length <= MOST_IN_THE_WAY ? hits.flatMap((key) => cornersOf(plane.boxOf(key))) : NOTHING) {
    const way = byWayOf(box, turn, aim, own, plane);
    if (way && (!found || way.length < found.length)) found = way;
  }
  return found ? found.points : [start];
}

function cornersOf(box) {
  return [box.x - BEYOND, box.x + box.w + BEYOND]
    .flatMap((x) => [box.y - BEYOND, box.y + box.h + BEYOND].map((y) => [x, y]));
}

/** Return length and points of a way with a turn; null where something is in its way. */
function byWayOf(box, turn, aim, own, plane) {
  if (!isClear(box, turn, aim) || plane.inTheWay(turn, aim, own).length) return null;
  const start = startsOf(box, turn)
    .find((each) => isClear(box, each, turn) && !plane.inTheWay(each, turn, own).length);
  if (!start) return null;
  const way = length(turn[0] - start[0], turn[1] - start[1]) + length(aim[0] - turn[0], aim[1] - turn[1]);
  return { length: way, points: [start, turn] };
}
