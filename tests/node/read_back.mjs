// Reads diagrams back with the formats' own parsers.
//
// Standard input: one JSON object a line, {"parser": "mermaid" | "mermaid-11" | "dbml", "text": "…"}.
// Standard output: one JSON object a line, {"model": …} or {"error": "…"}.
//
// Parsing is not enough: the ER lexer of Mermaid drops and renames things without an error. So the model that was
// parsed is printed, for the caller to compare with what it exported.
import { createInterface } from "node:readline";
import { JSDOM } from "jsdom";

const dom = new JSDOM("<!doctype html><body></body>");
globalThis.window = dom.window;
globalThis.document = dom.window.document;

const MANY = { ONLY_ONE: "1..1", ZERO_OR_ONE: "0..1", ZERO_OR_MORE: "0..n", ONE_OR_MORE: "1..n" };

/** Returns what a label shows: Mermaid keeps entity codes in a form of its own until it draws. */
function shown(label) {
  return (label ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));
}

async function mermaidReader(packageName) {
  const mermaid = (await import(packageName)).default;
  await mermaid.parse("erDiagram\n A"); // registers the kinds of diagrams
  return async (text) => {
    await mermaid.parse(text);
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    if (diagram.type !== "er") throw new Error(`read as ${diagram.type}, not as an ER diagram`);
    return erModel(diagram.db);
  };
}

function erModel(db) {
  const entities = [...db.getEntities()].map(([key, entity]) => ({
    id: entity.id,
    name: shown(entity.alias || key),
    attributes: entity.attributes.map(({ type, name, keys, comment }) => ({
      type,
      name,
      keys: keys ?? [],
      comment: shown(comment),
    })),
  }));
  const names = new Map(entities.map(({ id, name }) => [id, name]));
  const relationships = db.getRelationships().map(({ entityA, entityB, roleA, relSpec }) => ({
    left: names.get(entityA) ?? shown(entityA),
    right: names.get(entityB) ?? shown(entityB),
    many: [MANY[relSpec.cardB], MANY[relSpec.cardA]],
    identifying: relSpec.relType === "IDENTIFYING",
    label: shown(roleA),
  }));
  return { entities: entities.map(({ name, attributes }) => ({ name, attributes })), relationships };
}

async function dbmlReader() {
  const { Parser } = await import("@dbml/core");
  return async (text) => dbmlModel(new Parser().parse(text, "dbmlv2"));
}

function dbmlModel(database) {
  const schemas = database.schemas;
  const endpoint = ({ schemaName, tableName, fieldNames, relation }) => ({
    schema: schemaName,
    table: tableName,
    columns: fieldNames,
    relation,
  });
  return {
    project: database.name,
    note: database.note,
    tables: schemas.flatMap((schema) => schema.tables.map((table) => dbmlTable(schema, table))),
    enums: schemas.flatMap((schema) =>
      schema.enums.map(({ name, values }) => ({ schema: schema.name, name, values: values.map((value) => value.name) })),
    ),
    refs: schemas.flatMap((schema) =>
      schema.refs.map(({ name, endpoints, onDelete, onUpdate }) => ({
        name,
        endpoints: endpoints.map(endpoint),
        onDelete,
        onUpdate,
      })),
    ),
    groups: schemas.flatMap((schema) =>
      schema.tableGroups.map(({ name, tables }) => ({ name, tables: tables.map((table) => table.name) })),
    ),
  };
}

function dbmlTable(schema, table) {
  return {
    schema: schema.name,
    name: table.name,
    note: table.note,
    columns: table.fields.map((field) => ({
      name: field.name,
      type: field.type.type_name,
      typeSchema: field.type.schemaName,
      pk: Boolean(field.pk),
      unique: Boolean(field.unique),
      notNull: Boolean(field.not_null),
      increment: Boolean(field.increment),
      default: field.dbdefault ? { type: field.dbdefault.type, value: field.dbdefault.value } : null,
      note: field.note,
    })),
    indexes: table.indexes.map(({ name, unique, pk, type, columns }) => ({
      name,
      unique: Boolean(unique),
      pk: Boolean(pk),
      type,
      parts: columns.map((part) => ({ type: part.type, value: part.value })),
    })),
    checks: table.checks.map(({ name, expression }) => ({ name, expression })),
  };
}

const READERS = {
  mermaid: () => mermaidReader("mermaid"),
  "mermaid-11": () => mermaidReader("mermaid-11"),
  dbml: dbmlReader,
};

const readers = new Map();

async function readBack({ parser, text }) {
  if (!readers.has(parser)) readers.set(parser, await READERS[parser]());
  return readers.get(parser)(text);
}

function messageOf(error) {
  const found = error.diags?.map(({ message, location }) => `${location?.start?.line}: ${message}`).join("; ");
  return found ?? String(error.message ?? error);
}

for await (const line of createInterface({ input: process.stdin })) {
  const answer = await readBack(JSON.parse(line)).then(
    (model) => ({ model }),
    (error) => ({ error: messageOf(error) }),
  );
  process.stdout.write(JSON.stringify(answer, (_, value) => (value === undefined ? null : value)) + "\n");
}
