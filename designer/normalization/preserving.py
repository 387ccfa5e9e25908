"""Can a dependency be kept at all when every relation is in BCNF? Mostly a short search answers exactly.

Each part of a relation in BCNF is in BCNF, and a further relation never makes a decomposition lose more. So X -> A can
be kept iff A is reached from X by steps Y -> B, none of Y to spare, with the columns of each step in BCNF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from designer.normalization.contract import FD, bits
from designer.normalization.fragments import in_bcnf
from designer.normalization.grounds import Grounds

MOST = 500  # left sides that are looked at for one dependency
ONCE_LOST = 100  # the same, where another dependency is lost in any case
WIDE = 7  # columns that relations are united up to


class Kept(Enum):
    """What else the search for relations that keep a dependency may end with."""

    NEVER = "there are none"
    OPEN = "it was too long"


def keeping(ground: Grounds, fd: FD, most: int = MOST) -> list[int] | Kept:
    """Return relations in BCNF within which a dependency with one column on its right can be checked.

    At most so many left sides are looked at.
    """
    if in_bcnf(ground, fd.left | fd.right):
        return [fd.left | fd.right]
    known = fd.left
    wanted = _of_use(ground, fd)
    steps: list[tuple[int, int]] = []
    tried: set[int] = set()
    grown = True
    while grown:
        grown = False
        for left in _subsets(known & wanted):
            if left in tried:
                continue
            if len(tried) == most:
                return Kept.OPEN
            tried.add(left)
            for column in _determined(ground, left, wanted & ~known):
                if in_bcnf(ground, left | column):
                    steps.append((left, column))
                    known |= column
                    grown = True
            if fd.right & known:
                return _needed(steps, fd.right)
            if grown:
                break
    return Kept.NEVER


def _needed(steps: list[tuple[int, int]], goal: int) -> list[int]:
    """Return the columns of the steps without which the goal would not be reached."""
    kept = []
    for left, column in reversed(steps):
        if column & goal:
            goal |= left
            kept.append(left | column)
    return kept


def _subsets(columns: int) -> Iterator[int]:
    """Yield all subsets, those of the first columns first."""
    subset = 0
    while True:
        yield subset
        if subset == columns:
            return
        subset = (subset - columns) & columns


def _determined(ground: Grounds, left: int, wanted: int) -> Iterator[int]:
    """Yield the columns that all of a left side is needed to determine."""
    parts = [ground.closure(left & ~(1 << each)) for each in bits(left)]
    for each in bits(ground.closure(left) & ~left & wanted):
        if not any(part >> each & 1 for part in parts):
            yield 1 << each


def _of_use(ground: Grounds, fd: FD) -> int:
    """Return the columns from which, starting with the left side, the right side may be reached."""
    start = ground.closure(fd.left)
    within = [each for each in ground.grouped if not each.left & ~start]
    wanted = fd.left | fd.right
    before = 0
    while wanted != before:
        before = wanted
        for each in within:
            if each.right & wanted:
                wanted |= each.left
    return wanted


def united(ground: Grounds, schemas: Sequence[int]) -> list[int]:
    """Unite relations whose keys determine each other where that makes a relation in BCNF that is not too wide."""
    kept: list[int] = []
    for each in schemas:
        for number, other in enumerate(kept):
            both = each | other
            same = ground.closure(each) == ground.closure(other) and both.bit_count() <= WIDE
            if same and in_bcnf(ground, both):
                kept[number] = both
                break
        else:
            kept.append(each)
    return kept


def pruned(schemas: Sequence[int], enough: Callable[[list[int]], bool]) -> list[int]:
    """Leave out relations, large ones first, then single columns of the rest, while they are enough."""
    kept = list(schemas)
    for each in sorted(schemas, key=int.bit_count, reverse=True):
        fewer = [other for other in kept if other != each]
        if enough(fewer):
            kept = fewer
    for number, each in enumerate(kept):
        for column in bits(each):
            smaller = [*kept[:number], kept[number] & ~(1 << column), *kept[number + 1 :]]
            if enough(smaller):
                kept = smaller
    return kept
