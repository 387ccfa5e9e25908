/** What a command returns, and how it refuses. */

/** @import { Change, Edit, Id, Note, Rec } from "../types.js" */
import { changeOf, differences } from "../change.js";
import { Design } from "../design.js";
import { complete } from "../rebase.js";

/** A command that cannot be done, in one sentence that says why and what to do. `field` names the bad argument. */
export class Refused extends Error {
  /**
   * @param {string} message
   * @param {string} [field]
   */
  constructor(message, field = "") {
    super(message);
    this.name = "Refused";
    this.field = field;
  }
}

/**
 * The record of one of the kinds. Throws Refused where it is not there any more.
 * @param {Design} design
 * @param {Id | null | undefined} id
 * @param {...string} kinds
 * @returns {Rec}
 */
export function need(design, id, ...kinds) {
  const found = design.get(/** @type {Id} */ (id));
  if (!found || (kinds.length > 0 && !kinds.includes(found.kind))) {
    const word = (kinds[0] ?? "record").replaceAll("_", " ");
    throw new Refused(`this ${word} is not there any more; somebody may have removed it`);
  }
  return found;
}

/**
 * The edit that adds or replaces the records `put` and removes others, with all that follows from it.
 * @param {Design} design
 * @param {string} label
 * @param {Rec[]} put
 * @param {Iterable<Id>} [removed]
 * @param {{select?: Id[], coalesce?: string}} [more]
 * @returns {Edit & {notes: Note[], made: Id[]}}
 */
export function edit(design, label, put, removed = [], more = {}) {
  const added = put.filter(({ id }) => !design.has(id));
  const changed = put
    .filter(({ id }) => design.has(id))
    .map((record) => /** @type {[Id, any]} */ ([record.id, differences(/** @type {Rec} */ (design.get(record.id)), record)]))
    .filter(([, fields]) => Object.keys(fields).length > 0);
  const gone = [...removed].filter((id) => design.has(id)).map((id) => /** @type {[Id, Rec]} */ ([id, design.get(id)]));
  const { change, notes } = complete(design, changeOf(added.map((record) => [record.id, record]), gone, changed));
  return { change, label, notes, made: added.map(({ id }) => id), ...more };
}
