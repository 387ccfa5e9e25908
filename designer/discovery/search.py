"""The search for dependencies and keys, level by level: left sides of one column, then of two, then of three."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from designer.discovery.contract import Clock, FoundDependency, Wish
from designer.discovery.evidence import Evidence
from designer.discovery.grouping import Grouping

_EXPLAINED = 0.1
"""An approximate dependency leaves at most this part of the errors that a guess without its left side would make."""
_REPEATED = {1: 0.2, 2: 0.8, 3: 0.9}
"""Part of the rows that must repeat their left side for an approximate dependency, by columns on the left."""
_MOST_WITHOUT_NEWS = 16


def bits_of(mask: int) -> Iterator[int]:
    """Yield the numbers of the columns in a mask, ascending."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@dataclass(slots=True)
class Found:
    """What the search has found so far; `complete` is False where its time ran out."""

    keys: list[int] = field(default_factory=list)  # minimal, as masks
    dependencies: list[FoundDependency] = field(default_factory=list)
    complete: bool = True
    looked: int = 0
    candidates: int = 0


class Search:
    """Looks at columns of codes, given in random order of the rows. `lefts` and `in_keys` are masks of columns."""

    def __init__(self, codes: Sequence[Sequence[int]], distinct: Sequence[int], lefts: int, in_keys: int, wish: Wish):
        self.codes, self.distinct, self.wish = codes, distinct, wish
        self.rows = len(codes[0]) if codes else 0
        self.varying = sum(1 << at for at, each in enumerate(distinct) if each > 1)
        self.lefts, self.in_keys = lefts & self.varying, in_keys & self.varying
        self.evidence = Evidence(codes)
        self.found = Found()
        self._guesses: dict[int, int] = {}
        self.exact: dict[int, int] = {}  # left side -> what it determines without exception
        self.nearly: dict[int, int] = {}  # left side -> what it determines with a few

    def run(self, clock: Clock) -> Found:
        """Search, and return what was found."""
        for level in range(1, self.wish.left + 1):
            if level == 1:
                self._keys_of_one()
                self._collect(clock)
            lefts = self._candidates(level)
            self.found.candidates += len(lefts)
            for at, left in enumerate(lefts):
                if at % _MOST_WITHOUT_NEWS == 0:
                    clock.progress(self._done(level, at, len(lefts)), f"looking at {level} of the columns at a time")
                if clock.over:
                    self.found.complete = False
                    return self.found
                self._look(left)
                self.found.looked += 1
        return self.found

    def _done(self, level: int, at: int, total: int) -> float:
        share = (level - 1 + at / max(1, total)) / self.wish.left
        return 0.2 + 0.8 * share * share

    def _keys_of_one(self) -> None:
        self.found.keys += [1 << at for at in bits_of(self.varying) if self.distinct[at] == self.rows]

    def _collect(self, clock: Clock) -> None:
        keys = sum(self.found.keys)
        for at in bits_of(self.varying & ~keys):
            clock.progress(0.2 * at / len(self.codes), "comparing pairs of rows")
            if clock.over:
                return
            self.evidence.collect(at)

    def _candidates(self, level: int) -> list[int]:
        """Return the sets that may be a left side or a key: those without a smaller key or a spare column in them."""
        keys = set(self.found.keys)
        usable = [at for at in bits_of(self.lefts | self.in_keys) if 1 << at not in keys]
        masks = (sum(1 << each for each in chosen) for chosen in combinations(usable, level))
        return [mask for mask in masks if not self._is_spare(mask)]

    def _is_spare(self, mask: int) -> bool:
        if any(key & mask == key for key in self.found.keys):
            return True
        return any(self.exact.get(mask & ~(1 << each), 0) >> each & 1 for each in bits_of(mask))

    def _look(self, left: int) -> None:
        columns = tuple(bits_of(left))
        grouping = Grouping([self.codes[each] for each in columns])
        if left & ~self.in_keys == 0 and self._is_key(left, grouping):
            self.found.keys.append(left)
            return
        if left & ~self.lefts == 0:
            known = self._determined(left, self.exact)
            self._look_exactly(left, columns, grouping, known)
            if self.wish.errors > 0:
                self._look_nearly(left, columns, grouping, known | self._determined(left, self.nearly))

    def _is_key(self, left: int, grouping: Grouping) -> bool:
        if left.bit_count() == 1 or self.evidence.refutes_key(left):
            return False
        return grouping.are_alone()

    def _determined(self, left: int, by: dict[int, int]) -> int:
        """Return the columns that a part of the left side determines already."""
        parts = [left & ~(1 << each) for each in bits_of(left)]
        return self._joined(parts, by)

    def _joined(self, parts: Sequence[int], by: dict[int, int]) -> int:
        found = 0
        for part in parts:
            found |= by.get(part, 0)
        return found

    def _look_exactly(self, left: int, columns: tuple[int, ...], grouping: Grouping, known: int) -> None:
        holds = 0
        while True:
            open_ones = self.evidence.alive(left) & self.varying & ~known & ~holds
            if not open_ones:
                break
            right = next(bits_of(open_ones))
            pair = grouping.counterexample(self.codes[right])
            if pair is None:
                holds |= 1 << right
                self._keep(columns, right, grouping.count, 0)
            else:
                self.evidence.learn(*pair)
        self.exact[left] = holds | known

    def _look_nearly(self, left: int, columns: tuple[int, ...], grouping: Grouping, known: int) -> None:
        candidates = self.varying & ~left & ~known & ~self.exact[left]
        holds = 0
        candidates = self.evidence.likely(left, columns, candidates, self.wish.errors) if candidates else 0
        if candidates and self._repeats(len(columns), grouping):
            for right in bits_of(candidates):
                exceptions = grouping.exceptions(self.codes[right], self._most(right, grouping.count))
                if exceptions is not None:
                    holds |= 1 << right
                    self._keep(columns, right, grouping.count, exceptions)
        self.nearly[left] = holds | self._determined(left, self.nearly)

    def _repeats(self, width: int, grouping: Grouping) -> bool:
        return self.rows - grouping.count >= _REPEATED[width] * self.rows

    def _most(self, right: int, groups: int) -> float:
        """Return how many rows may have to change: few of all, and few of those that a guess gets wrong."""
        explained = _EXPLAINED * min(self._guess(right), self.rows - groups)
        return min(self.wish.errors * self.rows, explained)

    def _guess(self, right: int) -> int:
        """Return how many rows a guess gets wrong that always says the most frequent value of a column."""
        if right not in self._guesses:
            self._guesses[right] = self.rows - max(Counter(self.codes[right]).values(), default=0)
        return self._guesses[right]

    def _keep(self, left: tuple[int, ...], right: int, groups: int, exceptions: int) -> None:
        self.found.dependencies.append(FoundDependency(left, right, groups, exceptions, self.rows - groups))
