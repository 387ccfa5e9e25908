/** Several diagrams of a model: made, named, doubled, deleted; and tables dragged onto them from the outline. */

import { addDiagram, deleteRecords, duplicateDiagram, setField } from "../doc/commands/index.js";
import { toGrid } from "../tools/snap.js";

const DRAGGED = "application/x-wholekey-ids";
/** Tables that are dropped together stand beside each other. */
const STEP = 280;
const A_ROW = 4;
const A_LINE = 320;

/** Installs what is done with diagrams. */
export function install(page) {
  const { editor } = page;
  const elements = (ids) => ids.filter((id) => editor.scene.nodes.has(id));
  page.actions.add(
    {
      name: "new-diagram", label: ({ ids }) => (elements(ids).length > 0 ? "New diagram of the selection" : "New diagram"), group: "Edit", edits: true, menu: ["ground", "many"], section: "copy",
      words: "add create subject area page", when: () => Boolean(modelOf(page)), run: ({ ids }) => make(page, elements(ids)),
    },
    { name: "rename-diagram", label: "Rename this diagram", group: "Edit", edits: true, when: () => Boolean(editor.diagram), run: () => rename(page) },
    { name: "duplicate-diagram", label: "Duplicate this diagram", group: "Edit", edits: true, when: () => Boolean(editor.diagram), run: () => duplicate(page) },
    {
      name: "delete-diagram", label: "Delete this diagram", group: "Edit", edits: true, danger: true, when: () => others(page).length > 0,
      run: () => remove(page),
    },
    { name: "next-diagram", label: "Go to the next diagram", group: "Go", keys: ["Alt+PageDown"], when: () => others(page).length > 0, run: () => turn(page, 1) },
    { name: "previous-diagram", label: "Go to the previous diagram", group: "Go", keys: ["Alt+PageUp"], when: () => others(page).length > 0, run: () => turn(page, -1) },
  );
  takeDrops(page);
}

function modelOf({ scene, store }) {
  return scene.model ?? [...store.design.ofKind("model")][0]?.id ?? null;
}

function diagramsOf(page) {
  return page.store.design.childrenOf(modelOf(page) ?? "", "diagram");
}

function others(page) {
  return diagramsOf(page).filter(({ id }) => id !== page.editor.diagram);
}

function make(page, elements) {
  const { editor } = page;
  const edit = editor.run(() => addDiagram(editor.design, { model: modelOf(page), name: "Diagram", elements, from: editor.diagram ?? undefined }));
  if (edit) {
    page.showDiagram(edit.select[0]);
    rename(page);
  }
}

function duplicate(page) {
  const { editor } = page;
  const edit = editor.run(() => duplicateDiagram(editor.design, { diagram: editor.diagram }));
  edit && page.showDiagram(edit.select[0]);
}

/** The name is typed over the choice of diagrams, where it is read. */
function rename(page) {
  const { editor } = page;
  const { id, name } = editor.design.get(editor.diagram);
  const select = document.getElementById("diagram-select");
  const field = document.createElement("input");
  field.className = "input diagram-name";
  field.value = name ?? "";
  field.setAttribute("aria-label", "Name of the diagram");
  select.hidden = true;
  select.after(field);
  field.focus();
  field.select();
  let ended = false;
  const end = (keep) => {
    if (ended) {
      return;
    }
    ended = true; // taking the field away makes it lose the focus, which ends it too
    field.remove();
    select.hidden = false;
    const typed = field.value.trim();
    if (keep && typed && typed !== name) {
      editor.run(() => setField(editor.design, { id, field: "name", value: typed }));
    }
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" || event.key === "Escape") {
      end(event.key === "Enter");
      page.view.canvas.focus({ preventScroll: true });
    }
  });
  field.addEventListener("blur", () => end(true));
}

function remove(page) {
  const { editor } = page;
  const [next] = others(page);
  const gone = editor.diagram;
  page.showDiagram(next.id);
  const edit = editor.run(() => deleteRecords(editor.design, { ids: [gone] }));
  edit && page.toasts.show(`${edit.label.replace(/^Delete/, "Deleted")}; its tables stay in the model.`, editor.undoAction());
}

function turn(page, by) {
  const all = diagramsOf(page);
  const at = all.findIndex(({ id }) => id === page.editor.diagram);
  page.showDiagram(all[(at + by + all.length) % all.length].id);
}

/** Lines of the outline can be dragged onto the canvas; what is there already is moved. */
function takeDrops(page) {
  const { stage, editor } = page;
  const tree = document.querySelector("#outline [role=tree]");
  tree?.addEventListener("dragstart", (event) => {
    const ids = page.outline.draggedIds(event.target);
    ids.length > 0 ? event.dataTransfer.setData(DRAGGED, JSON.stringify(ids)) : event.preventDefault();
  });
  const ours = (event) => editor.canEdit && event.dataTransfer?.types.includes(DRAGGED);
  stage.addEventListener("dragover", (event) => ours(event) && event.preventDefault());
  stage.addEventListener("drop", (event) => {
    if (ours(event)) {
      event.preventDefault();
      drop(page, JSON.parse(event.dataTransfer.getData(DRAGGED)), event);
    }
  });
}

function drop({ editor, view }, ids, { clientX, clientY }) {
  const box = view.canvas.getBoundingClientRect();
  const { x, y } = view.worldAt({ x: clientX - box.left, y: clientY - box.top });
  const elements = [...new Set(ids.map((id) => elementOf(editor.design, id)).filter(Boolean))];
  editor.moveTo(elements.map((element, at) => ({ element, x: toGrid(x + (at % A_ROW) * STEP), y: toGrid(y + Math.floor(at / A_ROW) * A_LINE) })));
  editor.select(elements);
  view.canvas.focus({ preventScroll: true });
}

function elementOf(design, id) {
  const record = design.get(id);
  if (record?.kind === "column" || record?.kind === "attribute") {
    return elementOf(design, record.parent);
  }
  return ["table", "view", "entity", "relationship"].includes(record?.kind) ? id : null;
}
