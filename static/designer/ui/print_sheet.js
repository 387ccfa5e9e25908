/** Printing the drawing instead of the page: its vectors stand in an element that only paper shows. */

const ID = "print-sheet";

/**
 * Puts an SVG of ours into the page and opens the browser's dialog for printing; afterwards it is taken away.
 * @param {string} markup
 * @param {Window} window
 */
export function printDrawing(markup, window) {
  const { document } = window;
  const parsed = new window.DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  const drawing = document.importNode(parsed, true);
  const { width, height } = drawing.viewBox.baseVal;
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  document.getElementById(ID)?.remove();
  const sheet = document.createElement("div");
  sheet.id = ID;
  sheet.className = width > height ? "is-wide" : "";
  sheet.setAttribute("aria-hidden", "true");
  sheet.append(drawing);
  document.body.append(sheet);
  window.addEventListener("afterprint", () => sheet.remove(), { once: true });
  window.print();
}
