"""The tableau of a chase: rows of small numbers, 0 for what all rows of the answer have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from designer.normalization.contract import FD, JD, MVD, Chased, bits


class Tableau:
    """Rows that dependencies make equal, and that multivalued and join dependencies make more of.

    It is kept by columns, for a dependency looks at few of them. `whole` turns True when a row of zeros appears, and
    nothing more is done then; `steps` say how it came about.
    """

    def __init__(self, n: int, schemas: Sequence[int], most_cells: int) -> None:
        self.n = n
        self.steps: list[Chased] = []
        self._most = most_cells
        self._rows = len(schemas)
        self._columns = [
            [0 if schema >> column & 1 else number + 1 for number, schema in enumerate(schemas)] for column in range(n)
        ]
        every = (1 << n) - 1
        self._left = [(every & ~schema).bit_count() for schema in schemas]  # cells of each row that are not yet 0
        self.whole = 0 in self._left

    def rows(self) -> list[tuple[int, ...]]:
        """Return the rows as they stand, equal ones too."""
        return list(zip(*self._columns, strict=True)) if self.n else [()] * self._rows

    def distinct(self) -> tuple[tuple[int, ...], ...]:
        """Return the rows, none twice."""
        return tuple(dict.fromkeys(self.rows()))

    def equate(self, fds: Sequence[FD]) -> None:
        """Apply functional dependencies until nothing changes."""
        due = set(range(len(fds)))
        readers = self._readers(fds)
        while due and not self.whole:
            for number in sorted(due):
                due.discard(number)
                for column in bits(self._apply(fds[number])):
                    due |= readers[column]
                if self.whole:
                    return

    def _readers(self, fds: Sequence[FD]) -> list[set[int]]:
        """For each column, the dependencies with it on the left."""
        readers: list[set[int]] = [set() for _ in range(self.n)]
        for number, fd in enumerate(fds):
            for column in bits(fd.left):
                readers[column].add(number)
        return readers

    def _apply(self, fd: FD) -> int:
        """Make rows that agree on the left agree on the right; return the columns that changed."""
        changed = 0
        firsts: dict[object, int] = {}
        for row, key in enumerate(self._keys(fd.left)):
            first = firsts.setdefault(key, row)
            if first == row:
                continue
            unequal = [at for at in bits(fd.right) if self._columns[at][first] != self._columns[at][row]]
            if unequal:
                self.steps.append(Chased((first, row), fd))
            for column in unequal:
                self._unite(column, first, row)
                changed |= 1 << column
            if self.whole:
                break
        return changed

    def _keys(self, left: int) -> list[object]:
        columns = [self._columns[at] for at in bits(left)]
        if not columns:
            return [()] * self._rows
        return list(columns[0]) if len(columns) == 1 else list(zip(*columns, strict=True))

    def _unite(self, column: int, first: int, second: int) -> None:
        values = self._columns[column]
        low, high = sorted((values[first], values[second]))
        for row, value in enumerate(values):
            if value == high:
                values[row] = low
                if not low:
                    self._left[row] -= 1
                    self.whole = self.whole or not self._left[row]

    def join(self, dependency: MVD | JD, parts: Sequence[int]) -> bool | None:
        """Add the rows of the join of the projections on `parts`; say whether any are new, None for too many."""
        rows = self.rows()
        made = self._joined(rows, parts)
        if made is None:
            return None
        known = set(rows)
        for row, origin in made.items():
            if row not in known:
                self._add(row)
                self.steps.append(Chased(origin, dependency))
                if self.whole:
                    break
        return self._rows > len(rows)

    def _joined(
        self, rows: list[tuple[int, ...]], parts: Sequence[int]
    ) -> dict[tuple[int, ...], tuple[int, ...]] | None:
        """Return all rows of the join, each with the rows that its parts come from."""
        found: dict[tuple[int, ...], tuple[int, ...]] = {(0,) * self.n: ()}
        have = 0
        for part in parts:
            by_common: dict[object, dict[object, int]] = {}
            common, own = _picker(have & part), _picker(part)
            for number, row in enumerate(rows):
                by_common.setdefault(common(row), {}).setdefault(own(row), number)
            made = {}
            for row, origin in found.items():
                for number in by_common.get(common(row), {}).values():
                    made[_overlaid(row, rows[number], part)] = (*origin, number)
                if len(made) * self.n > self._most:
                    return None
            found = made
            have |= part
        return found

    def _add(self, row: tuple[int, ...]) -> None:
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)
        self._rows += 1
        self._left.append(sum(map(bool, row)))
        self.whole = self.whole or not self._left[-1]


def _picker(columns: int) -> Callable[[tuple[int, ...]], object]:
    """Return a function that reads some columns of a row."""
    at = list(bits(columns))
    return itemgetter(*at) if at else lambda _: ()


def _overlaid(row: tuple[int, ...], other: tuple[int, ...], columns: int) -> tuple[int, ...]:
    """Return a row with the values of another one in some columns."""
    return tuple(b if columns >> at & 1 else a for at, (a, b) in enumerate(zip(row, other, strict=True)))
