/**
 * Fractional order keys: text that sorts, with room for one more between any two. The same outputs as
 * designer/schema/order.py ("Implementing Fractional Indexing", David Greenspan, 2020, fraction-only form).
 *
 * Keys compare by code unit (`<`), never by locale.
 */

export const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * A key that sorts after `low` and before `high`; null means the open end. Throws a RangeError where there is no
 * room, which is only where `low >= high`.
 * @param {string | null} low
 * @param {string | null} high
 * @returns {string}
 */
export function between(low, high) {
  if (low !== null && high !== null && low >= high) {
    throw new RangeError(`no order key lies between ${JSON.stringify(low)} and ${JSON.stringify(high)}`);
  }
  return high === null ? next(low ?? "") : midpoint(low ?? "", high);
}

/**
 * A key after `low` and before the open end: the next number of the same width, so that appending is cheap. Where the
 * digits are used up the width doubles; keys grow with the logarithm of how often something was appended.
 */
function next(low) {
  if (!low) return DIGITS[DIGITS.length / 2];
  const kept = low.replace(/z+$/, "");
  if (!kept) return low + DIGITS[0].repeat(low.length) + DIGITS[1];
  const raised = kept.slice(0, -1) + DIGITS[DIGITS.indexOf(kept[kept.length - 1]) + 1];
  const missing = low.length - raised.length;
  return missing > 0 ? raised + DIGITS[0].repeat(missing - 1) + DIGITS[1] : raised;
}

function midpoint(low, high) {
  const shared = sharedPrefix(low, high);
  const head = high.slice(0, shared);
  const above = low.slice(shared);
  const below = high.slice(shared);
  const lowDigit = above ? DIGITS.indexOf(above[0]) : 0;
  const highDigit = DIGITS.indexOf(below[0]);
  if (highDigit - lowDigit > 1) return head + DIGITS[Math.floor((lowDigit + highDigit) / 2)];
  if (below.length > 1) return head + below[0];
  return head + DIGITS[lowDigit] + next(above.slice(1));
}

function sharedPrefix(low, high) {
  let at = 0;
  while (at < high.length && (low[at] ?? DIGITS[0]) === high[at]) at += 1;
  return at;
}

/**
 * `count` ascending keys of one width, evenly spread, for things that arrive in order.
 * @param {number} count
 * @returns {string[]}
 */
export function sequence(count) {
  let width = 1;
  let room = DIGITS.length - 1;
  while (room < count + 1) {
    width += 1;
    room = DIGITS.length ** width - 1;
  }
  const step = Math.max(1, Math.floor(room / (count + 1)));
  return Array.from({ length: count }, (_, index) => spell(step * (index + 1), width));
}

function spell(number, width) {
  let letters = "";
  for (let rest = number, place = 0; place < width; place += 1) {
    letters = DIGITS[rest % DIGITS.length] + letters;
    rest = Math.floor(rest / DIGITS.length);
  }
  return letters.replace(/0+$/, "") || DIGITS[1];
}

/**
 * `count` ascending keys that lie between `low` and `high`, for several things inserted at one place.
 * @param {string | null} low
 * @param {string | null} high
 * @param {number} count
 * @returns {string[]}
 */
export function spread(low, high, count) {
  const keys = [];
  for (let last = low; keys.length < count; last = keys[keys.length - 1]) keys.push(between(last, high));
  return keys;
}

/**
 * Ever greater keys that sort after `last`.
 * @param {string | null} last
 * @returns {Generator<string, never>}
 */
export function* after(last) {
  for (let key = between(last, null); ; key = between(key, null)) yield key;
}
