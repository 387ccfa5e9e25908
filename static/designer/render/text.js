/** Text as it is painted: fonts, and shortening with a memory. */

import { FONT, ellipsize, visible } from "../geometry/text.js";

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
