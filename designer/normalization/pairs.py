"""BCNF in polynomial time, without projecting anything (Tsou and Fischer 1982): for relations that are too large."""

from __future__ import annotations

from designer.normalization.contract import Cut, bits
from designer.normalization.fragments import in_bcnf
from designer.normalization.grounds import Grounds
from designer.normalization.projection import MANY


def split_by_pairs(ground: Grounds, columns: int) -> tuple[list[int], list[Cut]]:
    """Return relations in BCNF that join to these columns without loss, often more of them than need be.

    A relation in which no column A is determined by all but A and one other column is in BCNF, given that no column
    is the same in all rows; such columns are split off first.
    """
    schemas: list[int] = []
    cuts: list[Cut] = []
    constant = ground.always & columns
    if constant and constant != columns:
        cuts.append(Cut(columns, (constant, columns & ~constant), 0, constant))
        schemas.append(constant)
        columns &= ~constant
    while True:
        found = None if constant == columns else _smallest(ground, columns)
        if not found:
            return [*schemas, columns], cuts
        part, column = found
        left = part & ~column
        cuts.append(Cut(columns, (part, columns & ~column), left, column))
        schemas.append(part)
        columns &= ~column


def _smallest(ground: Grounds, columns: int) -> tuple[int, int] | None:
    """Return a part in BCNF and a column of it that the rest of the part determines; None where all is in BCNF."""
    pair = _pair(ground, columns)
    if not pair or (columns.bit_count() <= MANY and in_bcnf(ground, columns)):
        return None
    while True:
        column, other = pair
        columns &= ~other
        following = _pair(ground, columns)
        if not following:
            return columns, column
        pair = following


def _pair(ground: Grounds, columns: int) -> tuple[int, int] | None:
    """Return two columns of which the first is determined by all others but the second."""
    for column in (1 << each for each in bits(columns)):
        if ground.closure(columns & ~column) & column:
            for other in (1 << each for each in bits(columns & ~column)):
                if ground.closure(columns & ~column & ~other) & column:
                    return column, other
    return None
