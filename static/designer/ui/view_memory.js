/** Where one looked at each diagram, for as long as the tab lives: a reload finds everything where it was. */

import { Transform } from "../geometry/transform.js";

export class ViewMemory {
  /** @param {object} view @param {Storage | null} storage */
  constructor(view, storage) {
    this.view = view;
    this.storage = storage;
  }

  /** Keeps where the view on a diagram is. */
  keep(diagram) {
    if (!diagram) {
      return;
    }
    const { k, x, y } = this.view.transform;
    try {
      this.storage?.setItem(nameOf(diagram), JSON.stringify([k, x, y, this.view.size.w, this.view.size.h]));
    } catch {
      // The storage is full: the next visit shows the whole diagram.
    }
  }

  /** Looks at a diagram from where one did before; returns false where that is not known, or the window has another size. */
  restore(diagram) {
    const kept = diagram ? parsed(this.storage?.getItem(nameOf(diagram))) : null;
    if (!kept) {
      return false;
    }
    const [k, x, y, w, h] = kept;
    const { size } = this.view;
    if (Math.abs(w - size.w) > 200 || Math.abs(h - size.h) > 200) {
      return false;
    }
    this.view.lookFrom(new Transform(k, x + (size.w - w) / 2, y + (size.h - h) / 2));
    return true;
  }
}

function nameOf(diagram) {
  return `wholekey:view:${diagram}`;
}

function parsed(text) {
  try {
    const kept = JSON.parse(text ?? "null");
    return Array.isArray(kept) && kept.length === 5 && kept.every(Number.isFinite) && kept[0] > 0 ? kept : null;
  } catch {
    return null;
  }
}
