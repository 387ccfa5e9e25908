/**
 * What deriving or updating would do, shown on the canvas as a diff: the design stays as it is, only the picture is another.
 * A change may touch several models, so the preview can be turned from one diagram to another.
 */

import { ChangeConflict, apply, changeFrom } from "../doc/change.js";
import { union } from "../geometry/box.js";
import { diffOf, ghosts } from "../render/diff_of.js";
import { sourceOver } from "../render/scene_source.js";
import { fillDiagrams } from "./diagram_select.js";
import { aboveThePanel } from "./narrow.js";

/** Kinds that are put beside the result where they go, so that it can be seen what goes. */
const SHOWN_GONE = ["table", "view", "entity", "relationship", "placement", "column", "attribute"];
const ROWS = new Set(["column", "attribute"]);

export class LevelsPreview {
  /** @param {object} page */
  constructor(page) {
    this.page = page;
    this.after = null;
  }

  get shown() {
    return this.after !== null;
  }

  /**
   * Shows a change on a diagram, which it may add itself.
   * @param {{change: object, diagram: string, conflicts: string[]}} picture `conflicts` are what somebody has to decide about
   * @returns {boolean} whether it fits the design as it is
   */
  show({ change: data, diagram, conflicts }) {
    const { page } = this;
    const change = changeFrom(data);
    const { design } = page.store;
    const before = this.shown ? this.before : { canEdit: page.editor.canEdit, transform: page.view.transform, diagram: page.scene.diagram?.id ?? null };
    try {
      this.after = apply(design, change);
    } catch (error) {
      if (!(error instanceof ChangeConflict)) throw error;
      return false; // somebody has just edited the design; the panel is drawn anew in a moment
    }
    this.before = before;
    for (const record of [...ghosts(design, change), ...gone(change)]) {
      this.after.put(record);
    }
    this.diff = withConflicts(diffOf(design, change), conflicts, this.after);
    this.allow(false);
    this.turn(this.after.has(diagram) ? diagram : before.diagram);
    return true;
  }

  /** Shows another diagram of what would be. */
  turn(diagram) {
    const moved = this.page.scene.diagram?.id !== diagram;
    this.picture(this.after, this.diff, diagram);
    this.look(moved);
  }

  /** Shows the design as it is, where it was looked at before. */
  leave() {
    if (this.shown) {
      const { page, before } = this;
      this.after = null;
      const { design } = page.store;
      const same = design.has(before.diagram);
      this.picture(design, null, same ? before.diagram : page.scene.diagram?.id ?? null);
      this.allow(before.canEdit);
      page.view.land();
      page.view.lookFrom(before.transform);
      page.describeEmptiness();
    }
  }

  /** The page shows a diagram of the design again by itself; only what the preview changed is put back. */
  drop() {
    if (this.shown) {
      this.after = null;
      this.page.scene.dress.diff = null;
      this.page.view.refresh();
      this.allow(this.before.canEdit);
    }
  }

  picture(design, diff, diagram) {
    const { scene, view, states } = this.page;
    scene.dress.diff = diff;
    scene.load(sourceOver(design), diagram);
    fillDiagrams(document.getElementById("diagram-select"), design, diagram);
    scene.nodes.size > 0 && states.clear();
    view.refresh();
    this.page.outline.paint();
  }

  /** Nothing can be edited while what is seen is not what is there. */
  allow(edits) {
    const { editor, view, toolbar } = this.page;
    editor.canEdit = view.marks.canEdit = edits;
    toolbar.refresh();
  }

  /** Flies to what changes; where a whole diagram is new, to all of it. */
  look(moved) {
    const { scene, view } = this.page;
    const boxes = [...this.diff.nodes.keys()].map((id) => scene.nodes.get(id)).filter(Boolean);
    if (boxes.length > 0 || moved) {
      const box = boxes.length > 0 ? union(boxes) : scene.bounds();
      box && view.show(aboveThePanel(box, view.size), { margin: 20, fly: !moved });
    }
  }

  /** Flies to one element, on whichever diagram of the preview shows it. */
  go(id) {
    const element = ROWS.has(this.after.get(id)?.kind) ? this.after.get(id).parent : id;
    const { scene, view } = this.page;
    if (!scene.nodes.has(element)) {
      const placement = [...this.after.referrers(element)].map((each) => this.after.get(each)).find(({ kind }) => kind === "placement");
      placement && this.picture(this.after, this.diff, placement.parent);
    }
    const box = scene.nodes.get(element) ?? scene.lines.get(element);
    if (box) {
      this.page.editor.select([id]);
      view.show(aboveThePanel({ x: box.x - 120, y: box.y - 80, w: box.w + 240, h: box.h + 160 }, view.size), { margin: 24 });
    }
  }
}

/** What goes altogether, once more, as it was. */
function gone(change) {
  return Object.values(change.removed ?? {}).filter(({ kind, parent }) => SHOWN_GONE.includes(kind) && (!ROWS.has(kind) || change.removed[parent]));
}

function withConflicts(diff, ids, design) {
  for (const id of ids) {
    const record = design.get(id);
    const element = record && (diff.nodes.has(id) || !ROWS.has(record.kind) ? id : record.parent);
    record && ROWS.has(record.kind) && diff.rows.set(id, "conflict");
    for (let at = design.get(element), steps = 0; at && steps < 3; at = design.get(at.parent), steps += 1) {
      if (["table", "view", "entity", "relationship"].includes(at.kind)) {
        diff.nodes.set(at.id, "conflict");
        break;
      }
    }
  }
  return diff;
}

