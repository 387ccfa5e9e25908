"""Rows carried over from a table to the one that takes its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.dialects.base import Dialect
from designer.evolution.sqlite.shape import Shape
from designer.schema import Column

_ROWIDS = ("rowid", "_rowid_", "oid")
_WORDS_OF_VALUES = ("true", "false", "null", "current_time", "current_date", "current_timestamp")
_NAME = re.compile(r'[^\W\d][\w$]*|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]')


class Carrying:
    """The statements that fill a table of the new shape from the old one, which is `aside` under another name.

    `guard` is a name that no table has.
    """

    def __init__(self, old: Shape, new: Shape, dialect: Dialect, aside: str, guard: str):
        self.old, self.new = old, new
        self.dialect = dialect
        self.aside, self.guard = aside, guard

    def statements(self) -> Iterator[str]:
        """Yield what fills the new table, and the counter of an AUTOINCREMENT table."""
        pairs = list(self.pairs())
        source, target = map(self.dialect.quote, (self.aside, self.new.table.name))
        if pairs:
            columns = ", ".join(column for column, _ in pairs)
            values = ", ".join(value for _, value in pairs)
            yield f"INSERT OR ROLLBACK INTO {target} ({columns})\nSELECT {values} FROM {source};"
            yield from self.guarded(source, target)
        if self.old.counts() and self.new.counts():
            old, new = map(self.dialect.literal, (self.aside, self.new.table.name))
            counted = f"FROM sqlite_sequence WHERE name = {old}"
            where = f"WHERE name = {new} AND EXISTS (SELECT 1 {counted})"
            yield f"UPDATE sqlite_sequence SET seq = (SELECT seq {counted}) {where};"  # noqa: S608 - literals

    def guarded(self, source: str, target: str) -> Iterator[str]:
        """Yield what undoes all of it where rows are missing.

        A value of the wrong type, or one that an expression of an index cannot take, ends an INSERT without rolling
        back; a runner that goes on behind errors would then drop the rows put aside.
        """
        guard = f"temp.{self.dialect.quote(self.guard)}"
        yield f"CREATE TEMP TABLE {self.dialect.quote(self.guard)} (all_rows CHECK (all_rows));"
        counts = f"(SELECT count(*) FROM {target}) = (SELECT count(*) FROM {source})"  # noqa: S608 - quoted
        yield f"INSERT OR ROLLBACK INTO {guard} SELECT {counts};"
        yield f"DROP TABLE {guard};"

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the columns of the new table that are filled, each with what the old one has for it."""
        rowid = self.rowid()
        if rowid:
            yield rowid
        before = {column.id: column for column in self.old.columns}
        for column in self.new.columns:
            if column.generated is None and column.id in before:
                yield self.dialect.quote(column.name), self.value(before[column.id], column)

    def rowid(self) -> tuple[str, str] | None:
        """Return the names of the rowid on both sides, where rows have one that no column shows."""
        if self.new.alias() or any("without_rowid" in shape.table.extra for shape in (self.old, self.new)):
            return None
        names = [_rowid(shape) for shape in (self.new, self.old)]
        return (names[0], names[1]) if all(names) else None

    def value(self, old: Column, new: Column) -> str:
        """Return the expression for a column: nulls become the default where they are forbidden from now on."""
        name = self.dialect.quote(new.name)
        value = f"CAST({name} AS {_strict(new)})" if self.casts(old, new) else name
        default = default_value(new, self.dialect)
        may_be_null = old.nullable and self.old.alias() is not old
        return f"coalesce({value}, {default})" if may_be_null and not new.nullable and default else value

    def casts(self, old: Column, new: Column) -> bool:
        """Say whether a value is cast: a STRICT table takes a blob for no text, and no fraction for an integer.

        Text is never cast to a number: what is no number would become 0 without a word.
        """
        if "strict" not in self.new.table.extra:
            return False
        before, after = affinity(old.type), _strict(new)
        is_parsed = before == "TEXT" and after in ("INTEGER", "INT", "REAL")
        return after != "ANY" and before != affinity(after) and not is_parsed


def _rowid(shape: Shape) -> str:
    taken = {column.name.lower() for column in shape.columns}
    return next((name for name in _ROWIDS if name not in taken), "")


def _strict(column: Column) -> str:
    return column.type.strip().upper()


def affinity(type_name: str) -> str:
    """Return the affinity of a declared type: https://www.sqlite.org/datatype3.html, section 3.1."""
    name = type_name.upper()
    if "INT" in name:
        return "INTEGER"
    if any(word in name for word in ("CHAR", "CLOB", "TEXT")):
        return "TEXT"
    if "BLOB" in name or not name.strip():
        return "BLOB"
    return "REAL" if any(word in name for word in ("REAL", "FLOA", "DOUB")) else "NUMERIC"


def default_value(column: Column, dialect: Dialect) -> str:
    """Return the default of a column as an expression, or nothing; a bare name there is a string."""
    text = column.default.text.strip() if column.default is not None else ""
    if _NAME.fullmatch(text) and text.lower() not in _WORDS_OF_VALUES:
        return dialect.literal(dialect.unquote(text) if not text[0].isalpha() else text)
    return "" if text.lower() == "null" else text
