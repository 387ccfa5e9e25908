/** Adding entities; the twin of designer/commands/entities.py. */

/** @import { Edit, Id, IdSource } from "../types.js" */
import { Design } from "../design.js";
import { newId } from "../ids.js";
import { between } from "../order.js";
import { recordOf } from "../records.js";
import { edit, need } from "./contract.js";
import { checkName, namesIn } from "./names.js";

/**
 * Adds an entity to a conceptual or logical model; with `diagram` it is also placed there, at (x, y). Without a name it gets
 * the first free one of `Entity 1`, `Entity 2`, …
 * @param {Design} design
 * @param {{model: Id, name?: string, nature?: string, diagram?: Id | null, x?: number, y?: number}} args
 * @param {IdSource} [ids]
 * @returns {Edit}
 */
export function addEntity(design, { model, name, nature = "strong", diagram = null, x = 0, y = 0 }, ids = newId) {
  const parent = need(design, model, "model").id;
  const chosen = name ?? nextName(namesIn(design, parent, ["entity"]));
  const order = between(design.childrenOf(parent, "entity").at(-1)?.order || null, null);
  const entity = recordOf("entity", ids(), { parent, name: chosen, nature, order });
  checkName(design, entity, chosen);
  const put = [entity];
  if (diagram) {
    need(design, diagram, "diagram");
    put.push(recordOf("placement", ids(), { parent: diagram, element: entity.id, x: Math.round(x), y: Math.round(y) }));
  }
  return edit(design, `Add entity ${chosen}`, put, [], { select: [entity.id] });
}

function nextName(taken) {
  let number = 1;
  while (taken.has(`Entity ${number}`)) number += 1;
  return `Entity ${number}`;
}
