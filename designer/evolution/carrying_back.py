"""Values of columns that moved, read from where they are now, as if they still stood in the old table."""

from __future__ import annotations

from designer.evolution.carrying import Bringing, carried
from designer.evolution.carrying_sql import Words
from designer.evolution.handlers import side_of
from designer.evolution.migrating import pen_of
from designer.schema import Column, Design, Id


def read_back(old: Design, new: Design, model: Id, dialect: str) -> dict[Id, str]:
    """Return for each column of the old side that moved an expression over its old table, as the new side has that.

    A column that no foreign key finds again is left out.
    """
    carries = [each for each in carried(new, old).carries if isinstance(each, Bringing)]
    if not carries:
        return {}
    side = side_of(new, model, dialect, pen_of(dialect))
    words = Words(side, side, {})
    return {
        column: f"({words.found(each, column, words.table(each.target))})"
        for each in carries
        for column in each.moved
        if isinstance(new.get(column), Column)
    }
