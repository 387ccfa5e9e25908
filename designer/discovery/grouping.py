"""Rows grouped by their values in some columns, and how well that determines another column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from operator import add, eq, ne

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
        self._count: int | None = None
        self._neighbours: tuple[list[int], list[int]] | None = None
        self._start: tuple[Sequence[int], dict[int, int]] | None = None

    @property
    def joined(self) -> Sequence[int]:
        """One number for each row, which says to what group it belongs."""
        if self._joined is None:
            self._joined = combined(self._columns)
        return self._joined

    @property
    def neighbours(self) -> tuple[list[int], list[int]]:
        """The rows that are not the first of their group, and for each the row of its group before it."""
        if self._neighbours is None:
            self._neighbours = _chained(self.joined)
        return self._neighbours

    @property
    def count(self) -> int:
        """How many groups there are."""
        if self._count is None:
            rows = len(self.joined)
            self._count = rows - len(self._neighbours[0]) if self._neighbours else len(set(self.joined))
        return self._count

    def are_alone(self) -> bool:
        """Say whether each group has one row."""
        return self.count == len(self.joined)

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
        rows, others = self.neighbours
        if all(map(eq, map(right.__getitem__, rows), map(right.__getitem__, others))):
            return None
        return next(pair for pair in zip(rows, others, strict=True) if right[pair[0]] != right[pair[1]])

    def exceptions(self, right: Sequence[int], most: float) -> int | None:
        """Return how many rows would have to change for the groups to determine a column (g3); None beyond `most`.

        A row that would have to change differs from two neighbours at most, so twice `most` differences are enough.
        """
        rows, others = self.neighbours
        if sum(map(ne, map(right.__getitem__, rows), map(right.__getitem__, others))) > 2 * most:
            return None
        size = max(right, default=0) + 1
        best: dict[int, int] = {}
        for both, often in Counter(map(add, map(size.__mul__, self.joined), right)).items():
            group = both // size
            if often > best.get(group, 0):
                best[group] = often
        wrong = len(right) - sum(best.values())
        return wrong if wrong <= most else None


def _chained(joined: Sequence[int]) -> tuple[list[int], list[int]]:
    last: dict[int, int] = {}
    rows: list[int] = []
    others: list[int] = []
    for row, group in enumerate(joined):
        before = last.get(group)
        if before is not None:
            rows.append(row)
            others.append(before)
        last[group] = row
    return rows, others
