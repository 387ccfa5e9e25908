/** The type of a column: what it means, and which enum, domain or composite type it is of. */

/** @import { Id, Rec } from "../types.js" */
import { Design } from "../design.js";
import { dialectOf, logicalType } from "../dialect.js";
import { withFields } from "../records.js";

const USER_TYPES = ["enum_type", "domain_type", "composite_type"];
const SERIAL = { smallserial: "smallint", serial: "integer", bigserial: "bigint", serial2: "smallint", serial4: "integer", serial8: "bigint" };

/**
 * The name of the database that a record's model is for; empty where none is said.
 * @param {Design} design
 * @param {Id} id
 */
export function targetOf(design, id) {
  return design.modelOf(id)?.target ?? "";
}

/**
 * A column with `logical` and `type_ref` as its raw type says.
 * @param {Design} design
 * @param {Rec} column
 * @returns {Rec}
 */
export function typed(design, column) {
  if (column.kind !== "column") return column;
  const text = column.type ?? "";
  const target = targetOf(design, column.parent);
  const logical = text && target ? logicalType(text, dialectOf(target)) : "";
  return withFields(column, { logical, type_ref: typeNamed(design, text, column.parent) });
}

/** The id of the enum, domain or composite type of the model that a type text names, array brackets aside. */
function typeNamed(design, text, table) {
  const bare = text.split("[")[0].trim().split(".").pop().replace(/^"|"$/g, "");
  if (!bare) return null;
  const model = design.modelOf(table)?.id;
  for (const kind of USER_TYPES) {
    const found = design.ofKind(kind).find((record) => record.name === bare && (!model || design.modelOf(record.id)?.id === model));
    if (found) return found.id;
  }
  return null;
}

/**
 * The raw type that a column needs which refers to a column of type `raw`: a serial counts only in one place.
 * @param {string} raw
 */
export function referringType(raw) {
  return Object.hasOwn(SERIAL, raw.toLowerCase()) ? SERIAL[raw.toLowerCase()] : raw;
}

const FAMILIES = [
  ["smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "decimal"],
  ["string", "char", "text"],
  ["timestamp", "timestamp_tz", "date"],
  ["real", "double"],
];

/**
 * Whether a foreign key can pair two columns, as far as their types are understood.
 * @param {Rec} from
 * @param {Rec} to
 */
export function typesFit(from, to) {
  const first = family(from);
  const second = family(to);
  return first === "" || second === "" || first === second;
}

function family(column) {
  const logical = column.logical ?? "";
  const name = logical.split("(")[0];
  if (name === "" || name === "other") return column.type_ref ?? "";
  const dimensions = /(?:\[\])*$/.exec(logical)?.[0] ?? "";
  return String(FAMILIES.find((each) => each.includes(name.replace(/(?:\[\])+$/, "")))?.[0] ?? name.replace(/(?:\[\])+$/, "")) + dimensions;
}
