/** Record ids: short, random, URL-safe; and reproducible for tests. */

import { ID_ALPHABET, ID_LENGTH, ID_PATTERN } from "./kinds.js";

const FAIR = 256 - (256 % ID_ALPHABET.length);

/**
 * A random id of ten letters and digits.
 * @returns {string}
 */
export function newId() {
  let id = "";
  while (id.length < ID_LENGTH) {
    for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(ID_LENGTH * 2))) {
      // Bytes past the last whole multiple of the alphabet would favour its first letters.
      if (byte < FAIR && id.length < ID_LENGTH) id += ID_ALPHABET[byte % ID_ALPHABET.length];
    }
  }
  return id;
}

/**
 * An id source that counts: `new0000001`, `new0000002`, … For tests and shared cases.
 * @param {string} [prefix]
 * @returns {() => string}
 */
export function countedIds(prefix = "new") {
  let count = 0;
  return () => {
    count += 1;
    return prefix + String(count).padStart(ID_LENGTH - prefix.length, "0");
  };
}

/**
 * Whether a value can be a record id.
 * @param {unknown} value
 * @returns {boolean}
 */
export function isId(value) {
  return typeof value === "string" && ID_PATTERN.test(value);
}
