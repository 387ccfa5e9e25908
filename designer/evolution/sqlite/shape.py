"""What SQLite keeps of a table, in a form that can be compared: its columns in order, its constraints, its options."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property

from designer.evolution.handlers import Side
from designer.evolution.sqlite.pen import Constraint, SQLitePen
from designer.evolution.sqlite.words import Words, words_of
from designer.schema import Check, Column, Id, Key, Table


@dataclass(frozen=True, slots=True)
class Clause:
    """A key, check or foreign key."""

    record: Constraint
    said: Words
    columns: frozenset[Id]  # of its own table
    inline: bool  # it stands behind a column, as far as the design tells


@dataclass(frozen=True, slots=True)
class Shape:
    """One table."""

    table: Table
    options: Words
    columns: tuple[Column, ...]
    said: dict[Id, Words]  # column -> its name, type and clauses
    clauses: tuple[Clause, ...]

    def state(self) -> Hashable:
        """Return what counts: the order of constraints does not."""
        columns = tuple((column.id, self.said[column.id]) for column in self.columns)
        return self.options, columns, tuple(sorted(clause.said for clause in self.clauses))

    def primary(self) -> Key | None:
        """Return the primary key."""
        return next(
            (each.record for each in self.clauses if isinstance(each.record, Key) and each.record.primary), None
        )

    def alias(self) -> Column | None:
        """Return the column that is another name of the rowid: INTEGER PRIMARY KEY, but for one that descends."""
        key = self.primary()
        if key is None or len(key.columns) != 1 or "without_rowid" in self.table.extra:
            return None
        column = next((each for each in self.columns if each.id == key.columns[0]), None)
        descends = bool(key.parts) and key.parts[0].desc and "inline" in key.extra
        return column if column is not None and column.type.strip().lower() == "integer" and not descends else None

    def counts(self) -> bool:
        """Say whether the table is AUTOINCREMENT."""
        return any(column.identity for column in self.columns)


class State:
    """What counts of a table. Its words are only looked at where its records are not the same on both sides."""

    def __init__(self, table: Table, side: Side[SQLitePen]):
        parts = side.catalog.parts(table)
        self.records = (table, parts.columns, parts.keys, parts.checks, parts.foreign_keys)
        self.side = side

    @cached_property
    def shape(self) -> Shape:
        """The shape of the table."""
        return shape_of(self.records[0], self.side)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, State):
            return NotImplemented
        return self.records == other.records or self.shape.state() == other.shape.state()

    def __hash__(self) -> int:
        return hash(self.records[0].id)


def shape_of(table: Table, side: Side[SQLitePen]) -> Shape:
    """Return the shape of a table."""
    parts = side.catalog.parts(table)
    columns = tuple(parts.columns)
    inline = side.pen.inline(table)
    said = {column.id: words_of(side.pen.column_alone(column, table)) for column in columns}
    clauses = tuple(
        Clause(each, text, _columns(each, text, columns), each.id in inline)
        for each in side.pen.constraints(table)
        for text in (_said(each, side),)
    )
    return Shape(table, words_of(side.pen.table_tail(table, parts)), columns, said, clauses)


def _said(constraint: Constraint, side: Side[SQLitePen]) -> Words:
    descends = isinstance(constraint, Key) and "inline" in constraint.extra
    return words_of(side.pen.clause(constraint)) + (("inline",) if descends else ())


def _columns(constraint: Constraint, said: Words, columns: tuple[Column, ...]) -> frozenset[Id]:
    """Return the columns that a constraint is about; a check may name some that nobody marked."""
    if not isinstance(constraint, Check):
        return frozenset(constraint.columns)
    words = set(said)
    used = {use.id for use in constraint.expr.uses}
    return frozenset(column.id for column in columns if column.id in used or column.name.lower() in words)
