"""How long text may be in MySQL and MariaDB, where keys, indexes and rows have limits in bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from designer.schema import Column, Id, Index, IndexPart, Table
from exporters.ddl.translation.work import Work

KEY_BYTES = 3072
ROW_BYTES = 65_535
_PER_CHARACTER = 4
_PREFIX = 255
_LONGEST = 16_383
_LENGTH = re.compile(r"^(string|char|binary)\((\d+)\)$")
_WORDS = {"text": "string", "string": "string", "xml": "string", "char": "char", "tsvector": "string"}
_BYTES = {"blob": "binary", "binary": "binary"}
_FIXED = {"boolean": 1, "smallint": 2, "integer": 4, "enum": 2, "uuid": 144, "inet": 172, "decimal": 30, "macaddr": 92,
          "interval": 256, "set": 8}  # fmt: skip
_NOT_INDEXED = frozenset({"json", "geometry", "vector"})


class Lengths:
    """Finds lengths for text in keys, and prefixes for text in indexes, so that each fits."""

    def __init__(self, work: Work):
        self.work = work

    def fit(self, table: Table) -> None:
        """Give the columns of a table lengths under which its keys and its rows fit."""
        parts = self.work.parts(table)
        groups = [(*key.columns, *key.include) for key in parts.keys]
        groups += [key.columns for key in parts.foreign_keys]
        groups += [tuple(part.column for part in each.parts if part.column) for each in parts.indexes if each.unique]
        for group in groups:
            self._fit_key(group)
        keyed = {column for group in groups for column in group}
        self._fit_row(parts.columns, keyed)

    def fit_referred_to(self, group: Iterable[Id]) -> None:
        """Give columns that a foreign key refers to lengths under which they can be a key."""
        self._fit_key(tuple(group))

    def _fit_key(self, group: tuple[Id, ...]) -> None:
        sizes = {each: self.size(each) for each in group}
        if all(size is not None for size in sizes.values()) and sum(filter(None, sizes.values())) <= KEY_BYTES:
            return
        growing = [each for each in group if self.is_text(each)]
        rest = KEY_BYTES - sum(self.size(each) or 0 for each in group if each not in growing)
        for each in growing:
            share = max(rest // max(len(growing), 1), _PER_CHARACTER)
            self._cut(each, share)

    def _cut(self, key: Id, share: int) -> None:
        work, column = self.work, self.work.column(key)
        logical = work.logical[key]
        name = logical.partition("(")[0]
        length = share if name in _BYTES else share // _PER_CHARACTER
        found = _LENGTH.match(logical)
        if column is None or (found and int(found.group(2)) <= length):
            return
        unit = "bytes" if name in _BYTES else "characters"
        work.logical[key] = f"{_BYTES.get(name) or _WORDS[name]}({length})"
        message = f"{work.target.title} needs a length for text in a key; longer values than {length} {unit} do not fit"
        work.lost("key-length", message, column)

    def _fit_row(self, columns: list[Column], keyed: set[Id]) -> None:
        """Write the longest texts as TEXT, which lies beside the row, until the row fits."""
        sizes = {each.id: (self.size(each.id) or 12) + 2 for each in columns}
        for column in columns:
            if column.id not in keyed and sizes[column.id] > _LONGEST * _PER_CHARACTER:
                self._beside(column, sizes)
        while sum(sizes.values()) > ROW_BYTES:
            free = [each for each in columns if each.id not in keyed and sizes[each.id] > _PREFIX * _PER_CHARACTER]
            if not free:
                return
            self._beside(max(free, key=lambda each: sizes[each.id]), sizes)

    def _beside(self, column: Column, sizes: dict[Id, int]) -> None:
        name = self.work.logical[column.id].partition("(")[0]
        if name not in ("string", "char", "binary"):
            sizes[column.id] = 12
            return
        self.work.logical[column.id] = "blob" if name == "binary" else "text"
        sizes[column.id] = 12
        message = f"a row of {self.work.target.title} has no place for it; it is written as text of any length"
        self.work.lost("row-size", message, column)

    def size(self, key: Id) -> int | None:
        """Return how many bytes a column takes in a key at most; None where that is not limited."""
        logical = self.work.logical.get(key, "")
        found = _LENGTH.match(logical)
        if found is not None:
            return int(found.group(2)) * (1 if found.group(1) == "binary" else _PER_CHARACTER)
        name = logical.partition("(")[0]
        if name == "string":
            return 255 * _PER_CHARACTER
        return None if self.is_text(key) or name in _NOT_INDEXED else _FIXED.get(name, 8)

    def is_text(self, key: Id) -> bool:
        """Say whether a column holds text or bytes."""
        logical = self.work.logical.get(key, "")
        return not logical.endswith("]") and logical.partition("(")[0] in {*_WORDS, *_BYTES}

    def is_unindexed(self, key: Id | None) -> bool:
        """Say whether a column is of a type that cannot be indexed as it is."""
        logical = self.work.logical.get(key or "", "")
        return logical.endswith("]") or logical.partition("(")[0] in _NOT_INDEXED or logical == "other(json)"

    def prefixed(self, index: Index) -> Index:
        """Return an index whose text columns are indexed by their first characters, where the whole does not fit."""
        columns = [part.column for part in index.parts if part.column]
        sizes = [self.size(each) for each in columns]
        if index.method == "fulltext" or (None not in sizes and sum(filter(None, sizes)) <= KEY_BYTES):
            return index
        growing = [each for each in columns if self.is_text(each)]
        rest = KEY_BYTES - sum(self.size(each) or 0 for each in columns if each not in growing)
        share = max(rest // max(len(growing), 1) // _PER_CHARACTER, 1)
        return msgspec.structs.replace(
            index, parts=tuple(self._prefix(part, min(share, _PREFIX)) for part in index.parts)
        )

    def _prefix(self, part: IndexPart, length: int) -> IndexPart:
        if part.column is None or not self.is_text(part.column) or part.length:
            return part
        size = self.size(part.column)
        if size is not None and size <= length * _PER_CHARACTER:
            return part
        return msgspec.structs.replace(part, length=length)
