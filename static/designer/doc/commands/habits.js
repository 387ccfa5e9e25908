/** How a design names the columns of its foreign keys and the tables that link two others; the twin of designer/commands/habits.py. */

/** @import { Rec } from "../types.js" */
import { Design } from "../design.js";
import { singular } from "./names.js";

/** So many foreign keys tell the habit; a large design need not be read to its end. */
const ENOUGH = 500;

/** The ways to name a column that refers to column `key` of a table, from the most common to the rarest. */
const COLUMN_STYLES = [
  (table, key) => `${singular(table)}_${key}`,
  (table, key) => `${table}_${key}`,
  (table, key) => camel(singular(table)) + capital(camel(key)),
  (table, key) => capital(camel(singular(table))) + capital(key),
  (table, key) => `${key}_${singular(table)}`,
  (table, key) => camel(key) + capital(camel(singular(table))),
];
const [SNAKE, , CAMEL, PASCAL] = COLUMN_STYLES;

const LINK_STYLES = [
  (first, second) => joined(singular(first), second),
  (first, second) => joined(first, second),
  (first, second) => joined(singular(first), singular(second)),
];

/**
 * The names for columns of `child` that refer to columns of `parent`, by the habit of the design. `role` stands for the name of
 * the parent where the two are one table: `parent_id`.
 * @param {Design} design
 * @param {Rec} child
 * @param {Rec} parent
 * @param {readonly Rec[]} refs
 * @param {string} [role]
 * @returns {string[]}
 */
export function referringNames(design, child, parent, refs, role = "") {
  const style = columnStyle(design, child, parent);
  return refs.map((ref) => nameWith(style, role || (parent.name ?? ""), ref.name ?? "", Boolean(role)));
}

function nameWith(style, table, key, always) {
  const plain = (text) => text.toLowerCase().replaceAll("_", "");
  const one = plain(singular(table));
  const said = !always && one !== "" && (plain(key).startsWith(one) || plain(key).endsWith(one));
  return said ? key : style(table, key);
}

/** All names that any habit would give; an existing column of such a name is meant to refer. */
export function likelyNames(parent, ref) {
  const names = COLUMN_STYLES.map((style) => nameWith(style, parent.name ?? "", ref.name ?? "", false));
  return new Set(names.map((name) => name.toLowerCase()));
}

function columnStyle(design, child, parent) {
  const votes = COLUMN_STYLES.map(() => 0);
  for (const key of design.ofKind("foreign_key").slice(0, ENOUGH)) {
    const at = styleOf(design, key);
    if (at >= 0) votes[at] += 1;
  }
  const most = Math.max(...votes);
  return most > 0 ? COLUMN_STYLES[votes.indexOf(most)] : styleByCase(design, child, parent);
}

function styleOf(design, { columns = [], ref_columns = [], ref_table, parent }) {
  const table = design.get(ref_table);
  if (columns.length !== 1 || !table || ref_table === parent) return -1;
  const [name, key] = [design.get(columns[0])?.name ?? "", design.get(ref_columns[0])?.name ?? ""];
  return COLUMN_STYLES.findIndex((style) => name !== key && style(table.name ?? "", key) === name);
}

/** Where no foreign key tells, the letters of the columns nearby do: `unitPrice`, `UnitPrice` or `unit_price`. */
function styleByCase(design, child, parent) {
  const names = [child, parent].flatMap(({ id }) => design.childrenOf(id, "column").map(({ name }) => name ?? ""));
  if (names.some((name) => name.includes("_")) || !names.some((name) => /[a-z][A-Z]/.test(name))) return SNAKE;
  return names.filter((name) => /^[A-Z]/.test(name)).length * 2 > names.length ? PASCAL : CAMEL;
}

/**
 * The name for a table that links two others, by the habit of the design: `order_products`.
 * @param {Design} design
 * @param {Rec} first
 * @param {Rec} second
 */
export function linkName(design, first, second) {
  const votes = LINK_STYLES.map(() => 0);
  for (const table of design.ofKind("table").slice(0, ENOUGH)) {
    const at = linkStyleOf(design, table);
    if (at >= 0) votes[at] += 1;
  }
  return LINK_STYLES[votes.indexOf(Math.max(...votes))](first.name ?? "", second.name ?? "");
}

function linkStyleOf(design, table) {
  const keys = design.childrenOf(table.id, "foreign_key");
  const ends = keys.map(({ ref_table }) => design.get(ref_table)?.name ?? "");
  if (keys.length !== 2 || !ends.every(Boolean)) return -1;
  return LINK_STYLES.findIndex((style) => [ends, [ends[1], ends[0]]].some(([one, other]) => style(one, other) === table.name));
}

/** Two names as one, in the letters of the first: `order_products`, `OrderProducts`, `orderProducts`. */
function joined(first, second) {
  const mixed = /[a-z][A-Z]/.test(first + second) || (/^[A-Z][a-z]/.test(first) && /^[A-Z][a-z]/.test(second));
  return mixed && !`${first}${second}`.includes("_") ? first + capital(second) : `${first}_${second}`;
}

/** `order_item` and `OrderItem` as `orderItem`; only the letters a to z have cases here. */
function camel(name) {
  const words = name.split("_").filter(Boolean).map((word, at) => (at > 0 ? capital(word) : word));
  const whole = words.join("");
  return /^[A-Z]+$/.test(whole) ? lower(whole) : whole.replace(/^[A-Z]/, lower);
}

function capital(name) {
  return name.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function lower(text) {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
