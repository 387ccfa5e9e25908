/** Turns events of pointer and wheel into panning, zooming, and what the tool in hand gets. */

import { hitAt } from "./hit.js";

const WHEEL_LINE = 16;
/** One notch of a wheel (100 pixels) zooms by about a quarter. */
const WHEEL_ZOOM = 0.0022;
const MOST_PER_EVENT = 60;
/** Milliseconds after which a resting finger opens the menu: more than it takes to pick up a row, less than a browser's own. */
const LONG_PRESS = 460;
/** Two taps within so many milliseconds and pixels are a double tap. */
const DOUBLE_TAP = 380;
const TAP_SPREAD = 24;
/** A resting finger trembles so many pixels. */
const TREMBLE = 9;

/**
 * Listens on the canvas. Returns `{destroy, spaceDown, spaceUp}`.
 * @param {object} editor
 */
export function listen(editor) {
  return new Input(editor);
}

class Input {
  constructor(editor) {
    this.editor = editor;
    this.canvas = editor.view.canvas;
    this.pointers = new Map();
    this.mode = null; // null, "tool", "pan", "pinch", "held" (the menu came under the finger)
    this.space = false;
    this.canvas.addEventListener("pointerdown", (event) => this.onDown(event));
    this.canvas.addEventListener("pointermove", (event) => this.onMove(event));
    this.canvas.addEventListener("pointerup", (event) => this.onUp(event));
    this.canvas.addEventListener("pointercancel", (event) => this.onCancel(event));
    this.canvas.addEventListener("pointerleave", () => this.onLeave());
    this.canvas.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.canvas.addEventListener("dblclick", (event) => this.onDouble(event));
    this.canvas.addEventListener("contextmenu", (event) => this.onMenu(event));
    this.canvas.addEventListener("click", (event) => this.onClick(event));
    this.canvas.addEventListener("touchend", (event) => this.onTouchEnd(event), { passive: false });
  }

  /** Returns the point of an event on the canvas. */
  pointOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  pressOf(event) {
    const { view, scene } = this.editor;
    const point = this.pointOf(event);
    const world = view.worldAt(point);
    return {
      point, world, hit: hitAt(scene, world, view.transform.k, view.marks),
      shift: event.shiftKey, alt: event.altKey, mod: event.ctrlKey || event.metaKey, touch: event.pointerType === "touch",
    };
  }

  onDown(event) {
    const press = this.pressOf(event);
    this.canvas.focus({ preventScroll: true });
    this.editor.view.land();
    this.pointers.set(event.pointerId, press.point);
    this.canvas.setPointerCapture(event.pointerId);
    if (this.pointers.size === 2) {
      this.startPinch();
    } else if (this.pansWith(event, press)) {
      this.mode = "pan";
      this.panned = { point: press.point, tap: event.pointerType === "touch" };
      this.showCursor("grabbing");
    } else if (event.button === 0 && this.pointers.size === 1) {
      this.mode = "tool";
      this.editor.tool.down(press);
    }
    this.watchFinger(event, press);
  }

  pansWith(event, press) {
    const finger = event.pointerType === "touch" && !press.hit && this.editor.toolName === "select";
    return event.button === 1 || (event.button === 0 && this.space) || finger;
  }

  onMove(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) {
      this.hover(event);
      return;
    }
    const point = this.pointOf(event);
    if (this.rest && distance(this.rest.point, point) > TREMBLE) {
      this.letRest();
    }
    if (this.mode === "pan") {
      this.editor.view.panBy(point.x - before.x, point.y - before.y);
    } else if (this.mode === "pinch") {
      this.pinch(event.pointerId, point);
    } else if (this.mode === "tool") {
      this.editor.tool.move(this.pressOf(event));
    }
    this.pointers.set(event.pointerId, point);
  }

  onUp(event) {
    if (!this.pointers.delete(event.pointerId)) {
      return;
    }
    const { mode } = this;
    this.letRest();
    this.wasHeld = mode === "held";
    this.mode = this.pointers.size > 0 && mode === "pinch" ? "pan" : null;
    if (mode === "tool") {
      this.editor.tool.up(this.pressOf(event));
    } else if (mode === "pan" && this.panned?.tap && near(this.panned.point, this.pointOf(event))) {
      this.editor.select([]);
    }
    this.hover(event);
  }

  onCancel(event) {
    this.pointers.delete(event.pointerId);
    this.letRest();
    if (this.mode === "tool") {
      this.editor.tool.cancel();
    }
    this.mode = null;
  }

  onLeave() {
    if (this.pointers.size === 0) {
      this.editor.hover(null);
    }
  }

  hover(event) {
    if (event.pointerType === "touch") {
      return;
    }
    const press = this.pressOf(event);
    this.editor.pointer = press;
    this.editor.hover(this.space ? null : press.hit);
    this.editor.tool.hover?.(press);
    this.showCursor(this.space ? "grab" : this.editor.tool.cursor(press.hit));
  }

  showCursor(cursor) {
    if (this.cursor !== cursor) {
      this.cursor = cursor;
      this.canvas.style.setProperty("cursor", cursor);
    }
  }

  // A finger that rests, and one that taps twice

  /** Opens the menu under a finger that stays; browsers differ in whether they tell of it, so a clock does. */
  watchFinger(event, press) {
    this.letRest();
    if (press.touch && this.pointers.size === 1) {
      const { clientX, clientY } = event;
      this.rest = { point: press.point, timer: setTimeout(() => this.openUnderFinger(press, { clientX, clientY }), LONG_PRESS) };
    }
  }

  letRest() {
    clearTimeout(this.rest?.timer);
    this.rest = null;
  }

  openUnderFinger(press, at) {
    this.letRest();
    if (this.mode === "tool" && this.editor.tool.holdsRows) {
      return; // the rows that a long press took up have their menu when the finger leaves
    }
    if (this.mode === "tool") {
      this.editor.tool.cancel();
    }
    this.mode = "held";
    globalThis.navigator?.vibrate?.(10);
    this.editor.openMenu(press, at);
  }

  /** The mouse events that some browsers send after a touch would take the focus from the menu. */
  onTouchEnd(event) {
    if (this.wasHeld) {
      event.preventDefault();
    }
    this.wasHeld = false;
  }

  onClick(event) {
    if (event.pointerType !== "touch" || this.editor.toolName !== "select") {
      return;
    }
    const tap = { point: this.pointOf(event), time: event.timeStamp };
    const isSecond = this.tap && tap.time - this.tap.time < DOUBLE_TAP && distance(tap.point, this.tap.point) < TAP_SPREAD;
    this.tap = isSecond ? null : tap;
    if (isSecond) {
      this.doubled = event.timeStamp;
      this.editor.doubleClick(this.pressOf(event));
    }
  }

  // Two fingers

  startPinch() {
    this.letRest();
    if (this.mode === "tool") {
      this.editor.tool.cancel();
    }
    this.mode = "pinch";
    this.panned = null;
  }

  pinch(id, point) {
    const { view } = this.editor;
    const [other] = [...this.pointers].filter(([each]) => each !== id).map(([, at]) => at);
    const before = this.pointers.get(id);
    const spread = distance(point, other) / Math.max(1, distance(before, other));
    const shift = { x: (point.x - before.x) / 2, y: (point.y - before.y) / 2 };
    view.panBy(shift.x, shift.y);
    view.zoomBy(spread, { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 });
  }

  // Wheel and trackpad

  onWheel(event) {
    event.preventDefault();
    const { view } = this.editor;
    const unit = event.deltaMode === 1 ? WHEEL_LINE : event.deltaMode === 2 ? view.size.h : 1;
    if (event.ctrlKey || event.metaKey) {
      // Browsers send a pinch on a trackpad as a wheel with ctrl and small steps.
      const turn = Math.max(-MOST_PER_EVENT * 2, Math.min(MOST_PER_EVENT * 2, event.deltaY * unit));
      const gain = Math.abs(turn) < 30 ? WHEEL_ZOOM * 4 : WHEEL_ZOOM;
      view.zoomBy(Math.exp(-turn * gain), this.pointOf(event));
    } else {
      const sideways = event.shiftKey && event.deltaX === 0;
      const [dx, dy] = sideways ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      view.panBy(-dx * unit, -dy * unit);
    }
    this.hover(event);
  }

  onDouble(event) {
    if (!this.doubled || event.timeStamp - this.doubled > DOUBLE_TAP) {
      this.editor.doubleClick(this.pressOf(event));
    }
  }

  onMenu(event) {
    event.preventDefault();
    if (event.pointerType === "touch") {
      return; // watchFinger opens it
    }
    this.editor.openMenu(this.pressOf(event), event);
  }

  // Space is the hand.

  spaceDown() {
    this.space = true;
    this.showCursor("grab");
  }

  spaceUp() {
    this.space = false;
    this.showCursor("default");
  }
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function near(a, b) {
  return distance(a, b) < 6;
}
