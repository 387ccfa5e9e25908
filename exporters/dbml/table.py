"""One table in DBML: columns with settings, then indexes, checks and the note."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.dialects.base import Dialect
from designer.schema import Check, Column, Design, EnumType, Expr, Index, IndexPart, Key, Record, Table
from designer.schema.expressions import render
from exporters.contract import Note
from exporters.dbml import text
from exporters.dbml.names import Names

_SERIAL = re.compile(r"(?:small|big)?serial[248]?\b", re.IGNORECASE)
_ARRAY = re.compile(r"(?:\[\d*\])+$")
_NO_BACKTICK = "is left out: DBML has no way to write a backtick inside an expression"


class TableWriter:
    """Writes tables one after the other; what it must leave out is in `notes`."""

    def __init__(self, design: Design, dialect: Dialect, names: Names):
        self.design = design
        self.dialect = dialect
        self.names = names
        self.notes: list[Note] = []

    def lines(self, table: Table) -> Iterator[str]:
        """Return the lines of a table."""
        keys = self.design.of(Key, table.id)
        inline = {key.columns[0]: key for key in reversed(keys) if self._is_inline(table, key)}
        yield f"Table {self.names[table.id]} {{"
        for column in self.design.of(Column, table.id):
            yield "  " + self._column(column, inline.get(column.id))
        yield from _block("indexes", self._indexes(table, [key for key in keys if key not in inline.values()]))
        yield from _block("checks", self._checks(table))
        if table.comment:
            yield from ("", f"  Note: {text.long_string(table.comment)}")
        yield "}"

    def _is_inline(self, table: Table, key: Key) -> bool:
        """Say whether a key is a setting of its column; the name of a unique key needs the block of indexes."""
        if len(key.columns) != 1 or key.columns[0] not in self.names:
            return False
        column = self.design[key.columns[0]]
        usual = isinstance(column, Column) and key.name == f"{table.name}_{column.name}_key"
        return key.primary or not key.name or usual

    def _column(self, column: Column, key: Key | None) -> str:
        primary = key is not None and key.primary
        increment = bool(column.identity) or bool(_SERIAL.match(column.type or column.logical))
        given = text.settings(
            "pk" if primary else "",
            "increment" if increment else "",
            "not null" if not column.nullable and not primary else "",
            "unique" if key is not None and not primary else "",
            self._default(column),
            f"note: {text.string(column.comment)}" if column.comment else "",
        )
        return f"{self.names[column.id]} {self._type(column)}{given}"

    def _type(self, column: Column) -> str:
        enum = self.design.get(column.type_ref or "")
        if isinstance(enum, EnumType) and enum.id in self.names:
            array = _ARRAY.search(column.type)
            return self.names[enum.id] + ("[]" * array[0].count("[") if array else "")
        return text.type_name(column.type or column.logical or "any")

    def _default(self, column: Column) -> str:
        if column.default is None:
            return ""
        written = text.default(self._rendered(column.default), self.dialect)
        if written is None:
            self._leave_out(column, f"the default value of the column {column.name}")
        return f"default: {written}" if written is not None else ""

    def _rendered(self, expr: Expr) -> str:
        return render(expr, self.design, self.dialect.quote, self.dialect.unquote)

    def _leave_out(self, record: Record, what: str, why: str = _NO_BACKTICK, code: str = "backtick") -> None:
        self.notes.append(Note(f"{what} {why}", record.id, code))

    def _indexes(self, table: Table, keys: list[Key]) -> Iterator[str]:
        for key in keys:
            written = [self.names[each] for each in key.columns if each in self.names]
            if written and len(written) == len(key.columns):
                kind = "pk" if key.primary else "unique"
                yield _tuple(written) + text.settings(kind, _named(key.name), _noted(key))
        for index in self.design.of(Index, table.id):
            parts = [self._part(part) for part in index.parts]
            if None in parts or not parts:
                self._leave_out(index, f"the index {index.name or 'without a name'} of {table.name}")
                continue
            method = f"type: {index.method if index.method.isidentifier() else text.name(index.method)}"
            yield _tuple([part for part in parts if part]) + text.settings(
                "unique" if index.unique else "", _named(index.name), method if index.method else "", _noted(index)
            )

    def _part(self, part: IndexPart) -> str | None:
        if part.column is not None:
            return self.names.get(part.column)
        return text.expression(self._rendered(part.expr)) if part.expr is not None else None

    def _checks(self, table: Table) -> Iterator[str]:
        for check in self.design.of(Check, table.id):
            written = text.expression(self._rendered(check.expr))
            if written is None:
                self._leave_out(check, f"the check {check.name or 'without a name'} of {table.name}")
            else:
                yield written + text.settings(_named(check.name))


def _block(title: str, content: Iterator[str]) -> Iterator[str]:
    lines = list(content)
    if lines:
        yield from ("", f"  {title} {{", *(f"    {line}" for line in lines), "  }")


def _tuple(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({', '.join(parts)})"


def _named(given: str) -> str:
    return f"name: {text.string(given)}" if given else ""


def _noted(record: Key | Index) -> str:
    return f"note: {text.string(record.comment)}" if record.comment else ""
