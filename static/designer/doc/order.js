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
  return midpoint(low ?? "", high);
}

function midpoint(low, high) {
  const shared = sharedPrefix(low, high);
  if (shared > 0) return high.slice(0, shared) + midpoint(low.slice(shared), high.slice(shared));
  const lowDigit = low ? DIGITS.indexOf(low[0]) : 0;
  const highDigit = high ? DIGITS.indexOf(high[0]) : DIGITS.length;
  if (highDigit - lowDigit > 1) return DIGITS[Math.floor((lowDigit + highDigit) / 2)];
  if (high !== null && high.length > 1) return high[0];
  return DIGITS[lowDigit] + midpoint(low.slice(1), null);
}

function sharedPrefix(low, high) {
  if (high === null) return 0;
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

const BLOCK = 1000;

/**
 * Ever greater keys that sort after `last`, handed out in blocks of one width so that they stay short.
 * @param {string | null} last
 * @returns {Generator<string, never>}
 */
export function* after(last) {
  for (let key = last; ;) {
    const stem = between(key, null);
    yield stem;
    for (const tail of sequence(BLOCK)) yield (key = stem + tail);
  }
}
