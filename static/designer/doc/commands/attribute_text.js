/** Reading one line that describes an attribute, as people type it under an entity; the twin of designer/commands/attribute_text.py. */

import { Refused } from "./contract.js";

/**
 * What a line says. What it does not say about `optional` and `type` is null; `type` is the text as it was written.
 * @typedef {{
 *   name: string, type: string | null, optional: boolean | null, primary: boolean, unique: boolean, multivalued: boolean,
 *   derived: boolean, comment?: string | null, pii?: string | null, parts: AttributeText[],
 * }} AttributeText
 */

/** Marks before a name, as textbooks set them: `*` and `#` identify, `?` is optional, `/` is derived. */
const MARKS = {
  "*": (found) => { found.primary = true; },
  "#": (found) => { found.primary = true; },
  "?": (found) => { found.optional = true; },
  "/": (found) => { found.derived = true; },
};

/** Words after the type, the longest first. @type {[string[], (found: any) => void][]} */
const WORDS = [
  [["primary", "key"], (found) => { found.primary = true; }],
  [["not", "null"], (found) => { found.optional = false; }],
  [["pk"], (found) => { found.primary = true; }],
  [["*"], (found) => { found.primary = true; }],
  [["?"], (found) => { found.optional = true; }],
  [["optional"], (found) => { found.optional = true; }],
  [["null"], (found) => { found.optional = true; }],
  [["required"], (found) => { found.optional = false; }],
  [["unique"], (found) => { found.unique = true; }],
];

/**
 * Parts a line from the definition after two dashes: `credits integer -- ECTS points`; null where it has none.
 * @param {string} line
 * @returns {[string, string | null]}
 */
export function withDefinition(line) {
  const found = /\s--(?:\s+(.*))?$/.exec(line);
  return found ? [line.slice(0, found.index), (found[1] ?? "").trim()] : [line, null];
}

/**
 * Parts a line from the kind of personal data at its end: `street pii=address`; null where it has none.
 * @param {string} line
 * @returns {[string, string | null]}
 */
export function withPersonal(line) {
  const found = /\spii=([\p{L}\p{N}_-]+)\s*$/u.exec(line);
  return found ? [line.slice(0, found.index), found[1].replaceAll("_", " ")] : [line, null];
}

/**
 * Reads `* number: integer`, `{phone}? string(20)`, `/age`, or a composite one: `address: street, city`. After a colon
 * stands a type, or several parts with commas; without one the last words are the type where `isType` knows them.
 * Throws Refused for a line without a name, or a brace or bracket that does not close.
 * @param {string} text
 * @param {(words: string) => boolean} isType
 * @returns {AttributeText}
 */
export function parseAttributeText(text, isType) {
  const found = { name: "", type: null, optional: null, primary: false, unique: false, multivalued: false, derived: false, parts: [] };
  const rest = afterMarks(found, text.trim());
  const colon = outside(rest, ":")[0] ?? -1;
  if (colon >= 0) {
    found.name = rest.slice(0, colon);
    readTail(found, rest.slice(colon + 1), isType);
  } else {
    readWords(found, rest, isType);
  }
  found.name = plainName(found, found.name.trim());
  if (!found.name) throw new Refused("an attribute needs a name; type for example: *number integer", "name");
  return found;
}

function afterMarks(found, text) {
  let rest = text;
  for (;;) {
    if (Object.hasOwn(MARKS, rest[0] ?? " ")) {
      MARKS[rest[0]](found);
      rest = rest.slice(1).trimStart();
    } else if (rest.startsWith("{")) {
      const end = rest.indexOf("}");
      if (end < 0) throw new Refused("a brace is not closed; add }", "name");
      found.multivalued = true;
      rest = `${rest.slice(1, end)}${rest.slice(end + 1)}`.trimStart();
    } else {
      return rest;
    }
  }
}

function readTail(found, tail, isType) {
  const parts = separated(tail);
  if (parts.length > 1) {
    found.parts = parts.map((part) => parseAttributeText(part, isType));
    return;
  }
  found.type = withoutWords(found, words(tail)).join(" ");
}

/** The longest run of last words that is a type is the type. */
function readWords(found, rest, isType) {
  const left = withoutWords(found, words(rest));
  for (let at = 1; at < left.length; at += 1) {
    const type = left.slice(at).join(" ");
    if (isType(type)) {
      found.type = type;
      found.name = left.slice(0, at).join(" ");
      return;
    }
  }
  found.name = left.join(" ");
}

function withoutWords(found, all) {
  let left = all;
  for (;;) {
    const clause = WORDS.find(([said]) => said.length < left.length + (found.name ? 1 : 0) && said.every((word, at) => left[left.length - said.length + at]?.toLowerCase() === word));
    if (!clause) return left;
    clause[1](found);
    left = left.slice(0, left.length - clause[0].length);
  }
}

/** Marks may stand after the name too: `phone?`, `number*`. */
function plainName(found, name) {
  if (name.endsWith("?")) found.optional = true;
  else if (name.endsWith("*")) found.primary = true;
  else return name;
  return plainName(found, name.slice(0, -1).trimEnd());
}

/**
 * The parts of a text between commas that stand in no brackets; empty ones are left out.
 * @param {string} text
 * @returns {string[]}
 */
export function separated(text) {
  const ends = [...outside(text, ","), text.length];
  return ends.map((end, at) => text.slice(at > 0 ? ends[at - 1] + 1 : 0, end).trim()).filter(Boolean);
}

function words(text) {
  const found = [];
  let depth = 0;
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (depth > 0) found.push(`${found.pop()} ${word}`);
    else found.push(word);
    depth += word.split("(").length - word.split(")").length;
  }
  if (depth > 0) throw new Refused("a bracket is not closed; add )", "type");
  const mark = /[?*]$/.exec(found.at(-1) ?? "")?.[0];
  return mark && found.at(-1) !== mark ? [...found.slice(0, -1), found.at(-1).slice(0, -1), mark] : found;
}

/** Where a letter stands outside of brackets and quotes. */
function outside(text, letter) {
  const found = [];
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text[at] === "(") depth += 1;
    else if (!quoted && text[at] === ")") depth -= 1;
    else if (!quoted && depth === 0 && text[at] === letter) found.push(at);
  }
  return found;
}
