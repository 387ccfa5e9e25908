/** Screens on which a panel lies over the canvas instead of beside it. */

const NARROW = "(max-width: 899px)";
/** A panel takes the lower half there: what is looked at stands in the upper one. */
const UNDER = 2.1;

/** Tells whether panels lie over the canvas. */
export function isNarrow() {
  return matchMedia(NARROW).matches;
}

/**
 * On a narrow screen a box is made so tall that what is in it stands above the panel.
 * @param {import("../geometry/box.js").Box} box of the world
 * @param {{w: number, h: number}} size of the view
 */
export function aboveThePanel(box, size) {
  return isNarrow() ? { ...box, h: Math.max(box.h * UNDER, (box.w * size.h) / size.w) } : box;
}
