/** What lists call an element: a relationship by its verb alone would be one "has" among many. */

/**
 * Returns the name of an element; of a relationship as a sentence with its ends: `Customer has Order`.
 * @param {object} design
 * @param {object} record
 * @returns {string}
 */
export function spoken(design, record) {
  const verb = record.name ?? "";
  if (record.kind !== "relationship") return verb;
  const ends = (record.ends ?? []).map((end) => design.get(end.entity)?.name ?? "").filter(Boolean);
  if (ends.length === 2) return [ends[0], verb || "–", ends[1]].join(" ");
  return ends.length > 0 ? `${verb || "relationship"}: ${ends.join(", ")}` : verb;
}
