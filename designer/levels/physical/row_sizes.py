"""Rows of MySQL and MariaDB, which hold 65,535 bytes beside large texts: what does not fit becomes one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from designer.commands.contract import replace
from designer.dialects.base import Dialect
from designer.levels.contract import Note
from designer.levels.values.types import family_of
from designer.schema import Column, ForeignKey, Id, Index, Key, Record, Table

_ROW = 65_535
_LENGTH = re.compile(r"(varchar|char|varbinary|binary)\((\d+)\)", re.IGNORECASE)
_LETTER = 4  # bytes
_OTHER = 12  # bytes: numbers, times, and where a large text is kept


def narrowed(records: Sequence[Record], dialect: Dialect) -> tuple[Sequence[Record], list[Note]]:
    """Return the records with rows that fit: the longest texts that no key or index holds are kept outside of them."""
    if family_of(dialect) != "mysql":
        return records, []
    columns: dict[Id, list[Column]] = defaultdict(list)
    for each in records:
        if isinstance(each, Column) and each.parent:
            columns[each.parent].append(each)
    wide = {table: own for table, own in columns.items() if _row(own) > _ROW}
    if not wide:
        return records, []
    used = _used(records)
    changed = {each.id: each for own in wide.values() for each in _outside(own, used, dialect)}
    notes = [_note(each, changed, columns[each.id]) for each in records if isinstance(each, Table) and each.id in wide]
    return [changed.get(each.id, each) for each in records], notes


def _row(columns: Sequence[Column]) -> int:
    return sum(_size(each) for each in columns) + len(columns) // 8 + 1


def _size(column: Column) -> int:
    found = _LENGTH.fullmatch(column.type)
    if found is None:
        return _OTHER
    return int(found[2]) * (1 if "binary" in found[1].lower() else _LETTER) + 2


def _used(records: Sequence[Record]) -> set[Id]:
    """Return the columns of keys, references and indexes."""
    used: set[Id] = set()
    for each in records:
        if isinstance(each, Key):
            used.update(each.columns)
        elif isinstance(each, ForeignKey):
            used.update((*each.columns, *each.ref_columns))
        elif isinstance(each, Index):
            used.update(part.column for part in each.parts if part.column)
    return used


def _outside(columns: Sequence[Column], used: set[Id], dialect: Dialect) -> list[Column]:
    """Return the columns that become large texts: the widest first, until the row fits."""
    free = [each for each in columns if each.id not in used and each.default is None and each.generated is None]
    left = _row(columns)
    outside: list[Column] = []
    for each in sorted(free, key=lambda column: (-_size(column), column.order, column.id)):
        if left <= _ROW or _size(each) <= _OTHER:
            break
        logical = "blob" if "binary" in each.type.lower() else "text"
        outside.append(replace(each, type=dialect.from_logical[logical], logical=logical))
        left -= _size(each) - _OTHER
    return outside


def _note(table: Table, changed: dict[Id, Column], columns: Sequence[Column]) -> Note:
    count = sum(each.id in changed for each in columns)
    text = f"a row of {table.name} would be larger than {_ROW:,} bytes; {count} of its texts are kept outside of it"
    return Note("row-too-wide", table.origin, text)
