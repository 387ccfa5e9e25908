/** Dialect-free types and texts as a database writes them; the twin of `raw_type` in designer/dialects/logical.py. */

import { dialectOf } from "./dialect.js";

const LOGICAL = /^([a-z_]+)(?:\((.*)\))?$/s;

/**
 * The raw type of a database for a logical one, and a note on what it does not keep, or null.
 *
 * For example `timestamp_tz` is `datetime(6)` in MySQL, without the time zone. `other(x)` comes back as `x` with a note.
 * @param {string} logical
 * @param {string} target the name of the database
 * @returns {[string, string | null]}
 */
export function rawType(logical, target) {
  const dialect = dialectOf(target);
  const element = logical.replace(/[[\]]+$/, "");
  const dimensions = Math.floor((logical.length - element.length) / 2);
  const [raw, note] = rawElement(element, dialect);
  if (dimensions === 0) return [raw, note];
  if (dialect.arrays) return [raw + "[]".repeat(dimensions), note];
  return [dialect.rawTypes.json, `${dialect.title} has no arrays; ${logical} is written as JSON`];
}

function rawElement(logical, { title, rawTypes, lossy }) {
  const found = LOGICAL.exec(logical);
  const [name, args] = found ? [found[1], found[2]] : ["other", logical];
  if (name === "other" && !args) return [rawTypes.text, "the column has no type; it is written as text"];
  if (name === "other" || !Object.hasOwn(rawTypes, name)) {
    return [args || logical, `${title} may not know the type ${args || logical}; it is written as it is`];
  }
  const note = (args && lossy[`${name}()`]) || (Object.hasOwn(lossy, name) ? lossy[name] : null);
  const template = args && Object.hasOwn(rawTypes, `${name}()`) ? rawTypes[`${name}()`] : null;
  return [template === null ? rawTypes[name] : template.split("{}").join(args), note];
}

/**
 * A string literal. NUL, which no SQL text can hold, is left out.
 * @param {ReturnType<typeof dialectOf>} dialect
 * @param {string} text
 */
export function literal(dialect, text) {
  const escaped = text.replaceAll("'", "''").replaceAll("\0", "");
  return `'${dialect.backslashEscapes ? escaped.replaceAll("\\", "\\\\").replaceAll("\r", "\\r") : escaped}'`;
}
