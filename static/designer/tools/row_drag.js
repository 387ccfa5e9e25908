/** Rows of a box while they are dragged to another place in it: they move there, with Alt copies of them do. */

import { duplicateColumns, moveColumns } from "../doc/commands/index.js";

const ROWS = new Set(["column", "attribute"]);
/** A pointer so far outside of the box, in pixels of the screen, means none of its rows. */
const NEAR = 120;
const MANY = 3;

/**
 * Returns the rows that a press on one would drag: those selected with it where it is selected itself; none where it cannot
 * be dragged.
 * @param {object} editor
 * @param {{id: string, row?: string}} hit
 * @returns {string[]}
 */
export function rowsToDrag(editor, hit) {
  const { design, selection, scene } = editor;
  const row = design.get(hit.row);
  const movable = editor.canEdit && !scene.nodes.get(hit.id)?.core && ROWS.has(row?.kind) && design.get(row.parent)?.kind !== "view";
  if (!movable) {
    return [];
  }
  const siblings = design.childrenOf(row.parent, row.kind).map(({ id }) => id);
  return selection.has(hit.row) ? siblings.filter((id) => selection.has(id)) : [hit.row];
}

export class RowDrag {
  /** @param {object} editor @param {string} box the id of the box @param {string[]} rows */
  constructor(editor, box, rows) {
    this.editor = editor;
    this.box = box;
    this.rows = rows;
    this.target = null;
    this.chip = chipFor(rows.map((id) => editor.design.get(id)?.name ?? ""));
    this.layer.append(this.chip);
  }

  get layer() {
    return this.editor.texts.input.overlay;
  }

  /** The rows that these can stand between, in order, with where each begins and the last one ends. */
  places() {
    const { scene, design } = this.editor;
    const node = scene.nodes.get(this.box);
    const { parent, kind } = design.get(this.rows[0]) ?? {};
    const shown = new Map((node?.rows ?? []).map((row) => [row.id, row]));
    const siblings = design.childrenOf(parent, kind).filter(({ id }) => shown.has(id));
    const places = siblings.map(({ id }) => ({ before: id, y: node.y + shown.get(id).y }));
    const last = siblings.at(-1);
    return last ? [...places, { before: null, y: node.y + this.endOf(last.id, node) }] : [];
  }

  /** Where a row ends with the parts that stand under it. */
  endOf(id, node) {
    const { design } = this.editor;
    const within = (row) => row === id || (design.get(row)?.kind === "attribute" && within(design.get(row).parent));
    const last = node.rows.findLast((row) => within(row.id));
    return last.y + last.h;
  }

  move(press) {
    const { scene, view } = this.editor;
    const node = scene.nodes.get(this.box);
    this.copying = press.alt;
    const reach = NEAR / view.transform.k;
    const { x, y } = press.world;
    const near = node && x > node.x - reach && x < node.x + node.w + reach && y > node.y - reach && y < node.y + node.h + reach;
    this.target = near ? nearest(this.places(), y) : null;
    view.marks.insertion = this.target ? { x: node.x + 2, y: this.target.y, w: node.w - 4 } : null;
    this.followPointer(press.point);
    view.draw();
  }

  followPointer({ x, y }) {
    this.chip.dataset.copy = String(Boolean(this.copying));
    this.chip.style.setProperty("left", `${x + 14}px`);
    this.chip.style.setProperty("top", `${y + 10}px`);
  }

  finish(press) {
    this.move(press);
    const { target, editor, rows } = this;
    this.end();
    if (!target) {
      return;
    }
    const command = this.copying ? duplicateColumns : moveColumns;
    const edit = editor.run(() => command(editor.design, { ids: rows, before: target.before }));
    if (edit) {
      editor.select(edit.select ?? rows);
    }
  }

  end() {
    this.chip.remove();
    this.editor.view.marks.insertion = null;
    this.editor.view.draw();
  }
}

function nearest(places, y) {
  return places.reduce((best, place) => (best === null || Math.abs(place.y - y) < Math.abs(best.y - y) ? place : best), null);
}

function chipFor(names) {
  const chip = document.createElement("div");
  chip.className = "drag-chip";
  chip.setAttribute("aria-hidden", "true");
  const shown = names.length > MANY ? [...names.slice(0, MANY - 1), `and ${names.length - MANY + 1} more`] : names;
  for (const name of shown) {
    const line = document.createElement("span");
    line.textContent = name;
    chip.append(line);
  }
  return chip;
}

/**
 * Moves the selected rows one place up or down among their siblings; returns whether they can.
 * @param {object} editor
 * @param {-1 | 1} step
 */
export function stepRows(editor, step) {
  const { design } = editor;
  const rows = [...editor.selection].filter((id) => ROWS.has(design.get(id)?.kind));
  const parents = new Set(rows.map((id) => design.get(id).parent));
  if (rows.length === 0 || parents.size !== 1 || rows.length !== editor.selection.size) {
    return false;
  }
  const first = design.get(rows[0]);
  const siblings = design.childrenOf(first.parent, first.kind).map(({ id }) => id);
  const at = siblings.map((id, index) => (rows.includes(id) ? index : -1)).filter((index) => index >= 0);
  const edge = step < 0 ? at[0] === 0 : at.at(-1) === siblings.length - 1;
  if (edge) {
    editor.announce(step < 0 ? "Already the first" : "Already the last");
    return true;
  }
  const before = step < 0 ? siblings[at[0] - 1] : siblings[at.at(-1) + 2] ?? null;
  editor.run(() => moveColumns(design, { ids: rows, before }));
  return true;
}
