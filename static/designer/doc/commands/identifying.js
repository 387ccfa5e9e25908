/** What an identifying end means for identifiers; the twin of designer/commands/identifying.py. */

/** @import { Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { recordOf, withField } from "../records.js";

/**
 * The entities that a relationship helps to identify: those at its other ends, where an end identifies.
 * @param {Rec} relationship
 * @returns {Id[]}
 */
export function identifiedBy({ ends = [] }) {
  return ends.some(({ identifying }) => identifying) ? [...new Set(ends.filter(({ identifying }) => !identifying).map(({ entity }) => entity))] : [];
}

/**
 * The primary identifiers that take a relationship in, or lose it, when its ends change, and those that have nothing left.
 * @param {Design} design
 * @param {Rec} before
 * @param {Rec} after
 * @param {IdSource} ids
 * @returns {{put: Rec[], removed: Id[]}}
 */
export function followed(design, before, after, ids) {
  const [was, now] = [identifiedBy(before), identifiedBy(after)];
  const joined = now.filter((each) => !was.includes(each)).map((each) => withRelationship(design, each, after.id, ids));
  const lost = was.filter((each) => !now.includes(each)).flatMap((each) => design.childrenOf(each, "identifier"))
    .filter(({ relationships = [] }) => relationships.includes(after.id));
  const left = lost.map((each) => withoutRelationship(each, after.id));
  return { put: [...joined, ...left].filter(Boolean), removed: lost.filter((_, at) => left[at] === null).map(({ id }) => id) };
}

function withRelationship(design, entity, relationship, ids) {
  const primary = design.childrenOf(entity, "identifier").find((each) => each.primary);
  if (!primary) return recordOf("identifier", ids(), { parent: entity, primary: true, relationships: [relationship] });
  const held = primary.relationships ?? [];
  return held.includes(relationship) ? null : withField(primary, "relationships", [...held, relationship]);
}

function withoutRelationship(identifier, relationship) {
  const rest = (identifier.relationships ?? []).filter((each) => each !== relationship);
  return rest.length > 0 || (identifier.attributes ?? []).length > 0 ? withField(identifier, "relationships", rest) : null;
}
