/**
 * The lines of a diagram: foreign keys, relationships, generalizations, inheritance, and what a view reads.
 * `designer/layout/edges.py` holds the twin.
 *
 * @typedef {{element: string, rows: string[], shape: string, min: number, max: number|null, role: string}} End
 *   the element, the rows held on to (none is the header), and the mark: foot, triangle, arrow or nothing
 * @typedef {{id: string, source: End, target: End, kind: string, identifying: boolean, label: string, total: boolean,
 *   disjoint: boolean, leads: boolean}} Edge  from child to parent; `kind`: foreign_key, relationship, generalization,
 *   inherits, reads; of a generalization: whether every supertype is one of the subtypes, whether at most one, and
 *   whether this line is the first, which carries the texts for all of them
 */

import { childrenOf, hasBox, uniqueSets } from "./elements.js";

function end(element, given = {}) {
  return { element, rows: [], shape: "foot", min: 0, max: null, role: "", ...given };
}

function edge(id, source, target, given = {}) {
  return { id, source, target, kind: "foreign_key", identifying: false, label: "", total: false, disjoint: true, leads: true, ...given };
}

/**
 * Return the lines of a model whose two ends are both among the elements `shown`.
 *
 * @param {import("./elements.js").Source} source
 * @param {string} model
 * @param {{has: (id: string) => boolean}} shown
 * @returns {Edge[]}
 */
export function edgesOf(source, model, shown) {
  const found = [];
  for (const owner of lineOwners(source, model)) {
    for (const each of edgesFrom(source, owner)) {
      if (shown.has(each.source.element) && shown.has(each.target.element)) found.push(each);
    }
  }
  return found;
}

function* lineOwners(source, model) {
  for (const parent of [model, ...childrenOf(source, model, "schema").map((schema) => schema.id)]) {
    yield* childrenOf(source, parent, "table");
    yield* childrenOf(source, parent, "view");
  }
  yield* childrenOf(source, model, "relationship");
  yield* childrenOf(source, model, "generalization");
}

/** Return the lines that a record brings: a table its foreign keys, a relationship its ends, and so on. */
export function edgesFrom(source, record) {
  return OWNERS[record.kind]?.(source, record) ?? [];
}

const OWNERS = {
  table: (source, table) => [...foreignKeyEdges(source, table), ...inheritanceEdges(table)],
  view: readEdges,
  relationship: relationshipEdges,
  generalization: generalizationEdges,
};

function foreignKeyEdges(source, table) {
  const keys = childrenOf(source, table.id, "foreign_key");
  if (!keys.length) return [];
  const unique = uniqueSets(source, table.id);
  const primaryKey = childrenOf(source, table.id, "key").find((key) => key.primary);
  const primary = new Set(primaryKey?.columns ?? []);
  return keys.filter((key) => key.ref_table).map((key) => foreignKeyEdge(source, key, unique, primary));
}

function foreignKeyEdge(source, key, unique, primary) {
  const columns = key.columns ?? [];
  const held = new Set(columns);
  const atMostOne = unique.some((each) => each.every((column) => held.has(column)));
  const optional = columns.some((column) => mayBeNull(source, column, primary));
  return edge(
    key.id,
    end(key.parent ?? "", { rows: columns, max: atMostOne ? 1 : null }),
    end(key.ref_table, { rows: key.ref_columns ?? [], min: optional ? 0 : 1, max: 1 }),
    { identifying: columns.length > 0 && columns.every((column) => primary.has(column)) },
  );
}

function mayBeNull(source, column, primary) {
  const record = source.get(column);
  return record?.kind === "column" && (record.nullable ?? true) && !primary.has(column);
}

function inheritanceEdges(table) {
  const parents = [...(table.inherits ?? []), ...(table.partition_of ? [table.partition_of] : [])];
  return parents.map((parent) =>
    edge(`${table.id}.${parent}`, end(table.id, { shape: "" }), end(parent, { shape: "triangle" }),
      { kind: "inherits", identifying: true }));
}

function readEdges(source, view) {
  const read = (view.depends_on ?? []).filter((each) => ["table", "view"].includes(source.get(each)?.kind));
  return read.map((each) =>
    edge(`${view.id}.${each}`, end(view.id, { shape: "" }), end(each, { shape: "arrow" }), { kind: "reads" }));
}

function relationshipEdges(source, relationship) {
  const ends = relationship.ends ?? [];
  if (hasBox(source, relationship)) {
    return ends.map((each, at) =>
      edge(`${relationship.id}.${at}`, end(relationship.id, { shape: "" }), entityEnd(each),
        { kind: "relationship", identifying: each.identifying ?? false, label: each.role ?? "" }));
  }
  const [child, parent] = childFirst(ends);
  const identifying = Boolean(child.identifying || parent.identifying);
  return [edge(relationship.id, entityEnd(child), entityEnd(parent),
    { kind: "relationship", identifying, label: relationship.name ?? "" })];
}

/** Return the ends with the many side first, as a foreign key has it; equal ends keep their order. */
function childFirst([first, second]) {
  return first.max === 1 && second.max !== 1 ? [second, first] : [first, second];
}

function entityEnd(each) {
  return end(each.entity, { min: each.min ?? 0, max: each.max ?? null, role: each.role ?? "" });
}

function generalizationEdges(source, generalization) {
  const { id, supertype, subtypes = [], total = false, disjoint = true, discriminator, name = "" } = generalization;
  if (!supertype) return [];
  const role = (discriminator && source.get(discriminator)?.name) || name;
  return subtypes.map((each, at) =>
    edge(`${id}.${each}`, end(each, { shape: "" }), end(supertype, { shape: "triangle", role: at ? "" : role }),
      { kind: "generalization", identifying: true, total, disjoint, leads: at === 0 }));
}
