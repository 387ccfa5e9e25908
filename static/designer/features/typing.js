/** Typing in place: suggestions of types, tables and clauses under the field, and keys that edit a column. */

import { Completion } from "../ui/completion.js";
import { suggestionsFor } from "../ui/completion_items.js";

/** Installs the suggestions and the actions on rows. */
export function install(page) {
  const { editor, store } = page;
  const { texts } = editor;
  texts.input.completer = new Completion(texts.input.overlay, (wish, value, caret) => suggestionsFor(store.design, wish, value, caret));
  const row = ({ ids }) => ids.length === 1 && ["column", "attribute"].includes(store.design.get(ids[0])?.kind);
  const cell = (name, label, words) => ({
    name: `edit-${name}`, label, group: "Columns", edits: true, menu: ["column", "attribute"], section: "edit", words,
    when: row, run: ({ ids }) => texts.editCell(ids[0], name),
  });
  page.actions.add(cell("type", "Change the type", "domain"), cell("nullable", "Say whether it may be left out", "null not null optional required"));
}
