/** Copy, cut and paste of what is selected, and files that are dropped on the canvas. */

import { Refused, columnText, copyRecords, paste } from "../doc/commands/index.js";
import { ClipboardError, plainText, readFrom, recordsIn, remember, writeLater, writeTo } from "../io/clipboard.js";
import { isTyping } from "../tools/keyboard.js";
import { toGrid } from "../tools/snap.js";

const COPIED = ["table", "view", "entity", "column", "area", "note"];
const MOST_NOTES = 2;

/**
 * Listens for the clipboard events of the page while the canvas has the focus. `editor.clipboard`, where a feature has set it,
 * gives text for other programs and takes text from them.
 */
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
  const copied = copyRecords(editor.design, { ids, diagram: editor.diagram });
  const text = plainFor(editor.design, ids) ?? editor.clipboard?.ready(ids) ?? null;
  writeTo(event, copied, text);
  if (text === null && event.type === "copy") {
    void followWithText(editor, ids, copied);
  }
  editor.announce(ids.length === 1 ? "Copied" : `Copied ${ids.length} elements`);
  return true;
}

/** The SQL was not at hand in the moment of the copy: it takes the place of the records when it comes. */
async function followWithText(editor, ids, copied) {
  const promised = editor.clipboard?.fetch(ids);
  if (promised && await writeLater(promised)) {
    remember(await promised, copied);
  }
}

function cutOut(editor, event) {
  if (editor.canEdit && copyOut(editor, event)) {
    editor.deleteSelection();
  }
}

function copyable(editor) {
  return [...editor.selection].filter((id) => COPIED.includes(editor.design.get(id)?.kind));
}

/** Columns are lines as people type them, notes their text; for anything with tables the server is asked. */
function plainFor(design, ids) {
  const records = ids.map((id) => design.get(id));
  if (records.some(({ kind }) => kind === "table" || kind === "view")) {
    return null;
  }
  return records.map((record) => (record.kind === "column" ? columnText(record) : record.text ?? record.name ?? "")).join("\n");
}

function pasteIn(editor, event) {
  try {
    const copied = readFrom(event);
    const text = copied ? "" : plainText(event);
    if (copied || text.trim()) {
      event.preventDefault();
    }
    copied ? pasteRecords(editor, copied) : text.trim() && editor.clipboard?.take(text);
  } catch (error) {
    tell(editor, error);
  }
}

/** Pastes a text as what it is: a copy of ours, or something that the server reads. */
export function pasteText(editor, text) {
  try {
    const copied = recordsIn(text);
    copied ? pasteRecords(editor, copied) : editor.clipboard?.take(text);
  } catch (error) {
    tell(editor, error);
  }
}

function tell(editor, error) {
  if (!(error instanceof ClipboardError) && !(error instanceof Refused)) {
    throw error;
  }
  editor.toasts.show(error.message, undefined, "error");
}

function pasteRecords(editor, copied) {
  const { x, y } = pastePoint(editor);
  const into = targetOf(editor, copied);
  const edit = editor.run(() => paste(editor.design, { copied, into, diagram: editor.diagram, x, y }));
  if (edit) {
    editor.select(edit.select ?? []);
    editor.toasts.show([`${edit.label.replace(/^Paste/, "Pasted")}.`, ...shortened(edit.notes.map(({ message }) => `${message}.`))].join(" "), editor.undoAction());
  }
}

/** Returns the first of some sentences, and how many there are more. */
export function shortened(sentences) {
  const more = sentences.length - MOST_NOTES;
  return more > 0 ? [...sentences.slice(0, MOST_NOTES), `And ${more} more.`] : sentences;
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
export function pastePoint(editor) {
  const { view, pointer } = editor;
  const world = view.canvas.matches(":hover") && pointer ? view.worldAt(pointer.point) : view.worldAt(view.middle());
  return { x: toGrid(world.x), y: toGrid(world.y) };
}

function hasTextSelected() {
  return (document.getSelection()?.toString() ?? "") !== "";
}

/** Lets files be dropped on the stage: `take(file)` may use one up, all others go to the import dialog. */
export function listenToDrops(stage, take = () => false) {
  const withFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    stage.addEventListener(kind, (event) => {
      if (withFiles(event)) {
        event.preventDefault();
        stage.classList.toggle("is-target", kind === "dragenter" || kind === "dragover");
        const file = kind === "drop" ? event.dataTransfer.files[0] : null;
        if (file && !take(file)) {
          openImport(file);
        }
      }
    });
  }
}

/** Opens the import dialog with a file. */
export function openImport(file) {
  document.dispatchEvent(new CustomEvent("wholekey:import-file", { detail: file }));
}
