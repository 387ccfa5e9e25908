"""The closure of a set of columns under functional dependencies.

Linear in the size of the dependencies, by counters (Beeri and Bernstein 1979): each dependency counts the columns of
its left side that are still missing, and fires when there are none. A few dependencies are read over and over, which
is faster; of very many, those that may fire are found all at once, as a set of dependencies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from designer.normalization.contract import FD, bits

FEW = 30  # dependencies; below it, counters cost more than they save
CROWDED = 8  # dependencies a column; above it, most of them fire at once, and counting for each is dear


class Closure:
    """Closures under the same dependencies, prepared once; columns are numbered from 0 up to `columns`.

    `steps` is what one closure costs, about 0.1 microseconds each.
    """

    def __init__(self, fds: Sequence[FD], columns: int) -> None:
        self.fds = tuple(fds)
        self._lefts = [fd.left for fd in self.fds]
        self._rights = [fd.right for fd in self.fds]
        self._every = (1 << columns) - 1
        self.steps = len(self.fds) + 10
        self.toward = self._prepared(columns)

    def _prepared(self, columns: int) -> Callable[..., int]:
        """Return the way that suits the dependencies; `toward` stops as soon as the closure holds its goal."""
        if len(self.fds) < FEW:
            return self._rescanned
        self._using: list[list[int]] = [[] for _ in range(columns)]
        for number, left in enumerate(self._lefts):
            for column in bits(left):
                self._using[column].append(number)
        if len(self.fds) > CROWDED * columns:
            self._wanting = [_numbers(using) for using in self._using]
            giving: list[list[int]] = [[] for _ in range(columns)]
            for number, right in enumerate(self._rights):
                for column in bits(right):
                    giving[column].append(number)
            self._giving = [_numbers(each) for each in giving]
            self.steps = 4 * columns + len(self.fds) * columns // 500
            return self._at_once
        self._missing = [left.bit_count() for left in self._lefts]
        self._free = [number for number, left in enumerate(self._lefts) if not left]
        return self._counted

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

    def narrow(self, number: int, right: int) -> None:
        """Give the dependency with this number a smaller right side."""
        if self.toward == self._at_once:
            for column in bits(self._rights[number] & ~right):
                self._giving[column] ^= 1 << number
        self._rights[number] = right

    def _counted(self, x: int, goal: int, skip: int = -1) -> int:
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

    def _rescanned(self, x: int, goal: int, skip: int = -1) -> int:
        lefts, rights = self._lefts, self._rights
        if skip >= 0:
            rights = rights.copy()
            rights[skip] = 0
        outside, before = ~x, 0
        while outside != before and goal & outside:
            before = outside
            for left, right in zip(lefts, rights, strict=True):
                if not left & outside and right & outside:
                    outside &= ~right
                    if not goal & outside:
                        return ~outside
        return ~outside

    def _at_once(self, x: int, goal: int, skip: int = -1) -> int:
        none = 0 if skip < 0 else 1 << skip
        everything = (1 << len(self.fds)) - 1
        before = -1
        while x != before and goal & ~x:
            before = x
            waiting = none
            for column in bits(self._every & ~x):
                waiting |= self._wanting[column]
            firing = everything ^ waiting
            for column in bits(self._every & ~x):
                if firing & self._giving[column]:
                    x |= 1 << column
        return x


def _numbers(chosen: list[int]) -> int:
    """Return the set of these numbers. Built from bytes, since setting bit after bit copies the set each time."""
    if not chosen:
        return 0
    found = bytearray(chosen[-1] // 8 + 1)
    for number in chosen:
        found[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(found, "little")
