/**
 * What Wholekey writes down for itself is united by key and JSON field; nobody is asked about it. Rules R10, M9 and M10 of
 * docs/change-algebra.md; designer/change/bookkeeping.py holds the twin.
 */

/** @import { Rec } from "./types.js" */
import { KINDS } from "./kinds.js";
import { fieldOf, withFields } from "./records.js";
import { equal } from "./values.js";

/**
 * What holds where both sides set one value: what was before (a merge, which asks elsewhere), or mine (a rebase).
 * @typedef {"base" | "mine"} Wins
 */

/** @type {Record<string, string>} */
const BY_KEY = { derived: "base", derivation: "adopted" };

const own = (map, key) => (map && Object.hasOwn(map, key) ? map[key] : undefined);

/**
 * @param {Rec} record
 * @param {string} field
 * @returns {boolean} whether a field is a map that is united key by key
 */
export function isByKey(record, field) {
  return own(BY_KEY, record.kind) === field;
}

/**
 * @param {Rec} record
 * @returns {boolean} whether nobody needs to read of a record
 */
export function isBookkeeping(record) {
  return record.kind === "derived";
}

/**
 * The map that both sides made of `base`; where both set a key to JSON objects, these are united field by field.
 * @param {Record<string, string>} base
 * @param {Record<string, string>} mine
 * @param {Record<string, string>} yours
 * @param {Wins} wins
 * @returns {Record<string, string>}
 */
export function united(base, mine, yours, wins) {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(yours)])].sort();
  const texts = keys.map((key) => [key, textOf(own(base, key), own(mine, key), own(yours, key), wins)]);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/**
 * `mine` with its map united with that of `yours`, where both were added under one id.
 * @param {Rec} mine
 * @param {Rec} yours
 * @param {Wins} [wins]
 * @returns {Rec}
 */
export function together(mine, yours, wins = "base") {
  const name = own(BY_KEY, mine.kind);
  if (!name || mine.kind !== yours.kind) return mine;
  return withFields(mine, { [name]: united({}, fieldOf(mine, name), fieldOf(yours, name), wins) });
}

/** What one side of a merge has written down anew of derived records: M10 asks whether somebody chose a value. */
export class Written {
  /**
   * @param {{get(id: string): Rec | undefined}} base
   * @param {Record<string, Record<string, [any, any]>> | undefined} changed
   */
  constructor(base, changed) {
    const pairs = Object.entries(changed ?? {})
      .filter(([id, fields]) => Object.hasOwn(fields, "base") && isBookkeeping(/** @type {Rec} */ (base.get(id))))
      .map(([, fields]) => fields.base);
    this.old = new Map(pairs.flatMap(([old]) => Object.entries(old)));
    this.now = new Map(pairs.flatMap(([, now]) => Object.entries(now)));
  }

  /**
   * @param {Rec} record
   * @param {string} field
   * @param {[any, any]} pair
   * @returns {boolean} whether both values of a field are what derivations gave
   */
  choseNothing(record, field, [old, now]) {
    return gives(this.old.get(record.id), record, field, old) && gives(this.now.get(record.id), record, field, now);
  }
}

function gives(text, record, field, value) {
  const found = objectOf(text);
  return found !== null && equal(fieldOf({ ...found, kind: record.kind }, field), value);
}

function textOf(base, mine, yours, wins) {
  const settled = settledOf(base, mine, yours);
  if (settled) return settled.value;
  if (mine === undefined || yours === undefined) return wins === "mine" || yours === undefined ? mine : yours;
  const [before, ours, theirs] = [base, mine, yours].map(objectOf);
  if (!ours || !theirs) return wins === "mine" ? mine : base ?? least(mine, yours);
  return JSON.stringify(unitedObjects(before, ours, theirs, wins));
}

/** What holds where the sides agree, or only one of them changed something; null where both did. */
function settledOf(base, mine, yours) {
  if (same(mine, yours) || same(yours, base)) return { value: mine };
  return same(mine, base) ? { value: yours } : null;
}

const same = (a, b) => a === b || (a !== undefined && b !== undefined && equal(a, b));
const least = (a, b) => (a < b ? a : b);

function objectOf(text) {
  if (text === undefined) return null;
  try {
    const found = JSON.parse(text);
    return typeof found === "object" && found !== null && !Array.isArray(found) ? found : null;
  } catch {
    return null;
  }
}

function unitedObjects(before, mine, yours, wins) {
  const fields = namesInOrder(mine, yours).map((name) => {
    const [was, ours, theirs] = [own(before, name), own(mine, name), own(yours, name)];
    const settled = settledOf(was, ours, theirs);
    if (settled) return [name, settled.value];
    if (wins === "mine") return [name, ours];
    return [name, before ? was : (JSON.stringify(ours) < JSON.stringify(theirs) ? ours : theirs)];
  });
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

/** The names of all fields as the canonical text of a record has them. */
function namesInOrder(mine, yours) {
  const known = ["kind", "id", ...Object.keys(own(KINDS, mine.kind)?.fields ?? {})];
  const given = new Set([...Object.keys(mine), ...Object.keys(yours)]);
  return [...known.filter((name) => given.has(name)), ...[...given].filter((name) => !known.includes(name)).sort()];
}
