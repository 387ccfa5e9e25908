/** What the find box searches: the elements of the model that is open, and their columns. */

const LEAVES = { table: "column", view: "column", entity: "attribute", relationship: "attribute" };

/** Returns `{id, name, kind, owner?}` for each element and its columns or attributes. */
export function findItems(design, scene) {
  const items = [];
  for (const [kind, leaf] of Object.entries(LEAVES)) {
    for (const element of design.ofKind(kind)) {
      if (scene.nodes.has(element.id) || design.modelOf(element.id)?.id === scene.model) {
        items.push({ id: element.id, name: element.name ?? "", kind });
        for (const each of design.childrenOf(element.id, leaf)) {
          items.push({ id: each.id, name: each.name ?? "", kind: leaf, owner: element.name ?? "" });
        }
      }
    }
  }
  return items;
}
