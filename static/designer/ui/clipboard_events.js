/** Copy, cut and paste of what is selected, and files that are dropped on the canvas. */

import { Refused, copyRecords, paste } from "../doc/commands/index.js";
import { ClipboardError, readFrom, writeTo } from "../io/clipboard.js";
import { isTyping } from "../tools/keyboard.js";
import { toGrid } from "../tools/snap.js";

/** Listens for the clipboard events of the page while the canvas has the focus. */
export function listenToClipboard(editor) {
  for (const kind of ["copy", "cut", "paste"]) {
    document.addEventListener(kind, (event) => {
      if (!isTyping(event.target) && !document.querySelector("dialog[open]") && !hasTextSelected()) {
        ACTS[kind](editor, event);
      }
    });
  }
}

const ACTS = { copy: copyOut, cut: cutOut, paste: pasteIn };

function copyOut(editor, event) {
  const ids = copyable(editor);
  if (ids.length === 0) {
    return false;
  }
  writeTo(event, copyRecords(editor.design, { ids, diagram: editor.diagram }));
  editor.announce(ids.length === 1 ? "Copied" : `Copied ${ids.length} elements`);
  return true;
}

function cutOut(editor, event) {
  if (editor.canEdit && copyOut(editor, event)) {
    editor.deleteSelection();
  }
}

function copyable(editor) {
  return [...editor.selection].filter((id) => ["table", "view", "entity", "column", "area", "note"].includes(editor.design.get(id)?.kind));
}

function pasteIn(editor, event) {
  try {
    const copied = readFrom(event);
    if (copied) {
      event.preventDefault();
      pasteCopied(editor, copied);
    }
  } catch (error) {
    if (!(error instanceof ClipboardError) && !(error instanceof Refused)) {
      throw error;
    }
    editor.toasts.show(error.message, undefined, "error");
  }
}

function pasteCopied(editor, copied) {
  const { x, y } = pastePoint(editor);
  const into = targetOf(editor, copied);
  const edit = editor.run(() => paste(editor.design, { copied, into, diagram: editor.diagram, x, y }));
  if (edit) {
    editor.select(edit.select ?? []);
    editor.toasts.show(`${edit.label.replace(/^Paste/, "Pasted")}.`, editor.undoAction());
  }
}

/** Columns go into the selected table; tables into the schema of the diagram, or its model. */
function targetOf(editor, copied) {
  const onlyColumns = copied.records.filter(({ id }) => copied.roots.includes(id)).every(({ kind }) => kind === "column");
  if (onlyColumns) {
    const [id] = editor.selection;
    return editor.scene.shownBy(id) ?? null;
  }
  return editor.schemaHere() ?? editor.scene.model;
}

/** At the pointer while it is over the canvas, else in the middle of the view. */
function pastePoint(editor) {
  const { view, pointer } = editor;
  const world = view.canvas.matches(":hover") && pointer ? view.worldAt(pointer.point) : view.worldAt(view.middle());
  return { x: toGrid(world.x), y: toGrid(world.y) };
}

function hasTextSelected() {
  return (document.getSelection()?.toString() ?? "") !== "";
}

/** Lets files be dropped on the stage; they go to the import dialog. */
export function listenToDrops(stage) {
  const withFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    stage.addEventListener(kind, (event) => {
      if (withFiles(event)) {
        event.preventDefault();
        stage.classList.toggle("is-target", kind === "dragenter" || kind === "dragover");
        const file = kind === "drop" ? event.dataTransfer.files[0] : null;
        if (file) {
          document.dispatchEvent(new CustomEvent("wholekey:import-file", { detail: file }));
        }
      }
    });
  }
}
