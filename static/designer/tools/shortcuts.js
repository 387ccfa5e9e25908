/** Which key does what on the canvas. */

/** By the spelling of `spell`: modifiers in alphabetical order, then the key. Mod is Ctrl, or Cmd on a Mac. */
export const SHORTCUTS = {
  v: "select", t: "add-table", n: "add-note", a: "add-area", r: "connect", f: "fit", Home: "fit",
  "Shift+!": "fit", "Shift+1": "fit", "Shift+@": "fit-selection", "Shift+2": "fit-selection",
  "+": "zoom-in", "Shift++": "zoom-in", "=": "zoom-in", "-": "zoom-out", 0: "zoom-reset",
  "/": "find", "Mod+f": "find", "?": "help", "Shift+?": "help",
  "Mod+z": "undo", "Mod+Shift+z": "redo", "Mod+y": "redo", "Mod+a": "select-all", "Mod+d": "duplicate",
  Delete: "delete", Backspace: "delete", F2: "rename", Enter: "rename", Escape: "escape",
  Tab: "next", "Shift+Tab": "previous", ContextMenu: "menu", "Shift+F10": "menu",
  "Mod+Enter": "add-column",
};

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Returns `Mod+Shift+z` for an event of the keyboard. */
export function spell(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  return `${mod}${event.shiftKey ? "Shift+" : ""}${key}`;
}

/** Returns the name of the action for an event, or null. */
export function actionFor(event) {
  if (event.altKey || event.isComposing) {
    return null;
  }
  return SHORTCUTS[spell(event)] ?? null;
}

/** Returns [dx, dy] in grid steps for an arrow key (larger with Shift), or null. */
export function nudgeFor(event) {
  const step = ARROWS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) {
    return null;
  }
  const size = event.shiftKey ? 5 : 1;
  return step.map((each) => each * size);
}
