/** The values that a column may have, where its type or a check lists them; the twin of designer/commands/values.py. */

/** @import { Rec } from "../types.js" */
import { Design } from "../design.js";

const LITERAL = /'((?:[^']|'')*)'/g;
const CAST = /::\s*"?(?:character varying|[a-z_][\p{L}\p{N}_]*)"?(?:\(\d+\))?(?:\[\])*/giu;
const INLINE = /^enum\s*\((.*)\)/is;
const CAST_LITERAL = /^('(?:[^']|'')*')\s*::.+$/s;
const ONE_OF = new Set(["in", "=any", "=anyarray"]);

/**
 * The values that a column may have, in order, as its enum or a check says; none where nothing does.
 * @param {Design} design
 * @param {Rec} column
 * @returns {string[]}
 */
export function listedValues(design, column) {
  const enumType = design.get(column.type_ref);
  if (enumType?.kind === "enum_type") return enumType.values ?? [];
  const inline = INLINE.exec(column.type ?? "");
  if (inline) return literals(inline[1]);
  const check = listCheck(design, column);
  return check ? literals(check.expr.text) : [];
}

/**
 * The check of a table that only lists the values of a column: `status IN ('new', 'paid')`.
 * @param {Design} design
 * @param {Rec} column
 * @returns {Rec | null}
 */
export function listCheck(design, column) {
  return design.childrenOf(column.parent, "check").find((check) => lists(check, column.id)) ?? null;
}

function lists(check, column) {
  const uses = check.expr?.uses ?? [];
  if (uses.length !== 1 || uses[0][2] !== column || literals(check.expr.text).length === 0) return false;
  // Offsets count code points.
  const points = [...check.expr.text];
  const before = points.slice(0, uses[0][0]).join("").replace(/[\s(]/g, "");
  const rest = points.slice(uses[0][1]).join("").replace(LITERAL, "").replace(CAST, "");
  return before === "" && ONE_OF.has(rest.replace(/[\s()[\],]/g, "").toLowerCase());
}

/**
 * The string literals in a text, each once.
 * @param {string} text
 * @returns {string[]}
 */
export function literals(text) {
  return [...new Set([...text.matchAll(LITERAL)].map((found) => found[1].replaceAll("''", "'")))];
}

/**
 * A default without the type that a literal is cast to: `'new'::mood` -> `'new'`.
 * @param {string} text
 */
export function withoutCast(text) {
  return CAST_LITERAL.exec(text)?.[1] ?? text;
}
