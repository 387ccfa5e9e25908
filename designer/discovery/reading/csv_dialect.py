"""How a text separates and quotes its cells, as its first rows tell."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ROWS = 200
_LONGEST = 1_000_000
_ALONE = 0.5
"""What a text of one column is worth: a delimiter must fit better than in every second row."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """What separates cells, what stands round those that hold it, and whether a backslash protects the next sign."""

    delimiter: str = ","
    quote: str = '"'
    escape: bool = False
    width: int = 1  # cells that most rows have

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Iterator[list[str]]:
        """Return what reads rows; a strict one raises csv.Error for a quote that is not closed where it should be."""
        escape = "\\" if self.escape else None
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, escapechar=escape, strict=strict)

    @property
    def said(self) -> str:
        """The dialect in words, where it is not the usual one; empty where it is."""
        words = [f"cells are separated by {_NAMES[self.delimiter]}"] if self.delimiter != "," else []
        words += ["quoted by apostrophes"] if self.quote == "'" else []
        words += ["and protected by backslashes"] if self.escape else []
        return ", ".join(words)


def dialect_of(sample: str, *, is_whole: bool) -> Dialect:
    """Return the dialect that gives the first rows of a text one width; `is_whole` says that there are no others."""
    lines = sample.splitlines(keepends=True)
    lines = [line for line in (lines if is_whole or len(lines) < 2 else lines[:-1]) if line.strip()][:_ROWS]
    best, most = Dialect(), _ALONE
    for delimiter in _DELIMITERS:
        if not any(delimiter in line for line in lines):
            continue
        for quote, escape in _quotes(sample):
            dialect = Dialect(delimiter, quote, escape)
            score, width = _score(lines, dialect)
            if score > most + 1e-9:
                best, most = Dialect(delimiter, quote, escape, width), score
    return best


def _quotes(sample: str) -> list[tuple[str, bool]]:
    """Return the kinds of quotes that may be meant, the usual one first."""
    found = [('"', False)]
    if '\\"' in sample:
        found.append(('"', True))
    if sample.count("'") > 2 * sample.count('"'):
        found.append(("'", False))
        found += [("'", True)] if "\\'" in sample else []
    return found


def _score(lines: list[str], dialect: Dialect) -> tuple[float, int]:
    """Return how evenly rows have one width, and that width; more columns are better where rows are as even."""
    csv.field_size_limit(_LONGEST)
    try:
        rows = [row for row in dialect.reader(lines) if row]
    except csv.Error:
        return 0.0, 1
    if not rows:
        return 0.0, 1
    width, often = Counter(map(len, rows)).most_common(1)[0]
    if width == 1:
        return 0.0, 1
    stray = sum(cell.startswith(dialect.quote) or cell.endswith(dialect.quote) for row in rows for cell in row)
    apart = 1 if dialect.quote == '"' or _is_quoted(lines, dialect) else 0
    # A quote that swallows rows leaves fewer of them; one that is not seen stays at the ends of cells.
    kept = min(1.0, len(rows) / max(1, len(lines)) + 0.5)
    return apart * kept * (often / len(rows) + min(width, 50) / 1_000) - 0.02 * stray / len(rows), width


def _is_quoted(lines: list[str], dialect: Dialect) -> bool:
    """Say whether cells begin and end with a quote: an apostrophe is a letter in most texts."""
    opened = sum(line.startswith("'") or f"{dialect.delimiter}'" in line for line in lines)
    closed = sum(line.rstrip().endswith("'") or f"'{dialect.delimiter}" in line for line in lines)
    return min(opened, closed) >= len(lines) * 0.5
