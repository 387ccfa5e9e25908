/** Text as it is painted: fonts, shortening with a memory, and the lines of a note. */

import { FONT, ellipsize, visible, wrapped } from "../geometry/text.js";

const MOST = 30000;
const fitted = new Map();

/** Returns the value for `context.font`. */
export function font(size, bold = false) {
  return `${bold ? "600" : "400"} ${size}px ${FONT}`;
}

/** Returns `text` on one line, shortened to `room` pixels at zoom 1. Answers are kept: rows are painted many times. */
export function fit(text, size, bold, room) {
  const key = `${text}\u0000${size}${bold ? "b" : ""}${Math.floor(room)}`;
  let shown = fitted.get(key);
  if (shown === undefined) {
    if (fitted.size > MOST) {
      fitted.clear();
    }
    shown = ellipsize(visible(text), size, bold, room);
    fitted.set(key, shown);
  }
  return shown;
}

/** Returns the lines of a note: broken to `room` pixels, at most `most` of them. */
export function wrap(text, size, room, most) {
  const lines = text.split(/\r\n|\r|\n/).slice(0, most + 1).flatMap((each) => wrapped(each, size, room));
  if (lines.length <= most) {
    return lines;
  }
  return [...lines.slice(0, most - 1), ellipsize(`${lines[most - 1]} …`, size, false, room)];
}
