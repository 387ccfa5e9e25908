"""Values of columns that moved, read from where they are now, as if they still stood in the old table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from designer.evolution.carrying import Bringing, Filling, carried
from designer.evolution.carrying_sql import Words
from designer.evolution.handlers import side_of
from designer.evolution.migrating import pen_of
from designer.schema import Column, Design, Id, Key


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


def made_to_agree(
    old: Design, new: Design, model: Id, dialect: str, rows: Callable[[str], Collection[str]]
) -> list[tuple[Id, str]]:
    """Return statements after which sample rows contradict each other in nothing that moves, by table.

    `rows` runs the query of a guard; tables in which none finds any stay as they are.
    All rows get the values of one of them, or one row is left for each key; those without the key of what moves go.
    """
    side = side_of(old, model, dialect, pen_of(dialect))
    words = Words(side, side, {})
    found: list[tuple[Id, str]] = []
    for carry in carried(old, new).carries:
        if not isinstance(carry, Filling | Bringing) or not any(rows(each.query) for each in words.guards(carry)):
            continue
        table = words.table(carry.source)
        keys = carry.key if isinstance(carry, Filling) else carry.path[0].columns if carry.back else ()
        empty = " OR ".join(f"{words.column(each)} IS NULL" for each in keys)
        found += [(carry.source, f"DELETE FROM {table} WHERE {empty};")] if empty else []
        found += [(carry.source, sql) for sql in _agreeing(words, table, carry.source, keys, carry.moved)]
    return found


def _agreeing(words: Words, table: str, source: Id, keys: Collection[Id], moved: Collection[Id]) -> Iterator[str]:
    """Yield what gives all rows the values of one, or leaves one row for each key where these are unique."""
    own = words.before.design.of(Key, source)
    primary = next((key.columns for key in own if key.primary and len(key.columns) == 1), ())
    names = [words.column(each) for each in moved if each not in keys]
    if keys and primary and any(set(key.columns) & set(moved) for key in own):
        row, key = words.column(primary[0]), ", ".join(words.column(each) for each in keys)
        firsts = f"SELECT min({row}) AS first FROM {table} GROUP BY {key}"
        yield f"DELETE FROM {table} WHERE {row} NOT IN (SELECT first FROM ({firsts}) AS firsts);"
    elif names:
        one = {name: f"(SELECT {name} FROM (SELECT {name} FROM {table} LIMIT 1) AS one)" for name in names}
        yield f"UPDATE {table} SET {', '.join(f'{name} = {value}' for name, value in one.items())};"
