"""Can a dependency be kept at all when every relation is in BCNF? For few columns the answer is exact.

Each part of a relation in BCNF is in BCNF, and a further relation never makes a decomposition lose more. So X -> A can
be kept iff it follows from what lies within the largest sets in BCNF among the columns that a derivation of it may use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from designer.normalization.contract import FD, bits
from designer.normalization.grounds import Grounds
from designer.normalization.preservation import lost_of, reached
from designer.normalization.projection import squeezer, stretched

MOST = 10  # columns of which all subsets are looked at


class Kept(Enum):
    """Whether there are relations in BCNF that keep a dependency."""

    NEVER = "never"
    OPEN = "open"


def keeping(ground: Grounds, fd: FD) -> list[int] | Kept:
    """Return relations in BCNF within which a dependency can be checked, as few and as small as were found."""
    columns = _of_use(ground, fd)
    if columns.bit_count() > MOST:
        return Kept.OPEN
    family = bcnf_sets(ground, columns)
    if fd.right & ~reached(fd.left, family, ground.closure, fd.right):
        return Kept.NEVER
    return pruned(family, lambda schemas: not fd.right & ~reached(fd.left, schemas, ground.closure, fd.right))


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


def bcnf_sets(ground: Grounds, columns: int) -> list[int]:
    """Return the sets of these columns that are in BCNF and lie in no other such set, large ones first."""
    at = list(bits(columns))
    squeeze = squeezer(at)
    closures = [squeeze(ground.closure(stretched(at, x)) & columns) for x in range(1 << len(at))]
    open_sets = [x for x, closed in enumerate(closures) if closed != x]
    found: list[int] = []
    for each in sorted(range(1, 1 << len(at)), key=lambda x: (-x.bit_count(), x)):
        if not any(not each & ~larger for larger in found) and _in_bcnf(each, open_sets, closures):
            found.append(each)
    return [stretched(at, each) for each in found]


def _in_bcnf(schema: int, open_sets: list[int], closures: list[int]) -> bool:
    for x in open_sets:
        if not x & ~schema:
            closed = closures[x] & schema
            if closed not in (x, schema):
                return False
    return True


def pruned(schemas: Sequence[int], good: Callable[[list[int]], bool]) -> list[int]:
    """Leave out relations, large ones first, then single columns of the rest, while they stay good."""
    kept = list(schemas)
    for each in sorted(schemas, key=int.bit_count, reverse=True):
        fewer = [other for other in kept if other != each]
        if good(fewer):
            kept = fewer
    for number, each in enumerate(kept):
        for column in bits(each):
            smaller = [*kept[:number], kept[number] & ~(1 << column), *kept[number + 1 :]]
            if good(smaller):
                kept = smaller
    return kept


def at_risk(ground: Grounds, safe: Sequence[int]) -> tuple[FD, ...]:
    """Return the dependencies of the cover that relations known to be in BCNF do not keep."""
    return lost_of(ground.cover, safe, ground.closure, ground.n)
