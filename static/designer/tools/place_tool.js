/** Placing something new: a click puts it there, for an area a drag says how large. */

import { between } from "../geometry/box.js";
import { toGrid } from "./snap.js";

const SMALL = 24;

export class PlaceTool {
  /** @param {object} editor @param {"table" | "note" | "area"} kind */
  constructor(editor, kind) {
    this.editor = editor;
    this.kind = kind;
    this.from = null;
  }

  get busy() {
    return this.from !== null;
  }

  cursor() {
    return "crosshair";
  }

  down({ world }) {
    this.from = world;
  }

  move({ world }) {
    if (this.from && this.kind === "area") {
      this.editor.view.marks.marquee = between(this.from.x, this.from.y, world.x, world.y);
      this.editor.view.draw();
    }
  }

  up({ world }) {
    const { from, editor } = this;
    this.cancelDrawing();
    editor.useTool("select");
    const box = between(from.x, from.y, world.x, world.y);
    const drawn = box.w > SMALL && box.h > SMALL;
    if (this.kind === "area" && drawn) {
      editor.addArea({ x: toGrid(box.x), y: toGrid(box.y), w: toGrid(box.w), h: toGrid(box.h) });
    } else {
      editor.addAt(this.kind, { x: toGrid(from.x), y: toGrid(from.y) });
    }
  }

  cancel() {
    this.cancelDrawing();
    this.editor.useTool("select");
  }

  cancelDrawing() {
    this.from = null;
    this.editor.view.marks.marquee = null;
    this.editor.view.draw();
  }
}
