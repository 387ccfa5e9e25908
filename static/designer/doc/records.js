/** Records: their fields with defaults, their canonical form, what they name, and what is left when that is gone. */

/** @import { Rec, Id } from "./types.js" */
import { ID_PATTERN, KINDS } from "./kinds.js";
import { canonicalValue, equal, fits } from "./values.js";

/** @type {Map<string, Map<string, any[]>>} */
const FIELDS = new Map(Object.entries(KINDS).map(([kind, { fields }]) => [kind, new Map(Object.entries(fields))]));
// Defaults are handed out; nobody may write into the one copy there is.
for (const fields of FIELDS.values()) for (const [, value] of fields.values()) Object.freeze(value);
const REFERENCES = new Map(Object.entries(KINDS).map(([kind, { references }]) => [kind, Object.entries(references)]));

const exprIds = (value) => (value.uses ?? []).map((use) => use[2]);

const READ = {
  id: (value) => [value],
  ids: (value) => value,
  expr: exprIds,
  parts: (value) => value.flatMap((part) => [...(part.column ? [part.column] : []), ...(part.expr ? exprIds(part.expr) : [])]),
  ends: (value) => value.map((end) => end.entity),
};

const FORGET = {
  id: () => null,
  ids: (value, gone) => value.filter((each) => !gone.has(each)),
  expr: (value, gone) => ({ ...value, uses: (value.uses ?? []).filter((use) => !gone.has(use[2])) }),
};

/**
 * @param {string} kind
 * @returns {boolean} whether there is such a kind of record
 */
export function isKind(kind) {
  return FIELDS.has(kind);
}

/**
 * @param {string} kind
 * @param {string} name
 * @returns {boolean} whether records of a kind have a field that can change
 */
export function hasField(kind, name) {
  return FIELDS.get(kind)?.has(name) ?? false;
}

/**
 * The value of a field, its default where the record leaves it out.
 * @param {Rec} record
 * @param {string} name
 * @returns {any}
 */
export function fieldOf(record, name) {
  if (Object.hasOwn(record, name)) return record[name];
  return FIELDS.get(record.kind)?.get(name)?.[1];
}

/**
 * The names of the fields that a record gives, without kind and id.
 * @param {Rec} record
 * @returns {string[]}
 */
export function givenFields(record) {
  return Object.keys(record).filter((name) => name !== "kind" && name !== "id");
}

/**
 * The record in the one form that equal records share. Fields that its kind does not have are left out.
 * Throws a TypeError for a kind that is not known.
 * @param {Rec} record
 * @returns {Rec}
 */
export function canonical(record) {
  const fields = FIELDS.get(record.kind);
  if (!fields) throw new TypeError(`${JSON.stringify(record.kind)} is no kind of record`);
  const kept = { kind: record.kind, id: record.id };
  for (const name of Object.keys(record)) {
    const field = fields.get(name);
    if (!field) continue;
    const value = canonicalValue(field[0], record[name]);
    if (!equal(value, field[1])) kept[name] = value;
  }
  return kept;
}

/**
 * A new record of a kind in canonical form.
 * @param {string} kind
 * @param {Id} id
 * @param {Record<string, any>} [values]
 * @returns {Rec}
 */
export function recordOf(kind, id, values = {}) {
  return canonical({ ...values, kind, id });
}

/**
 * A field's value as a change writes it: in full, canonical inside.
 * @param {string} kind
 * @param {string} name
 * @param {any} value
 * @returns {any}
 */
export function changeValue(kind, name, value) {
  return canonicalValue(FIELDS.get(kind)?.get(name)?.[0] ?? "", value);
}

/**
 * The record with some fields set, in canonical form. Throws a TypeError for a field that its kind does not have.
 * @param {Rec} record
 * @param {Record<string, any>} values
 * @returns {Rec}
 */
export function withFields(record, values) {
  const after = { ...record };
  for (const [name, value] of Object.entries(values)) {
    const field = FIELDS.get(record.kind)?.get(name);
    if (!field) throw new TypeError(`a ${record.kind} has no field ${JSON.stringify(name)}`);
    const inner = canonicalValue(field[0], value);
    if (equal(inner, field[1])) delete after[name];
    else after[name] = inner;
  }
  return after;
}

/**
 * @param {Rec} record
 * @param {string} name
 * @param {any} value
 * @returns {Rec} the record with one field set
 */
export function withField(record, name, value) {
  return withFields(record, { [name]: value });
}

/**
 * [field, id] for each mention of another record.
 * @param {Rec} record
 * @returns {[string, Id][]}
 */
export function references(record) {
  /** @type {[string, Id][]} */
  const found = [];
  for (const [name, [shape]] of REFERENCES.get(record.kind) ?? []) {
    const value = record[name];
    if (value) for (const id of READ[shape](value)) found.push([name, id]);
  }
  return found;
}

/**
 * The ids that a value of a field names.
 * @param {string} kind
 * @param {string} name
 * @param {any} value
 * @returns {Id[]}
 */
export function namedIn(kind, name, value) {
  const reference = KINDS[kind]?.references;
  return value && reference && Object.hasOwn(reference, name) ? READ[reference[name][0]](value) : [];
}

/**
 * @param {Rec} record
 * @returns {Set<Id>} the ids of all records that it names
 */
export function referredIds(record) {
  return new Set(references(record).map(([, id]) => id));
}

/**
 * What is left of a record when the records in `gone` are no more; null where it falls with them.
 * For example a key falls with any of its columns, and an attribute only forgets its domain.
 * @param {Rec} record
 * @param {{has(id: Id): boolean}} gone
 * @returns {Rec | null}
 */
export function without(record, gone) {
  const left = {};
  for (const [name, [shape, policy]] of REFERENCES.get(record.kind) ?? []) {
    const value = record[name];
    if (!value || !READ[shape](value).some((id) => gone.has(id))) continue;
    if (policy === "cascade") return null;
    left[name] = FORGET[shape](value, gone);
  }
  return Object.keys(left).length > 0 ? withFields(record, left) : record;
}

/**
 * What a record becomes when the ids it names (and its own) are replaced; ids that the map does not know stay.
 * @param {Rec} record
 * @param {Map<Id, Id>} ids
 * @returns {Rec}
 */
export function remapped(record, ids) {
  const swap = (id) => ids.get(id) ?? id;
  const values = {};
  for (const [name, [shape]] of REFERENCES.get(record.kind) ?? []) {
    if (record[name]) values[name] = REMAP[shape](record[name], swap);
  }
  return { ...withFields(record, values), id: swap(record.id) };
}

const remapExpr = (value, swap) => ({ ...value, uses: (value.uses ?? []).map(([start, end, id]) => [start, end, swap(id)]) });

const REMAP = {
  id: (value, swap) => swap(value),
  ids: (value, swap) => value.map(swap),
  expr: remapExpr,
  parts: (value, swap) => value.map((part) => ({
    ...part,
    ...(part.column ? { column: swap(part.column) } : {}),
    ...(part.expr ? { expr: remapExpr(part.expr, swap) } : {}),
  })),
  ends: (value, swap) => value.map((end) => ({ ...end, entity: swap(end.entity) })),
};

/**
 * What is wrong with a record that comes from outside, in words, or null. Fields that its kind does not have are
 * no fault: `canonical` leaves them out.
 * @param {any} record
 * @returns {string | null}
 */
export function misfit(record) {
  if (typeof record !== "object" || record === null || Array.isArray(record)) return "a record is not an object";
  if (typeof record.kind !== "string" || !isKind(record.kind)) return `${JSON.stringify(record.kind)} is no kind of record`;
  if (typeof record.id !== "string" || !ID_PATTERN.test(record.id)) return `${JSON.stringify(record.id)} is no id of a record`;
  for (const name of givenFields(record)) {
    if (hasField(record.kind, name) && !fieldFits(record.kind, name, record[name])) {
      return `field ${name} of ${record.kind} ${record.id} has a value of the wrong type`;
    }
  }
  return null;
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {any} value
 * @returns {boolean} whether a field can hold a value
 */
export function fieldFits(kind, name, value) {
  const field = FIELDS.get(kind)?.get(name);
  return field !== undefined && fits(field[0], value);
}
