/** The name over a block: on one line where it fits, else broken where its words end, as names of one schema begin alike. */

import { textWidth, visible } from "../geometry/text.js";
import { fit } from "./text.js";

/** The height of a line, in sizes of its font. */
export const LINE = 1.15;
const MOST_LINES = 4;
const MOST_KEPT = 30000;
const WORDS = /(?<=[_.\s-])|(?<=[\p{Ll}\d])(?=\p{Lu})/u;
const known = new Map();

/**
 * Returns the lines of a name in a block; what is too long even so is shortened. Answers are kept: blocks are painted many times.
 * @param {string} title
 * @param {number} size of the bold font
 * @param {number} width
 * @param {number} height
 * @returns {string[]}
 */
export function nameLines(title, size, width, height) {
  const room = Math.floor(width * 0.96);
  const most = Math.min(MOST_LINES, Math.floor((height * 0.96) / (size * LINE)));
  const key = `${title}\u0000${size} ${room} ${most}`;
  let lines = known.get(key);
  if (lines === undefined) {
    if (known.size > MOST_KEPT) {
      known.clear();
    }
    lines = broken(visible(title), size, room, most);
    known.set(key, lines);
  }
  return lines;
}

function broken(title, size, room, most) {
  if (most < 2 || textWidth(title, size, true) <= room) {
    return [fit(title, size, true, room)];
  }
  const lines = [];
  for (const word of title.split(WORDS)) {
    const last = lines.length - 1;
    const joins = last >= 0 && (lines.length === most || textWidth(lines[last] + word, size, true) <= room);
    joins ? lines[last] += word : lines.push(word);
  }
  return lines.map((line) => fit(line, size, true, room));
}
