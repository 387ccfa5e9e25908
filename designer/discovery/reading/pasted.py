"""Rows as people paste them: a table of Markdown, the grid that a client draws, INSERT statements, a COPY block.

Cells of a spreadsheet are text with tabs, which `csv_file` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from designer.discovery.contract import NULL_WORDS, Budget, DataProblem
from designer.discovery.reading import grids, statements
from designer.discovery.reading.headers import named
from designer.discovery.table import Coder, Table

_BATCH = 4_096
Read = tuple[Sequence[str], Iterable[Sequence[str | None]], list[str]]
"""The header, the rows, and what is to be told of them once they are read."""
Reader = Callable[[str], Read]

_FORMS: tuple[tuple[Callable[[str], bool], Reader, tuple[str, ...]], ...] = (
    (statements.is_copy, statements.read_copy, ()),
    (statements.is_insert, statements.read_inserts, ()),
    (grids.is_grid, grids.read_grid, NULL_WORDS),
    (grids.is_columns, grids.read_columns, NULL_WORDS),
)
"""Whether a text is of a form, what reads it, and how it writes NULL where the reader does not know."""


def is_pasted(head: str) -> bool:
    """Say whether the beginning of a text is one of these forms."""
    return any(fits(head) for fits, _, _ in _FORMS)


def read_pasted(text: str, name: str, budget: Budget) -> Table:
    """Return the rows of a text of one of these forms. Raises DataProblem where it has none."""
    reader, words = next((reader, words) for fits, reader, words in _FORMS if fits(text))
    header, rows, notes = reader(text)
    if not header:
        raise DataProblem("there are no rows in it; paste the names of the columns and the rows below them", 1, 1)
    names, changed = named(header)
    coder = Coder(names, budget, words)
    uneven = _Uneven(len(names))
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        coder.add([uneven.fitted(row) for row in batch])
    return coder.table(name, notes=[*changed, *notes, *uneven.notes()])


class _Uneven:
    """Makes rows as wide as the header, and remembers those that were not."""

    def __init__(self, width: int):
        self.width, self.row, self.narrow, self.wide = width, 0, 0, 0
        self.first = 0

    def fitted(self, row: Sequence[str | None]) -> Sequence[str | None]:
        """Return a row as wide as the header."""
        self.row += 1
        if len(row) == self.width:
            return row
        self.narrow += len(row) < self.width
        self.wide += len(row) > self.width
        self.first = self.first or self.row
        return [*row[: self.width], *[None] * (self.width - len(row))]

    def notes(self) -> list[str]:
        """Return what was put right."""
        if not self.first:
            return []
        return [
            f"{self.narrow} rows have fewer fields than the header, which are NULL, and {self.wide} have more, which "
            f"are left out of the comparison; the first of them is row {self.first}."
        ]
