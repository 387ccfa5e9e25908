/**
 * Pins of comments: bubbles whose lower left corner points at what they are about, of one size on the screen at any zoom. They
 * keep hold of the boxes of the scene, so that they go along while something is dragged; where nobody has said anything there
 * are none, and nothing is looked up.
 *
 * @typedef {{id: number, element: string, diagram: string, x: number | null, y: number | null, suggests: string, applied: boolean}} Thread
 * @typedef {{key: string, threads: Thread[], item: object | null, row: object | null, line: object | null, spot: {x: number, y: number} | null,
 *   owner: string, ink: "accent" | "good"}} Pin  `owner` is the box that it stands at
 */

import { BLOCK } from "./level.js";
import { handleBox, rowBox } from "./row_shape.js";
import { font } from "./text.js";

/** Pixels of the screen. */
const SIZE = 22;
const SMALL = 16;
const INSET = 3;
/** Below this zoom pins are dots without a number, as nobody could tell them apart. */
const DOTS_BELOW = 0.12;
const DOT = 9;

/**
 * Returns the pins of the threads that the diagram of a scene shows, one for each place.
 * @param {Thread[]} threads
 * @param {object} scene
 * @returns {Pin[]}
 */
export function pinsOf(threads, scene) {
  const pins = new Map();
  for (const thread of threads) {
    const place = placeOf(thread, scene);
    if (place) {
      const pin = pins.get(place.key) ?? { ...place, threads: [], ink: "accent" };
      pin.threads.push(thread);
      pin.ink = thread.suggests && !thread.applied ? "good" : pin.ink;
      pins.set(place.key, pin);
    }
  }
  return [...pins.values()];
}

function placeOf({ id, element, diagram, x, y }, scene) {
  const none = { item: null, row: null, line: null, spot: null };
  if (!element) {
    return x !== null && y !== null && diagram === scene.diagram?.id ? { ...none, key: `spot ${id}`, owner: "", spot: { x, y } } : null;
  }
  const line = scene.nodes.has(element) ? undefined : scene.lines.get(element);
  if (line) {
    return { ...none, key: `line ${element}`, owner: element, line };
  }
  const owner = scene.shownBy(element) ?? element;
  const item = scene.item(owner);
  const row = item?.rows?.find((each) => each.id === element) ?? null;
  return item && { ...none, key: row ? `row ${element}` : `box ${owner}`, owner, item, row };
}

/**
 * Returns the pins of one level of detail: from afar all that is said about a table and its columns is one.
 * @param {Pin[]} pins
 * @param {number} level
 */
export function pinsAt(pins, level) {
  if (level !== BLOCK) {
    return pins;
  }
  const known = merged.get(pins) ?? mergedPins(pins);
  merged.set(pins, known);
  return known;
}

/** @type {WeakMap<Pin[], Pin[]>} a list is put together once, however often it is painted */
const merged = new WeakMap();

function mergedPins(pins) {
  const found = new Map();
  for (const pin of pins) {
    const key = pin.row ? `box ${pin.owner}` : pin.key;
    const before = found.get(key);
    const ink = before?.ink === "good" ? "good" : pin.ink;
    found.set(key, { ...pin, key, row: null, ink, threads: [...before?.threads ?? [], ...pin.threads] });
  }
  return [...found.values()];
}

/** Returns the point of the world that a pin points at. @param {Pin} pin */
export function pointOf({ item, row, line, spot }) {
  if (spot) {
    return spot;
  }
  if (line) {
    const { figure, label, points } = line.route;
    return figure ? { x: label[0] + figure.w / 4, y: label[1] - figure.h / 4 } : middleOf(points);
  }
  const box = row ? rowBox(item, row) : item.element ? handleBox(item) : item;
  return { x: box.x + box.w, y: row ? box.y + box.h / 2 : box.y };
}

/** The point half way along a line. */
function middleOf(points) {
  const lengths = points.slice(1).map(([x, y], at) => Math.hypot(x - points[at][0], y - points[at][1]));
  let left = lengths.reduce((sum, each) => sum + each, 0) / 2;
  const at = lengths.findIndex((each) => (left -= each) <= 0);
  if (at < 0) {
    return { x: points[0][0], y: points[0][1] };
  }
  const part = lengths[at] > 0 ? 1 + left / lengths[at] : 0;
  return { x: points[at][0] + (points[at + 1][0] - points[at][0]) * part, y: points[at][1] + (points[at + 1][1] - points[at][1]) * part };
}

/**
 * Returns the box of a pin in units of the world.
 * @param {Pin} pin
 * @param {number} zoom
 */
export function pinBox(pin, zoom) {
  const side = (zoom < DOTS_BELOW ? DOT : pin.row ? SMALL : SIZE) / zoom;
  const { x, y } = pointOf(pin);
  const inset = pin.spot ? 0 : Math.min(INSET / zoom, side / 4);
  return { x: x - inset, y: y + inset - side, w: side, h: side };
}

/**
 * Returns the pin at a point of the world, the last painted first, or null.
 * @param {Pin[]} pins
 * @param {{x: number, y: number}} point
 * @param {number} zoom
 * @param {number} [reach] how far beside it a finger may be, in pixels of the screen
 */
export function pinAt(pins, { x, y }, zoom, reach = 0) {
  const more = reach / zoom;
  return pins.findLast((pin) => {
    const box = pinBox(pin, zoom);
    return x >= box.x - more && x <= box.x + box.w + more && y >= box.y - more && y <= box.y + box.h + more;
  }) ?? null;
}

/**
 * Paints the pins in sight: the bubbles of a colour in one path, then their numbers.
 * @param {CanvasRenderingContext2D} context
 * @param {{list: Pin[], open: number | null}} pins `open` is the thread that is read now
 * @param {{theme: object, zoom: number, level: number}} style
 * @param {{x: number, y: number, w: number, h: number}} visible
 */
export function paintPins(context, { list, open }, { theme, zoom, level }, visible) {
  const seen = pinsAt(list, level).map((pin) => ({ pin, box: pinBox(pin, zoom) })).filter(({ box }) => touches(box, visible));
  for (const ink of ["accent", "good"]) {
    paintBubbles(context, seen.filter(({ pin }) => pin.ink === ink), theme[ink], theme, zoom);
  }
  if (zoom >= DOTS_BELOW) {
    paintNumbers(context, seen, theme, zoom);
  }
  const current = seen.filter(({ pin }) => pin.threads.some(({ id }) => id === open));
  current.forEach(({ box }) => paintRing(context, box, theme, zoom));
}

function touches(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function trace(context, { x, y, w, h }, more = 0) {
  const round = w / 2 + more;
  context.roundRect(x - more, y - more, w + 2 * more, h + 2 * more, [round, round, round, more]);
}

function paintBubbles(context, found, colour, theme, zoom) {
  if (found.length === 0) {
    return;
  }
  context.beginPath();
  found.forEach(({ box }) => trace(context, box));
  context.strokeStyle = theme.tableBg;
  context.lineWidth = 3 / zoom;
  context.stroke();
  context.fillStyle = colour;
  context.fill();
}

function paintNumbers(context, seen, theme, zoom) {
  context.fillStyle = theme.tableBg;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const { pin, box } of seen) {
    context.font = font((pin.row ? 10 : 12) / zoom, true);
    const count = pin.threads.length;
    context.fillText(count > 9 ? "9+" : String(count), box.x + box.w / 2, box.y + box.h / 2 + 0.5 / zoom);
  }
}

function paintRing(context, box, theme, zoom) {
  context.beginPath();
  trace(context, box, 3 / zoom);
  context.strokeStyle = theme.accent;
  context.lineWidth = 2 / zoom;
  context.stroke();
}
