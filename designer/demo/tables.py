"""Tables of a physical model, from the plain data of `shop.py` and the samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from designer.commands.expressions import expression
from designer.demo.lines import Line, lines
from designer.dialects.logical import logical_type
from designer.dialects.registry import get as dialect_of
from designer.schema import (
    Check,
    Column,
    Design,
    EnumType,
    Expr,
    ForeignKey,
    Id,
    IdSource,
    Index,
    IndexPart,
    Key,
    Record,
    Table,
)
from designer.schema.order import sequence

Checks = Mapping[str, tuple[tuple[str, str], ...]]
"""Table -> (name, condition)."""
Indexes = Mapping[str, tuple[tuple[str, tuple[str, ...], str], ...]]
"""Table -> (name, columns, condition of a partial index or nothing)."""

_LATEST_FIRST = frozenset({"placed_at", "created_at", "occurred_at"})
_COUNTED = {"postgresql": "always", "mariadb": "auto_increment", "mysql": "auto_increment"}
"""How a database says that a column counts by itself."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a physical model is made of. `tables`: name -> (definition, columns as `lines.py` reads them)."""

    dialect: str
    tables: Mapping[str, tuple[str, str]]
    enums: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: Checks = field(default_factory=dict)
    indexes: Indexes = field(default_factory=dict)
    personal: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def pii(self, table: str, column: str) -> str:
        """Return which kind of personal data a column holds, or nothing."""
        return self.personal.get(table, {}).get(column, "")

    def lines(self) -> dict[str, list[Line]]:
        """Return the columns of each table."""
        return {name: lines(body) for name, (_, body) in self.tables.items()}

    def logical(self, raw: str) -> str:
        """Return the meaning of a type in words that no database owns."""
        return "string" if raw in self.enums else logical_type(raw, dialect_of(self.dialect))


@dataclass(frozen=True, slots=True)
class Origins:
    """What tables and columns were derived from, one level up."""

    tables: Mapping[str, Id] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], Id] = field(default_factory=dict)


class TableBuild:
    """Makes the records of a `Tables`; what is made is appended to `records`."""

    def __init__(self, data: Tables, model: Id, ids: IdSource, records: list[Record]):
        self.data = data
        self.model = model
        self.ids = ids
        self.records = records
        self.lines = data.lines()
        self.made: dict[str, Id] = {}

    def build(self, origins: Origins) -> dict[str, Id]:
        """Add types, tables, columns and keys. Returns the tables by name."""
        enums = {
            name: self._add(EnumType(id=self.ids(), parent=self.model, name=name, values=values))
            for name, values in self.data.enums.items()
        }
        columns: dict[tuple[str, str], Id] = {}
        for order, (name, (text, _)) in zip(sequence(len(self.data.tables)), self.data.tables.items(), strict=True):
            table = Table(id=self.ids(), parent=self.model, name=name, comment=text, order=order)
            self.made[name] = self._add(traced(table, origins.tables.get(name)))
            for place, line in zip(sequence(len(self.lines[name])), self.lines[name], strict=True):
                column = self._column(name, line, place, enums)
                columns[name, line.name] = self._add(traced(column, origins.columns.get((name, line.name))))
        for name in self.data.tables:
            self._keys(name, columns)
        return self.made

    def _add(self, record: Record) -> Id:
        self.records.append(record)
        return record.id

    def _column(self, table: str, line: Line, order: str, enums: Mapping[str, Id]) -> Column:
        pii = self.data.pii(table, line.name)
        return Column(
            id=self.ids(), parent=self.made[table], name=line.name, type=line.type,
            logical=self.data.logical(line.type), order=order, type_ref=enums.get(line.type),
            nullable="null" in line.flags, comment=line.comment,
            default=Expr(line.default) if line.default else None, identity=self._identity(table, line),
            pii=pii, classification="confidential" if pii else "",
        )  # fmt: skip

    def _identity(self, table: str, line: Line) -> str:
        primary = [each.name for each in self.lines[table] if "pk" in each.flags]
        counts = primary == [line.name] and line.ref is None and line.type == "bigint"
        return _COUNTED[self.data.dialect] if counts else ""

    def _keys(self, name: str, columns: Mapping[tuple[str, str], Id]) -> None:
        table, written = self.made[name], self.lines[name]
        primary = tuple(columns[name, line.name] for line in written if "pk" in line.flags)
        self._add(Key(id=self.ids(), parent=table, name=f"pk_{name}", primary=True, columns=primary, order="a"))
        for line in written:
            column = columns[name, line.name]
            if "unique" in line.flags:
                self._add(Key(id=self.ids(), parent=table, name=f"uk_{name}_{line.name}", columns=(column,), order="b"))
            if line.ref is not None:
                made = ForeignKey(
                    id=self.ids(), parent=table, name=f"fk_{name}_{line.name}", columns=(column,),
                    ref_table=self.made[line.ref[0]], ref_columns=(columns[line.ref],), on_delete=line.action,
                )  # fmt: skip
                self._add(made)

    def constrained(self, design: Design) -> Design:
        """Return the design with checks and indexes, whose expressions need the columns to be there."""
        put: list[Record] = [
            Check(id=self.ids(), parent=self.made[name], name=check, expr=expression(design, self.made[name], text))
            for name, checks in self.data.checks.items()
            for check, text in checks
        ]
        for name, indexes in self.data.indexes.items():
            put += [self._index(design, self.made[name], *each) for each in indexes]
        return design.changed((), put)

    def _index(self, design: Design, table: Id, name: str, columns: tuple[str, ...], where: str) -> Index:
        by_name = {column.name: column.id for column in design.of(Column, table)}
        parts = tuple(IndexPart(column=by_name[column], desc=column in _LATEST_FIRST) for column in columns)
        condition = expression(design, table, where) if where else None
        return Index(id=self.ids(), parent=table, name=name, parts=parts, where=condition)


def traced(record: Record, origin: Id | None) -> Record:
    """Return the record traced to what it was derived from, if there is something."""
    return msgspec.structs.replace(record, origin=origin) if origin else record
