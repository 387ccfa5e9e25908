/** Relationships between entities, and which entities are kinds of others. The twin of designer/commands/relationships.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { recordOf, withField, withFields } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { figures } from "./figures.js";
import { followed } from "./identifying.js";
import { called } from "./names.js";
import { lastOrder } from "./tables.js";

const WORDS = { "1:1": "one to one", "1:N": "one to many", "N:M": "many to many" };

/**
 * Relates two entities: each of `source` has one, or many, of `target`. `optional`: one of `target` may stand alone.
 * @param {Design} design
 * @param {{source: Id, target: Id, cardinality?: "1:1" | "1:N" | "N:M", optional?: boolean, name?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function relate(design, { source, target, cardinality = "1:N", optional = false, name = "" }, ids = newId) {
  const [from, to] = [source, target].map((id) => need(design, id, "entity"));
  if (!Object.hasOwn(WORDS, cardinality)) throw new Refused("choose 1:1, 1:N or N:M", "cardinality");
  const parent = /** @type {Id} */ (from.parent);
  const [many, several] = [cardinality !== "1:1", cardinality === "N:M"];
  const ends = [
    { entity: source, min: optional || several ? 0 : 1, max: several ? null : 1 },
    { entity: target, min: 0, max: many ? null : 1 },
  ];
  const made = recordOf("relationship", ids(), { parent, name, order: lastOrder(design, parent, "relationship"), ends });
  const label = `Relate ${called(design, from)} to ${called(design, to)}, ${WORDS[cardinality]}${optional ? ", optional" : ""}`;
  return edit(design, label, [made], [], { select: [made.id] });
}

/**
 * Lets one more entity take part in a relationship. One that was a line so far, and now is a figure, is placed on `diagram` at
 * (x, y), and midway between its entities on the other diagrams that show them.
 * @param {Design} design
 * @param {{id: Id, entity: Id, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addEnd(design, { id, entity, diagram = null, x = 0, y = 0 }, ids = newId) {
  const old = need(design, id, "relationship");
  const joining = need(design, entity, "entity");
  const label = `Let ${called(design, joining)} take part in ${called(design, old)}`;
  const ends = [...(old.ends ?? []), { entity }];
  const put = [withField(old, "ends", ends)];
  if (diagram && !isPlaced(design, diagram, id)) {
    put.push(recordOf("placement", ids(), { parent: diagram, element: id, x: Math.round(x), y: Math.round(y) }));
  }
  put.push(...figures(design, id, ends, ids, diagram));
  return edit(design, label, put, [], { select: [id] });
}

function isPlaced(design, diagram, element) {
  return [...design.referrers(element)].some((id) => {
    const record = design.get(id);
    return record?.kind === "placement" && record.parent === diagram && record.element === element;
  });
}

/**
 * Sets what an end of a relationship says: how many take part (`max` null is many), the role, whether it identifies. Where it
 * does, the relationship becomes part of the primary identifier of the entities at the other ends.
 * @param {Design} design
 * @param {{id: Id, at: number, values: {entity?: Id, min?: number, max?: number | null, role?: string, identifying?: boolean}}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function setEnd(design, { id, at, values }, ids = newId) {
  const old = need(design, id, "relationship");
  const before = old.ends?.[at];
  if (!before) throw new Refused("this end is not there any more; somebody may have removed it");
  const after = { ...before, ...values };
  const entity = need(design, after.entity, "entity");
  checkBounds(after.min ?? 0, after.max ?? null);
  const ends = (old.ends ?? []).map((each, index) => (index === at ? after : each));
  const now = withField(old, "ends", ends);
  const { put, removed } = followed(design, old, now, ids);
  return edit(design, `Set the end of ${called(design, old)} at ${called(design, entity)}${said(values, after)}`, [now, ...put], removed, { select: [id] });
}

/**
 * Writes a relationship anew from what is typed at its line: its name, some of its ends in order, its definition.
 * @param {Design} design
 * @param {{id: Id, name?: string, ends?: object[], comment?: string | null}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function writeRelationship(design, { id, name = "", ends = [], comment = null }, ids = newId) {
  const old = need(design, id, "relationship");
  const held = old.ends ?? [];
  if (ends.length > held.length) throw new Refused(`${called(design, old)} has ${held.length} ends; say no more of them`, "ends");
  const written = held.map((end, at) => ({ ...end, ...ends[at] }));
  for (const { min, max } of written) checkBounds(min ?? 0, max ?? null);
  const fields = { ...(name ? { name } : {}), ...(comment === null ? {} : { comment }), ends: written };
  const now = withFields(old, fields);
  const { put, removed } = followed(design, old, now, ids);
  return edit(design, `Write relationship ${called(design, now)}`, [now, ...put], removed, { select: [id] });
}

function checkBounds(min, max) {
  const whole = (number) => Number.isInteger(number) && number >= 0;
  if (!whole(min) || (max !== null && (!whole(max) || max < 1 || max < min))) {
    throw new Refused("an end says how many take part, from a least to a most number: 0..1, 1..N or 2..5", "max");
  }
}

function said(values, { min = 0, max = null }) {
  return "min" in values || "max" in values ? ` to ${min}..${max ?? "N"}` : "";
}

/**
 * Reads `0..1`, `1..N`, `2..5` or `3`. Throws Refused for anything else.
 * @param {string} text
 * @returns {{min: number, max: number | null}}
 */
export function boundsFrom(text) {
  const found = /^\s*(\d{1,6})\s*(?:(?:\.\.|-|,)\s*(\d{1,6}|[nNmM*]))?\s*$/.exec(text);
  if (!found) throw new Refused("write how many take part as 0..1, 1..N or 2..5", "max");
  const [, low, high = low] = found;
  const bounds = { min: Number(low), max: /\d/.test(high) ? Number(high) : null };
  checkBounds(bounds.min, bounds.max);
  return bounds;
}

/**
 * Takes an entity out of a relationship; one with less than two ends goes itself.
 * @param {Design} design
 * @param {{id: Id, at: number}} args
 * @returns {Edit}
 */
export function removeEnd(design, { id, at }) {
  const old = need(design, id, "relationship");
  const end = old.ends?.[at];
  if (!end) throw new Refused("this end is not there any more; somebody may have removed it");
  const left = (old.ends ?? []).filter((_, index) => index !== at);
  const label = `Take ${called(design, need(design, end.entity, "entity"))} out of ${called(design, old)}`;
  return left.length < 2 ? edit(design, label, [], [id]) : edit(design, label, [withField(old, "ends", left)], [], { select: [id] });
}

/**
 * Makes entities subtypes of another; they join the generalization that it has, if it has one. With `apart` they begin one of
 * their own.
 * @param {Design} design
 * @param {{subtypes: Id[], supertype: Id, apart?: boolean}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function makeSubtypes(design, { subtypes, supertype, apart = false }, ids = newId) {
  const above = need(design, supertype, "entity");
  const below = subtypes.map((id) => need(design, id, "entity"));
  for (const each of below) checkBelow(design, each, above);
  const old = apart ? undefined : design.ofKind("generalization").find((each) => each.supertype === supertype);
  const members = [...new Set([...(old?.subtypes ?? []), ...subtypes])];
  if (old && members.length === old.subtypes.length) throw new Refused(`${called(design, below[0])} is a subtype of ${called(design, above)} already`);
  const parent = /** @type {Id} */ (above.parent);
  const made = old ? withField(old, "subtypes", members) : recordOf("generalization", ids(), { parent, order: lastOrder(design, parent, "generalization"), supertype, subtypes: members });
  return edit(design, `Make ${below.map((each) => called(design, each)).join(", ")} a subtype of ${called(design, above)}`, [made], [], { select: [made.id] });
}

function checkBelow(design, entity, above) {
  if (entity.id === above.id) throw new Refused(`${called(design, above)} cannot be a subtype of itself; choose another entity`);
  if (supertypesOf(design, above.id).has(entity.id)) {
    throw new Refused(`${called(design, above)} is a subtype of ${called(design, entity)} already, so it cannot be its supertype`);
  }
}

function supertypesOf(design, entity) {
  const found = new Set();
  const queue = [entity];
  for (let id = queue.pop(); id; id = queue.pop()) {
    for (const { supertype } of design.ofKind("generalization").filter(({ subtypes = [] }) => subtypes.includes(id))) {
      if (supertype && !found.has(supertype)) {
        found.add(supertype);
        queue.push(supertype);
      }
    }
  }
  return found;
}
