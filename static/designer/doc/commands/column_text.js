/** Reading one line that describes a column, as people type it into a row of a table. */

import { Refused } from "./contract.js";

const NAME = /^\s*(?:"((?:[^"]|"")+)"|`((?:[^`]|``)+)`|([^\s"`:]+))\s*:?\s*/u;
const WORD = String.raw`(?:"(?:[^"]|"")+"|\x60(?:[^\x60]|\x60\x60)+\x60|[^\s"\x60().,]+)`;
const REFERENCES = new RegExp(String.raw`^(?:references|->)\s*(${WORD}(?:\.${WORD})?)(?:\s*\(\s*(${WORD})\s*\))?(?=\s|$)`, "iu");
const ON_EVENT = /^on\s+(delete|update)\s+(cascade|restrict|set\s+null|set\s+default|no\s+action)\b/i;

/**
 * Clauses that may follow the type, in any order. Each is tried at the start of what is left.
 * @type {[RegExp, (found: any, match: RegExpExecArray) => void][]}
 */
const CLAUSES = [
  [/^not\s+null\b/i, (found) => { found.fields.nullable = false; }],
  [/^null\b/i, (found) => { found.fields.nullable = true; }],
  [/^(?:primary\s+key|pk)\b/i, (found) => { found.primary = true; found.fields.nullable = false; }],
  [/^(?:unique(?:\s+key)?|uk)\b/i, (found) => { found.unique = true; }],
  [/^(auto_?increment)\b/i, (found, [, word]) => { found.fields.identity = word.toLowerCase(); }],
  [/^generated\s+(always|by\s+default)\s+as\s+identity\b/i, (found, [, when]) => {
    found.fields.identity = when.toLowerCase().replace(/\s+/g, " ");
    found.fields.nullable = false;
  }],
  [REFERENCES, (found, [, table, column]) => { found.references = { table, column: column ?? "", on_delete: "", on_update: "" }; }],
  [ON_EVENT, (found, [text, event, action]) => { setAction(found, text, event.toLowerCase(), action.toLowerCase().replace(/\s+/g, " ")); }],
];
const DEFAULT = /^default\s+/i;
const STARTS = /^(?:(?:not\s+null|null|primary\s+key|pk|unique|uk|auto_?increment|generated|default|references|on\s+(?:delete|update))\b|->)/i;

/**
 * The fields that a line such as `price numeric(10,2) not null default 0` describes, and whether it says that the
 * column is a key or refers to another table (`references orders(id) on delete cascade`, or `-> orders`). Names in
 * `references` stand as they were written. Throws Refused for a line without a name, or with brackets or quotes that do
 * not close.
 *
 * @typedef {{table: string, column: string, on_delete: string, on_update: string}} Reference
 * @typedef {{
 *   fields: {name: string, type?: string, nullable?: boolean, default?: {text: string}, identity?: string},
 *   primary: boolean, unique: boolean, references?: Reference,
 * }} ColumnText
 * @param {string} text
 * @returns {ColumnText}
 */
export function parseColumnText(text) {
  const head = NAME.exec(text);
  if (!head) throw new Refused("a column needs a name; type for example: email text not null", "name");
  const name = head[1]?.replaceAll('""', '"') ?? head[2]?.replaceAll("``", "`") ?? head[3];
  const found = { fields: { name }, primary: false, unique: false };
  const words = pieces(text.slice(head[0].length));
  const start = words.findIndex((_, at) => STARTS.test(words.slice(at).join(" ")));
  const type = words.slice(0, start < 0 ? words.length : start).join(" ");
  if (type) found.fields.type = type;
  if (start >= 0) readClauses(found, words.slice(start));
  return found;
}

function readClauses(found, words) {
  for (let rest = words; rest.length > 0;) {
    const joined = rest.join(" ");
    const taken = takeClause(found, joined) ?? takeDefault(found, rest);
    if (taken === null) throw new Refused(`${joined} is not understood; after the type come not null, default …, unique, primary key or references …`, "type");
    rest = taken;
  }
}

function setAction(found, text, event, action) {
  if (!found.references) throw new Refused(`${text} needs a table that the column refers to; write references and its name first`, "type");
  found.references[`on_${event}`] = action === "no action" ? "" : action;
}

function takeClause(found, joined) {
  for (const [pattern, act] of CLAUSES) {
    const match = pattern.exec(joined);
    if (!match) continue;
    act(found, match);
    return pieces(joined.slice(match[0].length));
  }
  return null;
}

/** A default goes on until the next clause starts. */
function takeDefault(found, words) {
  if (!DEFAULT.test(`${words[0]} `) || words.length < 2) return null;
  let end = 2;
  while (end < words.length && !STARTS.test(words.slice(end).join(" "))) end += 1;
  found.fields.default = { text: words.slice(1, end).join(" ") };
  return words.slice(end);
}

/**
 * The definitions in a text of several lines, as in the body of CREATE TABLE: apart at line ends and at commas outside of
 * quotes and brackets; comments are left out.
 * @param {string} text
 * @returns {string[]}
 */
export function definitionsIn(text) {
  const found = [""];
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "'" || letter === '"' || letter === "`") {
      const end = closing(text, at);
      found.push(found.pop() + text.slice(at, end));
      at = end - 1;
    } else if (letter === "-" && text[at + 1] === "-") {
      at = lineEnd(text, at) - 1;
    } else {
      depth += letter === "(" ? 1 : letter === ")" ? -1 : 0;
      const apart = depth === 0 && (letter === "," || letter === "\n");
      found.push(...(apart ? [""] : [found.pop() + letter]));
    }
  }
  return found.map((each) => each.trim().replace(/;$/, "")).filter(Boolean);
}

function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Words apart at spaces, but not inside quotes or brackets: `numeric(10, 2)` is one, so is `'not null'`. */
function pieces(text) {
  const words = [];
  let word = "";
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (letter === "'" || letter === '"') {
      const end = closing(text, at);
      word += text.slice(at, end);
      at = end - 1;
      continue;
    }
    if (letter === "(") depth += 1;
    if (letter === ")") depth -= 1;
    if (depth < 0) throw new Refused("a bracket closes that was never opened; take it out", "type");
    if (depth === 0 && /\s/.test(letter)) {
      if (word) words.push(word);
      word = "";
    } else word += letter;
  }
  if (depth > 0) throw new Refused("a bracket is not closed; add )", "type");
  if (word) words.push(word);
  return words;
}

function closing(text, start) {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== text[start]) continue;
    if (text[at + 1] !== text[start]) return at + 1;
    at += 1;
  }
  throw new Refused(`a quote is not closed; add ${text[start]}`, "type");
}
