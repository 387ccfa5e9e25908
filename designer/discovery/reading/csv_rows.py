"""Text to rows, none of which is lost: other widths and quotes that are never closed are put right and told."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice

from designer.discovery.reading.csv_dialect import Dialect

LONGEST = 1_000_000
"""Characters of one cell."""
BATCH = 1_024
"""Rows that are taken at once."""
_TOLD = 8
"""Rows of another width that are told one by one."""
_SHOWN = 40
Cells = list[str]


@dataclass(slots=True)
class Told:
    """What was put right while rows were read. Rows count from 1 below the header."""

    narrow: int = 0
    wide: int = 0
    blank: int = 0
    unclosed: int = 0
    uneven: int = 0  # rows of another width that were told one by one
    sentences: list[str] = field(default_factory=list)

    def notes(self) -> list[str]:
        """Return all of it in sentences."""
        found = list(self.sentences)
        if self.narrow + self.wide > self.uneven:
            found.append(
                f"In all {self.narrow} rows have too few fields and {self.wide} too many; all of them were compared."
            )
        if self.unclosed > _TOLD:
            found.append(f"In all {self.unclosed} quotes are not closed where they should be; no line was left out.")
        if self.blank:
            found.append(f"{self.blank} blank {'line was' if self.blank == 1 else 'lines were'} left out.")
        return found


class Rows:
    """Reads the rows of a text in batches, all as wide as the header.

    Batches without trouble are taken as `csv` gives them. Of the others the lines are read again, row by row.
    """

    def __init__(self, lines: Iterable[str], dialect: Dialect, told: Told):
        csv.field_size_limit(LONGEST)
        self.dialect, self.told = dialect, told
        self.width = 0  # of the header, once it is known
        self.row = self.line = 0  # read so far
        self._lines = iter(lines)
        self._taken: list[str] = []  # the lines of the current batch
        self._reader = self._strict(self._watched())

    def _watched(self) -> Iterator[str]:
        for line in self._lines:
            self._taken.append(line)
            yield line

    def _strict(self, lines: Iterable[str]) -> Iterator[Cells]:
        return self.dialect.reader(lines, strict=True)

    def header(self) -> Cells:
        """Return the first row that is not blank; empty where there is none. It decides the width of the others."""
        cells: Cells = []
        while not any(each.strip() for each in cells):
            self._taken.clear()
            try:
                cells = next(self._reader)
            except StopIteration:
                return []
            except csv.Error:
                cells = self._alone(self._taken[0])
                self._lines = chain(self._taken[1:], self._lines)
                self._reader = self._strict(self._watched())
                del self._taken[1:]
            self.line += len(self._taken)
        self.width = len(cells)
        return cells

    def batches(self) -> Iterator[list[Cells]]:
        """Yield the rows below the header."""
        while True:
            self._taken.clear()
            try:
                batch = list(islice(self._reader, BATCH))
            except csv.Error:
                batch = []
            if not self._taken:
                return
            if set(map(len, batch)) == {self.width}:
                self.row += len(batch)
                self.line += len(self._taken)
                yield batch
            else:
                yield list(self._slowly(list(self._taken)))

    def _slowly(self, lines: list[str]) -> Iterator[Cells]:
        """Yield the rows of some lines, each put right where it must be."""
        at = 0
        while at < len(lines):
            taken, rows = self._next(lines, at)
            for cells in rows:
                if not cells and self.width > 1:
                    self.told.blank += 1
                    continue
                self.row += 1
                yield self._fitted(cells)
            at += taken
            self.line += taken

    def _next(self, lines: list[str], at: int) -> tuple[int, list[Cells]]:
        """Return how many lines the next row has, and its cells; several rows where a quote had swallowed them."""
        used: list[str] = []
        reader = self._strict(_noted(islice(lines, at, None), used))
        try:
            cells = next(reader)
        except csv.Error:
            if len(used) == 1:
                return 1, [self._alone(used[0])]
            return self._put_right(used)
        if len(used) > 1 and len(cells) != self.width:
            return self._put_right(used)
        return len(used), [cells]

    def _put_right(self, lines: list[str]) -> tuple[int, list[Cells]]:
        """Return lines as rows by themselves, if most have the width of the header then: a quote has swallowed them."""
        rows = [self._alone(line) for line in lines]
        even = sum(len(row) == self.width for row in rows)
        if even * 2 < len(rows):
            return len(lines), list(self.dialect.reader(lines))
        self.told.unclosed += 1
        if self.told.unclosed <= _TOLD:
            self.told.sentences.append(
                f"Row {self.row + 1} (line {self.line + 1}) opens a quote that is not closed where it should be; "
                f"{len(lines)} lines from there on were read as rows by themselves."
            )
        return len(lines), rows

    def _alone(self, line: str) -> Cells:
        """Return the cells of one line; its quotes count only if they come in pairs."""
        if line.count(self.dialect.quote) % 2 == 0:
            return next(self.dialect.reader([line]), [])
        plain = csv.reader([line], delimiter=self.dialect.delimiter, quoting=csv.QUOTE_NONE, quotechar=None)
        return next(plain, [])

    def _fitted(self, cells: Cells) -> Cells:
        """Return a row as wide as the header: missing fields are empty, extra ones are told and left out."""
        extra = cells[self.width :]
        missing = self.width - len(cells)
        if any(each.strip() for each in extra):
            self.told.wide += 1
            self._tell(len(cells), f"the extra {_shown(extra)} left out of the comparison")
        elif missing > 0 and cells:
            self.told.narrow += 1
            self._tell(len(cells), "the missing one is NULL" if missing == 1 else "the missing ones are NULL")
        return cells[: self.width] + [""] * missing

    def _tell(self, fields: int, what: str) -> None:
        if self.told.narrow + self.told.wide <= _TOLD:
            self.told.uneven += 1
            count = f"{fields} {'field' if fields == 1 else 'fields'} instead of {self.width}"
            self.told.sentences.append(f"Row {self.row} (line {self.line + 1}) has {count}: {what}.")


def _noted(lines: Iterable[str], used: list[str]) -> Iterator[str]:
    for line in lines:
        used.append(line)
        yield line


def _shown(extra: Cells) -> str:
    words = ", ".join(repr(each[:_SHOWN]) for each in extra[:3])
    more = f" and {len(extra) - 3} more" if len(extra) > 3 else ""
    return f"one ({words}) is" if len(extra) == 1 else f"ones ({words}{more}) are"
