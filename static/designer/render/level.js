/** Levels of detail: what of a table can still be read at a zoom. */

export const FULL = 3;
export const KEYS = 2;
export const BLOCK = 1;

/** Below this zoom a row of text is shorter than eight pixels and nobody reads it. */
const ROWS_FROM = 0.5;
const KEYS_FROM = 0.28;

/**
 * Returns how much of a table is drawn at `zoom`: FULL rows, KEYS (header and blocks for the keys) or BLOCK (a coloured
 * block with its name).
 */
export function levelAt(zoom) {
  if (zoom >= ROWS_FROM) {
    return FULL;
  }
  return zoom >= KEYS_FROM ? KEYS : BLOCK;
}

/** Returns the size in world pixels of a name written over a block, so that it stays near `wanted` screen pixels. */
export function blockFont(zoom, width, height, letters, wanted = 11) {
  const byScreen = wanted / zoom;
  const byWidth = (width * 0.9) / Math.max(3, letters * 0.56);
  return Math.min(byScreen, byWidth, height * 0.6);
}
