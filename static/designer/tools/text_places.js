/** Where the texts that can be typed lie on the stage: exactly over what is drawn, at any zoom and in any notation. */

import { INDENT, ROW_H, ROW_SIZE, TITLE_SIZE, TYPE_SIZE } from "../geometry/metrics.js";

/** Letters begin this far inside of a field. */
const INSET = 6;
const LEAST_W = 56;
const DEFAULT_W = 120;
const NEW_W = 280;
/** From the middle of a line to what is typed under its name: a diamond may be there. */
const LINE_GAP = 36;
/** How far from its box the text of an end is typed, and how wide. */
const END_GAP = 44;
const END_W = 120;

export class TextPlaces {
  /** @param {object} editor */
  constructor(editor) {
    this.editor = editor;
  }

  onScreen(box, size, bold = false) {
    const { view } = this.editor;
    return { ...view.boxOnScreen(box), size: size * view.transform.k, bold };
  }

  title(id) {
    const node = this.editor.scene.nodes.get(id);
    return node && this.onScreen({
      x: node.x + node.titleX - INSET, y: node.y + node.titleY + 4, w: node.titleW + 2 * INSET, h: node.titleH - 8,
    }, TITLE_SIZE, true);
  }

  /** A cell of a row: name, type, nullable or default. What is not drawn stands behind the row. */
  cell(id, cell) {
    const { scene } = this.editor;
    const node = scene.nodes.get(scene.shownBy(id));
    const at = node ? node.rows.findIndex((each) => each.id === id) : -1;
    if (at < 0) {
      return null;
    }
    const row = node.rows[at];
    const drawn = node.element.rows.find((each) => each.id === id);
    const box = row.x === undefined ? CELLS[cell](node, drawn) : { x: row.x, w: Math.max(LEAST_W, row.w), size: ROW_SIZE };
    return this.onScreen({ x: node.x + box.x - INSET, y: node.y + row.y + 1, w: box.w + 2 * INSET, h: row.h - 1 }, box.size, box.bold);
  }

  /** The line for a new column or attribute, under the last one; of a relationship that is a line, under its name. */
  newRow(owner) {
    const node = this.editor.scene.nodes.get(owner);
    const label = node ? null : this.editor.scene.lines.get(owner)?.route.label;
    if (label) {
      return this.onScreen({ x: label[0] - NEW_W / 2, y: label[1] + LINE_GAP, w: NEW_W, h: ROW_H }, ROW_SIZE);
    }
    return node && this.onScreen({ x: node.x + node.nameX - INSET, y: node.y + node.h + 2, w: Math.max(NEW_W, node.w - node.nameX), h: ROW_H }, ROW_SIZE);
  }

  /** The name of a line, at the middle of its way. */
  line(id) {
    const [x, y] = this.editor.scene.lines.get(id)?.route.label ?? [];
    return x === undefined ? null : this.onScreen({ x: x - 64, y: y - 11, w: 128, h: 22 }, ROW_SIZE);
  }

  /** What an end of a line says, beside the box that it ends at. */
  end(id, which) {
    const at = this.editor.scene.lines.get(id)?.route[which];
    if (!at) {
      return null;
    }
    const [x, y] = [at.point[0] + at.direction[0] * END_GAP, at.point[1] + at.direction[1] * END_GAP];
    return this.onScreen({ x: x - END_W / 2, y: y - ROW_H / 2, w: END_W, h: ROW_H }, ROW_SIZE);
  }

  area(id) {
    const area = this.editor.scene.sheets.get(id);
    return area ? this.onScreen({ x: area.x + 6, y: area.y + 3, w: Math.min(240, area.w - 12), h: 26 }, TITLE_SIZE, true) : null;
  }

  note(id) {
    const note = this.editor.scene.sheets.get(id);
    return note ? this.onScreen(note, ROW_SIZE) : null;
  }
}

const CELLS = {
  name: (node, row) => {
    const indent = (row?.depth ?? 0) * INDENT;
    return { x: node.nameX + indent, w: Math.max(LEAST_W, node.nameW - indent), size: ROW_SIZE, bold: row?.pk };
  },
  type: (node) => ({ x: node.typeW > 0 ? node.typeX : Math.max(node.nameX, node.nullX - LEAST_W), w: Math.max(LEAST_W, node.typeW), size: TYPE_SIZE }),
  nullable: (node) => ({ x: node.nullX, w: LEAST_W, size: TYPE_SIZE }),
  default: (node) => ({ x: node.w + 2 * INSET, w: DEFAULT_W, size: TYPE_SIZE }),
};

/** Returns which cell of its rows a node has at an x of the world: name, type or nullable. */
export function cellAt(node, x) {
  const at = x - node.x;
  if (node.core) {
    return "name";
  }
  if (at >= node.nullX - 3 && at < node.w - 8) {
    return "nullable";
  }
  return node.typeW > 0 && at >= node.typeX - 8 ? "type" : "name";
}
