/** Copying records and pasting them, here or in another design. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { dialectOf } from "../dialect.js";
import { newId } from "../ids.js";
import { after } from "../order.js";
import { KINDS } from "../kinds.js";
import { recordOf, referredIds, remapped, withFields, without } from "../records.js";
import { adapted, withoutType } from "./adapting.js";
import { edit, need, Refused } from "./contract.js";
import { freeName, namesIn } from "./names.js";
import { targetOf } from "./types_of.js";

/**
 * What a copy holds: whole records, the ids that were selected, and where they stood; the enums and other types that columns
 * of it have, and the database that they are of.
 * @typedef {{records: Rec[], roots: Id[], positions: {element: Id, x: number, y: number}[], types?: Rec[], target?: string}} Copied
 */

const PASTED_NAMES = new Set(["table", "view", "column", "schema", "enum_type", "entity"]);
const GAP = 40;

/**
 * What is selected with all that belongs to it, and where it stands on the diagram.
 * @param {Design} design
 * @param {{ids: Id[], diagram?: Id | null}} args
 * @returns {Copied}
 */
export function copyRecords(design, { ids, diagram = null }) {
  const roots = ids.filter((id) => design.has(id) && design.get(id)?.kind !== "model");
  const found = new Set(roots);
  for (const id of found) for (const child of design.childrenOf(id)) found.add(child.id);
  const records = new Map([...found].map((id) => [id, /** @type {Rec} */ (design.get(id))]));
  const wanted = new Set(roots);
  const placed = diagram ? design.childrenOf(diagram, "placement").filter(({ element }) => wanted.has(element)) : [];
  const positions = placed.map(({ element, x = 0, y = 0 }) => ({ element, x, y }));
  const types = [...new Set([...records.values()].map((record) => record.type_ref))].filter((id) => id && !records.has(id) && design.has(id)).map((id) => design.get(id));
  const target = roots.length > 0 ? targetOf(design, roots[0]) : "";
  return { records: [...records.values()], roots: roots.filter((id) => !wanted.has(records.get(id).parent)), positions, types, target };
}

/**
 * Puts a copy into the design under fresh ids, its top left corner at (x, y). References inside the copy follow it;
 * those to records outside are kept where these exist. `into` is the schema or model that tables go to, or the table
 * that columns go to; without it they go where the originals were.
 * @param {Design} design
 * @param {{copied: Copied, into?: Id | null, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function paste(design, { copied, into = null, diagram = null, x = 0, y = 0 }, ids = newId) {
  const fresh = new Map(copied.records.map(({ id }) => [id, ids()]));
  const roots = new Set(copied.roots);
  const [taken, orders, notes] = [new Map(), new Map(), []];
  const home = homeOf(design, into, diagram, copied);
  const types = typesFor(design, copied, home, fresh, ids);
  const put = [...types.put];
  const corner = cornerOf(copied);
  for (const record of copied.records) {
    const copy = remapped(fitted(design, record, copied, home, types, notes), fresh);
    if (!roots.has(record.id)) put.push(copy);
    else if (DRAWN.has(record.kind)) put.push(standing(settled(design, copy, parentFor(design, record, diagram, diagram), taken, orders), corner, x, y));
    else put.push(settled(design, copy, parentFor(design, record, into, diagram), taken, orders));
  }
  const kept = connected(design, put);
  if (kept.length === 0) throw new Refused("there is nothing here that can be pasted at this place");
  const stays = new Set(kept.map(({ id }) => id));
  const selected = copied.roots.map((id) => /** @type {Id} */ (fresh.get(id))).filter((id) => stays.has(id));
  const placed = diagram ? pastedPlacements(design, copied, fresh, stays, corner, { diagram, x, y }, ids) : [];
  const label = selected.length === 1 ? `Paste ${kept.find(({ id }) => id === selected[0])?.name ?? "1 element"}` : `Paste ${selected.length} elements`;
  const made = edit(design, label, [...kept, ...placed], [], { select: selected });
  return { ...made, notes: [...notes, ...made.notes] };
}

/** The schema or model whose database the pasted tables will be of. */
function homeOf(design, into, diagram, copied) {
  const first = copied.records.find(({ id }) => copied.roots.includes(id));
  return first ? parentFor(design, first, into, diagram) : null;
}

/**
 * What stands for the types of copied columns: one that is here, one of the same name in the model, or a copy. `lost` are those
 * that the database cannot have.
 */
function typesFor(design, copied, home, fresh, ids) {
  const [put, lost] = [[], new Map()];
  const model = home ? design.modelOf(home) : null;
  const shelf = design.get(home)?.kind === "table" ? design.get(home).parent : home;
  for (const type of copied.types ?? []) {
    const here = design.has(type.id) && design.modelOf(type.id)?.id === model?.id ? design.get(type.id) : null;
    const alike = here ?? design.ofKind(type.kind).find((each) => each.name === type.name && design.modelOf(each.id)?.id === model?.id);
    if (alike) fresh.set(type.id, alike.id);
    else if (!shelf || dialectOf(model?.target).enums !== "types") lost.set(type.id, type);
    else {
      fresh.set(type.id, ids());
      put.push(withFields(remapped(type, fresh), { parent: shelf, order: "" }));
    }
  }
  return { put, lost };
}

/** A copied record as the database that it is pasted into has it. */
function fitted(design, record, copied, home, types, notes) {
  const to = home ? targetOf(design, home) : "";
  const type = types.lost.get(record.type_ref);
  if (type) return withoutType(adapted(record, copied.target ?? "", to, notes), type, to, notes);
  const foreign = copied.target && to && copied.target !== to;
  if (foreign && record.kind === "table") return withFields(record, { extra: {}, options: "", access_method: "", tablespace: "" });
  return adapted(record, copied.target ?? "", to, notes);
}

/** The record that a pasted root can hang on: the one asked for, else the original parent, else none. */
function parentFor(design, record, into, diagram) {
  const fits = (id) => id && KINDS[record.kind].parents.includes(design.get(id)?.kind);
  const table = into && design.get(into)?.kind === "table" ? design.get(into)?.parent : null;
  return [into, table, diagram, record.parent, design.modelOf(into ?? diagram ?? "")?.id].find(fits) ?? null;
}

function settled(design, copy, parent, taken, orders) {
  const values = { parent };
  if (parent && PASTED_NAMES.has(copy.kind)) {
    const kinds = copy.kind === "table" || copy.kind === "view" ? ["table", "view"] : [copy.kind];
    const shelf = `${parent} ${kinds[0]}`;
    if (!taken.has(shelf)) taken.set(shelf, namesIn(design, parent, kinds));
    values.name = freeName(copy.name ?? "", taken.get(shelf));
    taken.get(shelf).add(values.name);
  }
  if (parent) values.order = nextOrder(design, parent, copy.kind, orders);
  return withFields(copy, values);
}

function nextOrder(design, parent, kind, orders) {
  const shelf = `${parent} ${kind}`;
  if (!orders.has(shelf)) orders.set(shelf, after(design.childrenOf(parent, kind).at(-1)?.order || null));
  return orders.get(shelf).next().value;
}

/** The records that hang together: what names a record that is neither pasted nor here forgets it, or falls. */
function connected(design, put) {
  let kept = new Map(put.filter(({ parent }) => parent).map((record) => [record.id, record]));
  for (let settledDown = false; !settledDown;) {
    settledDown = true;
    const next = new Map();
    for (const [id, record] of kept) {
      const missing = new Set([...referredIds(record)].filter((target) => !kept.has(target) && !design.has(target)));
      const rest = missing.size > 0 ? without(record, missing) : record;
      if (rest !== record) settledDown = false;
      if (rest) next.set(id, rest);
    }
    kept = next;
  }
  return [...kept.values()];
}

/** The top left corner of all that stands somewhere in a copy. */
export function cornerOf({ records, roots, positions }) {
  const drawn = records.filter(({ id, kind }) => DRAWN.has(kind) && roots.includes(id));
  const spots = [...positions, ...drawn.map(({ x = 0, y = 0 }) => ({ x, y }))];
  return { left: Math.min(...spots.map(({ x }) => x)), top: Math.min(...spots.map(({ y }) => y)) };
}

/** A note or an area, which know where they stand, as far from (x, y) as it was from the corner of the copy. */
function standing(record, { left, top }, x, y) {
  return withFields(record, { x: Math.round(x + (record.x ?? 0) - left), y: Math.round(y + (record.y ?? 0) - top) });
}

function pastedPlacements(design, copied, fresh, stays, { left, top }, { diagram, x, y }, ids) {
  need(design, diagram, "diagram");
  const known = new Map(copied.positions.map((spot) => [spot.element, spot]));
  const roots = new Set(copied.roots);
  const shown = copied.records.filter(({ id, kind }) => roots.has(id) && SHOWN.has(kind) && stays.has(fresh.get(id)));
  return shown.map(({ id }, at) => {
    const spot = known.get(id) ?? { x: left + at * GAP, y: top + at * GAP };
    const [dx, dy] = known.size > 0 ? [spot.x - left, spot.y - top] : [at * GAP, at * GAP];
    return recordOf("placement", ids(), { x: Math.round(x + dx), y: Math.round(y + dy), parent: diagram, element: fresh.get(id) });
  });
}

const DRAWN = new Set(["note", "area"]);
const SHOWN = new Set(["table", "view", "entity", "relationship", "generalization"]);
