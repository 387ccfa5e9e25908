"""The functional dependencies that follow from functional and multivalued ones together.

Where A ->> B and D -> B, all rows with one A have one B: A -> B follows, which no closure under functional
dependencies alone can tell (coalescence). Keys and normal forms up to BCNF have to be asked of what is found here.

From V ->> W, with Z the other columns, and L -> R follows V, (L without Z) -> (R within W). Adding those until nothing
new comes is complete. For let X be closed under what was found, a column of it determined by X but not in it, and X
as large as can be. No given functional dependency acts on X, so a multivalued one has its left side within X and cuts
the rest of the columns; a is on one side. Any column from the other side would make X determine a, as X is the
largest; by the rule X does so without it.
"""

from __future__ import annotations

from functools import lru_cache

from designer.normalization.closure import Closure
from designer.normalization.contract import FD, Budget, Relation
from designer.normalization.cover import grouped
from designer.normalization.work import Work, cost


def effective(relation: Relation, budget: Budget | None = None) -> tuple[tuple[FD, ...], bool]:
    """Return functional dependencies from which all that hold follow, and whether they are enough for that.

    Without multivalued dependencies they are the given ones. The budget for projections caps their number.
    """
    if not relation.mvds:
        return relation.fds, True
    return _effective(relation, budget or Budget())


@lru_cache(maxsize=64)
def _effective(relation: Relation, budget: Budget) -> tuple[tuple[FD, ...], bool]:
    columns = len(relation.attributes)
    found = grouped(relation.fds)
    closure = Closure(found, columns)
    halves = _halves(relation)
    work = Work()
    for fd in found:
        for left, here, there in halves:
            coalesced = FD(left | fd.left & ~there, fd.right & here)
            if not coalesced.right & ~coalesced.left or not fd.left & there:
                continue
            if not work.spend(cost(closure)):
                return tuple(found), False
            if not closure.implies(coalesced.left, coalesced.right):
                if len(found) >= budget.projected:
                    return tuple(found), False
                found.append(coalesced)
                closure = Closure(found, columns)
    return tuple(found), True


def _halves(relation: Relation) -> list[tuple[int, int, int]]:
    """Return (left, one side, the other side) of each multivalued dependency that is not trivial, both ways."""
    halves: dict[tuple[int, int, int], None] = {}
    for mvd in relation.mvds:
        here = mvd.right & ~mvd.left
        there = relation.every & ~mvd.left & ~here
        if here and there:
            halves[mvd.left, here, there] = halves[mvd.left, there, here] = None
    return list(halves)
