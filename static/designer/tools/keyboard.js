/** Keys on the canvas. What is typed into fields and dialogs is none of our business. */

import { nudgeFor, spell } from "./shortcuts.js";

/**
 * Listens for keys. Returns a function that ends it.
 * @param {{actions: object, nudge: (step: number[]) => void, space: (down: boolean) => void, canvas: HTMLCanvasElement}} options
 */
export function listenToKeys(options) {
  const down = (event) => onDown(event, options);
  const up = (event) => event.key === " " && options.space(false);
  document.addEventListener("keydown", down);
  document.addEventListener("keyup", up);
  return () => {
    document.removeEventListener("keydown", down);
    document.removeEventListener("keyup", up);
  };
}

function onDown(event, { actions, nudge, space, canvas }) {
  if (event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) {
    return;
  }
  const onCanvas = event.target === canvas || event.target === document.body;
  const action = actions.forKey(spell(event));
  if (isTyping(event.target) && !(action?.whileTyping && (event.ctrlKey || event.metaKey))) {
    return;
  }
  if (event.key === " " && onCanvas) {
    event.preventDefault();
    space(true);
  } else if (action && (onCanvas || action.everywhere) && actions.run(action.name)) {
    event.preventDefault();
  } else if (onCanvas && nudgeFor(event)) {
    event.preventDefault();
    nudge(nudgeFor(event));
  }
}

/** Tells whether keys belong to a field. */
export function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable], .context-menu") !== null;
}
