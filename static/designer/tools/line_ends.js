/** The ends of a selected line: where they can be taken hold of, and letting them hold on to something else. */

import { Refused, reattach, setEnd } from "../doc/commands/index.js";
import { sentence } from "./connection_wish.js";
import { rowAt } from "./hit.js";
import { Pull } from "./pull.js";

export class Reattachment extends Pull {
  /** @param {object} editor @param {{id: string, end: "source" | "target"}} hit */
  constructor(editor, { id, end }) {
    const line = editor.scene.lines.get(id);
    const other = line.route[end === "source" ? "target" : "source"];
    super(editor, { from: () => ({ point: other.point, side: other.direction[0] || 1 }), home: boxRound(line.route[end].point) });
    Object.assign(this, { line, which: end });
  }

  get choices() {
    return "";
  }

  get advice() {
    return "Drop it on what this end should hold on to";
  }

  targetAt({ world }) {
    const { scene, design } = this.editor;
    const kind = design.get(this.line.edge[this.which].element)?.kind;
    const node = scene.nodesIn({ x: world.x, y: world.y, w: 0.01, h: 0.01 }).findLast((each) => design.get(each.id)?.kind === kind);
    return node ? { id: node.id, row: kind === "table" ? rowAt(node, world.y)?.id ?? null : null } : null;
  }

  wishFor(target) {
    try {
      const edit = this.command(target)();
      return { says: edit.label, refused: "", edge: this.edgeTo(target), command: this.command(target) };
    } catch (error) {
      if (!(error instanceof Refused)) {
        throw error;
      }
      return { says: "", refused: sentence(error.message), edge: null, command: null };
    }
  }

  command(target) {
    const { design } = this.editor;
    const record = design.get(this.line.id) ?? design.get(this.line.owner);
    if (record.kind === "foreign_key") {
      const end = this.which === "source" ? "child" : "parent";
      return () => reattach(design, { id: record.id, end, target: this.meant(target, end) });
    }
    const at = endIndex(record, this.line.id, this.which);
    return () => setEnd(design, { id: record.id, at, values: { entity: target.id } });
  }

  /** A row counts where only a row can be meant, or where it is unique by itself. */
  meant({ id, row }, end) {
    const { design } = this.editor;
    const own = end === "child" && id === design.get(this.line.id).parent;
    const unique = design.childrenOf(id, "key").some(({ columns = [] }) => columns.length === 1 && columns[0] === row);
    return row && (own || (end === "parent" && unique)) ? row : id;
  }

  edgeTo(target) {
    const { edge } = this.line;
    const rows = target.row ? [target.row] : [];
    return { ...edge, id: "preview", [this.which]: { ...edge[this.which], element: target.id, rows } };
  }

  isSame({ id, row }) {
    const { element, rows } = this.line.edge[this.which];
    return element === id && (!row || rows.includes(row));
  }

  finish(press) {
    this.move(press);
    const { editor, wish, target, moved } = this;
    this.end();
    if (!moved || !target || this.isSame(target)) {
      return;
    }
    if (wish.refused) {
      editor.toasts.show(wish.refused, undefined, "error");
      return;
    }
    const edit = editor.run(wish.command);
    if (edit) {
      editor.select(edit.select ?? []);
      editor.toasts.show(`${edit.label}.`, editor.undoAction());
    }
  }
}

/**
 * Returns which end of a relationship an end of a line stands for: the number in the id of a line from its figure; of a line
 * between two entities the one that it was drawn for, the many side first.
 */
export function endIndex({ id, ends = [] }, line, which) {
  const numbered = /\.(\d+)$/.exec(line);
  if (line !== id && numbered) {
    return Number(numbered[1]);
  }
  const [first, second] = ends;
  const swapped = first?.max === 1 && second?.max !== 1;
  return (which === "source") === swapped ? 1 : 0;
}

/** So near to the middle of a line, in units of the diagram, its name is meant. */
const NAME = 44;

/**
 * Returns which end of the line of a relationship is meant at a point, or null where its name is meant. A line from a figure
 * has one end that says something.
 * @returns {"source" | "target" | null}
 */
export function relatedEnd(line, { x, y }) {
  if (line?.edge.kind !== "relationship" || line.route === null) {
    return null;
  }
  const away = ([px, py]) => Math.hypot(px - x, py - y);
  if (line.edge.source.shape !== "foot") {
    return "target";
  }
  const { source, target, label } = line.route;
  const near = Math.min(away(source.point), away(target.point));
  return near > away(label) || away(label) < NAME ? null : away(source.point) === near ? "source" : "target";
}

function boxRound([x, y]) {
  return { x: x - 1, y: y - 1, w: 2, h: 2 };
}
