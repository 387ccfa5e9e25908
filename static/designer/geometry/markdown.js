/**
 * The lines of a note: a small Markdown, measured and broken to the width of the paper.
 *
 * What people write in notes: headings, lists, tasks, quotes, code, rules, bold, italic, links. Line breaks stay where they were
 * typed. `designer/layout/markdown.py` holds the twin; both are run on `tests/cases/geometry/markdown.json`. After Gruber's
 * Markdown (2004) and, where that leaves a choice, CommonMark 0.31.
 *
 * @typedef {{text: string, bold: boolean, italic: boolean, code: boolean, link: string, x: number, w: number}} Run  text in one
 *   style; `x` and `w` are pixels from the left of the paper
 * @typedef {{y: number, h: number, size: number, runs: Run[], marker: string, markerX: number, quote: boolean, rule: boolean}} Line
 *   one line: its top and height, its runs, and the sign before it; a rule is a line across the paper
 */

import { NOTE_SIZE } from "./metrics.js";
import { textWidth, visible } from "./text.js";

export const PADDING = 12;
const LINE_H = 18;
const BLANK_H = 9;
const INDENT = 16;
/** Size and height of a line, in pixels, by level. */
const HEADINGS = { 1: [18, 26], 2: [16, 24], 3: [14, 22] };
/** A longer line, in characters, is shown as it was typed. */
const MOST_PARSED = 2000;

const BREAK = /\r\n|\r|\n/;
const HEADING = /^(#{1,3})[ \t]+(.*)$/u;
const TASK = /^([ \t]*)[-*+][ \t]+\[([ xX])\][ \t]+(.*)$/u;
const BULLET = /^([ \t]*)[-*+][ \t]+(.*)$/u;
const NUMBER = /^([ \t]*)([0-9]{1,3})[.)][ \t]+(.*)$/u;
const QUOTE = /^>[ ]?(.*)$/u;
const RULE = /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/u;
const LETTER = "[0-9A-Za-z\\u{80}-\\u{10ffff}]";
const TOKEN = new RegExp([
  "\\\\(?<escaped>[!-\\/:-@\\[-`\\{-~])",
  "`(?<code>[^`]+)`",
  "\\[(?<words>[^\\[\\]]+)\\]\\((?<target>[^\\(\\)\\s]+)\\)",
  "(?<address>https?:\\/\\/[^\\s<>\\(\\)]*[^\\s<>\\(\\).,;:!?'\"])",
  "(?<mark>\\*\\*|__)(?=\\S)(?<bold>.+?)(?<=\\S)\\k<mark>",
  `(?<!${LETTER})_(?=\\S)(?<under>.+?)(?<=\\S)_(?!${LETTER})`,
  "\\*(?=\\S)(?<star>.+?)(?<=\\S)\\*",
].join("|"), "gu");
const TARGET = /^(?:https?:\/\/|mailto:|[/?#])/;
const PIECE = / +|[^ ]+/g;
const PLAIN = { text: "", bold: false, italic: false, code: false, link: "", x: 0, w: 0 };
const BLOCK = { runs: [], size: NOTE_SIZE, height: LINE_H, indent: 0, marker: "", quote: false, rule: false };

/** Return the lines of a note on paper of that width; `y` counts from the top of the paper. @returns {Line[]} */
export function noteLines(text, width) {
  const lines = [];
  let top = PADDING;
  for (const { runs, size, height, indent, marker, quote, rule } of blocks(text)) {
    const left = PADDING + indent;
    const rows = rule || runs.length === 0 ? [[]] : broken({ runs, size }, left, width - PADDING);
    rows.forEach((row, at) => {
      lines.push({ y: top, h: height, size, runs: row, marker: at === 0 ? marker : "", markerX: left - INDENT, quote, rule });
      top += height;
    });
  }
  return lines;
}

/** Return the lines that paper of that height holds; where some are left out, the last one ends with an ellipsis. */
export function linesThatFit(lines, height, width) {
  const fitting = lines.filter((line) => line.y + line.h <= height - PADDING + 4);
  const kept = fitting.length > 0 ? fitting : lines.slice(0, 1);
  if (kept.length < lines.length) {
    kept.push(cut(kept.pop(), width));
  }
  return kept;
}

function cut(line, width) {
  const dots = textWidth("…", line.size);
  const runs = [...line.runs];
  while (runs.length > 0 && runs.at(-1).x + runs.at(-1).w + dots > width - PADDING) {
    const last = runs.pop();
    const shorter = Array.from(last.text).slice(0, -1).join("");
    if (shorter) {
      runs.push({ ...last, text: shorter, w: textWidth(shorter, line.size, last.bold) });
    }
  }
  const left = runs.length > 0 ? runs.at(-1).x + runs.at(-1).w : PADDING;
  return { ...line, runs: [...runs, { ...PLAIN, text: "…", x: left, w: dots }] };
}

function* blocks(text) {
  let fenced = false;
  for (const raw of text.split(BREAK)) {
    const line = visible(raw.replaceAll("\t", "    ")).replace(/ +$/, "");
    if (line.startsWith("```")) {
      fenced = !fenced;
    } else if (fenced) {
      yield { ...BLOCK, runs: line ? [{ ...PLAIN, text: line, code: true }] : [] };
    } else {
      yield block(line);
    }
  }
}

function block(line) {
  if (/^ *$/.test(line)) return { ...BLOCK, height: BLANK_H };
  const heading = HEADING.exec(line);
  if (heading) {
    const [size, height] = HEADINGS[heading[1].length];
    return { ...BLOCK, runs: inline(heading[2], PLAIN).map((run) => ({ ...run, bold: true })), size, height };
  }
  if (RULE.test(line)) return { ...BLOCK, rule: true };
  const task = TASK.exec(line);
  if (task) return item(task[1], task[2] === " " ? "☐" : "☑", task[3]);
  const number = NUMBER.exec(line);
  if (number) return item(number[1], `${number[2]}.`, number[3]);
  const bullet = BULLET.exec(line);
  if (bullet) return item(bullet[1], "•", bullet[2]);
  const quote = QUOTE.exec(line);
  if (quote) return { ...BLOCK, runs: inline(quote[1], PLAIN), indent: INDENT, quote: true };
  return { ...BLOCK, runs: inline(line, PLAIN) };
}

function item(before, marker, words) {
  return { ...BLOCK, runs: inline(words, PLAIN), indent: INDENT * (1 + Math.min(3, Math.floor(before.length / 2))), marker };
}

/** The runs of a line; marks that do not close stay as they were typed. */
function inline(text, base) {
  if (text.length > MOST_PARSED && Array.from(text).length > MOST_PARSED) return [{ ...base, text }];
  const runs = [];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    const { target } = found.groups;
    if (target && !TARGET.test(target)) continue;
    runs.push({ ...base, text: text.slice(at, found.index) }, ...token(found.groups, base));
    at = found.index + found[0].length;
  }
  runs.push({ ...base, text: text.slice(at) });
  return joined(runs.filter((run) => run.text));
}

function token({ escaped, code, words, target, address, bold, under, star }, base) {
  if (escaped) return [{ ...base, text: escaped }];
  if (code) return [{ ...base, text: code, code: true }];
  if (words) return inline(words, { ...base, link: target });
  if (address) return [{ ...base, text: address, link: base.link || address }];
  return bold ? inline(bold, { ...base, bold: true }) : inline(under ?? star, { ...base, italic: true });
}

function alike(a, b) {
  return a.bold === b.bold && a.italic === b.italic && a.code === b.code && a.link === b.link;
}

function joined(runs) {
  const whole = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (last && alike(last, run)) whole[whole.length - 1] = { ...last, text: last.text + run.text };
    else whole.push(run);
  }
  return whole;
}

/** Break the runs of a block at spaces; a word that is too long is broken anywhere. */
function broken({ runs, size }, left, right) {
  const rows = [];
  let row = [];
  let x = left;
  for (const run of runs) {
    for (const piece of pieces(run, size, right - left)) {
      const w = textWidth(piece, size, run.bold);
      if (x + w > right && row.length > 0 && piece[0] !== " ") {
        rows.push(trimmed(row));
        row = [];
        x = left;
      }
      if (row.length > 0 || piece[0] !== " " || run.code) {
        row.push({ ...run, text: piece, x, w });
        x += w;
      }
    }
  }
  if (row.length > 0) rows.push(trimmed(row));
  return rows;
}

function* pieces(run, size, room) {
  for (const [whole] of run.text.matchAll(PIECE)) {
    let letters = Array.from(whole);
    while (letters.length > 1 && textWidth(letters.join(""), size, run.bold) > room) {
      let keep = letters.length - 1;
      while (keep > 1 && textWidth(letters.slice(0, keep).join(""), size, run.bold) > room) keep -= 1;
      yield letters.slice(0, keep).join("");
      letters = letters.slice(keep);
    }
    yield letters.join("");
  }
}

/** Join the pieces of one style again, without the spaces at the end. */
function trimmed(row) {
  while (row.length > 1 && /^ *$/.test(row.at(-1).text)) row.pop();
  const whole = [];
  for (const run of row) {
    const last = whole.at(-1);
    if (last && alike(last, run)) whole[whole.length - 1] = { ...last, text: last.text + run.text, w: run.x + run.w - last.x };
    else whole.push(run);
  }
  return whole;
}
