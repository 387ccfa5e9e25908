/** Drawing concepts: what entities are, exclusive relationships, attributes of relationships that are lines so far. */

import { arcAction, natureActions } from "../tools/concept_actions.js";
import { recordIdOf } from "../tools/selection.js";

/** Installs the actions. */
export function install(page) {
  const { editor, view } = page;
  const ask = (title, entries, context) => {
    const place = context.world ? view.boxOnScreen({ ...context.world, w: 0, h: 0 }) : view.middle();
    editor.connections.shows.ask(title, entries, place, () => undefined);
  };
  page.actions.add(...natureActions(editor), arcAction(editor, ask), attributeOfLine(editor));
}

/** A relationship that is a line becomes a figure with its first attribute. */
function attributeOfLine(editor) {
  const selected = () => {
    const [id] = editor.selection;
    const record = editor.selection.size === 1 ? editor.design.get(recordIdOf(id, editor.design, editor.scene)) : null;
    return record?.kind === "relationship" ? record.id : null;
  };
  return {
    name: "add-attribute-of-line", label: "Add an attribute", group: "Columns", edits: true, menu: ["line"], section: "columns", quiet: true,
    words: "attribute of a relationship", when: () => selected() !== null, run: () => editor.texts.addColumn(selected()),
  };
}
