"""Rows grouped by their values in some columns, and how well that determines another column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import add, eq

_FIRST = 2_000
"""Rows that are tried before all of them: where a dependency does not hold, they nearly always show it."""


def combined(columns: Sequence[Sequence[int]]) -> Sequence[int]:
    """Return one number for each row, the same for rows that agree on all of the columns."""
    if not columns:
        raise ValueError("rows are grouped by one column at least")
    joined = columns[0]
    for column in columns[1:]:
        size = max(column, default=0) + 1
        joined = list(map(add, map(size.__mul__, joined), column))
    return joined


class Grouping:
    """Rows by the values of a left side. Rows are in random order, so that the first ones are a sample."""

    def __init__(self, columns: Sequence[Sequence[int]]):
        self._columns = columns
        self._joined: Sequence[int] | None = None
        self._last: dict[int, int] | None = None
        self._pairs: tuple[list[int], list[int]] | None = None
        self._start: tuple[Sequence[int], dict[int, int]] | None = None

    @property
    def joined(self) -> Sequence[int]:
        """One number for each row, which says to what group it belongs."""
        if self._joined is None:
            self._joined = combined(self._columns)
        return self._joined

    @property
    def last(self) -> dict[int, int]:
        """The last row of each group."""
        if self._last is None:
            self._last = dict(zip(self.joined, range(len(self.joined)), strict=True))
        return self._last

    @property
    def count(self) -> int:
        """How many groups there are."""
        return len(self.last)

    def counterexample(self, right: Sequence[int]) -> tuple[int, int] | None:
        """Return two rows of one group that differ in a column; None where its groups determine it."""
        return self._early(right) or self._late(right)

    def _early(self, right: Sequence[int]) -> tuple[int, int] | None:
        """Look at the first rows only."""
        if self._start is None:
            head = combined([column[:_FIRST] for column in self._columns])
            self._start = head, dict(zip(head, range(len(head)), strict=True))
        head, last = self._start
        start = right[:_FIRST]
        if all(map(eq, map(start.__getitem__, map(last.__getitem__, head)), start)):
            return None
        row = next(row for row, code in enumerate(head) if start[last[code]] != start[row])
        return row, last[head[row]]

    def _late(self, right: Sequence[int]) -> tuple[int, int] | None:
        """Look at all rows that are not alone in their group."""
        if self._pairs is None:
            last = list(map(self.last.__getitem__, self.joined))
            rows = [row for row, other in enumerate(last) if row != other]
            self._pairs = rows, [last[row] for row in rows]
        rows, others = self._pairs
        if all(map(eq, map(right.__getitem__, rows), map(right.__getitem__, others))):
            return None
        return next(pair for pair in zip(rows, others, strict=True) if right[pair[0]] != right[pair[1]])

    def exceptions(self, right: Sequence[int]) -> int:
        """Return how many rows would have to change for the groups to determine a column (g3)."""
        size = max(right, default=0) + 1
        best: dict[int, int] = {}
        for both, rows in Counter(map(add, map(size.__mul__, self.joined), right)).items():
            group = both // size
            if rows > best.get(group, 0):
                best[group] = rows
        return len(right) - sum(best.values())
