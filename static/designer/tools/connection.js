/** A connection while it is being drawn: from a table, a column or a key to what is under the pointer. */

import { hitAt, rowAt } from "./hit.js";
import { PLAIN, canConnect, wayOf, wishFor } from "./connection_wish.js";
import { Pull } from "./pull.js";

export class Connection extends Pull {
  /**
   * @param {object} editor
   * @param {{id: string, row?: string, handle?: number, mark?: boolean}} from
   * @param {{asks?: boolean}} [options] `asks`: a menu at the end offers the cardinalities, as there may be no modifiers
   */
  constructor(editor, from, { asks = false } = {}) {
    super(editor, { from: anchorOf(editor.scene.nodes.get(from.id), from), home: editor.scene.nodes.get(from.id) });
    this.from = from;
    this.asks = asks;
  }

  /** What is under the pointer, as far as a line can end there; the element that it starts at only after it was left. */
  targetAt({ world }) {
    const { scene, design } = this.editor;
    const node = scene.nodesIn({ x: world.x, y: world.y, w: 0.01, h: 0.01 }).findLast((each) => canConnect(design, each.id));
    const line = node ? null : this.lineAt(world);
    if (line) {
      return { id: line, row: null };
    }
    if (!node || (node.id === this.from.id && !this.left)) {
      return null;
    }
    return { id: node.id, row: design.get(node.id).kind === "table" ? rowAt(node, world.y)?.id ?? null : null };
  }

  /** A relationship that is a line so far: an entity can join it. */
  lineAt(world) {
    const { scene, design, view } = this.editor;
    const hit = design.get(this.from.id)?.kind === "entity" ? hitAt(scene, world, view.transform.k, { selection: new Set(), canEdit: false }) : null;
    return hit?.kind === "line" && design.get(hit.id)?.kind === "relationship" && !this.endsAt(hit.id) ? hit.id : null;
  }

  endsAt(id) {
    return (this.editor.design.get(id).ends ?? []).some(({ entity }) => entity === this.from.id);
  }

  wishFor(target, press) {
    return wishFor(this.editor, this.from, target, this.wayOf(press));
  }

  wayOf(press) {
    return this.asks || press.touch ? PLAIN : wayOf(press);
  }

  /** The modifiers that change what it means, for the hint. */
  get choices() {
    return this.editor.design.get(this.from.id)?.kind === "table" ? "table" : "entity";
  }

  get advice() {
    return this.choices === "table" ? "Drop it on a table, or on the ground for a new one" : "Drop it on an entity, or on a relationship to take part in it";
  }

  /** Ends it: at once, or after a menu. */
  finish(press) {
    this.move(press);
    const { target, editor } = this;
    const { connections } = editor;
    if (!this.moved) {
      this.end();
      editor.select([this.from.row && editor.selection.has(this.from.id) ? this.from.row : this.from.id]);
    } else if (!target) {
      this.finishOnGround(press);
    } else if (this.asks || press.touch) {
      this.rest();
      connections.ask(this.from, target, press.point, () => this.end());
    } else {
      this.end();
      connections.make(this.from, target, this.wayOf(press));
    }
  }

  finishOnGround(press) {
    if (!this.left) {
      this.end();
      return;
    }
    this.rest();
    this.editor.connections.askForTable(this.from, press.world, press.point, this.wayOf(press), () => this.end());
  }
}

/** Returns where the line leaves: the side of the handle, or the one that the pointer is on. */
function anchorOf(node, { row, handle }) {
  const shape = node.rows.find((each) => each.id === row);
  const y = node.y + (shape ? shape.y + shape.h / 2 : Math.min(node.headerH ?? node.h, node.h) / 2);
  return (x) => {
    const side = handle || (x < node.x + node.w / 2 ? -1 : 1);
    return { point: [side > 0 ? node.x + node.w : node.x, y], side };
  };
}
