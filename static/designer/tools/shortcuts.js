/** How keys are spelled, printed and turned into steps. Which key does what is said with each action. */

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const PRINTED = {
  ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Delete: "Del", Escape: "Esc", ContextMenu: "Menu", " ": "Space",
};
const MAC = { Mod: "⌘", Shift: "⇧", Alt: "⌥" };

/**
 * Returns `Mod+Shift+z` for an event of the keyboard: modifiers in the order Mod (Ctrl, or Cmd on a Mac), Alt, Shift, then the
 * key. With Alt the letter is that of the key's place, as Alt types other letters on some keyboards.
 */
export function spell(event) {
  const letter = event.altKey && /^Key[A-Z]$/.test(event.code ?? "") ? event.code[3] : event.key;
  const key = letter.length === 1 ? letter.toLowerCase() : letter;
  const mod = event.ctrlKey || event.metaKey ? "Mod+" : "";
  return `${mod}${event.altKey ? "Alt+" : ""}${event.shiftKey ? "Shift+" : ""}${key}`;
}

/** Returns a spelled key as people read it: `Ctrl+Shift+Z`, on a Mac `⌘⇧Z`. */
export function printedKeys(spelled, mac = isMac()) {
  const parts = spelled === "+" ? ["+"] : spelled.split(/\+(?=.)/);
  const key = parts.at(-1);
  const shown = PRINTED[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const before = parts.slice(0, -1);
  return mac ? `${before.map((each) => MAC[each] ?? each).join("")}${shown}` : [...before.map((each) => (each === "Mod" ? "Ctrl" : each)), shown].join("+");
}

function isMac() {
  return /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");
}

/**
 * Returns [dx, dy] in grid steps for an arrow key, or null: one step, alone or with Shift, and five with Ctrl (or Cmd) as well. A
 * plain arrow only comes here when it does not walk: while several things or none are selected.
 */
export function nudgeFor(event) {
  const step = ARROWS[event.key];
  const mod = event.ctrlKey || event.metaKey;
  if (!step || event.altKey || (mod && !event.shiftKey)) {
    return null;
  }
  return step.map((each) => each * (mod ? 5 : 1));
}
