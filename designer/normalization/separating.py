"""Normal forms of many columns: two of them at a time (Tsou and Fischer 1982, here for 4NF as well).

Where a left side splits the rest of a relation, let a and b come from different parts: all columns but these two keep
them apart as well. So where no two columns are kept apart by the others, nothing splits the relation.
"""

from __future__ import annotations

from itertools import combinations

from designer.normalization.contract import bits
from designer.normalization.grounds import Grounds

MOST = 300_000  # steps: pairs of columns, times what a dependency basis takes for each


def splitting_left(ground: Grounds, columns: int) -> tuple[int | None, bool]:
    """Return a left side that is no superkey and splits the other columns, or None, and whether that is certain.

    It is a violation of 4NF; without multivalued dependencies, of BCNF. Found out once.
    """
    if columns not in ground.separated:
        ground.separated[columns] = _splitting_left(ground, columns)
    return ground.separated[columns]


def _splitting_left(ground: Grounds, columns: int) -> tuple[int | None, bool]:
    relation = ground.relation
    if columns.bit_count() ** 2 * (len(relation.fds) // 10 + len(relation.mvds) + 5) > MOST:
        return None, False
    certain = True
    for first, second in combinations([1 << each for each in bits(columns)], 2):
        left = columns & ~first & ~second
        apart = _apart(ground, left, first, second)
        if apart:
            return _shortened(ground, left, first, second), True
        certain = certain and apart is not None
    return None, certain


def _apart(ground: Grounds, left: int, first: int, second: int) -> bool | None:
    """Return whether a left side keeps two columns apart; None where it determines both."""
    fixed = ground.closure(left)
    if fixed & first and fixed & second:
        return None
    if fixed & (first | second):
        return True
    if not ground.relation.mvds:
        return False
    return not any(block & first and block & second for block in ground.blocks(left))


def _shortened(ground: Grounds, left: int, first: int, second: int) -> int:
    for column in (1 << each for each in bits(left)):
        if _apart(ground, left & ~column, first, second):
            left &= ~column
    return left
