/** Relationships of which an instance of an entity takes part in one only; the twin of designer/commands/arcs.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { recordOf } from "../records.js";
import { edit, need, Refused } from "./contract.js";
import { called } from "./names.js";
import { lastOrder } from "./tables.js";

/**
 * Lets each instance of an entity take part in one of some relationships only; `mandatory`: in exactly one.
 * @param {Design} design
 * @param {{entity: Id, relationships: Id[], mandatory?: boolean, name?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addArc(design, { entity, relationships, mandatory = true, name = "" }, ids = newId) {
  const owner = need(design, entity, "entity");
  const members = membersOf(design, owner, relationships);
  const made = recordOf("arc", ids(), { parent: entity, name, order: lastOrder(design, entity, "arc"), relationships: members, mandatory });
  const names = members.map((id) => called(design, need(design, id)));
  return edit(design, `Make ${names.slice(0, -1).join(", ")} and ${names.at(-1)} exclusive at ${called(design, owner)}`, [made], [], { select: [made.id] });
}

function membersOf(design, owner, relationships) {
  const members = [...new Set(relationships)];
  if (members.length < 2) throw new Refused("an arc spans two relationships or more; choose another one", "relationships");
  const taken = new Set(design.childrenOf(owner.id, "arc").flatMap((arc) => arc.relationships ?? []));
  for (const each of members) {
    const found = need(design, each, "relationship");
    if (!(found.ends ?? []).some(({ entity }) => entity === owner.id)) {
      throw new Refused(`${called(design, owner)} takes no part in ${called(design, found)}`, "relationships");
    }
    if (taken.has(each)) throw new Refused(`${called(design, found)} is in another arc at ${called(design, owner)}`, "relationships");
  }
  return members;
}

/**
 * The entities at which all of some relationships meet.
 * @param {Design} design
 * @param {Id[]} relationships
 * @returns {Id[]}
 */
export function sharedEntities(design, relationships) {
  const [first = new Set(), ...others] = relationships.map((id) => new Set((design.get(id)?.ends ?? []).map(({ entity }) => entity)));
  return [...first].filter((each) => others.every((other) => other.has(each)));
}
