/** Paints notes: paper, and the text on it as Markdown has it. */

import { PADDING, linesThatFit, noteLines } from "../geometry/markdown.js";
import { font } from "./text.js";
import { inkOn, namedColour } from "./theme.js";

/** Below this zoom letters cannot be read. */
const TEXT_FROM = 0.35;
/** Lines by note record: a record never changes, an edit makes another one. */
const measured = new WeakMap();

/** Paints a note. */
export function paintNote(context, { record, x, y, w, h }, { theme, zoom }) {
  const paper = namedColour(theme, record.colour, theme.noteBg);
  context.fillStyle = paper;
  context.fillRect(x, y, w, h);
  context.strokeStyle = theme.tableBorder;
  context.lineWidth = Math.max(1, 1 / zoom);
  context.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
  if (zoom >= TEXT_FROM) {
    const ink = record.colour ? inkOn(paper, theme.text) : theme.text;
    paintLines(context, linesOf(record, w, h), { x, y, w }, { ink, theme });
  }
}

/** Returns the lines that a note's paper holds. */
export function linesOf(record, w, h) {
  const known = measured.get(record);
  if (known?.w === w && known.h === h) {
    return known.lines;
  }
  const lines = linesThatFit(noteLines(record.text ?? "", w), h, w);
  measured.set(record, { w, h, lines });
  return lines;
}

/** Returns the address that a note has at a point of the world, or an empty text. */
export function linkAt({ record, x, y, w, h }, point) {
  const line = linesOf(record, w, h).find((each) => point.y >= y + each.y && point.y < y + each.y + each.h);
  return line?.runs.find((run) => run.link && point.x >= x + run.x && point.x <= x + run.x + run.w)?.link ?? "";
}

function paintLines(context, lines, { x, y, w }, look) {
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const line of lines) {
    const middle = y + line.y + line.h / 2 + 0.5;
    if (line.rule) {
      context.fillStyle = look.theme.tableBorder;
      context.fillRect(x + PADDING, middle, w - 2 * PADDING, 1);
    }
    if (line.quote) {
      context.fillStyle = look.theme.tableBorder;
      context.fillRect(x + line.markerX + 4, y + line.y, 3, line.h);
    }
    context.fillStyle = look.ink;
    if (line.marker) {
      context.font = font(line.size);
      context.fillText(line.marker, x + line.markerX, middle);
    }
    line.runs.forEach((run) => paintRun(context, run, x, middle, line.size, look));
  }
}

function paintRun(context, run, x, middle, size, { ink, theme }) {
  if (run.code) {
    context.globalAlpha = 0.1;
    context.fillRect(x + run.x - 2, middle - size / 2 - 2, run.w + 4, size + 4);
    context.globalAlpha = 1;
  }
  context.font = run.italic ? `italic ${font(size, run.bold)}` : font(size, run.bold);
  context.fillStyle = run.link ? theme.accent : ink;
  context.fillText(run.text, x + run.x, middle);
  if (run.link) {
    context.fillRect(x + run.x, middle + size / 2, run.w, 1);
  }
  context.fillStyle = ink;
}
