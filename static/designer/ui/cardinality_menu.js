/** The menu that asks how two things are connected, or which of some choices holds. */

import { ContextMenu } from "./context_menu.js";
import { spelled } from "./connect_hint.js";

/** So long, in milliseconds, a browser may wait for a second tap. */
const TAP = 400;

export class CardinalityMenu {
  /** @param {HTMLCanvasElement} canvas gets the focus back */
  constructor(canvas) {
    this.canvas = canvas;
    this.closed = () => undefined;
    this.menu = new ContextMenu(document.body, () => {
      const { closed } = this;
      this.closed = () => undefined;
      closed();
      canvas.focus({ preventScroll: true });
    });
  }

  /**
   * Asks at a point of the canvas; what was asked before is closed.
   * @param {string} title what it is about, for people who do not see where it opened
   * @param {({label: string, keys?: string, title?: string, disabled?: boolean, run: () => void} | null)[]} entries
   * @param {{x: number, y: number}} point
   * @param {() => void} [closed] called once when it is gone, before an entry runs
   */
  ask(title, entries, point, closed = () => undefined) {
    this.menu.hide();
    this.closed = closed;
    this.keepFocus();
    const box = this.canvas.getBoundingClientRect();
    const spelt = entries.map((entry) => entry && { ...entry, keys: spelled(entry.keys ?? "") });
    this.menu.show(box.left + point.x, box.top + point.y, spelt, { title, className: "cardinality-menu" });
  }

  /** After a tap the browser sends the mouse events that it would have been; the first would take the focus from the menu. */
  keepFocus() {
    this.canvas.addEventListener("mousedown", (event) => event.preventDefault(), { once: true, signal: AbortSignal.timeout(TAP) });
  }
}
