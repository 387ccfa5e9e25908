/** Names as people say them, and names that are still free; the twin of designer/commands/names.py. */

/** @import { Id, Rec } from "../types.js" */
import { Design } from "../design.js";
import { Refused } from "./contract.js";

/** Kinds whose names must differ under one parent; tables and views share one space. */
const UNIQUE_AMONG = [["table", "view"], ["column"], ["schema"], ["enum_type"], ["entity"], ["attribute"]];

/**
 * How people call a record: `users.email`, `sales.orders`, `the note`.
 * @param {Design} design
 * @param {Rec} record
 * @returns {string}
 */
export function called(design, record) {
  const name = record.name ?? "";
  const parent = design.get(record.parent);
  if (record.kind === "table" && parent?.kind === "schema" && parent.name !== "public") return `${parent.name ?? ""}.${name}`;
  if (parent?.kind === "table") return name ? `${called(design, parent)}.${name}` : `the ${word(record)} of ${called(design, parent)}`;
  return name || inWords(design, record, parent) || `the ${word(record)}`;
}

/**
 * How people call what has no name and says something: `the counter cache of orders.lines`.
 * @param {Design} design
 * @param {Rec} record
 * @param {Rec | undefined} parent
 */
function inWords(design, record, parent) {
  if (record.kind === "business_rule") {
    return (record.comment ?? "").split(/\s+/u).filter(Boolean).join(" ").slice(0, 60).trimEnd();
  }
  const about = record.kind === "choice" ? design.get(record.element) : parent;
  const kind = record.kind === "deviation" ? (record.deviation ?? "other").replaceAll("_", " ") : word(record);
  return ["choice", "derivation", "deviation"].includes(record.kind) && about ? `the ${kind} of ${called(design, about)}` : "";
}

/**
 * The kind of a record as a word: `foreign key`.
 * @param {Rec} record
 */
export function word(record) {
  return record.kind.replaceAll("_", " ");
}

/**
 * The names that children of some kinds have under a parent.
 * @param {Design} design
 * @param {Id} parent
 * @param {string[]} kinds
 * @returns {Set<string>}
 */
export function namesIn(design, parent, kinds) {
  return new Set(design.childrenOf(parent).filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name ?? ""));
}

/**
 * `wanted`, or with the first number after it that makes it free: `orders`, `orders_2`.
 * @param {string} wanted
 * @param {Set<string>} taken
 */
export function freeName(wanted, taken) {
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}_${number}`)) number += 1;
  return `${wanted}_${number}`;
}

/**
 * The first free one of `table_1`, `table_2`, …
 * @param {string} stem
 * @param {Set<string>} taken
 */
export function numberedName(stem, taken) {
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/**
 * A rough English singular, for the name of a foreign key column: `categories` -> `category`.
 * @param {string} name
 */
export function singular(name) {
  const lower = name.toLowerCase();
  if (lower.endsWith("ies") && name.length > 4) return `${name.slice(0, -3)}y`;
  if (/(?:sses|xes|ches|shes)$/.test(lower)) return name.slice(0, -2);
  return lower.endsWith("s") && !/(?:ss|us|is)$/.test(lower) ? name.slice(0, -1) : name;
}

/**
 * Throws Refused where a name cannot be given to a record: not text, empty, or held by a sibling.
 * @param {Design} design
 * @param {Rec} record as it is now, or as it will be added
 * @param {unknown} name
 */
export function checkName(design, record, name) {
  if (typeof name !== "string" || name.trim() === "") throw new Refused("a name cannot be empty; type at least one letter", "name");
  if (name.includes("\0")) throw new Refused("a name cannot hold the character NUL; no database accepts it", "name");
  const kinds = UNIQUE_AMONG.find((each) => each.includes(record.kind));
  if (!kinds || !record.parent) return;
  const held = design.childrenOf(record.parent).some((other) => other.id !== record.id && kinds.includes(other.kind) && other.name === name);
  if (held) throw new Refused(`there is a ${word(record)} named ${name} here already; choose another name`, "name");
}
