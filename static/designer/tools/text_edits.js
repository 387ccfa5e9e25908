/** Typing on the canvas: names of boxes, the cells of their rows, new rows, notes. */

import { called, columnText, Refused, rename, setEnd, setField, setFields, withDefinition, writeRelationship } from "../doc/commands/index.js";
import { endFrom, endWords, relationshipFrom } from "./end_text.js";
import { endIndex } from "./line_ends.js";
import { NEW_ROWS, ROW_TEXTS } from "./row_texts.js";
import { TextPlaces } from "./text_places.js";

/** Below this zoom letters would be too small to type; the view comes nearer first. */
const LEAST_ZOOM = 0.7;

/** What may stand beside a name where it is typed. */
const NAMING = { entity: "Name -- definition", relationship: "verb: 1..1, 0..N role -- definition" };

/** What is typed as the name of something: of concepts, their definition too, and of relationships their ends. */
function named(design, { id, kind }, text) {
  if (kind === "relationship") {
    return writeRelationship(design, { id, ...relationshipFrom(text) });
  }
  const [name, comment] = kind === "entity" ? withDefinition(` ${text}`) : [text, null];
  return comment === null ? rename(design, { id, name: text }) : setFields(design, { id, values: { ...(name.trim() ? { name: name.trim() } : {}), comment } });
}

export class TextEdits {
  /** @param {object} editor @param {object} input an OverlayInput */
  constructor(editor, input) {
    this.editor = editor;
    this.input = input;
    this.places = new TextPlaces(editor);
    input.dropped = (value, refusal) => editor.toasts.show(`“${value}” was not kept: ${refusal}`, undefined, "error");
  }

  /** Opens the name of a table, column, line, area … or the text of a note. */
  rename(id, { fresh = false } = {}) {
    const { design, scene, canEdit } = this.editor;
    const record = design.get(id);
    if (!canEdit || !record) {
      return;
    }
    const shown = scene.shownBy(id);
    if (record.kind === "note") {
      this.editNote(record);
    } else if (record.kind === "area") {
      this.editName(record, () => this.places.area(id), (then) => then && this.backToCanvas());
    } else if (scene.lines.has(id) && !scene.nodes.has(id)) {
      this.editName(record, () => this.places.line(id), (then) => then && this.backToCanvas());
    } else if (shown === id) {
      this.editName(record, () => this.places.title(id), (then) => this.fromTitle(id, then, fresh));
    } else if (scene.nodes.has(shown) && ROW_TEXTS[record.kind]) {
      this.editCell(id, "name");
    }
  }

  /** Opens the name of something that was just added; Enter goes on with its first rows. */
  nameNew(id) {
    this.rename(id, { fresh: true });
  }

  editName(record, place, done) {
    const { editor } = this;
    this.open(record.id, {
      value: record.name ?? "",
      label: `Name of ${record.kind.replaceAll("_", " ")}`,
      placeholder: NAMING[record.kind] ?? "",
      place,
      done,
      commit: (value) => {
        const name = value.trim();
        return name === "" || name === (record.name ?? "") ? null : this.attempt(() => named(editor.design, record, name));
      },
    });
  }

  /** Opens what an end of the line of a relationship says: `1..N role`, with a `*` in front where it identifies. */
  editEnd(line, which) {
    const { editor } = this;
    const { design } = editor;
    const owner = design.get(line) ?? design.get(editor.scene.lines.get(line)?.owner);
    const at = owner?.kind === "relationship" ? endIndex(owner, line, which) : -1;
    const end = owner?.ends?.[at];
    if (!editor.canEdit || !end) {
      return;
    }
    this.open(line, {
      value: endWords(end),
      label: `How many ${called(design, design.get(end.entity))} take part, and their role; * identifies`,
      placeholder: "1..N role, * identifies",
      place: () => this.places.end(line, which),
      done: () => this.backToCanvas(),
      commit: (text) => (text.trim() === endWords(end) ? null
        : this.attempt(() => setEnd(editor.design, { id: owner.id, at, values: endFrom(text) }))),
    });
  }

  /** Opens a cell of a row: name, type, nullable or default. */
  editCell(id, cell) {
    const { editor } = this;
    const row = editor.design.get(id);
    const how = ROW_TEXTS[row?.kind];
    if (!editor.canEdit || !how || !how.cells(editor.design, row).includes(cell)) {
      return;
    }
    const value = how.valueOf(editor.design, row, cell);
    this.open(id, {
      value,
      label: cell === "nullable" ? `${row.name}: may be left out` : `${cell[0].toUpperCase()}${cell.slice(1)} of ${how.word} ${row.name ?? ""}`,
      placeholder: cell === "default" ? "default" : "",
      place: () => this.places.cell(id, cell),
      arrows: true,
      complete: how.complete(id, cell),
      toggle: cell === "nullable" ? this.switchOf(id, how) : undefined,
      commit: (typed) => this.commitCell(id, cell, typed.trim(), value),
      done: (then) => this.fromCell(id, cell, then),
    });
  }

  commitCell(id, cell, text, before) {
    const { editor } = this;
    const row = editor.design.get(id);
    const unchanged = text === before || (text === "" && cell === "name");
    return unchanged || !row ? null : this.attempt(() => ROW_TEXTS[row.kind].write(editor.design, row, cell, text));
  }

  switchOf(id, how) {
    const { editor } = this;
    return {
      on: how.isOn(editor.design, editor.design.get(id)),
      words: how.words,
      flip: (on) => this.attempt(() => how.flip(editor.design, editor.design.get(id), on)),
    };
  }

  /** Opens the whole line of a column: name, type, not null, default. */
  editColumn(id) {
    const { editor } = this;
    const column = editor.design.get(id);
    if (!editor.canEdit || column?.kind !== "column") {
      this.rename(id);
      return;
    }
    const value = columnText(column);
    this.open(id, {
      value,
      label: `Column ${column.name}`,
      place: () => this.places.cell(id, "name"),
      complete: { as: "line", near: column.parent },
      commit: (typed) => this.commitCell(id, "line", typed.trim(), value),
      done: (then) => (then === "below" ? this.backToCanvas() : this.fromCell(id, "default", then)),
    });
  }

  /** Opens a line for a new column or attribute at the end of a box. */
  addColumn(owner, typed = "") {
    const { editor } = this;
    const how = NEW_ROWS[editor.design.get(owner)?.kind];
    if (!editor.canEdit || !how) {
      return;
    }
    this.open(owner, {
      value: typed,
      label: how.label,
      placeholder: how.placeholder,
      place: () => this.places.newRow(owner),
      complete: how.completeLine(owner),
      commit: (text) => (text.trim() ? this.attempt(() => how.add(editor.design, owner, text)) : null),
      paste: (text) => this.attempt(() => how.addMany(editor.design, owner, text)),
      done: (then, text) => this.fromNewRow(owner, then, text.trim() !== ""),
    });
  }

  editNote(note) {
    const { editor } = this;
    this.open(note.id, {
      value: note.text ?? "",
      label: "Text of the note",
      multiline: true,
      place: () => this.places.note(note.id),
      commit: (value) => (value === (note.text ?? "") ? null : this.attempt(() => setField(editor.design, { id: note.id, field: "text", value }))),
      done: () => this.backToCanvas(),
    });
  }

  open(id, edit) {
    this.comeNearer(id);
    const pan = (dx, dy) => this.editor.view.panBy(dx, dy);
    this.input.start({ pan, cancel: () => this.backToCanvas(), ...edit });
  }

  /** Does what a command returns; returns the sentence where it refuses, which the field then shows. */
  attempt(command) {
    try {
      const edit = command();
      this.editor.run(() => edit);
      return null;
    } catch (error) {
      if (error instanceof Refused) {
        return `${error.message[0].toUpperCase()}${error.message.slice(1)}${/[.!?]$/.test(error.message) ? "" : "."}`;
      }
      throw error;
    }
  }

  // Going on with Tab, Enter and the arrows

  fromTitle(id, then, fresh) {
    const kind = this.editor.design.get(id)?.kind;
    const [first] = this.rowsOf(id);
    if (then === "below" && fresh && NEW_ROWS[kind]) {
      this.addColumn(id);
    } else if (then === "next") {
      first ? this.editCell(first, "name") : this.addColumn(id);
    } else if (then) {
      this.backToCanvas();
    }
  }

  fromCell(id, cell, then) {
    const { scene, design } = this.editor;
    const owner = scene.shownBy(id);
    const rows = this.rowsOf(owner);
    const at = rows.indexOf(id);
    if (!then || at < 0) {
      then && this.backToCanvas();
      return;
    }
    const row = design.get(id);
    const cells = ROW_TEXTS[row.kind].cells(design, row);
    const place = cells.indexOf(cell);
    if (then === "next" || then === "previous") {
      this.openStop(owner, rows, at, cells, place + (then === "next" ? 1 : -1));
    } else {
      this.openRow(owner, rows, at + (then === "below" ? 1 : -1), cell);
    }
  }

  openStop(owner, rows, at, cells, place) {
    if (place >= 0 && place < cells.length) {
      this.editCell(rows[at], cells[place]);
    } else if (place < 0 && at > 0) {
      this.editCell(rows[at - 1], cells.at(-1));
    } else {
      this.openRow(owner, rows, at + (place < 0 ? -1 : 1), "name");
    }
  }

  /** Opens a cell of a row by its number: before the first stands the title, after the last a new one. */
  openRow(owner, rows, at, cell) {
    if (at < 0) {
      this.rename(owner);
    } else if (at < rows.length) {
      this.editCell(rows[at], cell);
    } else if (NEW_ROWS[this.editor.design.get(owner)?.kind]) {
      this.addColumn(owner);
    } else {
      this.backToCanvas();
    }
  }

  fromNewRow(owner, then, added) {
    if (added && (then === "below" || then === "next")) {
      this.addColumn(owner);
    } else if (then === "previous") {
      const last = this.rowsOf(owner).at(-1);
      last ? this.editCell(last, "name") : this.rename(owner);
    } else if (then) {
      this.backToCanvas();
    }
  }

  /** The rows of a box that are drawn and are records of their own, in order. */
  rowsOf(owner) {
    const { scene, design } = this.editor;
    return (scene.nodes.get(owner)?.rows ?? []).map(({ id }) => id).filter((id) => ROW_TEXTS[design.get(id)?.kind]);
  }

  backToCanvas() {
    this.editor.view.canvas.focus({ preventScroll: true });
  }

  comeNearer(id) {
    const { scene, view } = this.editor;
    const item = scene.item(scene.shownBy(id) ?? id);
    if (!item) {
      return;
    }
    if (view.transform.k < LEAST_ZOOM) {
      view.show({ x: item.x, y: item.y, w: item.w, h: Math.min(item.h, 400) }, { most: 1, fly: false });
    }
  }
}
