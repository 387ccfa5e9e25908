/** What an empty diagram says. */

/** Returns [heading, hint] for a diagram without anything on it. */
export function emptyWords(design, scene, canEdit) {
  if (!scene.diagram) {
    return ["This design has no diagram yet", canEdit ? "Import SQL, or drop a .sql file here: the tables come with a diagram." : "There is nothing to see here."];
  }
  const level = design.get(scene.model)?.level ?? "physical";
  const word = level === "physical" ? "tables" : "entities";
  if (!canEdit) {
    return [`No ${word} yet`, "Nobody has put anything on this diagram."];
  }
  return level === "physical"
    ? ["No tables yet", "Double-click to add one, or drop a .sql file here."]
    : ["No entities on this diagram yet", "Choose them in the outline to put them here."];
}
