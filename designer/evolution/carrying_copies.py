"""Tables that repeat what another one has, as those of concrete subtypes repeat what their supertype has.

No foreign key says which of their rows belong together, and keys of their own may be the same in several of them. So no
row is carried there or back; it is said, with the query that finds the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from designer.evolution.contract import Remark
from designer.evolution.handlers import Side
from designer.schema import Column, Design, ForeignKey, Id, Table

Repeated = tuple[Id, Id, tuple[Id, ...]]
"""The table where columns were, the one where they will be, and these columns."""


def repeats(old: Design, new: Design, source: Id, target: Id) -> bool:
    """Whether one of two tables, between which columns move, has copies of columns of the other."""
    return _copied(old, new, source, target) or _copied(new, old, target, source)


def _copied(there: Design, here: Design, original: Id, copy: Id) -> bool:
    """Whether a table has columns, beside those that refer, which come from what columns of another one come from.

    Both are made for one attribute, and only one of them is on either side; a table that is there already and has its
    column on both sides repeats nothing.
    """
    origins = {each.origin for each in there.of(Column, original) if each.origin and not _refers(there, each)}
    own = [each for each in here.of(Column, copy) if each.id not in there and not _refers(here, each)]
    return any(each.origin in origins and not _is_told(here, each) for each in own)


def _refers(design: Design, column: Column) -> bool:
    keys = (design[each] for each in design.referrers(column.id))
    return any(isinstance(each, ForeignKey) and column.id in each.columns for each in keys)


def _is_told(design: Design, column: Column) -> bool:
    """Whether a column says of which subtype a row is: what it comes from is no attribute that rows have values of."""
    alike = [each for each in design.of(Column, column.parent) if each.origin == column.origin]
    return len(alike) > 1 or column.default is not None


def said_of(repeated: Iterable[Repeated], before: Side[Any], new: Design) -> Iterator[Remark]:
    """Yield what is to be known of the rows that stay behind."""
    for source, target, columns in repeated:
        there = new.get(target)
        if isinstance(there, Table):
            path, some = before.pen.path_of(source), " OR ".join(f"{before.pen.column(c)} IS NOT NULL" for c in columns)
            label = before.label(before.design[source])
            query = f"SELECT * FROM {path} WHERE {some};"  # noqa: S608
            why = f"{there.name} and {label} repeat columns of one another, and nothing says which rows belong together"
            yield Remark(
                f"{why}: carry these by hand before the migration drops what holds them: {query}", target, "rows"
            )
