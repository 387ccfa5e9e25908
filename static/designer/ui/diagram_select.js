/** The choice of a diagram, grouped by model. */

/** Returns [model, its diagrams] for each model that has any, in order. */
export function diagramChoices(design) {
  return design.ofKind("model").map((model) => [model, design.childrenOf(model.id, "diagram")]);
}

/** Returns the diagram to open: the one asked for, else the first of a physical model, else the first of any. */
export function firstDiagram(design, wanted) {
  if (wanted && design.get(wanted)?.kind === "diagram") {
    return wanted;
  }
  const choices = diagramChoices(design);
  const physical = choices.filter(([model]) => (model.level ?? "physical") === "physical");
  return [...physical, ...choices].map(([, diagrams]) => diagrams[0]?.id).find(Boolean) ?? null;
}

/** Fills the select with what the design holds now. */
export function fillDiagrams(select, design, current) {
  const groups = diagramChoices(design).filter(([, diagrams]) => diagrams.length > 0).map(([model, diagrams]) => {
    const group = document.createElement("optgroup");
    group.label = model.name || model.level || "Model";
    group.append(...diagrams.map((diagram) => new Option(diagram.name || "Diagram", diagram.id, false, diagram.id === current)));
    return group;
  });
  select.replaceChildren(...groups);
  select.disabled = groups.length === 0;
}
