/** How many comments an element has, for a list and for whoever cannot see the pins. */

import { element } from "./dom.js";

/**
 * Returns the mark of an element's open comments beside another mark; what there is of both, or null.
 * @param {number | undefined} count
 * @param {Node | null} other
 */
export function talkMark(count, other) {
  if (!count) {
    return other;
  }
  const words = `${count} open comment${count === 1 ? "" : "s"}`;
  const mark = element("span", "talk-mark", String(count));
  mark.setAttribute("role", "img");
  mark.setAttribute("aria-label", words);
  mark.title = words;
  const both = document.createDocumentFragment();
  both.append(mark, ...(other ? [other] : []));
  return both;
}
