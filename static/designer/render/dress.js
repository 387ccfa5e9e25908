/** What is painted over boxes and lines that they do not say of themselves: chips, and the marks of an edit that is looked at. */

import { paintBadges } from "./paint_badge.js";
import { paintChip } from "./paint_chip.js";
import { paintDiffLines, paintDiffNode } from "./paint_diff.js";

/**
 * @typedef {{chips: Map<string, import("./paint_chip.js").Chip>, diff: import("./paint_diff.js").Diff | null,
 *   review: import("./paint_diff.js").Diff | null,
 *   badges: import("./paint_badge.js").Badges}} Dress
 */

/** @returns {Dress} nothing to be painted */
export function noDress() {
  return { chips: new Map(), diff: null, review: null, badges: new Set() };
}

/**
 * An edit that is looked at (`diff`) is marked rather than what is reviewed.
 * @param {{dress: Dress}} style
 */
export function dressNode(context, node, style) {
  const diff = style.dress.diff ?? style.dress.review;
  const chip = style.dress.chips.get(node.id);
  chip && !diff && paintChip(context, node, chip, style);
  style.dress.badges.size > 0 && paintBadges(context, node, style.dress.badges, style);
  diff && paintDiffNode(context, node, diff, style);
}

export function dressLines(context, lines, style, box) {
  const diff = style.dress.diff ?? style.dress.review;
  diff && paintDiffLines(context, lines, diff, style, box);
}
