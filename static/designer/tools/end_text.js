/** An end of a relationship as it is typed: `1..N head`, with a `*` in front where it identifies. */

import { boundsFrom } from "../doc/commands/index.js";

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
