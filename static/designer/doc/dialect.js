/** Names and types as a database reads them; the twin of designer/dialects/base.py and logical.py. */

import { COMMON_TYPES, DIALECTS } from "./dialects.js";

/**
 * The facts about a database; those of PostgreSQL for a name that is not known.
 * @param {string} [name]
 */
export function dialectOf(name) {
  return name && Object.hasOwn(DIALECTS, name) ? DIALECTS[name] : DIALECTS.postgresql;
}

/**
 * A name as it must be written, with quotes only where they are needed.
 * @param {typeof DIALECTS.postgresql} dialect
 * @param {string} name
 * @returns {string}
 */
export function quote(dialect, name) {
  if (dialect.bareName.test(name) && !dialect.reserved.includes(name.toLowerCase())) return name;
  const [[open, close]] = dialect.quotes;
  return open + name.replaceAll(close, close + close) + close;
}

/**
 * The name that a written identifier means: without quotes, or with its case folded.
 * @param {typeof DIALECTS.postgresql} dialect
 * @param {string} written
 * @returns {string}
 */
export function unquote(dialect, written) {
  for (const [open, close] of dialect.quotes) {
    if (written.length > 1 && written.startsWith(open) && written.endsWith(close)) {
      return written.slice(1, -1).replaceAll(close + close, close);
    }
  }
  // PostgreSQL folds only ASCII letters in a UTF-8 database.
  return dialect.folds === "lower" ? written.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : written;
}

const WITHOUT_ARGUMENTS = new Set([
  "boolean", "smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "real", "double", "text", "blob",
  "date", "year", "uuid", "json", "xml", "inet", "macaddr", "geometry", "tsvector", "money", "interval",
]);
const NAME = /^[a-z_][\p{L}\p{N}_$]*(?:\s+(?:varying|precision|varchar|varbinary|char|character|large\s+object)(?![\p{L}\p{N}_$]))*/iu;
const ARGUMENTS = /^\s*\(((?:'(?:[^'\\]|\\.)*'|[^()'])*)\)/su;
const TAIL = /^(?:\s+[a-z_][\p{L}\p{N}_$]*|\s*\(\d+\)|\s+"[^"]+")*$/iu;
const ZONE = /^(with|without)\s+(?:local\s+)?time\s+zone$/i;
const ARRAY = /\s*(?:\[\s*\d*\s*\]|\barray\b)$/i;
const SINGLE_PRECISION_BITS = 24;

/**
 * The meaning of a raw type in dialect-free words: `character varying(255)` -> `string(255)`. What has none is
 * `other(raw)`, as written.
 * @param {string} raw
 * @param {typeof DIALECTS.postgresql} dialect
 * @returns {string}
 */
export function logicalType(raw, dialect) {
  const [element, dimensions] = withoutBrackets(raw.trim());
  return (meaning(element.replace(/^pg_catalog\./, ""), dialect) ?? `other(${element})`) + "[]".repeat(dimensions);
}

function withoutBrackets(raw) {
  let dimensions = 0;
  let rest = raw;
  for (let found = ARRAY.exec(rest); found; found = ARRAY.exec(rest)) {
    if (found[0].trim().toLowerCase() !== "array" || dimensions === 0) dimensions += 1;
    rest = rest.slice(0, found.index);
  }
  return [rest, dimensions];
}

function meaning(element, dialect) {
  const shape = shapeOf(element);
  if (!shape) return null;
  const { name, args } = shape;
  const known = wordFor(dialect, `${name}(${args})`) ?? wordFor(dialect, name);
  if (known === null) return null;
  if (name === "float" && /^\d+$/.test(args)) return Number(args) <= SINGLE_PRECISION_BITS ? "real" : "double";
  if (!args || WITHOUT_ARGUMENTS.has(known)) return known;
  return `${known}(${known === "enum" || known === "set" ? args : args.replace(/\s+/g, "")})`;
}

/** Name, arguments and tail are read one after another: one pattern for all of it can be made to backtrack for ever. */
function shapeOf(element) {
  const name = NAME.exec(element)?.[0];
  if (name === undefined) return null;
  const args = ARGUMENTS.exec(element.slice(name.length));
  const tail = element.slice(name.length + (args?.[0].length ?? 0));
  if (!TAIL.test(tail)) return null;
  const zone = ZONE.exec(tail.trim());
  const plain = name.toLowerCase().replace(/\s+/g, " ");
  return { name: zone ? `${plain} ${zone[1].toLowerCase()} time zone` : plain, args: (args?.[1] ?? "").trim() };
}

function wordFor(dialect, name) {
  if (Object.hasOwn(dialect.types, name)) return dialect.types[name];
  return Object.hasOwn(COMMON_TYPES, name) ? COMMON_TYPES[name] : null;
}
