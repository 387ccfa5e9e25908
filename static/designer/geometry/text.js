/**
 * How wide a text is, computed from a table instead of a font.
 *
 * A box must have one size in the browser, on the server and in an exported file, whatever fonts a machine has. So
 * the width of a text is a sum of advance widths from the table below, which are those of the Helvetica and Arial
 * family (Adobe, Core 14 AFM files, 1997) in thousandths of the font size. `designer/layout/text.py` holds the twin.
 */

export const FONT = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', sans-serif";
export const ELLIPSIS = "…";
export const BOLD_PERCENT = 107;

/** Advance widths of U+0020 to U+007E. */
const ASCII = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
  556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
  667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
  556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** [first code point, average advance width] of the scripts, each until the next. Marks that sit on others are 0. */
const RANGES = [
  [0x00a0, 556], [0x00c0, 690], [0x00df, 540], [0x0100, 600], [0x0250, 540], [0x0300, 0], [0x0370, 590],
  [0x0400, 640], [0x0483, 0], [0x048a, 640], [0x0530, 620], [0x0590, 0], [0x05c8, 560], [0x0600, 480],
  [0x0610, 0], [0x061b, 480], [0x064b, 0], [0x0660, 480], [0x0700, 600], [0x0900, 0], [0x0904, 620],
  [0x0e00, 600], [0x0e31, 0], [0x0e32, 600], [0x0e34, 0], [0x0e3b, 600], [0x0e47, 0], [0x0e4f, 600],
  [0x1100, 1000], [0x1160, 0], [0x1200, 700], [0x1ab0, 0], [0x1b00, 600], [0x1dc0, 0], [0x1e00, 600],
  [0x2000, 500], [0x200b, 0], [0x2010, 556], [0x2014, 1000], [0x2015, 556], [0x2026, 1000], [0x2027, 556],
  [0x2028, 0], [0x202f, 300], [0x2030, 1000], [0x2031, 600], [0x2060, 0], [0x2070, 400], [0x20a0, 600],
  [0x20d0, 0], [0x2100, 800], [0x2300, 900], [0x2600, 1000], [0x27c0, 800], [0x2e80, 1000], [0xa4d0, 640],
  [0xac00, 1000], [0xd7a4, 600], [0xe000, 1000], [0xfb00, 600], [0xfe00, 0], [0xfe10, 1000], [0xfe20, 0],
  [0xfe30, 1000], [0xfe70, 480], [0xfeff, 0], [0xff00, 1000], [0xff61, 500], [0xffe0, 1000], [0x10000, 700],
  [0x1f000, 1250], [0x1f3fb, 0], [0x1f400, 1250], [0x1fb00, 800], [0x20000, 1000], [0xe0000, 0],
];

/** Return the advance width of a character in thousandths of the font size. */
export function advance(codePoint) {
  if (codePoint >= 0x20 && codePoint <= 0x7e) return ASCII[codePoint - 0x20];
  let low = 0;
  let high = RANGES.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (RANGES[middle][0] <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? RANGES[low - 1][1] : 0;
}

/** Return the width of `text` in whole pixels, rounded up; `size` is the font size in whole pixels. */
export function textWidth(text, size, bold = false) {
  let total = 0;
  for (const character of text) total += advance(character.codePointAt(0));
  return Math.ceil((total * size * (bold ? BOLD_PERCENT : 100)) / 100_000);
}

/**
 * Return `text` as it may be drawn on one line.
 *
 * Line breaks and tabs become spaces, control characters and lone surrogates U+FFFD, and the marks that turn the
 * direction of what follows are left out: they would turn the next cell as well.
 */
export function visible(text) {
  if (PLAIN.test(text)) return text;
  let shown = "";
  for (const character of text) shown += shownAs(character);
  return shown;
}

const PLAIN = /^[\x20-\x7e]*$/;

function shownAs(character) {
  const code = character.codePointAt(0);
  if (code === 0x09 || code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return " ";
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) return "";
  const bad = code < 0x20 || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe || code === 0xffff;
  return bad ? "\ufffd" : character;
}

/** Return `text`, or as much of its beginning as fits into `width` pixels with an ellipsis after it. */
export function ellipsize(text, size, bold, width) {
  if (textWidth(text, size, bold) <= width) return text;
  let room = Math.floor((width * 100_000) / (size * (bold ? BOLD_PERCENT : 100))) - advance(ELLIPSIS.codePointAt(0));
  let kept = "";
  for (const character of text) {
    room -= advance(character.codePointAt(0));
    if (room < 0) break;
    kept += character;
  }
  return kept + ELLIPSIS;
}

/** Return the lines of `text` broken at spaces to fit into `width`; a word that is too long is broken anywhere. */
export function wrapped(text, size, width) {
  const lines = [];
  for (const paragraph of text.replaceAll("\r\n", "\n").split("\n")) {
    let line = "";
    for (const word of visible(paragraph).split(" ")) {
      const joined = line ? `${line} ${word}` : word;
      if (textWidth(joined, size) <= width) {
        line = joined;
        continue;
      }
      if (line) lines.push(line);
      const pieces = broken(word, size, width);
      line = pieces.pop();
      lines.push(...pieces);
    }
    lines.push(line);
  }
  return lines;
}

function broken(word, size, width) {
  const pieces = [""];
  for (const character of word) {
    const last = pieces.length - 1;
    if (pieces[last] && textWidth(pieces[last] + character, size) > width) pieces.push(character);
    else pieces[last] += character;
  }
  return pieces;
}
