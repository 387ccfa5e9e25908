"""Names that a server gives to keys without one, where it matters which key was written first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count

from designer.importers.sql.generic.drafts import IndexDraft, KeyDraft, TableDraft

Named = KeyDraft | IndexDraft


def name_apart(table: TableDraft) -> None:
    """Give the keys of a table of MySQL that have no name the one that the server would, where two would share it.

    The server names a key after its first column, and the next one of that column with `_2` behind it, in the order of
    the text. A script that writes unique keys before others would swap these names.
    """
    wanted = Counter(_wanted(key) for key in _keys(table))
    taken: set[str] = set()
    for key in _keys(table):
        if not key.name and wanted[_wanted(key)] > 1:
            key.name = _free(key.parts[0].column, taken)
        taken.add(key.name.lower() or _wanted(key))


def _keys(table: TableDraft) -> Iterator[Named]:
    for each in table.constraints:
        unnamed_primary = isinstance(each, KeyDraft) and each.primary
        if isinstance(each, KeyDraft | IndexDraft) and not unnamed_primary and each.parts and each.parts[0].column:
            yield each


def _wanted(key: Named) -> str:
    return (key.name or key.parts[0].column).lower()


def _free(column: str, taken: set[str]) -> str:
    names = (column if number == 1 else f"{column}_{number}" for number in count(1))
    return next(name for name in names if name.lower() not in taken)
