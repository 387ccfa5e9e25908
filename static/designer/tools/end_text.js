/**
 * Relationships as they are typed. An end is `1..N head`, with a `*` in front where it identifies; a whole one is its name, its ends
 * in their order and its definition: `works for: 1..N, 1..1 employer -- By contract.`
 */

import { boundsFrom, withDefinition } from "../doc/commands/index.js";

const TYPED = /^\s*(\*?)\s*(\d+\s*(?:(?:\.\.|-|,)\s*(?:\d+|[nNmM*]))?(?!\S))?\s*(.*)$/s;

/** Returns the text of an end. */
export function endWords({ min = 0, max = null, role = "", identifying = false }) {
  return `${identifying ? "*" : ""}${min}..${max ?? "N"}${role ? ` ${role}` : ""}`;
}

/**
 * Returns what a text says of an end; numbers that it leaves out stay as they are. Throws Refused for numbers that cannot be.
 * @param {string} text
 * @returns {{min?: number, max?: number | null, role: string, identifying: boolean}}
 */
export function endFrom(text) {
  const [, star, bounds, role] = TYPED.exec(text);
  return { ...(bounds ? boundsFrom(bounds) : {}), role: role.trim(), identifying: star === "*" };
}

/**
 * Returns what a text says of a relationship. What stands after a colon are ends only where each begins with numbers.
 * @param {string} text
 * @returns {{name: string, ends: object[], comment: string | null}}
 */
export function relationshipFrom(text) {
  const [plain, comment] = withDefinition(` ${text}`);
  const colon = plain.lastIndexOf(":");
  const said = colon < 0 ? [] : plain.slice(colon + 1).split(",").map((each) => each.trim());
  const areEnds = said.length > 0 && said.every((each) => TYPED.exec(each)[2] !== undefined);
  return { name: (areEnds ? plain.slice(0, colon) : plain).trim(), ends: areEnds ? said.map(endFrom) : [], comment };
}
