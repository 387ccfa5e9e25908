/** The legend over the canvas: each sign of the notation with what it means. */

import { LEGENDS } from "../geometry/notations/legends.js";
import { SAMPLE_W, heightOf, paintSample } from "../render/paint_legend.js";

export class Legend {
  /**
   * @param {HTMLElement} stage
   * @param {{closed: () => void}} hooks
   */
  constructor(stage, { closed }) {
    this.panel = document.createElement("section");
    this.panel.className = "legend";
    this.panel.hidden = true;
    this.panel.setAttribute("aria-labelledby", "legend-title");
    this.panel.tabIndex = -1;
    this.closed = closed;
    this.panel.append(this.head(), list());
    this.panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.hide();
      }
    });
    stage.append(this.panel);
  }

  head() {
    const head = document.createElement("header");
    const title = document.createElement("h2");
    title.id = "legend-title";
    const close = document.createElement("button");
    close.type = "button";
    close.className = "legend-close";
    close.textContent = "×";
    close.setAttribute("aria-label", "Close the legend");
    close.addEventListener("click", () => this.hide());
    head.append(title, close);
    return head;
  }

  get open() {
    return !this.panel.hidden;
  }

  /** Shows the legend of a notation in the colours of the canvas. */
  show(notation, theme) {
    this.panel.querySelector("h2").textContent = `Legend: ${notation.title}`;
    this.panel.dataset.notation = notation.name;
    this.panel.querySelector("ul").replaceChildren(...LEGENDS[notation.name].map((entry) => itemOf(entry, notation, theme)));
    this.panel.hidden = false;
  }

  hide() {
    this.panel.hidden = true;
    this.closed();
  }
}

function list() {
  const items = document.createElement("ul");
  items.tabIndex = 0;
  items.setAttribute("aria-label", "Signs and what they mean");
  return items;
}

function itemOf(entry, notation, theme) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = entry.text;
  item.append(sampleOf(entry, notation, theme), text);
  return item;
}

function sampleOf(entry, notation, theme) {
  const canvas = document.createElement("canvas");
  const ratio = Math.min(3, globalThis.devicePixelRatio || 1);
  canvas.width = Math.round(SAMPLE_W * ratio);
  canvas.height = Math.round(heightOf(entry) * ratio);
  canvas.classList.toggle("is-high", entry.element?.rows.length > 0);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", entry.sign || (entry.edge ? "a line" : "a box"));
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  paintSample(context, entry, notation, { ...theme, canvasBg: theme.tableBg });
  return canvas;
}
