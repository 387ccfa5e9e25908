"""What people built on columns that move to another table goes along with them."""

from __future__ import annotations

from designer.commands.contract import replace
from designer.levels.keeping.baseline import Records
from designer.schema import Check, Column, Exclusion, ForeignKey, Id, Index, Key, Record
from designer.schema.references import references

_PARTS = (Key, ForeignKey, Index, Check, Exclusion)
_ELSEWHERE = frozenset({"parent", "origin", "ref_table", "ref_columns"})


def moved_along(old: Records, here: Records, fresh: Records) -> Records:
    """Return what is here with local indexes, keys and checks in the table where all of their columns will be.

    A subtype that is stored in its supertype's table takes its columns there; an index over them belongs there too.
    """
    moves = {each for each in fresh if _is_moved(old.get(each), fresh[each])}
    if not moves:
        return here
    found = dict(here)
    for each, record in here.items():
        if each not in old and isinstance(record, _PARTS) and (home := _home(record, moves, fresh)):
            found[each] = replace(record, parent=home)
    return found


def _is_moved(was: Record | None, now: Record) -> bool:
    return isinstance(now, Column) and was is not None and was is not now and was.parent != now.parent


def _home(record: Record, moves: set[Id], fresh: Records) -> Id | None:
    """Return the one table that all columns of a part move to; None where they do not, or to several."""
    columns = {target for name, target in references(record) if name not in _ELSEWHERE}
    homes = {fresh[each].parent for each in columns if each in moves}
    return homes.pop() if columns and columns <= moves and len(homes) == 1 else None
