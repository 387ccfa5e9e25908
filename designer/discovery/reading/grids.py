"""Tables drawn with signs: Markdown, and what psql, mysql, sqlite3 and others print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BAR = "[|│║]"
_MARKDOWN = re.compile(r"\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?")
_LINE = re.compile(r"[-+=|─-╬ ]*[-=─═][-+=|─-╬ ]*")
"""A line that only separates."""
_DASHES = re.compile(r"-+(?: +-+)*")
_FOOTER = re.compile(r"\(?\d[\d,.]* (?:rows?|records?|Zeilen?|lignes?)\b.*|Query OK.*|Time: .*", re.IGNORECASE)
_SPLIT = re.compile(r"(?<!\\)\|")
_BARS = re.compile(_BAR)
_LOOKED_AT = 6


def _lines(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.split("\n")]


def _head(text: str) -> list[str]:
    return [line for line in _lines(text[:20_000]) if line.strip()][:_LOOKED_AT]


def is_grid(text: str) -> bool:
    """Say whether one of the first two lines separates a header with bars or crosses from the rows."""
    head = _head(text)
    return any(_separates(line) and re.search(r"[|+│║┼╪╤┬]", line) for line in head[:2]) and len(head) > 1


def _separates(line: str) -> bool:
    return bool(_LINE.fullmatch(line.strip()) or _MARKDOWN.fullmatch(line.strip()))


def read_grid(text: str) -> tuple[list[str], Iterator[list[str | None]], list[str]]:
    """Return the header and the rows of a grid."""
    lines = _lines(text)
    border = next(line for line in lines if line.strip() and _separates(line))
    markdown = bool(_MARKDOWN.fullmatch(border.strip())) and "+" not in border
    body = [line for line in lines if line.strip() and not _separates(line)]
    if not body:
        return [], iter(()), []
    form = _Form(body[0].lstrip()[:1] in "|│║", markdown, _widths(border) if not markdown else [])
    header = [cell.strip() for cell in form.cells(body[0])]
    return header, _rows(body[1:], form, len(header)), []


def _widths(border: str) -> list[int]:
    widths = [len(each) for each in re.split(r"[+┼╪╬]", border.strip())]
    return widths[1:-1] if widths and not widths[0] else widths


@dataclass(frozen=True, slots=True)
class _Form:
    """How a grid is drawn: with bars round it, as Markdown, and how wide its columns are, where that is known."""

    framed: bool
    markdown: bool
    widths: Sequence[int]

    def cells(self, line: str) -> list[str]:
        """Return the cells of a line, with the spaces round them."""
        inner = line.rstrip() if self.markdown or self.framed else line
        if self.framed:
            inner = inner.lstrip()
            inner = inner[1:] if inner[:1] in "|│║" else inner
        if (self.framed or self.markdown) and inner[-1:] in "|│║" and not inner.endswith("\\|"):
            inner = inner[:-1]
        if self.markdown:
            return [cell.replace("\\|", "|") for cell in _SPLIT.split(inner)]
        return _BARS.split(inner)

    def by_place(self, line: str) -> list[str]:
        """Return the cells by the places of the border's crosses: some cell has a bar in it."""
        at = len(line) - len(line.lstrip()) + 1 if self.framed else 0
        found = []
        for width in self.widths:
            found.append(line[at : at + width])
            at += width + 1
        return found


def _rows(lines: Sequence[str], form: _Form, width: int) -> Iterator[list[str | None]]:
    waiting: list[str] | None = None
    for line in lines:
        if _FOOTER.fullmatch(line.strip()):
            return
        raw = form.cells(line)
        if len(raw) > width and len(form.widths) == width:
            raw = form.by_place(line)
        goes_on = [_goes_on(cell, form.widths, at) for at, cell in enumerate(raw)]
        texts = [(cell[:-1] if more else cell).strip() for cell, more in zip(raw, goes_on, strict=True)]
        if waiting is not None:
            texts = [f"{old}\n{new}" if new else old for old, new in zip(waiting, texts, strict=False)]
        waiting = texts if any(goes_on) else None
        if waiting is None:
            yield list(texts)
    if waiting is not None:
        yield list(waiting)


def _goes_on(cell: str, widths: Sequence[int], at: int) -> bool:
    """Say whether psql's sign for a line break stands at the end of a cell."""
    return at < len(widths) and len(cell) == widths[at] and cell.endswith("+")


def is_columns(text: str) -> bool:
    """Say whether the second line underlines the words of the first with dashes, as sqlite3 and others print."""
    head = _head(text)
    return len(head) > 1 and bool(_DASHES.fullmatch(head[1].strip())) and "--" in head[1] and "," not in head[0]


def read_columns(text: str) -> tuple[list[str], Iterator[list[str | None]], list[str]]:
    """Return the header and the rows of columns that stand below dashes."""
    lines = [line for line in _lines(text) if line.strip()]
    starts = [found.start() for found in re.finditer("-+", lines[1])]
    spans = list(zip(starts, [*starts[1:], None], strict=True))
    header = [lines[0][start:stop].strip() for start, stop in spans]
    body = (line for line in lines[2:] if not _FOOTER.fullmatch(line.strip()))
    return header, ([line[start:stop].strip() for start, stop in spans] for line in body), []
