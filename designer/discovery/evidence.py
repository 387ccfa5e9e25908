"""Agree sets: for pairs of rows, the columns in which both have the same value.

One pair that agrees on X and not on A is proof that X -> A does not hold. A few hundred pairs that agree somewhere
refute nearly every candidate, so that only few have to be looked up in all rows (Papenbrock and Naumann's HyFD, 2016).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

PAIRS = 1_300
"""Pairs of rows that are compared for each column."""
_COMPARISONS = 6_000_000
"""Values that all pairs together may have: with many columns there are fewer pairs for each."""
_FEWEST = 150


class Evidence:
    """The agree sets of sampled pairs: `by_column[c]` are those of pairs that agree on c, `sets` all different ones."""

    def __init__(self, codes: Sequence[Sequence[int]]):
        self._codes = codes
        self._pairs = max(_FEWEST, min(PAIRS, _COMPARISONS // max(1, len(codes) ** 2)))
        self.every = (1 << len(codes)) - 1
        self.by_column: list[list[int]] = [[] for _ in codes]
        self.sets: list[int] = []
        self._known: set[int] = set()

    def collect(self, column: int) -> None:
        """Compare pairs of rows that agree on a column: each row with the one before that has the same value."""
        found = self.by_column[column]
        for one, other in _neighbours(self._codes[column], self._pairs):
            found.append(self.learn(one, other))

    def learn(self, one: int, other: int) -> int:
        """Compare two rows, keep what they agree on, and return it."""
        agreed, bit = 0, 1
        for codes in self._codes:
            if codes[one] == codes[other]:
                agreed |= bit
            bit <<= 1
        if agreed not in self._known:
            self._known.add(agreed)
            self.sets.append(agreed)
        return agreed

    def alive(self, left: int) -> int:
        """Return the columns that no pair has shown not to be determined by `left`."""
        alive = self.every & ~left
        for agreed in self.sets:
            if agreed & left == left:
                alive &= agreed
                if not alive:
                    break
        return alive

    def refutes_key(self, left: int) -> bool:
        """Say whether two of the rows looked at agree on `left`."""
        return any(agreed & left == left for agreed in self.sets)

    def likely(self, left: int, columns: Sequence[int], candidates: int, errors: float) -> int:
        """Return which of `candidates` may be determined by `left` if a share of `errors` of the rows may change.

        Two random rows of a group differ with twice that probability; a candidate that is four standard deviations
        beyond it is out.
        """
        agreed = [each for column in columns for each in self.by_column[column] if each & left == left]
        expected = len(agreed) * 2 * errors
        return _seldom_missing(agreed, candidates, int(expected + 4 * math.sqrt(expected) + 3))


def _seldom_missing(sets: Sequence[int], candidates: int, most: int) -> int:
    """Return which candidates are missing in at most about `most` of the sets; the next power of two is the limit.

    All columns are counted at once: `digits[i]` has the binary digits of weight 2**i of all counts.
    """
    digits = [0] * most.bit_length()
    for each in sets:
        carry = candidates & ~each
        for place, digit in enumerate(digits):
            digits[place], carry = digit ^ carry, digit & carry
            if not carry:
                break
        else:
            candidates &= ~carry
            if not candidates:
                break
    return candidates


def _neighbours(codes: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    last: dict[int, int] = {}
    found = 0
    for row, code in enumerate(codes):
        before = last.get(code)
        last[code] = row
        if before is not None:
            yield before, row
            found += 1
            if found == most:
                return
