"""Rows of a table to look at, by the ids of its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.schema import Id

Value = str | None
"""A value as text; None is NULL."""
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Sample:
    """Some rows of a table. `columns` are the ids of what each row holds; it may be a part of the table only."""

    columns: tuple[Id, ...] = ()
    rows: tuple[Row, ...] = ()

    def holds(self, ids: Sequence[Id]) -> bool:
        """Whether there are rows, and values of all these columns in them."""
        return bool(self.rows) and set(ids) <= set(self.columns)

    def of(self, ids: Sequence[Id]) -> list[Row]:
        """Return the values of some columns, row by row. Raises KeyError for a column that is not there."""
        places = {each: place for place, each in enumerate(self.columns)}
        chosen = [places[each] for each in ids]
        return [tuple(row[place] for place in chosen) for row in self.rows]

    def groups(self, ids: Sequence[Id]) -> dict[Row, list[int]]:
        """Return the numbers of the rows, from 0, by their values of some columns; NULL is equal to NULL."""
        found: dict[Row, list[int]] = {}
        for number, values in enumerate(self.of(ids)):
            found.setdefault(values, []).append(number)
        return found


def spoken(row: Row) -> str:
    """Return values as they stand in a sentence: `10004`, `Ada, 7`, `NULL`."""
    return ", ".join("NULL" if value is None else value if value.strip() else "(empty)" for value in row)
