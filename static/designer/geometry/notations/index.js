/** The notations that a diagram may be drawn in. `designer/layout/notations/__init__.py` holds the twin. */

/** @import { Notation } from "./base.js" */
import { barker } from "./barker.js";
import { chen } from "./chen.js";
import { crowsfoot } from "./crowsfoot.js";
import { idef1x } from "./idef1x.js";
import { minmax } from "./minmax.js";
import { uml } from "./uml.js";

/** @type {readonly Notation[]} in the order in which they are offered */
export const NOTATIONS = Object.freeze([crowsfoot, idef1x, barker, uml, chen, minmax]);

const BY_NAME = new Map(NOTATIONS.map((each) => [each.name, each]));

/**
 * Return a notation by its name; crow's foot for a name that is not known, such as one of a newer version.
 *
 * @param {string | null | undefined} name
 * @returns {Notation}
 */
export function notationOf(name) {
  return BY_NAME.get(name ?? "") ?? crowsfoot;
}
