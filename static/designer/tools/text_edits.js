/** Typing on the canvas: names of tables and columns, new columns, notes. */

import { addColumnText, columnText, rename, setColumnText, setField } from "../doc/commands/index.js";
import { PADDING, ROW_H, ROW_SIZE, TITLE_SIZE, HEADER_H } from "../geometry/metrics.js";

/** Below this zoom letters would be too small to type; the view comes nearer first. */
const LEAST_ZOOM = 0.7;
const NEW_COLUMN = "name type, for example: price numeric(10,2) not null default 0";

export class TextEdits {
  /** @param {object} editor @param {object} input an OverlayInput */
  constructor(editor, input) {
    this.editor = editor;
    this.input = input;
  }

  /** Opens the name of a table, column, area … or the text of a note. */
  rename(id) {
    const { design, scene, canEdit } = this.editor;
    const record = design.get(id);
    if (!canEdit || !record) {
      return;
    }
    const shown = scene.shownBy(id);
    if (record.kind === "note") {
      this.editNote(record);
    } else if (record.kind === "area") {
      this.editName(record, () => this.areaPlace(id));
    } else if (shown === id) {
      this.editName(record, () => this.titlePlace(id));
    } else if (scene.nodes.has(shown) && "name" in record) {
      this.editName(record, () => this.rowPlace(id));
    }
  }

  editName(record, place) {
    this.comeNearer(record.id);
    const { editor } = this;
    this.input.start({
      value: record.name ?? "",
      label: `Name of ${record.kind.replaceAll("_", " ")}`,
      place,
      commit: (value, then) => {
        const name = value.trim();
        const kept = name === (record.name ?? "") || name === "" || editor.run(() => rename(editor.design, { id: record.id, name }));
        this.goOn(record.id, then, Boolean(kept));
      },
      cancel: () => this.backToCanvas(),
    });
  }

  /** Opens the whole line of a column: name, type, not null, default. */
  editColumn(id) {
    const { editor } = this;
    const column = editor.design.get(id);
    if (!editor.canEdit || column?.kind !== "column") {
      this.rename(id);
      return;
    }
    this.comeNearer(id);
    this.input.start({
      value: columnText(column),
      label: `Column ${column.name}`,
      place: () => this.rowPlace(id),
      commit: (value, then) => {
        const text = value.trim();
        const same = text === "" || text === columnText(column);
        const kept = same || editor.run(() => setColumnText(editor.design, { id, text }));
        this.goOn(id, then, Boolean(kept));
      },
      cancel: () => this.backToCanvas(),
    });
  }

  /** Opens a line for a new column at the end of a table, or after one of its columns. */
  addColumn(table, typed = "") {
    const { editor } = this;
    if (!editor.canEdit || editor.design.get(table)?.kind !== "table") {
      return;
    }
    this.comeNearer(table);
    this.input.start({
      value: typed,
      label: "New column: name, type, not null, default",
      placeholder: NEW_COLUMN,
      place: () => this.newRowPlace(table),
      commit: (value, then) => this.commitColumn(table, value.trim(), then),
      cancel: () => this.backToCanvas(),
    });
  }

  commitColumn(table, text, then) {
    const { editor } = this;
    if (text === "") {
      this.backToCanvas();
      return;
    }
    const edit = editor.run(() => addColumnText(editor.design, { table, text }));
    if (!edit) {
      then && this.addColumn(table, text);
    } else if (then === "below" || then === "next") {
      this.addColumn(table);
    } else {
      this.backToCanvas();
    }
  }

  editNote(note) {
    const { editor } = this;
    this.comeNearer(note.id);
    this.input.start({
      value: note.text ?? "",
      label: "Text of the note",
      multiline: true,
      place: () => this.notePlace(note.id),
      commit: (value) => {
        if (value !== (note.text ?? "")) {
          editor.run(() => setField(editor.design, { id: note.id, field: "text", value }));
        }
        this.backToCanvas();
      },
      cancel: () => this.backToCanvas(),
    });
  }

  // Going on with Tab and Enter

  goOn(id, then, kept) {
    if (!kept && then) {
      this.rename(id);
      return;
    }
    const { scene, design } = this.editor;
    const node = scene.nodes.get(scene.shownBy(id));
    if (!then || !node) {
      then && this.backToCanvas();
      return;
    }
    const stops = [node.id, ...node.rows.map((row) => row.id).filter((row) => design.has(row))];
    const at = stops.indexOf(id);
    const last = at === stops.length - 1;
    if (then === "below" && !last) {
      this.backToCanvas();
    } else if (last && then !== "previous") {
      node.element.kind === "table" && at > 0 ? this.addColumn(node.id) : this.backToCanvas();
    } else {
      const next = stops[at + (then === "previous" ? -1 : 1)];
      next ? this.rename(next) : this.backToCanvas();
    }
  }

  backToCanvas() {
    this.editor.view.canvas.focus({ preventScroll: true });
  }

  // Places

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

  onScreen(box, size, bold = false) {
    const { view } = this.editor;
    return { ...view.boxOnScreen(box), size: size * view.transform.k, bold };
  }

  titlePlace(id) {
    const node = this.editor.scene.nodes.get(id);
    return node && this.onScreen({ x: node.x + PADDING - 6, y: node.y + 4, w: node.w - 2 * PADDING + 12, h: HEADER_H - 8 }, TITLE_SIZE, true);
  }

  rowPlace(id) {
    const { scene } = this.editor;
    const node = scene.nodes.get(scene.shownBy(id));
    const row = node?.rows.find((each) => each.id === id);
    return row ? this.onScreen({ x: node.x + node.nameX - 6, y: node.y + row.y + 1, w: node.nameW + 12, h: row.h - 1 }, ROW_SIZE) : null;
  }

  newRowPlace(table) {
    const node = this.editor.scene.nodes.get(table);
    return node && this.onScreen({ x: node.x + node.nameX - 6, y: node.y + node.h + 2, w: Math.max(260, node.w - node.nameX), h: ROW_H }, ROW_SIZE);
  }

  areaPlace(id) {
    const area = this.editor.scene.sheets.get(id);
    return area ? this.onScreen({ x: area.x + 6, y: area.y + 3, w: Math.min(240, area.w - 12), h: 26 }, TITLE_SIZE, true) : null;
  }

  notePlace(id) {
    const note = this.editor.scene.sheets.get(id);
    return note ? this.onScreen(note, ROW_SIZE) : null;
  }
}
