/**
 * What the lines of Chen's notation say: the verb in the diamond, 1, N and M, who takes part totally.
 *
 * Ratios are written as by Chen (1976), beside the entity of which so many belong to one of the other. Double lines for
 * total participation, identifying relationships and the circle of a specialization are those of Elmasri and Navathe,
 * "Fundamentals of Database Systems" (figures 3.14 and 4.1 in the seventh edition).
 * `designer/layout/notations/chen_lines.py` holds the twin.
 *
 * @typedef {{text: string, total: boolean}} Side  what stands at one end: a number or letter with the role, and whether
 *   everything there takes part
 * @typedef {import("../edges.js").Edge & {symbol: string, word: string, group: string, others: string[], near: Side, far: Side}} ChenEdge
 *   an edge that knows its symbol: diamond, identifying (a double diamond), circle, subset, or nothing; `word` is written
 *   in it, edges of one `group` share it and are led by the places of all `others`, `near` stands at the source and `far` at the target
 */

import { junctionKeys } from "./chen_figures.js";

/** How many is many: one letter for each end, since they need not be the same number. */
const LETTERS = ["N", "M", "P", "Q", "R", "S"];
const NOTHING = { text: "", total: false };

/** Return an edge with what Chen's notation draws of its record. @returns {ChenEdge} */
export function chenEdge(edge, source) {
  if (edge.kind === "generalization") return specialized(edge, source);
  if (edge.kind === "inherits") return plainEdge(edge, { symbol: "subset" });
  if (edge.kind === "foreign_key") return referring(edge, source);
  if (edge.kind !== "relationship") return plainEdge(edge);
  return source.get(edge.id)?.kind === "relationship" ? related(edge, source) : takingPart(edge, source);
}

/** Return an edge that is drawn as a line, but for what is given. @returns {ChenEdge} */
export function plainEdge(edge, given = {}) {
  return { ...edge, symbol: "", word: "", group: "", others: [], near: NOTHING, far: NOTHING, ...given };
}

function specialized(edge, source) {
  const group = edge.id.slice(0, -edge.source.element.length - 1);
  const record = source.get(group);
  if (record?.kind !== "generalization") return plainEdge(edge, { symbol: "subset" });
  const far = { text: edge.target.role, total: edge.total };
  const others = record.subtypes ?? [];
  return plainEdge(edge, { symbol: "circle", word: edge.disjoint ? "d" : "o", group, others, far });
}

/**
 * A foreign key is drawn as the relationship that it stands for, named by its columns. The keys of a junction are lines to
 * it without a diamond: its associative entity is one.
 */
function referring(edge, source) {
  const key = source.get(edge.id);
  if (key?.kind !== "foreign_key") return plainEdge(edge);
  const junction = edge.identifying ? junctionKeys(source, edge.source.element) : [];
  const at = junction.indexOf(edge.id);
  if (at >= 0) return plainEdge(edge, { far: { text: LETTERS[at % LETTERS.length], total: false } });
  const columns = (key.columns ?? []).map((column) => source.get(column)).filter((column) => column?.kind === "column");
  const [near, far] = letters([edge.source.max, edge.target.max]);
  return plainEdge(edge, {
    symbol: edge.identifying ? "identifying" : "diamond",
    word: columns.map((column) => column.name ?? "").join(", "),
    near: { text: near, total: edge.target.min > 0 },
    far: { text: far, total: edge.source.min > 0 },
  });
}

/** A relationship of two entities without attributes: one line with a diamond in it. */
function related(edge, source) {
  const [near, far] = letters([edge.source.max, edge.target.max]);
  const weak = (end) => edge.identifying && isWeak(source, end.element);
  return plainEdge(edge, {
    symbol: edge.identifying ? "identifying" : "diamond",
    word: edge.label,
    near: { text: said(near, edge.source.role), total: edge.target.min > 0 || weak(edge.source) },
    far: { text: said(far, edge.target.role), total: edge.source.min > 0 || weak(edge.target) },
  });
}

/**
 * One line of a relationship that has a diamond of its own. Of two ends, an entity takes part totally where at least one of
 * the other belongs to it. Of more, the numbers at the ends do not say that, and the line is single unless the relationship
 * identifies a weak entity.
 */
function takingPart(edge, source) {
  const relationship = source.get(edge.source.element);
  if (relationship?.kind !== "relationship") return plainEdge(edge);
  const ends = relationship.ends ?? [];
  const at = Number(edge.id.slice(edge.id.lastIndexOf(".") + 1));
  if (!ends[at]) return plainEdge(edge); // a line that is only being drawn
  const total = ends.length === 2 && (ends[1 - at].min ?? 0) > 0;
  const identified = ends.some((end) => end.identifying) && isWeak(source, edge.target.element);
  const text = said(letters(ends.map((end) => end.max))[at], edge.target.role);
  return plainEdge(edge, { far: { text, total: total || identified } });
}

function isWeak(source, element) {
  const record = source.get(element);
  return record?.kind === "entity" && record.nature === "weak";
}

/** Return 1, the number, or a letter of its own for each end. */
function letters(maxima) {
  let next = 0;
  return maxima.map((max) => {
    if (max !== null && max !== undefined) return String(max);
    next += 1;
    return LETTERS[(next - 1) % LETTERS.length];
  });
}

function said(number, role) {
  return role ? `${number} ${role}` : number;
}
