/** A foreign key while it is being drawn: from a column or a table to the place under the pointer. */

import { rowAt } from "./hit.js";

export class Connection {
  /** @param {object} editor @param {{id: string, row?: string, handle?: number}} from */
  constructor(editor, from) {
    this.editor = editor;
    this.from = from;
    const node = editor.scene.nodes.get(from.id);
    const row = node.rows.find((each) => each.id === from.row);
    this.node = node;
    this.height = node.y + (row ? row.y + row.h / 2 : node.headerH / 2);
    this.target = null;
  }

  /** The side it leaves at: that of its handle, else the one that the pointer is on. */
  sideFor({ x }) {
    return this.from.handle ?? (x < this.node.x + this.node.w / 2 ? -1 : 1);
  }

  move({ world }) {
    const { scene, view } = this.editor;
    const node = scene.nodesIn({ x: world.x, y: world.y, w: 0.01, h: 0.01 }).find((each) => each.element.kind === "table");
    const row = node ? rowAt(node, world.y) : undefined;
    this.target = node ? { id: node.id, row: row?.id ?? null } : null;
    const side = this.sideFor(world);
    view.marks.preview = {
      from: [side > 0 ? this.node.x + this.node.w : this.node.x, this.height], to: [world.x, world.y], side, target: node?.id ?? null, row: row?.id ?? null,
    };
    view.draw();
  }

  finish(press) {
    this.move(press);
    const { target, from } = this;
    this.end();
    const sameRow = target && target.id === from.id && target.row === (from.row ?? null);
    if (target && !sameRow) {
      this.editor.drawForeignKey(from.row ?? from.id, target);
    }
  }

  end() {
    this.editor.view.marks.preview = null;
    this.editor.view.draw();
  }
}
