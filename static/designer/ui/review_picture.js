/**
 * Two states on the canvas: before, after, or both with what is gone as ghosts. Where the newer one is the design itself, it can be
 * edited meanwhile and the marks follow; else what is seen is only looked at.
 */

import { union } from "../geometry/box.js";
import { Ghosts } from "../render/ghosts.js";
import { ghostsOf, marksOf, withConflicts } from "../render/review_marks.js";
import { Compared } from "../render/review_states.js";
import { sourceOver } from "../render/scene_source.js";
import { fillDiagrams } from "./diagram_select.js";
import { aboveThePanel } from "./narrow.js";

/** Milliseconds after an edit until the marks follow. */
const SOON = 120;
/** From this zoom on a whole diagram is shown rather than what is marked of it. */
const READABLE = 0.5;
const EMPTY = { nodes: new Map(), rows: new Map(), lines: new Map() };

export class ReviewPicture {
  /** @param {object} page */
  constructor(page) {
    this.page = page;
    this.compared = null;
    this.side = "both";
    this.touched = new Set();
  }

  get shown() {
    return this.compared !== null;
  }

  /** Whether what is seen can be edited. */
  get editable() {
    return this.live && this.side !== "before";
  }

  /**
   * Shows two states.
   * @param {object} before
   * @param {object | null} after null is the design of the page, as it is and as it becomes
   * @param {string[]} conflicts what somebody has to decide
   */
  show(before, after, conflicts = []) {
    const first = !this.shown;
    if (first) this.mayEdit = this.page.editor.canEdit;
    this.live = after === null;
    this.compared = new Compared(before, after ?? this.page.store.design);
    this.conflicts = conflicts;
    this.ghosts = null;
    this.picture();
    return first;
  }

  /** Shows before, after or both. */
  turnSide(side) {
    this.side = side;
    this.ghosts = null;
    this.shown && this.picture();
  }

  /** Some records were edited: the marks follow in a moment. */
  touch(ids) {
    if (this.shown && this.live) {
      for (const id of ids) this.touched.add(id);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.follow(), SOON);
    }
  }

  follow() {
    if (this.shown) {
      this.compared.touch(this.touched);
      this.touched = new Set();
      const before = this.ghosts;
      this.mark();
      sameGhosts(before, this.ghosts) ? this.page.view.refresh() : this.picture();
    }
  }

  /** Another diagram is shown by the page; where what is seen is another design, that is put in its place again. */
  switched() {
    if (this.shown) {
      this.editable ? this.mark() : this.picture();
      this.page.view.refresh();
    }
  }

  /** Works out marks and ghosts of the diagram that is shown. */
  mark() {
    const { compared, page: { scene }, side } = this;
    const { change } = compared;
    const marks = marksOf(compared.before, compared.after, change, scene.diagram?.id ?? null);
    withConflicts(marks, this.conflicts, side === "before" ? compared.before : compared.after);
    scene.dress.review = { ...marks, solid: side === "before" };
    this.ghosts = side === "both" ? new Ghosts(ghostsOf(compared.before, change)) : null;
    scene.ghosts = this.ghosts?.size > 0 ? this.ghosts : null;
  }

  get design() {
    return this.side === "before" ? this.compared.before : this.compared.after;
  }

  picture(diagram = this.page.scene.diagram?.id ?? null) {
    const { page, design } = this;
    const { scene, view, states } = page;
    const known = design.has(diagram) ? diagram : design.ofKind("diagram")[0]?.id ?? null;
    this.mark();
    scene.load(sourceOver(design), known);
    this.mark(); // what has moved on this diagram
    fillDiagrams(document.getElementById("diagram-select"), design, known);
    this.allow(this.editable ? this.mayEdit : false);
    page.editor.prune();
    scene.nodes.size > 0 && states.clear();
    view.refresh();
    page.outline.paint();
  }

  allow(edits) {
    const { editor, view, toolbar } = this.page;
    if (editor.canEdit !== edits) {
      editor.canEdit = view.marks.canEdit = edits;
      toolbar.refresh();
    }
  }

  /** Shows the design as it is, without marks. */
  leave() {
    if (this.shown) {
      const { page } = this;
      const { scene, store } = page;
      const asItWas = this.editable;
      this.compared = null;
      clearTimeout(this.timer);
      scene.dress.review = scene.ghosts = null;
      this.allow(this.mayEdit);
      const at = store.design.has(scene.diagram?.id) ? scene.diagram.id : null;
      asItWas && at ? scene.load(sourceOver(store.design), at) : page.showDiagram(at ?? store.design.ofKind("diagram")[0]?.id ?? null);
      page.view.refresh();
      page.describeEmptiness();
    }
  }

  // Looking

  /** Shows a diagram of what is seen. */
  turn(diagram) {
    const { store, scene } = this.page;
    if (scene.diagram?.id === diagram) {
      this.look();
    } else if (store.design.has(diagram)) {
      this.page.showDiagram(diagram);
      this.look(false);
    } else {
      this.picture(diagram);
      this.look(false);
    }
  }

  /** Shows all of a diagram that has marks, where it can be read then; tells whether it does. */
  lookAtAll() {
    const { scene, view } = this.page;
    const all = scene.bounds();
    const room = all && Math.min((view.size.w - view.covered) / (all.w + 80), view.size.h / (all.h + 80));
    const { nodes } = scene.dress.review ?? EMPTY;
    const shows = room >= READABLE && [...nodes.keys()].some((id) => scene.nodes.has(id));
    shows && view.show(aboveThePanel(grown(all), view.size), { margin: 24, fly: false });
    return shows;
  }

  /** Flies to all that is marked on the diagram; tells whether anything is. */
  look(fly = true) {
    const { scene, view } = this.page;
    const { nodes, lines } = scene.dress.review ?? EMPTY;
    const boxes = [...[...nodes.keys()].map((id) => scene.item(id)), ...[...lines.keys()].map((id) => scene.lines.get(id))].filter(Boolean);
    const box = boxes.length > 0 ? union(boxes) : scene.bounds();
    box && view.show(aboveThePanel(grown(box), view.size), { margin: 24, fly });
    return boxes.length > 0;
  }

  /**
   * Flies to a record, on the diagram that is shown if it is there, else on one of those that show it.
   * @returns {boolean} whether it is on any
   */
  go(id, diagrams = []) {
    const { view, editor } = this.page;
    const box = () => this.boxOf(id);
    if (!box()) {
      const other = diagrams.find((each) => this.design.has(each)) ?? this.diagramOf(id);
      other && this.turn(other);
    }
    editor.select([id]);
    const found = box();
    found && view.show(aboveThePanel({ x: found.x - 140, y: found.y - 90, w: found.w + 280, h: found.h + 180 }, view.size), { margin: 24 });
    return Boolean(found);
  }

  /** Returns what is drawn of a record: its box, that of its owner, or its line. */
  boxOf(id) {
    const { scene } = this.page;
    const { before, after } = this.compared;
    let record = after.get(id) ?? before.get(id);
    for (let steps = 0; record && steps < 8; steps += 1) {
      const shown = scene.item(scene.shownBy(record.id) ?? record.id) ?? scene.lines.get(record.id);
      if (shown) return shown;
      record = after.get(record.parent) ?? before.get(record.parent);
    }
    return null;
  }

  diagramOf(id) {
    const { before, after } = this.compared;
    for (let record = after.get(id) ?? before.get(id), steps = 0; record && steps < 8; steps += 1) {
      for (const design of [after, before]) {
        const placement = [...design.referrers(record.id)].map((each) => design.get(each)).find((each) => each.kind === "placement" && this.design.has(each.parent));
        if (placement) return placement.parent;
      }
      record = after.get(record.parent) ?? before.get(record.parent);
    }
    return null;
  }

  /** Returns how many boxes and lines are marked on each diagram of what is seen, as `[id, name, count]`. */
  counts() {
    const { before, after, change } = this.compared;
    const { nodes, lines } = marksOf(before, after, change, null);
    return after.ofKind("diagram").map((diagram) => {
      const shown = new Set(after.childrenOf(diagram.id, "placement").map(({ element }) => element));
      const ends = [...lines.keys()].filter((id) => !nodes.has(id) && isBetween(after.get(id) ?? before.get(id), shown));
      return [diagram.id, diagram.name || "Diagram", [...nodes.keys()].filter((id) => shown.has(id)).length + ends.length];
    }).filter(([, , count]) => count > 0);
  }
}

/** Whether a relationship's or generalization's line stands between elements of a diagram; a foreign key marks its table. */
function isBetween(record, shown) {
  const ends = record.ends?.map(({ entity }) => entity) ?? [record.supertype, ...(record.subtypes ?? [])].filter(Boolean);
  return ends.length > 0 && ends.every((each) => shown.has(each));
}

function sameGhosts(one, other) {
  const [first, second] = [one?.byId ?? new Map(), other?.byId ?? new Map()];
  return first.size === second.size && [...first].every(([id, record]) => sameRecord(second.get(id), record));
}

function sameRecord(one, other) {
  return one === other || (one !== undefined && one.id === other.id && one.parent === other.parent);
}

function grown({ x, y, w, h }) {
  return { x: x - 20, y: y - 20, w: w + 40, h: h + 40 };
}

