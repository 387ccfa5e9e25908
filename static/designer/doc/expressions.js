/** Writing an expression with the names that its records have now; the twin of designer/schema/expressions.py. */

/** @import { Records } from "./types.js" */

/**
 * The text of an expression; names of renamed records are replaced, all else is as it was written.
 * @param {{text: string, uses?: [number, number, string][]} | null | undefined} expr
 * @param {Records} design
 * @param {(name: string) => string} quote name -> as it must be written
 * @param {(written: string) => string} unquote the reverse
 * @returns {string}
 */
export function render(expr, design, quote, unquote) {
  if (!expr) return "";
  if (!expr.uses?.length) return expr.text;
  // Offsets count code points, as in Python; a string of JavaScript counts UTF-16 units.
  const points = [...expr.text];
  const text = (from, to) => points.slice(from, to).join("");
  const pieces = [];
  let at = 0;
  for (const [start, end, id] of [...expr.uses].sort((a, b) => a[0] - b[0])) {
    const name = design.get(id)?.name;
    if (start < at || name === undefined || unquote(text(start, end)) === name) continue;
    pieces.push(text(at, start), quote(name));
    at = end;
  }
  return pieces.join("") + text(at, undefined);
}
