"""Builds designs in a few words, for the tests of the exporter."""

from __future__ import annotations

from typing import Any, TypeVar

from designer.schema import Column, Design, Expr, ForeignKey, Id, Key, Model, Record, Table, Use, seeded_ids

R = TypeVar("R", bound=Record)


class Builder:
    """Adds records in order; ids are the same in every run."""

    def __init__(self, target: str = "postgresql", name: str = "test"):
        self.fresh = seeded_ids(f"{target} {name}")
        self.records: list[Record] = []
        self.model = self.add(Model, None, name=name, target=target)

    def add(self, kind: type[R], parent: Record | None, **fields: Any) -> R:
        """Add a record behind all others and return it."""
        record = kind(
            id=self.fresh(), parent=parent.id if parent else None, order=f"{len(self.records):06d}1", **fields
        )
        self.records.append(record)
        return record

    def table(self, name: str, *columns: str, parent: Record | None = None, **fields: Any) -> Table:
        """Add a table; a column is written `name type`, with a `!` behind where it is not null."""
        table = self.add(Table, parent or self.model, name=name, **fields)
        for each in columns:
            self.column(table, each)
        return table

    def column(self, table: Record, text: str, **fields: Any) -> Column:
        """Add a column written `name type`."""
        name, _, kind = text.rstrip("!").partition(" ")
        return self.add(Column, table, name=name, type=kind, nullable=not text.endswith("!"), **fields)

    def of(self, table: Table, name: str) -> Id:
        """Return the id of a column."""
        return next(r.id for r in self.records if isinstance(r, Column) and r.parent == table.id and r.name == name)

    def key(self, table: Table, *columns: str, **fields: Any) -> Key:
        """Add a key over columns by name."""
        return self.add(Key, table, columns=tuple(self.of(table, each) for each in columns), **fields)

    def foreign_key(self, table: Table, column: str, target: Table, ref: str, **fields: Any) -> ForeignKey:
        """Add a foreign key of one column."""
        return self.add(
            ForeignKey, table, columns=(self.of(table, column),), ref_table=target.id,
            ref_columns=(self.of(target, ref),), **fields,
        )  # fmt: skip

    def expr(self, text: str, *named: Record) -> Expr:
        """Return an expression; each of the records is named where its name first stands in the text."""
        uses = []
        for record in named:
            name = getattr(record, "name", "")
            at = text.index(name)
            uses.append(Use(at, at + len(name), record.id))
        return Expr(text, tuple(uses))

    def design(self) -> Design:
        """Return what was added."""
        return Design(self.records)
