/** Keys on the canvas. What is typed into fields and dialogs is none of our business. */

import { actionFor, nudgeFor } from "./shortcuts.js";

const EVERYWHERE = new Set(["undo", "redo", "find"]);

/**
 * Listens for keys. Returns a function that ends it.
 * @param {{run: (action: string) => boolean, nudge: (step: number[]) => void, space: (down: boolean) => void,
 *   canvas: HTMLCanvasElement}} options `run` returns whether the key is used up
 */
export function listenToKeys({ run, nudge, space, canvas }) {
  const down = (event) => onDown(event, { run, nudge, space, canvas });
  const up = (event) => event.key === " " && space(false);
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", up);
  return () => {
    document.removeEventListener("keydown", down);
    document.removeEventListener("keyup", up);
  };
}

function onDown(event, { run, nudge, space, canvas }) {
  if (event.defaultPrevented || isTyping(event.target) || document.querySelector("dialog[open]")) {
    return;
  }
  const onCanvas = event.target === canvas || event.target === document.body;
  const action = actionFor(event);
  if (event.key === " " && onCanvas) {
    event.preventDefault();
    space(true);
  } else if (action && (onCanvas || EVERYWHERE.has(action))) {
    if (run(action)) {
      event.preventDefault();
    }
  } else if (onCanvas && nudgeFor(event)) {
    event.preventDefault();
    nudge(nudgeFor(event));
  }
}

/** Tells whether keys belong to a field. */
export function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable], .context-menu") !== null;
}
