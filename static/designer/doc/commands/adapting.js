/** Copied records as another database has them: their types, what counts by itself, and defaults. */

/** @import { Id, Note, Rec } from "../types.js" */
import { dialectOf, logicalType } from "../dialect.js";
import { literal, rawType } from "../raw_types.js";
import { fieldOf, withFields } from "../records.js";
import { withoutCast } from "./listed_values.js";

const COUNTS = { postgresql: "always", mysql: "auto_increment", mariadb: "auto_increment" };
const KEPT_DEFAULT = /^(?:'(?:[^']|'')*'|[+-]?\d+(?:\.\d+)?|true|false|null|current_(?:timestamp|date|time)(?:\(\d\))?|now\(\))$/i;
const ALIKE = new Set(["mysql", "mariadb"]);

/**
 * A column as the database `to` has it, where it comes from another one; what is not kept is told in notes.
 * @param {Rec} column
 * @param {string} from
 * @param {string} to
 * @param {Note[]} notes
 * @returns {Rec}
 */
export function adapted(column, from, to, notes) {
  if (column.kind !== "column" || !from || !to || from === to || (ALIKE.has(from) && ALIKE.has(to))) return column;
  const tell = (message) => notes.push({ code: "translated", about: column.id, message: `${column.name ?? ""}: ${message}` });
  const logical = column.logical || (column.type ? logicalType(column.type, dialectOf(from)) : "");
  const [type, lost] = column.type_ref ? [column.type, null] : rawType(logical, to);
  if (lost) tell(lost);
  const values = { type, collation: "", on_update: "", storage: "", compression: "", extra: {} };
  if (!column.type_ref) values.logical = logicalType(type, dialectOf(to));
  if (column.identity) values.identity = COUNTS[to] ?? "";
  if (column.default) values.default = defaultFor(column.default, tell);
  return withFields(column, values);
}

function defaultFor(expr, tell) {
  const text = withoutCast(expr.text);
  if (KEPT_DEFAULT.test(text)) return text === expr.text ? expr : { text };
  tell(`the default ${expr.text} is left out, as the other database may not know it`);
  return null;
}

/**
 * A column of an enum where the database has no types of its own: a list inside the column, or text.
 * @param {Rec} column
 * @param {Rec} enumType
 * @param {string} to
 * @param {Note[]} notes
 * @returns {Rec}
 */
export function withoutType(column, enumType, to, notes) {
  const dialect = dialectOf(to);
  const values = enumType.kind === "enum_type" ? enumType.values ?? [] : [];
  const inline = dialect.enums === "inline" && values.length > 0;
  const type = inline ? `enum(${values.map((value) => literal(dialect, value)).join(",")})` : dialect.rawTypes.text;
  if (!inline) notes.push({ code: "translated", about: column.id, message: `${column.name ?? ""}: ${dialect.title} has no type ${enumType.name ?? ""}; it is written as text` });
  return withFields(column, { type, logical: logicalType(type, dialect), type_ref: null, default: fieldOf(column, "default") });
}
