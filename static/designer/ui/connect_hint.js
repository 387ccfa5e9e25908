/** A chip beside the pointer that says what a line would become, and which keys change that. */

import { printedKeys } from "../tools/shortcuts.js";

/** Under the pointer rather than beside it, so that the line that comes to it stays in sight. */
const OFFSET = 18;
const BELOW = 26;
const MODIFIERS = {
  table: [["Shift", "one to one"], ["Alt", "optional"], ["Mod", "many to many"]],
  entity: [["Shift", "one to one"], ["Alt", "optional"], ["Mod", "many to many"], ["Mod+Shift", "subtype"]],
};

export class ConnectHint {
  /** @param {HTMLElement} stage */
  constructor(stage) {
    this.stage = stage;
    this.chip = document.createElement("div");
    this.chip.className = "connect-hint";
    this.chip.hidden = true;
    this.says = document.createElement("p");
    this.keys = document.createElement("p");
    this.keys.className = "connect-hint-keys";
    this.chip.append(this.says, this.keys);
    stage.append(this.chip);
  }

  /**
   * Shows words beside a point of the canvas; null, or no words, hides it.
   * @param {{text: string, refused: boolean, choices: "" | "table" | "entity"} | null} words
   * @param {{x: number, y: number}} [point]
   */
  show(words, point) {
    this.chip.hidden = !words?.text;
    if (this.chip.hidden) {
      return;
    }
    if (words.text !== this.says.textContent || words.choices !== this.chip.dataset.choices) {
      this.says.textContent = words.text;
      this.chip.dataset.choices = words.choices;
      this.keys.replaceChildren(...(MODIFIERS[words.choices] ?? []).map(([keys, what]) => modifier(keys, what)));
    }
    this.chip.dataset.state = words.refused ? "refused" : "ready";
    this.place(point);
  }

  place({ x, y }) {
    const { clientWidth, clientHeight } = this.stage;
    const { offsetWidth: w, offsetHeight: h } = this.chip;
    const left = Math.min(x + OFFSET, clientWidth - w - 8);
    const top = y + BELOW + h > clientHeight - 8 ? y - OFFSET - h : y + BELOW;
    this.chip.style.setProperty("left", `${Math.max(8, left)}px`);
    this.chip.style.setProperty("top", `${Math.max(8, top)}px`);
  }
}

function modifier(keys, what) {
  const item = document.createElement("span");
  const key = document.createElement("kbd");
  key.textContent = spelled(keys);
  item.append(key, ` ${what}`);
  return item;
}

/** Returns modifiers as the keys of this machine say them: `Ctrl+Shift`, on a Mac `⇧⌘`. */
export function spelled(keys) {
  return keys === "" ? "" : printedKeys(`${keys}+ `).replace(/\+?Space$/, "");
}
