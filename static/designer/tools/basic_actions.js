/** The actions that every diagram has: tools, editing what is selected, looking. */

import { openLink } from "./editor.js";

const ELEMENTS = ["table", "view", "entity", "relationship"];
const DRAWN = [...ELEMENTS, "area", "note"];

/**
 * Returns the actions of the editor.
 * @param {object} editor
 * @param {() => void} menu opens the context menu for what is selected
 */
export function basicActions(editor, menu) {
  return [...toolActions(editor), ...editActions(editor), ...selectActions(editor, menu), ...viewActions(editor)];
}

function toolActions(editor) {
  const tool = (name, label, key, when = () => true) => ({
    name, label, group: "Tools", keys: [key], edits: name !== "select", when,
    run: () => editor.useTool(editor.toolName === name ? "select" : name),
  });
  const here = (kind, label, when = () => true) => ({
    name: `add-${kind}-here`, label, group: "Tools", menu: ["ground"], section: "add", edits: true, quiet: true, when,
    run: ({ world }) => editor.addAt(kind, world),
  });
  const physical = () => editor.isPhysical;
  return [
    tool("select", "Select and move", "v"),
    tool("add-table", () => (physical() ? "Add a table" : "Add an entity"), "t"),
    tool("add-note", "Add a note", "n"), tool("add-area", "Add an area", "a"),
    here("table", () => (physical() ? "Add a table here" : "Add an entity here")), here("note", "Add a note here"), here("area", "Add an area here"),
  ];
}

function editActions(editor) {
  const one = ({ ids }) => ids.length === 1;
  return [
    { name: "undo", label: "Undo", group: "Everywhere", keys: ["Mod+z"], edits: true, everywhere: true, run: () => editor.undo() },
    { name: "redo", label: "Redo", group: "Everywhere", keys: ["Mod+Shift+z", "Mod+y"], edits: true, everywhere: true, run: () => editor.redo() },
    {
      name: "rename", label: ({ hit }) => (hit?.kind === "note" ? "Edit the text" : "Rename"), group: "Edit", keys: ["Enter", "F2"], edits: true,
      menu: [...DRAWN, "column", "attribute", "line"], section: "edit",
      when: ({ ids }) => ids.length === 1 || editor.toolName.startsWith("add-"), run: () => renameSelected(editor),
    },
    {
      name: "open-link", label: "Open the link", group: "Go", menu: ["note"], section: "edit", quiet: true, when: ({ hit }) => Boolean(hit?.link),
      run: ({ hit }) => openLink(hit.link),
    },
    {
      name: "edit-column", label: "Edit type and default", group: "Columns", edits: true, menu: ["column"], section: "edit",
      when: ({ ids }) => ids.length === 1 && editor.design.get(ids[0])?.kind === "column", run: ({ ids }) => editor.texts.editColumn(ids[0]),
    },
    {
      name: "add-column", label: () => (editor.isPhysical ? "Add a column" : "Add an attribute"), group: "Columns", keys: ["Mod+Enter"], edits: true,
      menu: ["table", "column", "entity", "relationship", "attribute"], section: "columns",
      when: (context) => one(context) && ["table", "entity", "relationship"].includes(editor.design.get(editor.scene.shownBy(context.ids[0]))?.kind),
      run: ({ ids }) => editor.texts.addColumn(editor.scene.shownBy(ids[0])),
    },
    {
      name: "duplicate", label: "Duplicate", group: "Edit", keys: ["Mod+d"], edits: true, menu: ["table", "many"], section: "copy",
      when: ({ ids }) => ids.length > 0, run: () => editor.duplicate(),
    },
    {
      name: "take-off", label: "Take off this diagram", group: "Edit", edits: true, menu: [...ELEMENTS, "many"], section: "copy",
      when: ({ ids }) => ids.some((id) => editor.scene.nodes.has(id)), run: () => editor.takeOff(),
    },
    {
      name: "delete", label: "Delete", group: "Edit", keys: ["Delete", "Backspace"], edits: true, danger: true,
      menu: [...DRAWN, "column", "attribute", "line", "many"], section: "danger", when: () => editor.selection.size > 0,
      run: () => editor.deleteSelection(),
    },
  ];
}

function selectActions(editor, menu) {
  return [
    { name: "select-all", label: "Select all", group: "Select", keys: ["Mod+a"], menu: ["ground"], section: "look", run: () => editor.selectAll() },
    { name: "escape", label: "Clear the selection", group: "Select", keys: ["Escape"], quiet: true, run: () => escape(editor) },
    { name: "next", label: "Select the next element", group: "Select", keys: ["Tab"], quiet: true, run: () => editor.walk(1) },
    { name: "previous", label: "Select the previous element", group: "Select", keys: ["Shift+Tab"], quiet: true, run: () => editor.walk(-1) },
    { name: "menu", label: "Open the menu", group: "Select", keys: ["ContextMenu", "Shift+F10"], quiet: true, run: () => menu() },
  ];
}

function viewActions(editor) {
  const { view } = editor;
  return [
    { name: "fit", label: "Zoom to fit", words: "show everything whole", group: "View", keys: ["f", "Home", "Shift+!", "Shift+1"], menu: ["ground", ...DRAWN], section: "look", run: () => editor.fit() },
    {
      name: "fit-selection", label: "Zoom to the selection", words: "show selected", group: "View", keys: ["Shift+2", "Shift+@"], menu: [...DRAWN, "many", "line", "column"], section: "look",
      when: () => editor.selection.size > 0, run: () => editor.fitSelection(),
    },
    { name: "zoom-in", label: "Zoom in", group: "View", keys: ["+", "Shift++", "="], run: () => view.zoomTo(view.transform.k * 1.25) },
    { name: "zoom-out", label: "Zoom out", group: "View", keys: ["-"], run: () => view.zoomTo(view.transform.k / 1.25) },
    { name: "zoom-reset", label: "Zoom to 100 %", group: "View", keys: ["0"], run: () => view.zoomTo(1) },
  ];
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

/** Escape ends what is going on, step by step: the gesture, the tool, the selection, the way of looking. */
function escape(editor) {
  if (editor.tool.busy || editor.toolName !== "select") {
    editor.tool.cancel();
  } else if (editor.selection.size > 0) {
    editor.select([]);
  } else {
    editor.tell("escape");
  }
}
