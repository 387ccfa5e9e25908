/** Actions by name: the same for keys, toolbar and menus. */

const TOOLS = ["select", "connect", "add-table", "add-note", "add-area"];

/**
 * Returns `run(action)`; it returns whether the action is known and was used up.
 * @param {object} editor
 * @param {{find: object, menu: (editor: object) => void, arrange: () => void}} more
 */
export function makeActions(editor, { find, menu, arrange }) {
  const { view } = editor;
  const acts = {
    fit: () => editor.fit(),
    "fit-selection": () => editor.fitSelection(),
    "zoom-in": () => view.zoomTo(view.transform.k * 1.25),
    "zoom-out": () => view.zoomTo(view.transform.k / 1.25),
    "zoom-reset": () => view.zoomTo(1),
    find: () => find.show(),
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    "select-all": () => editor.selectAll(),
    duplicate: () => editor.duplicate(),
    delete: () => editor.deleteSelection(),
    rename: () => renameSelected(editor),
    "add-column": () => addColumn(editor),
    escape: () => escape(editor),
    next: () => editor.walk(1),
    previous: () => editor.walk(-1),
    menu: () => menu(),
    arrange,
    help: () => press("help"),
  };
  for (const tool of TOOLS) {
    acts[tool] = () => editor.useTool(editor.toolName === tool ? "select" : tool);
  }
  return (action) => Object.hasOwn(acts, action) && acts[action]() !== false;
}

/** Enter renames; while something new is to be placed it stands in the middle of the view, for people without a pointer. */
function renameSelected(editor) {
  if (editor.toolName.startsWith("add-")) {
    editor.placeInTheMiddle();
    return true;
  }
  const [id] = editor.selection;
  if (editor.selection.size !== 1) {
    return false;
  }
  editor.texts.rename(id);
  return true;
}

function addColumn(editor) {
  const [id] = editor.selection;
  const owner = editor.selection.size === 1 ? editor.scene.shownBy(id) : null;
  if (!owner) {
    return false;
  }
  editor.texts.addColumn(owner);
  return true;
}

/** Escape ends what is going on, step by step: the gesture, the tool, the selection. */
function escape(editor) {
  if (editor.tool.busy || editor.toolName !== "select") {
    editor.tool.cancel();
  } else {
    editor.select([]);
  }
}

function press(action) {
  document.querySelector(`#toolbar [data-action="${action}"]`)?.click();
}
