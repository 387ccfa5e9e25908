/** Typing in place: suggestions of types, tables and clauses under the field, and keys that edit a column. */

import { stepRows } from "../tools/row_drag.js";
import { Completion } from "../ui/completion.js";
import { suggestionsFor } from "../ui/completion_items.js";

const ROWS = new Set(["column", "attribute"]);

/** Installs the suggestions and the actions on rows. */
export function install(page) {
  const { editor, store } = page;
  const { texts } = editor;
  texts.input.completer = new Completion(texts.input.overlay, (wish, value, caret) => suggestionsFor(store.design, wish, value, caret));
  const row = ({ ids }) => ids.length === 1 && ROWS.has(store.design.get(ids[0])?.kind);
  const cell = (name, label, words) => ({
    name: `edit-${name}`, label, group: "Columns", edits: true, menu: ["column", "attribute"], section: "edit", words,
    when: row, run: ({ ids }) => texts.editCell(ids[0], name),
  });
  const step = (way, by, key) => ({
    name: `row-${way}`, label: `Move ${way} among its neighbours`, group: "Columns", keys: [key], edits: true, menu: ["column", "attribute"], section: "columns",
    words: "reorder order column attribute", when: () => [...editor.selection].some((id) => ROWS.has(store.design.get(id)?.kind)), run: () => stepRows(editor, by),
  });
  page.actions.add(step("up", -1, "Alt+ArrowUp"), step("down", 1, "Alt+ArrowDown"));
  page.actions.add(cell("type", "Change the type", "domain"), cell("nullable", "Change whether it may be null", "null not null optional required"));
}
