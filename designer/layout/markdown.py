"""The lines of a note: a small Markdown, measured and broken to the width of the paper.

What people write in notes: headings, lists, tasks, quotes, code, rules, bold, italic, links. Line breaks stay where
they were typed. `static/designer/geometry/markdown.js` holds the twin; both are run on
`tests/cases/geometry/markdown.json`. After Gruber's Markdown (2004) and, where that leaves a choice, CommonMark 0.31.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from designer.layout.metrics import NOTE_SIZE
from designer.layout.text import text_width, visible

PADDING = 12
LINE_H = 18
BLANK_H = 9
INDENT = 16
HEADINGS = {1: (18, 26), 2: (16, 24), 3: (14, 22)}
"""Size and height of a line, in pixels, by level."""
CODE_GAP = 3
MOST_PARSED = 2000
"""A longer line, in characters, is shown as it was typed."""

_BREAK = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"(#{1,3})[ \t]+(.*)")
_TASK = re.compile(r"([ \t]*)[-*+][ \t]+\[([ xX])\][ \t]+(.*)")
_BULLET = re.compile(r"([ \t]*)[-*+][ \t]+(.*)")
_NUMBER = re.compile(r"([ \t]*)([0-9]{1,3})[.)][ \t]+(.*)")
_QUOTE = re.compile(r">[ ]?(.*)")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})[ \t]*")
_LETTER = "[0-9A-Za-z\u0080-\U0010ffff]"
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<words>[^\[\]]+)\]\((?P<target>[^()\s]+)\)"
    r"|(?P<address>https?://[^\s<>()]*[^\s<>().,;:!?'\"])"
    r"|(?P<mark>\*\*|__)(?=\S)(?P<bold>.+?)(?<=\S)(?P=mark)"
    rf"|(?<!{_LETTER})_(?=\S)(?P<under>.+?)(?<=\S)_(?!{_LETTER})"
    r"|\*(?=\S)(?P<star>.+?)(?<=\S)\*"
)
_TARGET = re.compile(r"https?://|mailto:|[/?#]")
_PIECE = re.compile(r" +|[^ ]+")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style; `x` and `w` are pixels from the left of the paper."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    x: int = 0
    w: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a note: its top and height, its runs, and the sign before it. A rule is a line across the paper."""

    y: int
    h: int
    size: int
    runs: tuple[Run, ...] = ()
    marker: str = ""
    marker_x: int = 0
    quote: bool = False
    rule: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    runs: tuple[Run, ...] = ()
    size: int = NOTE_SIZE
    height: int = LINE_H
    indent: int = 0
    marker: str = ""
    quote: bool = False
    rule: bool = False


def note_lines(text: str, width: int) -> list[Line]:
    """Return the lines of a note on paper of that width; `y` counts from the top of the paper."""
    lines: list[Line] = []
    top = PADDING
    for block in _blocks(text):
        left = PADDING + block.indent
        rows = [()] if block.rule or not block.runs else list(_broken(block, left, width - PADDING))
        for at, runs in enumerate(rows):
            marker = block.marker if at == 0 else ""
            lines.append(
                Line(top, block.height, block.size, tuple(runs), marker, left - INDENT, block.quote, block.rule)
            )
            top += block.height
    return lines


def lines_that_fit(lines: list[Line], height: int, width: int) -> list[Line]:
    """Return the lines that paper of that height holds; where some are left out, the last one ends with an ellipsis."""
    kept = [line for line in lines if line.y + line.h <= height - PADDING + 4] or lines[:1]
    if len(kept) < len(lines):
        kept[-1] = _cut(kept[-1], width)
    return kept


def _cut(line: Line, width: int) -> Line:
    dots = text_width("…", line.size)
    runs = list(line.runs)
    while runs and runs[-1].x + runs[-1].w + dots > width - PADDING:
        last = runs.pop()
        shorter = last.text[:-1]
        if shorter:
            runs.append(replace(last, text=shorter, w=text_width(shorter, line.size, last.bold)))
    left = runs[-1].x + runs[-1].w if runs else PADDING
    return replace(line, runs=(*runs, Run("…", x=left, w=dots)))


def _blocks(text: str) -> Iterator[_Block]:
    fenced = False
    for raw in _BREAK.split(text):
        line = visible(raw.replace("\t", "    ")).rstrip(" ")
        if line.startswith("```"):
            fenced = not fenced
        elif fenced:
            yield _Block((Run(line, code=True),) if line else ())
        else:
            yield _block(line)


def _block(line: str) -> _Block:
    if not line.strip(" "):
        return _Block(height=BLANK_H)
    if found := _HEADING.fullmatch(line):
        size, height = HEADINGS[len(found[1])]
        return _Block(tuple(replace(run, bold=True) for run in _inline(found[2])), size, height)
    if _RULE.fullmatch(line):
        return _Block(rule=True)
    if found := _TASK.fullmatch(line):
        return _item(found[1], "☐" if found[2] == " " else "☑", found[3])
    if found := _NUMBER.fullmatch(line):
        return _item(found[1], f"{found[2]}.", found[3])
    if found := _BULLET.fullmatch(line):
        return _item(found[1], "•", found[2])
    if found := _QUOTE.fullmatch(line):
        return _Block(_inline(found[1]), indent=INDENT, quote=True)
    return _Block(_inline(line))


def _item(before: str, marker: str, words: str) -> _Block:
    return _Block(_inline(words), indent=INDENT * (1 + min(3, len(before) // 2)), marker=marker)


def _inline(text: str, style: Run | None = None) -> tuple[Run, ...]:
    """Return the runs of a line; marks that do not close stay as they were typed."""
    base = style or Run("")
    if len(text) > MOST_PARSED:
        return (replace(base, text=text),)
    runs: list[Run] = []
    at = 0
    for found in _TOKEN.finditer(text):
        if found["target"] and not _TARGET.match(found["target"]):
            continue
        runs.append(replace(base, text=text[at : found.start()]))
        runs += _token(found, base)
        at = found.end()
    runs.append(replace(base, text=text[at:]))
    return tuple(_joined([run for run in runs if run.text]))


def _token(found: re.Match[str], base: Run) -> tuple[Run, ...]:
    if found["escaped"]:
        return (replace(base, text=found["escaped"]),)
    if found["code"]:
        return (replace(base, text=found["code"], code=True),)
    if found["words"]:
        return _inline(found["words"], replace(base, link=found["target"]))
    if found["address"]:
        return (replace(base, text=found["address"], link=base.link or found["address"]),)
    if found["bold"]:
        return _inline(found["bold"], replace(base, bold=True))
    return _inline(found["under"] or found["star"], replace(base, italic=True))


def _joined(runs: list[Run]) -> Iterator[Run]:
    last: Run | None = None
    for run in runs:
        if last and replace(run, text="") == replace(last, text=""):
            last = replace(last, text=last.text + run.text)
        else:
            if last:
                yield last
            last = run
    if last:
        yield last


def _broken(block: _Block, left: int, right: int) -> Iterator[list[Run]]:
    """Break the runs of a block at spaces; a word that is too long is broken anywhere."""
    row: list[Run] = []
    x = left
    for run in block.runs:
        for piece in _pieces(run, block.size, right - left):
            w = text_width(piece, block.size, run.bold)
            if x + w > right and row and piece[0] != " ":
                yield _trimmed(row)
                row, x = [], left
            if row or piece[0] != " " or run.code:
                row.append(replace(run, text=piece, x=x, w=w))
                x += w
    if row:
        yield _trimmed(row)


def _pieces(run: Run, size: int, room: int) -> Iterator[str]:
    for whole in _PIECE.findall(run.text):
        rest = whole
        while text_width(rest, size, run.bold) > room and len(rest) > 1:
            keep = len(rest) - 1
            while keep > 1 and text_width(rest[:keep], size, run.bold) > room:
                keep -= 1
            yield rest[:keep]
            rest = rest[keep:]
        yield rest


def _trimmed(row: list[Run]) -> list[Run]:
    """Join the pieces of one style again, without the spaces at the end."""
    while len(row) > 1 and not row[-1].text.strip(" "):
        row.pop()
    whole: list[Run] = []
    for run in row:
        same = whole and replace(whole[-1], text="", x=0, w=0) == replace(run, text="", x=0, w=0)
        if same:
            text = whole[-1].text + run.text
            whole[-1] = replace(whole[-1], text=text, w=run.x + run.w - whole[-1].x)
        else:
            whole.append(run)
    return whole
