"""CSV and its relatives, streamed: a file of any size takes the memory of its sample."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from typing import IO, Any

from designer.discovery.contract import NULL_WORDS, Budget, Clock, DataProblem
from designer.discovery.reading.csv_dialect import Dialect, dialect_of
from designer.discovery.reading.csv_rows import LONGEST, Cells, Rows, Told
from designer.discovery.reading.encoding import HEAD, opened
from designer.discovery.reading.headers import is_header, named
from designer.discovery.table import Coder, Table
from designer.importers.contract import Progress

_TITLES, _SHOWN = 5, 60
Share = Callable[[], float]
"""Which part of the data is read; 0 where nobody knows how much there is."""


class Rejoined(io.RawIOBase):
    """A stream whose first bytes were read already; `count` says how many were handed on."""

    def __init__(self, head: bytes, stream: IO[bytes]):
        self._head, self._stream = head, stream
        self.count = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer, with what was read before at first."""
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


def read_csv(stream: Rejoined, name: str, budget: Budget, progress: Progress, size: int = 0) -> Table:
    """Return the rows of a stream of bytes, or a sample of them. Raises DataProblem where there are none.

    `size` is how many bytes there are, 0 where nobody knows.
    """
    buffered = io.BufferedReader(stream, HEAD)
    head = buffered.peek(HEAD)
    if not head.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise DataProblem("there are no rows in it; the first row has to have the names of the columns", 1, 1)
    text, encoding, fallback = opened(buffered, head)
    sample = text.read(HEAD)
    lines = chain(io.StringIO(sample + text.readline(LONGEST), newline=""), iter(partial(text.readline, LONGEST), ""))
    dialect = dialect_of(sample, is_whole=len(sample) < HEAD)
    clock = Clock(budget.reading, progress)
    table = read_lines(lines, name, dialect, budget, clock, lambda: min(1.0, stream.count / size) if size else 0.0)
    table.notes = (*_encoding_notes(encoding, fallback.count), *table.notes)
    return table


def _encoding_notes(encoding: str, bad: int) -> list[str]:
    if bad:
        bytes_are = "1 byte is" if bad == 1 else f"{bad:,} bytes are"
        return [f"{bytes_are} not UTF-8 and read as Windows-1252 (Latin-1)."]
    return [] if encoding.startswith("utf-8") else [f"The encoding is {encoding.upper()}."]


def read_lines(
    lines: Iterator[str], name: str, dialect: Dialect, budget: Budget, clock: Clock, share: Share = lambda: 0.0
) -> Table:  # fmt: skip
    """Return the rows in lines of text, of a dialect that is known. Raises DataProblem where there are none."""
    told = Told()
    rows = Rows(_checked(lines), dialect, told)
    first, titles = _below_titles(rows, dialect.width)
    if not first:
        raise DataProblem("there are no rows in it; the first row has to have the names of the columns", 1, 1)
    names, notes = _names(first, max(len(first), dialect.width))
    rows.width = len(names)
    coder = Coder(names, budget, NULL_WORDS)
    if not is_header(first):
        rows.row = 1
        coder.add([first + [""] * (rows.width - len(first))])
    sampled = _take(rows, coder, clock, share)
    said = [f"{dialect.said[:1].upper()}{dialect.said[1:]}."] if dialect.said else []
    return coder.table(name, sampled, [*said, *titles, *notes, *told.notes()])


def _below_titles(rows: Rows, width: int) -> tuple[Cells, list[str]]:
    """Return the first row that is more than a title above a table, and what is to be said of the titles."""
    notes: list[str] = []
    while True:
        first = rows.header()
        if not _is_title(first, width) or len(notes) == _TITLES:
            return first, notes
        title = " ".join(first).strip()[:_SHOWN]
        notes.append(f"Line {rows.line}, {title!r}, stands above the names of the columns; it was left out.")


def _is_title(cells: Cells, width: int) -> bool:
    """Say whether a row has one cell, the first, and is no header: a table of two columns may have one name only."""
    if not cells or any(each.strip() for each in cells[1:]):
        return False
    return len(cells) < width or (width > 2 and bool(cells[0].strip())) or cells[0].startswith("sep=")


def _checked(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines. Raises DataProblem for one that cannot be a row."""
    for number, line in enumerate(lines, start=1):
        if len(line) >= LONGEST:
            raise DataProblem(f"the line has more than {LONGEST:,} characters; these are no rows of text", number, 1)
        yield line


def _names(first: Cells, width: int) -> tuple[list[str], list[str]]:
    if is_header(first):
        return named(first + [""] * (width - len(first)))
    note = "The first row has values in it and no names; the columns are called column_1 and so on."
    return named([f"column_{at}" for at in range(1, width + 1)])[0], [note]


def _take(rows: Rows, coder: Coder, clock: Clock, share: Share) -> str:
    """Hand rows on until there are no more or the time is over; return what is to be said of the latter."""
    for batch in rows.batches():
        if batch:
            coder.add(batch)
        clock.progress(share(), f"{coder.seen:,} rows read")
        if clock.over:
            read = f", {share():.0%} of the data" if share() else ""
            return (
                f"Reading was stopped after {clock.seconds:.0f} seconds and {coder.seen:,} rows{read}: "
                "what comes after them was not looked at."
            )
    return ""
