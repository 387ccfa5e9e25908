"""The closure of a set of columns under functional dependencies.

Linear in the size of the dependencies, by counters (Beeri and Bernstein 1979): each dependency counts the columns of
its left side that are still missing, and fires when there are none. Where there are few dependencies, or many more of
them than columns, reading them over and over is faster.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.contract import FD, bits

FEW = 30  # dependencies; below it, counters cost more than they save
CROWDED = 8  # dependencies a column; above it, most of them fire at once, and counting each of their columns is dear


class Closure:
    """Closures under the same dependencies, prepared once; columns are numbered from 0 up to `columns`."""

    def __init__(self, fds: Sequence[FD], columns: int) -> None:
        self.fds = tuple(fds)
        self._lefts = [fd.left for fd in self.fds]
        self._rights = [fd.right for fd in self.fds]
        self._rescans = len(self.fds) < FEW or len(self.fds) > CROWDED * columns
        if not self._rescans:
            self._missing = [left.bit_count() for left in self._lefts]
            self._free = [number for number, left in enumerate(self._lefts) if not left]
            self._using: list[list[int]] = [[] for _ in range(columns)]
            for number, left in enumerate(self._lefts):
                for column in bits(left):
                    self._using[column].append(number)
        self._places: dict[int, list[int]] | None = None

    def of(self, x: int, skip: int = -1) -> int:
        """Return the closure of x, leaving out the dependency with the number `skip`."""
        return self.toward(x, -1, skip)

    def implies(self, left: int, right: int) -> bool:
        """Return whether left -> right follows."""
        return self.reaches(left, right)

    def reaches(self, x: int, goal: int, skip: int = -1) -> bool:
        """Return whether the closure of x holds all of `goal`; stops as soon as it does."""
        return not goal & ~self.toward(x, goal, skip)

    def used(self, x: int) -> tuple[int, ...]:
        """Return the numbers of the dependencies that add columns to x, in the order in which they fired."""
        fired = []
        grown = True
        while grown:
            grown = False
            for number, left in enumerate(self._lefts):
                if not left & ~x and self._rights[number] & ~x:
                    x |= self._rights[number]
                    fired.append(number)
                    grown = True
        return tuple(fired)

    def toward(self, x: int, goal: int, skip: int = -1) -> int:
        """Return the closure of x, or as much of it as it takes to hold `goal`."""
        if self._rescans:
            return self._rescanned(x, goal, skip)
        return self._counted(x, goal, skip)

    def narrow(self, right: int, number: int) -> None:
        """Give the dependency with this number a smaller right side."""
        self._rights[number] = right

    def _counted(self, x: int, goal: int, skip: int) -> int:
        missing = self._missing.copy()
        rights, using = self._rights, self._using
        if skip >= 0:
            missing[skip] = -1
        waiting = x
        for number in self._free:
            if number != skip:
                waiting |= rights[number]
        x = waiting
        while waiting and goal & ~x:
            low = waiting & -waiting
            waiting ^= low
            for number in using[low.bit_length() - 1]:
                if missing[number] == 1:
                    added = rights[number] & ~x
                    x |= added
                    waiting |= added
                else:
                    missing[number] -= 1
        return x

    def _rescanned(self, x: int, goal: int, skip: int) -> int:
        lefts, rights = self._lefts, self._rights
        if len(lefts) > FEW and 1 << (x.bit_count() + 2) < len(lefts) and not self._any_within(x, skip):
            return x
        if skip >= 0:
            rights = rights.copy()
            rights[skip] = 0
        before = -1
        while x != before and goal & ~x:
            before = x
            for left, right in zip(lefts, rights, strict=True):
                if not left & ~x and right & ~x:
                    x |= right
                    if not goal & ~x:
                        return x
        return x

    def _any_within(self, x: int, skip: int) -> bool:
        """Return whether a left side lies within x, by looking up the subsets of x, which are fewer."""
        if self._places is None:
            self._places = {}
            for number, left in enumerate(self._lefts):
                self._places.setdefault(left, []).append(number)
        subset = x
        while True:
            if any(number != skip for number in self._places.get(subset, ())):
                return True
            if not subset:
                return False
            subset = (subset - 1) & x
