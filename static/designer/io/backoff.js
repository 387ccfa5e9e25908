/** How long to wait before trying again. */

const FIRST = 500;
const LONGEST = 30_000;

/**
 * Milliseconds to wait after `failures` failures in a row: doubled each time up to half a minute, and spread, so that the
 * tabs of a team do not all come back at the same moment when a server restarts.
 * @param {number} failures
 * @param {() => number} [random] from 0 to 1
 * @returns {number}
 */
export function backoff(failures, random = Math.random) {
  const full = Math.min(LONGEST, FIRST * 2 ** Math.min(failures - 1, 10));
  return Math.round(full * (0.5 + random() / 2));
}
