"""An Armstrong relation: rows that satisfy all functional dependencies that follow, and no other one.

"Would a row like the fourth be allowed?" is how people find the dependency that they forgot to state. There is one row
for each closed set that is no intersection of larger ones, agreeing with the first row exactly there (Beeri, Dowd,
Fagin and Statman 1984).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from designer.normalization.contract import FD, Budget, Relation, Undecided, bits
from designer.normalization.cover import canonical

WORK = 300_000
"""Pairs of sets that may be intersected: about a tenth of a second."""

Row = tuple[int, ...]


def armstrong(relation: Relation, budget: Budget | None = None) -> tuple[Row, ...] | Undecided:
    """Return the rows, the first one all zeros; a value is a small number, equal numbers in a column are equal values.

    With multivalued or join dependencies there is none of this kind, for their tables need whole blocks of rows.
    """
    if relation.mvds or relation.jds:
        return Undecided("example rows are made for functional dependencies only")
    columns = len(relation.attributes)
    most = (budget or Budget()).keys
    sets = meet_irreducible(canonical(relation.fds, columns), columns, most)
    if sets is None:
        return Undecided(f"there would be more than {most:,} example rows, or they take too long to find")
    return tuple(
        tuple(0 if agree >> column & 1 else number for column in range(columns))
        for number, agree in enumerate([(1 << columns) - 1, *sets])
    )


def meet_irreducible(fds: Sequence[FD], columns: int, most: int) -> list[int] | None:
    """Return the closed sets that are no intersection of larger ones, large ones first; None for more than `most`.

    A dependency is added at a time (Mannila and Räihä 1986): a set that breaks it is cut to what it has in common
    with each set that lacks some column of the left side.
    """
    every = (1 << columns) - 1
    sets = [every ^ 1 << column for column in range(columns)]
    work = 0
    for fd in fds:
        broken = [each for each in sets if not fd.left & ~each and fd.right & ~each]
        if not broken:
            continue
        lacking = [each for each in sets if fd.left & ~each]
        kept = set(sets).difference(broken)
        work += len(broken) * len(lacking)
        if work > WORK:
            return None
        kept.update(one & other for one in broken for other in lacking)
        work += len(kept) * len(kept) // 8
        if work > WORK:
            return None
        sets = _irreducible(kept, every)
        if len(sets) > most:
            return None
    return sorted(sets, key=_large_first)


def _large_first(columns: int) -> tuple[int, tuple[int, ...]]:
    return -columns.bit_count(), tuple(bits(columns))


def _irreducible(sets: Iterable[int], every: int) -> list[int]:
    """Return those of the sets that are no intersection of larger ones."""
    kept: list[int] = []
    for each in sorted(sets, key=int.bit_count, reverse=True):
        meet = every
        for larger in kept:
            if not each & ~larger:
                meet &= larger
                if meet == each:
                    break
        if meet != each:
            kept.append(each)
    return kept
