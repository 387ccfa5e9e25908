"""Values of columns that moved, read from where they are now, as if they still stood in the old table."""

from __future__ import annotations

from collections.abc import Collection

from designer.evolution.carrying import Bringing, Filling, carried
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


def made_to_agree(old: Design, new: Design, model: Id, dialect: str, tables: Collection[Id]) -> list[tuple[Id, str]]:
    """Return statements after which sample rows of some tables contradict each other in nothing that moves, by table.

    All rows get the values of one of them, and those without the key of what moves go.
    """
    side = side_of(old, model, dialect, pen_of(dialect))
    words = Words(side, side, {})
    found: list[tuple[Id, str]] = []
    for carry in carried(old, new).carries:
        if carry.source not in tables or not isinstance(carry, Filling | Bringing):
            continue
        table = words.table(carry.source)
        keys = carry.key if isinstance(carry, Filling) else carry.path[0].columns if carry.back else ()
        empty = " OR ".join(f"{words.column(each)} IS NULL" for each in keys)
        found += [(carry.source, f"DELETE FROM {table} WHERE {empty};")] if empty else []
        names = [words.column(each) for each in carry.moved if each not in keys]
        sets = ", ".join(f"{name} = (SELECT {name} FROM (SELECT {name} FROM {table} LIMIT 1) AS one)" for name in names)
        found += [(carry.source, f"UPDATE {table} SET {sets};")] if sets else []
    return found
