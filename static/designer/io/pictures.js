/** Pictures from the server: asked for, saved as a file, put on the clipboard. */

/**
 * What is asked for, as `designer/services/pictures.py` reads it; `part` is a diagram or a model.
 * @typedef {{part: string, format: "png" | "svg" | "pdf", elements?: string[], region?: number[], theme?: string, background?: string,
 *   detail?: string, title?: boolean, legend?: boolean, links?: string, scale?: number, width?: number, paper?: string,
 *   landscape?: boolean, tiles?: boolean}} Wanted
 *
 * A picture: its size in pixels at scale 1, and the scale up to which it can be a PNG.
 * @typedef {{blob: Blob, name: string, width: number, height: number, largest: number}} Picture
 */

const AWAY = "The server cannot be reached. Check your connection and try again.";

/** A picture that was not made. The message is a sentence that says why. */
export class PictureError extends Error {}

/**
 * Asks for a picture. Raises PictureError where it cannot be made, and AbortError where `signal` ended it.
 * @param {{url: string, csrf: string}} server
 * @param {Wanted} wanted
 * @param {AbortSignal} [signal]
 * @returns {Promise<Picture>}
 */
export async function fetchPicture({ url, csrf }, wanted, signal) {
  const response = await ask(url, csrf, wanted, signal);
  if (!response.ok) {
    const answer = await response.json().catch(() => null);
    throw new PictureError(answer?.error ?? `The server refused with status ${response.status}.`);
  }
  const size = response.headers.get("X-Wholekey-Size");
  if (!size) {
    throw new PictureError("You are signed out; sign in again to go on.");
  }
  const [width, height, largest] = size.split(" ").map(Number);
  return { blob: await response.blob(), name: decodeURIComponent(response.headers.get("X-Wholekey-Name") ?? "diagram"), width, height, largest };
}

async function ask(url, csrf, wanted, signal) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  try {
    return await fetch(url, { method: "POST", headers, body: JSON.stringify(wanted), signal });
  } catch (error) {
    throw error.name === "AbortError" ? error : new PictureError(AWAY);
  }
}

/** Lets the browser save a picture as a file. */
export function save({ blob, name }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Tells whether this page may put images on the clipboard: browsers allow it only where the address is safe. */
export function canCopyImages() {
  return typeof globalThis.ClipboardItem === "function" && Boolean(navigator.clipboard?.write);
}

/**
 * Puts a PNG on the clipboard that is still on its way: a browser asks at once, while the click is fresh.
 * @param {Promise<Picture>} coming
 */
export async function copyImage(coming) {
  const image = coming.then(({ blob }) => blob);
  image.catch(() => undefined); // `write` may refuse before it waits for it
  await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
}

/**
 * Puts the text of an SVG on the clipboard.
 * @param {Promise<Picture>} coming
 */
export async function copyMarkup(coming) {
  const text = coming.then(({ blob }) => blob.text());
  if (!canCopyImages()) {
    await navigator.clipboard.writeText(await text);
    return;
  }
  const plain = text.then((words) => new Blob([words], { type: "text/plain" }));
  plain.catch(() => undefined);
  await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
}
