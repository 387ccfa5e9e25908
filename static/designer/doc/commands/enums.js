/** Columns of few values: made an enum as their database has it, and back to text; the twin of designer/commands/enums.py. */

/** @import { Edit, Id, IdSource, Rec } from "../types.js" */
import { Design } from "../design.js";
import { dialectOf, logicalType, quote } from "../dialect.js";
import { newId } from "../ids.js";
import { literal, rawType } from "../raw_types.js";
import { recordOf, withField, withFields } from "../records.js";
import { Parts, referrersOf } from "./carrying.js";
import { need, Refused } from "./contract.js";
import { listCheck, listedValues, literals, withoutCast } from "./listed_values.js";
import { called, namesIn } from "./names.js";
import { targetOf } from "./types_of.js";

const SAME_SPACE = ["table", "view", "sequence", "enum_type", "domain_type", "composite_type"];
const LONGEST_LABEL = 63;
const USUAL_LENGTH = 255;

/**
 * Lets a column have one of `values` only.
 *
 * PostgreSQL gets an enum type called `name`, MySQL and MariaDB an ENUM inside the column, SQLite a check. A check that
 * listed the values before goes.
 * @param {Design} design
 * @param {{column: Id, values: string[], name?: string}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function columnToEnum(design, { column, values, name = "" }, ids = newId) {
  const old = need(design, column, "column");
  const target = targetOf(design, old.id);
  const dialect = dialectOf(target);
  const chosen = checkedValues(values, dialect);
  standsAlone(design, old);
  const parts = new Parts();
  const listed = listCheck(design, old);
  if (listed) parts.drop(listed);
  if (dialect.enums === "types") addType(design, old, chosen, name, ids, parts);
  else if (dialect.enums === "inline") {
    const raw = `enum(${chosen.map((value) => literal(dialect, value)).join(",")})`;
    parts.add(ofType(design, old, raw, logicalType(raw, dialect), parts));
  } else parts.add(checkOf(old, chosen, dialect, ids));
  tellOfDefault(old, chosen, parts);
  return parts.edit(design, `Make ${called(design, old)} one of ${chosen.length} values`, { select: [old.id] });
}

/**
 * Makes an enum column text with a check that lists its values; an enum type that nothing else uses goes.
 * @param {Design} design
 * @param {{column: Id}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function enumToText(design, { column }, ids = newId) {
  const old = need(design, column, "column");
  const values = listedValues(design, old);
  if (values.length === 0 || listCheck(design, old)) throw new Refused(`${called(design, old)} is no enum; convert it to one first`, "column");
  standsAlone(design, old);
  const parts = new Parts();
  parts.add(asText(design, old, values, parts), checkOf(old, values, dialectOf(targetOf(design, old.id)), ids));
  return parts.edit(design, `Make ${called(design, old)} text with a check`, { select: [old.id] });
}

/**
 * Throws Refused for a column whose type others depend on: computed, referring, or referred to.
 * @param {Design} design
 * @param {Rec} column
 */
export function standsAlone(design, column) {
  if (column.generated) throw new Refused(`${called(design, column)} is computed; make it an ordinary column first`, "column");
  if ((column.logical ?? "").endsWith("[]") || (column.type ?? "").endsWith("[]")) {
    throw new Refused(`${called(design, column)} is an array; move it to a table of its own first`, "column");
  }
  for (const id of referrersOf(design, [column.id])) {
    const key = design.get(id);
    const [from, to] = [key.columns ?? [], key.ref_columns ?? []];
    if (key.kind !== "foreign_key" || from.length === 0 || ![...from, ...to].includes(column.id)) continue;
    const way = from.includes(column.id) ? "refers to another table" : "is referred to by another table";
    throw new Refused(`${called(design, column)} ${way}, and both must keep one type`, "column");
  }
}

function checkedValues(values, dialect) {
  const chosen = values.map((value) => value.trim()).filter(Boolean);
  if (chosen.length === 0) throw new Refused("type at least one value, one a line", "values");
  const again = chosen.find((value, at) => chosen.indexOf(value) < at);
  if (again !== undefined) throw new Refused(`the value ${again} stands there twice; take one out`, "values");
  const wrong = chosen.find((value) => value.includes("\0") || tooLong(value, dialect));
  if (wrong !== undefined) {
    throw new Refused(`the value ${[...wrong].slice(0, 20).join("")}… is longer than the ${LONGEST_LABEL} bytes a label may have`, "values");
  }
  return chosen;
}

function tooLong(value, dialect) {
  return dialect.enums === "types" && new TextEncoder().encode(value).length > LONGEST_LABEL;
}

function addType(design, old, values, name, ids, parts) {
  const home = need(design, old.parent, "table").parent;
  if (name.trim() === "") throw new Refused("the enum type needs a name", "name");
  if (namesIn(design, home, SAME_SPACE).has(name)) {
    throw new Refused(`there is something called ${name} here already; choose another name for the type`, "name");
  }
  const made = recordOf("enum_type", ids(), { parent: home, name, values });
  const dialect = dialectOf(targetOf(design, old.id));
  const schema = design.get(home);
  const prefix = schema.kind === "schema" && schema.name !== "public" ? `${quote(dialect, schema.name ?? "")}.` : "";
  const raw = prefix + quote(dialect, name);
  parts.add(made, withField(ofType(design, old, raw, `other(${raw})`, parts), "type_ref", made.id));
}

/**
 * An enum column as text that is long enough; an enum type that nothing else uses is dropped.
 * @param {Design} design
 * @param {Rec} column
 * @param {readonly string[]} values
 * @param {Parts} parts
 * @returns {Rec}
 */
export function asText(design, column, values, parts) {
  const target = targetOf(design, column.id);
  const dialect = dialectOf(target);
  const longest = Math.max(USUAL_LENGTH, ...values.map((value) => [...value].length));
  const [raw] = rawType(dialect.enums === "inline" ? `string(${longest})` : "text", target);
  return ofType(design, column, raw, logicalType(raw, dialect), parts);
}

function ofType(design, column, type, logical, parts) {
  const old = design.get(column.type_ref);
  if (old?.kind === "enum_type" && ![...design.referrers(old.id)].some((id) => id !== column.id)) {
    parts.drop(old);
    parts.note("unused", old.id, `the type ${old.name ?? ""} is removed, as no other column has it`);
  }
  const text = column.default ? withoutCast(column.default.text) : "";
  const kept = !column.default || text === column.default.text;
  return withFields(column, { type, logical, type_ref: null, default: kept ? column.default ?? null : { text } });
}

function checkOf(column, values, dialect, ids) {
  const name = quote(dialect, column.name ?? "");
  const text = `${name} IN (${values.map((value) => literal(dialect, value)).join(", ")})`;
  return recordOf("check", ids(), { parent: column.parent, expr: { text, uses: [[0, [...name].length, column.id]] } });
}

function tellOfDefault(column, values, parts) {
  const text = column.default ? withoutCast(column.default.text) : "";
  const found = literals(text);
  if (found.length === 1 && text.startsWith("'") && text.endsWith("'") && !values.includes(found[0])) {
    parts.note("default", column.id, `the default ${text} is none of the values; change one of them`);
  }
}
