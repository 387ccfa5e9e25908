/** Conceptual and logical models on the canvas: what adds a table there adds an entity. */

import { toGrid } from "../tools/snap.js";

const WORDS = { true: ["Add a table", "T"], false: ["Add an entity", "E"] };

/** Installs the key for entities and keeps the words of the toolbar in step with the level of the model. */
export function install(page) {
  const { editor } = page;
  page.actions.add({
    name: "add-entity", label: "Add an entity", group: "Tools", keys: ["e"], edits: true, when: () => !editor.isPhysical,
    run: () => editor.useTool(editor.toolName === "add-table" ? "select" : "add-table"),
  });
  page.actions.add({
    name: "add-at-pointer", label: () => `${WORDS[editor.isPhysical][0]} at the pointer`, group: "Tools", keys: ["Shift+t"], edits: true,
    when: () => editor.diagram !== null, run: () => addAtPointer(editor),
  });
  const follow = () => nameButton(document.querySelector('#toolbar [data-action="add-table"]'), WORDS[editor.isPhysical]);
  page.on("diagram", follow);
  page.on("loaded", follow);
}

/** Where the pointer is, or the middle of the view where there is none. */
function addAtPointer(editor) {
  const { x, y } = editor.pointer?.world ?? editor.view.worldAt(editor.view.middle());
  editor.addAt("table", { x: toGrid(x), y: toGrid(y) });
}

function nameButton(button, [words, key]) {
  if (button) {
    button.title = `${words} (${key})`;
    button.setAttribute("aria-label", words);
  }
}
