/** What the thing under a resting pointer means: its definition, beside the pointer. */

import { element } from "./dom.js";

const OFFSET = 16;

export class DefinitionHint {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.chip = element("div", "definition-hint", "");
    this.chip.setAttribute("role", "tooltip");
    this.chip.hidden = true;
    stage.append(this.chip);
  }

  /** @param {string} name @param {string} text @param {{x: number, y: number}} point of the stage */
  show(name, text, { x, y }) {
    this.chip.replaceChildren(element("strong", "", name), element("span", "", text));
    this.chip.hidden = false;
    const { clientWidth, clientHeight } = this.stage;
    const { offsetWidth: w, offsetHeight: h } = this.chip;
    const top = y + OFFSET + h > clientHeight - 8 ? y - OFFSET - h : y + OFFSET;
    this.chip.style.setProperty("left", `${Math.max(8, Math.min(x + OFFSET, clientWidth - w - 8))}px`);
    this.chip.style.setProperty("top", `${Math.max(8, top)}px`);
  }

  hide() {
    this.chip.hidden = true;
  }
}
