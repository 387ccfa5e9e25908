/** An edit that nobody has made yet, shown on the canvas as a diff. The design stays as it is; only the picture is another. */

import { ChangeConflict, apply, changeFrom } from "../doc/change.js";
import { union } from "../geometry/box.js";
import { diffOf, ghosts } from "../render/diff_of.js";
import { sourceOver } from "../render/scene_source.js";
import { aboveThePanel } from "./narrow.js";

export class NormalizationPreview {
  /** @param {object} page */
  constructor(page) {
    this.page = page;
    this.shown = null;
  }

  /** The panel was drawn anew: shows the change that stands in it, or nothing where none does. */
  drawn(part) {
    if (!part) {
      this.leave();
    } else if (part.dataset.change !== this.shown) {
      this.show(part.dataset.change);
    }
  }

  show(text) {
    const { page } = this;
    const change = changeFrom(JSON.parse(text));
    const { design } = page.store;
    let after;
    try {
      after = apply(design, change);
    } catch (error) {
      if (!(error instanceof ChangeConflict)) throw error;
      return; // somebody has just edited the table; the panel is drawn anew in a moment
    }
    if (this.shown === null) {
      this.before = { canEdit: page.editor.canEdit, transform: page.view.transform };
    }
    this.shown = text;
    for (const record of ghosts(design, change)) {
      after.put(record);
    }
    this.picture(after, diffOf(design, change, page.scene.diagram?.id));
    this.allow(false);
    this.look();
  }

  /** Shows the design as it is. */
  leave() {
    if (this.shown !== null) {
      this.shown = null;
      this.picture(this.page.store.design, null);
      this.allow(this.before.canEdit);
      this.page.view.flyTo(this.before.transform);
    }
  }

  picture(design, diff) {
    const { scene, view } = this.page;
    scene.dress.diff = diff;
    scene.load(sourceOver(design), scene.diagram?.id ?? null);
    view.refresh();
  }

  /** Nothing can be edited while what is seen is not what is there. */
  allow(edits) {
    const { editor, view, toolbar } = this.page;
    editor.canEdit = view.marks.canEdit = edits;
    toolbar.refresh();
  }

  look() {
    const { scene, view } = this.page;
    const boxes = [...scene.dress.diff.nodes.keys()].map((id) => scene.nodes.get(id)).filter(Boolean);
    if (boxes.length > 0) {
      view.show(aboveThePanel(union(boxes), view.size), { margin: 40 });
    }
  }
}
