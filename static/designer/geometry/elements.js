/**
 * What is drawn of the records of a model: boxes with rows. `designer/layout/elements.py` holds the twin.
 *
 * Records are plain JSON objects in which a field at its default is left out. They come from a `source`:
 *
 * @typedef {{get: (id: string) => object|undefined, children: (parent: string) => Iterable<object>,
 *   referrers: (id: string) => Iterable<string>}} Source  `children` yields the records whose parent is `parent`, in any
 *   order, and `referrers` the ids of those that name a record in any field
 */

const SHORT_TYPES = [
  [/^character varying\b/i, "varchar"],
  [/^character\b(?! set)/i, "char"],
  [/^bit varying\b/i, "varbit"],
  [/^double precision\b/i, "double"],
  [/^timestamp(\(\d+\))? without time zone/i, "timestamp$1"],
  [/^timestamp(\(\d+\))? with time zone/i, "timestamptz$1"],
  [/^time(\(\d+\))? without time zone/i, "time$1"],
  [/^time(\(\d+\))? with time zone/i, "timetz$1"],
];
const MAX_DEPTH = 6;

/** Return a source over a plain list of records; a document that keeps its own look-ups needs none. */
export function sourceOf(records) {
  const byId = new Map();
  const byParent = new Map();
  for (const record of records) {
    byId.set(record.id, record);
    const siblings = byParent.get(record.parent);
    if (siblings) siblings.push(record);
    else byParent.set(record.parent, [record]);
  }
  return {
    get: (id) => byId.get(id),
    children: (parent) => byParent.get(parent) ?? [],
    referrers: (id) => records.filter((record) => names(record, id)).map((record) => record.id),
  };
}

function names(record, id) {
  return Object.values(record).some((value) => value === id || (Array.isArray(value) && value.some((each) => (each?.entity ?? each) === id)));
}

/** Return the children of a kind in their order. */
export function childrenOf(source, parent, kind) {
  const found = [];
  for (const record of source.children(parent)) if (record.kind === kind) found.push(record);
  return found.length > 1 ? found.sort(byPlace) : found;
}

function byPlace(a, b) {
  return compare(a.order ?? "", b.order ?? "") || compare(a.id, b.id);
}

function compare(a, b) {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/**
 * Return what to draw of a record, or null for a kind that has no box of its own.
 *
 * @param {Source} source
 * @param {string} id
 * @param {{detail?: string, width?: number|null, colour?: string}} placement  a Placement record, or only its detail;
 *   `diagramDetail` holds where the placement does not say
 * @returns {import("./metrics.js").Element|null}
 */
export function elementOf(source, id, placement = {}, diagramDetail = "all") {
  const record = source.get(id);
  const drawn = record && KINDS[record.kind]?.(source, record);
  if (!drawn) return null;
  return {
    id,
    title: record.name ?? "",
    subtitle: "",
    stereotype: "",
    dependent: false,
    ...drawn,
    detail: placement.detail || diagramDetail,
    width: placement.width ?? null,
    colour: placement.colour ?? "",
  };
}

const KINDS = {
  table: (source, table) => ({ subtitle: schemaName(source, table), kind: "table", rows: tableRows(source, table) }),
  view: (source, view) => ({ subtitle: schemaName(source, view), kind: "view", rows: viewRows(source, view) }),
  entity: (source, entity) => ({ kind: entityKind(entity), rows: entityRows(source, entity) }),
  relationship: (source, relationship) =>
    hasBox(source, relationship) ? { kind: "relationship", rows: attributeRows(source, relationship.id) } : null,
};

function entityKind(entity) {
  return entity.nature === "weak" || entity.nature === "associative" ? entity.nature : "entity";
}

/** Tell whether a relationship is drawn as a box: one of three or more ends, or with attributes of its own. */
export function hasBox(source, relationship) {
  return (relationship.ends ?? []).length !== 2 || childrenOf(source, relationship.id, "attribute").length > 0;
}

const UNSAID_SCHEMA = "public";

/** The schema to show under a name; the one that nobody has to say is not shown. */
function schemaName(source, record) {
  const parent = record.parent ? source.get(record.parent) : undefined;
  return parent?.kind === "schema" && parent.name !== UNSAID_SCHEMA ? parent.name ?? "" : "";
}

function row(id, name, type, marks = {}) {
  return { id, name, type, pk: false, fk: false, unique: false, nullable: false, depth: 0, mark: "", ...marks };
}

function tableRows(source, table) {
  const keys = childrenOf(source, table.id, "key");
  const primary = new Set(keys.filter((key) => key.primary).flatMap((key) => key.columns ?? []));
  const foreign = new Set(childrenOf(source, table.id, "foreign_key").flatMap((key) => key.columns ?? []));
  const alone = new Set(uniqueSets(source, table.id).filter((each) => each.length === 1).map((each) => each[0]));
  return childrenOf(source, table.id, "column").map((column) =>
    row(column.id, column.name ?? "", columnType(source, column), {
      pk: primary.has(column.id),
      fk: foreign.has(column.id),
      unique: alone.has(column.id),
      nullable: (column.nullable ?? true) && !primary.has(column.id),
    }));
}

/** Return the column lists of a table whose values are unique: its keys, and its unique indexes over all rows. */
export function uniqueSets(source, table) {
  const sets = childrenOf(source, table, "key").map((key) => key.columns ?? []).filter((each) => each.length);
  for (const index of childrenOf(source, table, "index")) {
    const parts = index.parts ?? [];
    const columns = parts.map((part) => part.column).filter(Boolean);
    if (index.unique && !index.where && columns.length && columns.length === parts.length) sets.push(columns);
  }
  return sets;
}

/** Return the type of a column as it is drawn: short, and with today's name of a named type. */
export function columnType(source, column) {
  const type = column.type ?? "";
  const named = column.type_ref ? source.get(column.type_ref) : undefined;
  if (named) {
    const bracket = type.indexOf("[");
    return (named.name ?? "") + (bracket >= 0 ? type.slice(bracket) : "");
  }
  return shortType(type || (column.logical ?? ""));
}

/** Return a type as people say it: `varchar(40)` for `character varying(40)`. */
export function shortType(text) {
  for (const [pattern, short] of SHORT_TYPES) if (pattern.test(text)) return text.replace(pattern, short);
  return text;
}

function viewRows(source, view) {
  const columns = childrenOf(source, view.id, "column");
  if (columns.length) return columns.map((column) => row(column.id, column.name ?? "", columnType(source, column)));
  return (view.columns ?? []).map((name, at) => row(`${view.id}.${at}`, name, ""));
}

function entityRows(source, entity) {
  const identifiers = childrenOf(source, entity.id, "identifier");
  const primary = new Set(identifiers.filter((each) => each.primary).flatMap((each) => each.attributes ?? []));
  const alternate = new Set(identifiers
    .filter((each) => !each.primary && (each.attributes ?? []).length === 1)
    .map((each) => each.attributes[0]));
  return attributeRows(source, entity.id, primary, alternate);
}

function attributeRows(source, parent, primary = new Set(), alternate = new Set(), depth = 0) {
  const rows = [];
  for (const attribute of childrenOf(source, parent, "attribute")) {
    rows.push(row(attribute.id, attributeName(attribute), attributeType(source, attribute), {
      pk: primary.has(attribute.id),
      unique: alternate.has(attribute.id),
      nullable: attribute.optional ?? false,
      depth,
    }));
    if (depth < MAX_DEPTH) rows.push(...attributeRows(source, attribute.id, primary, alternate, depth + 1));
  }
  return rows;
}

/** Return the name as textbooks write it: `{phone}` holds several values, `/age` is derived. */
export function attributeName(attribute) {
  const name = attribute.derived ? `/${attribute.name ?? ""}` : attribute.name ?? "";
  return attribute.multivalued ? `{${name}}` : name;
}

function attributeType(source, attribute) {
  const domain = attribute.domain ? source.get(attribute.domain) : undefined;
  return domain ? domain.name ?? "" : attribute.type ?? "";
}
