/**
 * What connecting one thing with another would mean: in words, as a line, and as a command.
 *
 * @typedef {{cardinality: "N:1" | "1:1" | "N:M", optional: boolean | null, subtype: boolean, fresh?: boolean, retype?: boolean}} Way
 *   `optional` null is what suits the columns; `subtype` is for entities, `fresh` wants new columns, `retype` the type of the key
 * @typedef {{id: string, row?: string | null, mark?: boolean}} Spot  an element and maybe a row of it; `mark`: the key that the row is in
 * @typedef {{says: string, refused: string, badType: boolean, edge: object | null, command: (() => object) | null}} Wish
 *   `edge` as of geometry/edges.js; where it is refused, there is neither edge nor command
 */

import { Refused, addEnd, called, connect, isUnique, linkTables, makeSubtypes, planConnection, relate } from "../doc/commands/index.js";
import { linkName } from "../doc/commands/habits.js";
import { spotBetween } from "./spot_between.js";

/** @type {Way} */
export const PLAIN = Object.freeze({ cardinality: "N:1", optional: null, subtype: false });
const WORDS = { "N:1": "many to one", "1:1": "one to one", "N:M": "many to many" };

/** Returns what the modifiers of a press ask for: Shift one to one, Alt optional, Ctrl many to many, both first and last a subtype. */
export function wayOf({ shift, alt, mod }) {
  const subtype = Boolean(shift && mod);
  return { cardinality: mod ? "N:M" : shift ? "1:1" : "N:1", optional: alt ? true : null, subtype };
}

/** Tells whether a drag or the keyboard can connect something from or to an element. */
export function canConnect(design, id) {
  return ["table", "entity", "relationship"].includes(design.get(id)?.kind);
}

/**
 * Returns what a line from one spot to another would make.
 * @param {object} editor
 * @param {Spot} from
 * @param {Spot} target
 * @param {Way} way
 * @returns {Wish}
 */
export function wishFor(editor, from, target, way) {
  const kind = editor.design.get(from.id)?.kind;
  try {
    return { refused: "", badType: false, ...WISHES[kind](editor, from, target, way) };
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    return { says: "", refused: sentence(error.message), badType: error.field === "type", edge: null, command: null };
  }
}

const WISHES = { table: tableWish, entity: entityWish, relationship: endWish };

/** Returns a refusal as a sentence. */
export function sentence(text) {
  return `${text[0].toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}

// Tables

function tableWish(editor, from, target, way) {
  const { design } = editor;
  if (design.get(target.id)?.kind !== "table") {
    throw new Refused("a foreign key refers to a table; drop it on one");
  }
  return way.cardinality === "N:M" ? linkWish(editor, from.id, target.id) : foreignKeyWish(design, from, target, way);
}

function foreignKeyWish(design, from, target, way) {
  const { optional, fresh = false, retype = false } = way;
  const oneToOne = way.cardinality === "1:1";
  const args = { ...meantBy(design, from, target, oneToOne), oneToOne, optional, fresh, retype };
  const plan = planConnection(design, args);
  return { says: `${pairsOf(design, plan)}, ${WORDS[plan.one ? "1:1" : "N:1"]}${plan.nullable ? ", optional" : ""}`, edge: edgeOf(plan), command: () => connect(design, args) };
}

/**
 * Returns the ids that a line between two spots means. From a column that is a key by itself, or from the mark of a key, others
 * refer to it; any other column refers itself. A row that can be referred to is meant as such, any other one stands for its table.
 * Only one to one may the column that refers be a key as well, as in tables that share their key.
 */
export function meantBy(design, from, target, oneToOne = false) {
  const unique = (spot) => Boolean(spot.row) && isUnique(design, spot.id, [spot.row]);
  const key = from.row ? keyAt(design, from) : null;
  const other = target.row && target.row !== from.row ? target.row : null;
  if (key) {
    return { source: key.id, target: other && refersWell(design, key, other, oneToOne) ? other : target.id };
  }
  return { source: from.row ?? from.id, target: other && unique(target) && !isPrimary(design, target) ? other : target.id };
}

/** The key that a row is meant as: the one of its mark, else one that it is all of. */
function keyAt(design, { id, row, mark }) {
  const keys = design.childrenOf(id, "key").filter(({ columns = [] }) => columns.includes(row));
  const alone = keys.filter(({ columns }) => columns.length === 1);
  return (mark ? keys.find((key) => key.primary) ?? alone[0] ?? keys[0] : alone[0]) ?? null;
}

function isPrimary(design, { id, row }) {
  return design.childrenOf(id, "key").some(({ primary, columns = [] }) => primary && columns.length === 1 && columns[0] === row);
}

/** A key that is dropped on a column means that column where it fits: it is no key, refers to nothing, and has just that type. */
function refersWell(design, key, column, oneToOne) {
  const { parent, logical = "" } = design.get(column);
  const [ref, ...more] = key.columns.map((id) => design.get(id));
  const taken = design.childrenOf(parent, "foreign_key").some(({ columns = [] }) => columns.includes(column));
  return more.length === 0 && !taken && (oneToOne || !isUnique(design, parent, [column])) && logical !== "" && logical === ref.logical;
}

function pairsOf(design, { child, parent, columns, names, refs }) {
  const own = columns.map((column, at) => column?.name ?? names[at]);
  const theirs = refs.map(({ name }) => name ?? "");
  const list = (table, all) => `${called(design, table)}.${all.length > 1 ? `(${all.join(", ")})` : all[0]}`;
  return `${columns[0] ? "" : "New "}${list(child, own)} → ${list(parent, theirs)}`;
}

function edgeOf({ child, parent, columns, refs, one, nullable }) {
  const rows = columns.filter(Boolean).map(({ id }) => id);
  return line(end(child.id, { rows, max: one ? 1 : null }), end(parent.id, { rows: refs.map(({ id }) => id), min: nullable ? 0 : 1, max: 1 }));
}

function linkWish({ design, scene, diagram }, first, second) {
  const [one, other] = [first, second].map((id) => design.get(id));
  const says = `New table ${linkName(design, one, other)} between ${called(design, one)} and ${called(design, other)}, many to many`;
  const spot = diagram ? { diagram, ...spotBetween(scene, first, second) } : {};
  linkTables(design, { first, second });
  return { says, edge: line(end(first), end(second)), command: () => linkTables(design, { first, second, ...spot }) };
}

// Entities

function entityWish(editor, from, target, way) {
  const { design } = editor;
  const [one, other] = [from, target].map(({ id }) => design.get(id));
  if (other?.kind === "relationship") {
    return endWish(editor, target, from);
  }
  if (way.subtype) {
    const command = () => makeSubtypes(design, { subtypes: [one.id], supertype: other.id, apart: Boolean(way.apart) });
    return { says: `${called(design, one)} is a subtype of ${called(design, other)}${way.apart ? ", in a group of its own" : ""}`, edge: subtypeLine(one.id, command().label && other.id), command };
  }
  const cardinality = way.cardinality === "N:1" ? "1:N" : way.cardinality;
  const command = () => relate(design, { source: one.id, target: other?.id, cardinality, optional: way.optional === true });
  const [made] = Object.values(command().change.added);
  const words = { "1:N": "one to many", "1:1": "one to one", "N:M": "many to many" }[cardinality];
  return { says: `${called(design, one)} to ${called(design, other)}, ${words}${way.optional ? ", optional" : ""}`, edge: relationLine(made), command };
}

function relationLine({ ends: [source, target] }) {
  const at = ({ entity, min = 0, max = null }) => end(entity, { min, max });
  return { ...line(at(target), at(source)), kind: "relationship" };
}

function subtypeLine(subtype, supertype) {
  return { ...line(end(subtype, { shape: "" }), end(supertype, { shape: "triangle" })), kind: "generalization", identifying: true };
}

function endWish({ design }, from, target) {
  const [relationship, entity] = [from, target].map(({ id }) => design.get(id));
  const command = () => addEnd(design, { id: from.id, entity: target.id });
  command();
  return {
    says: `${called(design, entity)} takes part in ${called(design, relationship)}`, command,
    edge: { ...line(end(from.id, { shape: "" }), end(target.id)), kind: "relationship" },
  };
}

// Lines

function end(element, given = {}) {
  return { element, rows: [], shape: "foot", min: 0, max: null, role: "", ...given };
}

function line(source, target) {
  return { id: "preview", source, target, kind: "foreign_key", identifying: false, label: "" };
}
