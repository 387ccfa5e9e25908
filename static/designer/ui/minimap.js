/** The whole diagram, small, with a frame round what is in view. Drawn when the diagram changes, never while somebody pans. */

import { fit } from "../geometry/transform.js";

const MARGIN = 6;

export class Minimap {
  /**
   * @param {HTMLElement} host
   * @param {{scene: object, view: object, theme: () => object, go: (point: {x: number, y: number}) => void}} options
   */
  constructor(host, options) {
    Object.assign(this, options);
    this.panel = document.createElement("div");
    this.panel.className = "minimap";
    this.panel.setAttribute("aria-hidden", "true"); // the outline and the palette say the same in words
    this.canvas = document.createElement("canvas");
    this.frame = document.createElement("i");
    this.frame.className = "minimap-frame";
    this.panel.append(this.canvas, this.frame);
    host.append(this.panel);
    this.listen();
  }

  get shown() {
    return !this.panel.hidden;
  }

  toggle(shown) {
    this.panel.hidden = !shown;
    this.paint();
  }

  listen() {
    const { panel } = this;
    panel.addEventListener("pointerdown", (event) => {
      panel.setPointerCapture(event.pointerId);
      this.point(event);
      event.preventDefault();
    });
    panel.addEventListener("pointermove", (event) => panel.hasPointerCapture(event.pointerId) && this.point(event));
    panel.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.view.zoomBy(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) * 0.0022));
    }, { passive: false });
  }

  point(event) {
    const box = this.panel.getBoundingClientRect();
    if (this.transform) {
      this.go(this.transform.invert({ x: event.clientX - box.left, y: event.clientY - box.top }));
    }
  }

  /** Draws the diagram anew. */
  paint() {
    const bounds = this.shown ? this.scene.bounds() : null;
    this.panel.classList.toggle("is-empty", !bounds);
    if (!bounds) {
      this.transform = null;
      return;
    }
    const { clientWidth: w, clientHeight: h } = this.panel;
    this.size = { w, h }; // kept: to ask for it at each step of a pan would lay out the page
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    this.canvas.width = Math.round(w * ratio);
    this.canvas.height = Math.round(h * ratio);
    this.transform = fit(bounds, w, h, MARGIN, 1, 0);
    this.paintBoxes(this.canvas.getContext("2d"), ratio);
    this.follow();
  }

  paintBoxes(context, ratio) {
    const { k, x, y } = this.transform;
    const theme = this.theme();
    context.setTransform(k * ratio, 0, 0, k * ratio, x * ratio, y * ratio);
    context.fillStyle = theme.edge;
    context.globalAlpha = 0.25;
    for (const sheet of this.scene.sheets.values()) {
      context.fillRect(sheet.x, sheet.y, sheet.w, sheet.h);
    }
    context.globalAlpha = 0.85;
    const least = 1.5 / k;
    for (const node of this.scene.nodes.values()) {
      context.fillRect(node.x, node.y, Math.max(node.w, least), Math.max(node.h, least));
    }
    context.globalAlpha = 1;
  }

  /** Puts the frame round what the view shows. */
  follow() {
    if (!this.transform || !this.shown) {
      return;
    }
    const seen = this.view.visible();
    const at = this.transform.apply(seen);
    const left = Math.max(0, at.x);
    const top = Math.max(0, at.y);
    const right = Math.min(this.size.w, at.x + seen.w * this.transform.k);
    const bottom = Math.min(this.size.h, at.y + seen.h * this.transform.k);
    const style = this.frame.style;
    style.setProperty("transform", `translate(${left}px, ${top}px)`);
    style.setProperty("width", `${Math.max(4, Math.round(right - left))}px`);
    style.setProperty("height", `${Math.max(4, Math.round(bottom - top))}px`);
  }
}
