/** Printing the drawing instead of the page: its vectors stand in an element that only paper shows. */

const ID = "print-sheet";

/**
 * Puts an SVG of ours into the page and opens the browser's dialog for printing; afterwards it is taken away.
 * @param {string} markup
 * @param {Window} window
 */
export function printDrawing(markup, window) {
  const parsed = new window.DOMParser().parseFromString(markup, "image/svg+xml").documentElement;
  const drawing = window.document.importNode(parsed, true);
  const { width, height } = drawing.viewBox.baseVal;
  drawing.removeAttribute("width");
  drawing.removeAttribute("height");
  lay(drawing, width > height, window);
  window.print();
}

/**
 * Lets the browser's own command for printing put on paper what the canvas shows: it cannot wait for the server's drawing.
 * @param {HTMLCanvasElement} canvas
 * @param {Window} window
 */
export function printCanvasOtherwise(canvas, window) {
  window.addEventListener("beforeprint", () => {
    if (!window.document.getElementById(ID)) {
      const image = new window.Image();
      image.src = canvas.toDataURL();
      image.alt = "";
      lay(image, canvas.width > canvas.height, window);
    }
  });
}

/** @param {Element} picture */
function lay(picture, isWide, window) {
  const { document } = window;
  document.getElementById(ID)?.remove();
  const sheet = document.createElement("div");
  sheet.id = ID;
  sheet.className = isWide ? "is-wide" : "";
  sheet.setAttribute("aria-hidden", "true");
  sheet.append(picture);
  document.body.append(sheet);
  window.addEventListener("afterprint", () => sheet.remove(), { once: true });
}
