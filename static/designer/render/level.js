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

const NAME = 11;
const LEAST_NAME = 7;
/** A narrower block, in pixels of the screen, holds no name. */
const LEAST_BLOCK = 26;

const HEADER_NAME = 12;
const LEAST_HEADER_NAME = 9;

/**
 * Returns the size in world pixels of a name in a header at the level of keys: as large as its header allows, and smaller
 * where the whole name then still can be read.
 * @param {number} zoom
 * @param {number} height of the header
 * @param {number} length of the name in a font of size 1
 * @param {number} room for it
 */
export function keysFont(zoom, height, length, room) {
  const whole = Math.floor(room / Math.max(length, 1));
  const most = Math.round(Math.min(height * 0.85, HEADER_NAME / zoom));
  const least = Math.ceil(LEAST_HEADER_NAME / zoom);
  return whole < most && whole >= least ? whole : most;
}

/**
 * Returns the size in world pixels of a name written over a block: small enough for the whole name where that can still be
 * read, else as small as can be read; 0 where no name fits.
 */
export function blockFont(zoom, width, height, letters) {
  if (width * zoom < LEAST_BLOCK || height * zoom < LEAST_NAME) {
    return 0;
  }
  const whole = (width * 0.92) / Math.max(3, letters * 0.58);
  const size = Math.min(NAME / zoom, Math.max(whole, LEAST_NAME / zoom), height * 0.7);
  return Math.round(size * 2) / 2;
}
