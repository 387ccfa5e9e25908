/** Paints lines: rounded and with their marks near by, as plain rectangles from afar. */

import { halvesOf } from "../geometry/halves.js";
import { pieceNear } from "./clip_line.js";
import { BLOCK } from "./level.js";
import { areChen, paintChenLines, strokeChenLines } from "./paint_chen_lines.js";

const RADIUS = 7;
/** Below this zoom a crow's foot is a blot, however large; and where very many lines meet, marks would cover them. */
const MARKS_FROM = 0.12;
const MOST_MARKED = 400;
/** From afar marks are drawn larger than they are, as long as they still fit on their line. */
const FULL_MARK = 0.6;
const MOST_GROWN = 2;
const DASH = [6, 4];
/** How far the mark at the end of a line reaches. */
const REACH = 40;
const SOLID = [];

/**
 * Paints lines under the boxes.
 * @param {CanvasRenderingContext2D} context
 * @param {object[]} lines of the scene
 * @param {{theme: object, level: number, zoom: number}} style
 */
export function paintLines(context, lines, style, box) {
  if (areChen(lines)) {
    paintChenLines(context, lines, style);
    return;
  }
  if (style.level === BLOCK) {
    paintFar(context, lines, style, box);
    return;
  }
  const width = Math.max(1.25, 1 / style.zoom);
  strokeLines(context, lines, { colour: style.theme.edge, width, background: style.theme.canvasBg, zoom: style.zoom, box });
}

/** Paints some lines in another colour and thicker, with their marks; of long ones what is near `box`, where there is one. */
export function strokeLines(context, lines, { colour, width, background, zoom, box = null }) {
  if (areChen(lines)) {
    strokeChenLines(context, lines, { colour, width });
    return;
  }
  const dash = dashAt(zoom);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = "round";
  for (const dashed of [false, true]) {
    context.setLineDash(dashed ? dash : SOLID);
    context.beginPath();
    lines.forEach((line) => traceParts(context, line, dashed, box && { box, period: dash[0] + dash[1] }));
    context.stroke();
  }
  context.setLineDash(SOLID);
  if (zoom > MARKS_FROM) {
    paintMarks(context, lines, { background, box, zoom });
  }
}

/** Dashes keep their size on the screen from afar: a long line would fall into ten thousand of them, and take as long. */
function dashAt(zoom) {
  return zoom < 0.6 ? DASH.map((each) => (each * 0.6) / zoom) : DASH;
}

/** Traces a line, or those of its halves, that are dashed or that are not. */
function traceParts(context, { edge, notation, route }, dashed, clip) {
  const ends = [notation.dashed(edge, edge.source), notation.dashed(edge, edge.target)];
  if (ends[0] === ends[1]) {
    if (ends[0] === dashed) {
      trace(context, clip ? pieceNear(route.points, clip.box, clip.period, cornerRadius) : route.points);
    }
    return;
  }
  trace(context, halvesOf(route.points)[ends.indexOf(dashed)]);
}

function trace(context, points) {
  if (points.length === 0) {
    return;
  }
  context.moveTo(points[0][0], points[0][1]);
  for (let at = 1; at < points.length - 1; at += 1) {
    const [x, y] = points[at];
    const [nextX, nextY] = points[at + 1];
    context.arcTo(x, y, nextX, nextY, cornerRadius(points[at - 1], points[at], points[at + 1]));
  }
  const last = points[points.length - 1];
  context.lineTo(last[0], last[1]);
}

function cornerRadius(before, corner, after) {
  return Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
}

function distance([x1, y1], [x2, y2]) {
  return Math.abs(x1 - x2) + Math.abs(y1 - y2);
}

function paintMarks(context, lines, { background, box, zoom }) {
  const by = Math.min(MOST_GROWN, Math.max(1, FULL_MARK / zoom));
  const marks = [];
  for (const { edge, notation, route } of lines) {
    for (const [end, at] of [[edge.source, route.source], [edge.target, route.target]]) {
      if (!box || isNear(at.point, box)) {
        const mark = grownMark(notation.markOf(end, at.point, at.direction, edge), at.point, by);
        marks.push({ ...mark, lines: [...mark.lines, stem(at, mark.length)] });
      }
    }
  }
  context.beginPath();
  for (const { lines: strokes } of marks) {
    for (const [x1, y1, x2, y2] of strokes) {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
  }
  context.stroke();
  paintClosed(context, marks, background);
}

/** Returns a mark `by` times as large, from the point where its line meets the box. */
export function grownMark(mark, [x, y], by) {
  if (by === 1) {
    return mark;
  }
  const away = (at, from) => from + (at - from) * by;
  return {
    ...mark, length: mark.length * by,
    lines: mark.lines.map(([x1, y1, x2, y2]) => [away(x1, x), away(y1, y), away(x2, x), away(y2, y)]),
    ring: mark.ring && [away(mark.ring[0], x), away(mark.ring[1], y), mark.ring[2] * by],
    outline: mark.outline.map(([px, py]) => [away(px, x), away(py, y)]),
  };
}

function isNear([px, py], { x, y, w, h }) {
  return px > x - REACH && px < x + w + REACH && py > y - REACH && py < y + h + REACH;
}

/** The line itself under a mark: a dashed line may have a gap just there, and the mark would float. */
function stem({ point: [x, y], direction: [dx, dy] }, length) {
  return [x, y, x + dx * length, y + dy * length];
}

/** Rings and outlines are filled, so that the line does not run through them: with the background, or like the line. */
function paintClosed(context, marks, background) {
  for (const filled of [false, true]) {
    const wanted = marks.filter((mark) => mark.filled === filled && (mark.ring || mark.outline.length > 0));
    if (wanted.length > 0) {
      context.fillStyle = filled ? context.strokeStyle : background;
      fillClosed(context, wanted);
    }
  }
}

function fillClosed(context, marks) {
  context.beginPath();
  for (const { ring, outline } of marks) {
    if (ring) {
      context.moveTo(ring[0] + ring[2], ring[1]);
      context.arc(ring[0], ring[1], ring[2], 0, 2 * Math.PI);
    }
    outline.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    if (outline.length > 0) {
      context.closePath();
    }
  }
  context.fill();
  context.stroke();
}

/** From afar a line is a few thin rectangles: thousands of stroked paths would cost more than everything else. */
function paintFar(context, lines, { theme, zoom }, box) {
  const thick = 1 / zoom;
  context.fillStyle = context.strokeStyle = theme.edge;
  context.lineWidth = thick;
  context.globalAlpha = lines.length > 1500 ? 0.45 : 0.7;
  for (const { route } of lines) {
    const { points } = route;
    for (let at = 1; at < points.length; at += 1) {
      segment(context, points[at - 1], points[at], thick, box);
    }
  }
  if (zoom > MARKS_FROM && lines.length <= MOST_MARKED) {
    paintMarks(context, lines, { background: theme.canvasBg, box, zoom });
  }
  context.globalAlpha = 1;
}

function segment(context, [x1, y1], [x2, y2], thick, box) {
  const left = Math.min(x1, x2);
  const top = Math.min(y1, y2);
  const w = Math.abs(x2 - x1);
  const h = Math.abs(y2 - y1);
  if (left > box.x + box.w || top > box.y + box.h || left + w < box.x || top + h < box.y) {
    return;
  }
  if (w > 0 && h > 0) {
    strokeSlanted(context, x1, y1, x2, y2);
  } else {
    context.fillRect(left, top, w || thick, h || thick);
  }
}

function strokeSlanted(context, x1, y1, x2, y2) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
