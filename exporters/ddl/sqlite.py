"""DDL for SQLite: what cannot be added later stands inside CREATE TABLE, foreign keys to any table included."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    ForeignKey,
    Index,
    Key,
    Named,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    View,
)
from exporters.ddl.catalog import Parts
from exporters.ddl.constraints import joined
from exporters.ddl.names import generated_name
from exporters.ddl.pen import Scope
from exporters.ddl.tables import Layout
from exporters.ddl.text import commented, terminated
from exporters.ddl.writer import Handler, Writer


class SQLiteWriter(Writer):
    """Writes SQLite."""

    def preamble(self) -> str:
        """Comments have no place in the file; one note says so for all of them."""
        commented_on = [each for each in self.design.records() if each.comment and not isinstance(each, Schema)]
        first = min(commented_on, key=lambda record: (record.order, record.id), default=None)
        if first is not None:
            message = f"SQLite keeps no comments; {len(commented_on)} are left out"
            self.notes.add("no-comments", message, first.id)
        return ""

    def fold(self, name: str) -> str:
        """Names are compared without case."""
        return name.lower()

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """Indexes share their names with all tables; nobody looks at the names of constraints."""
        return (("relation", ""),) if isinstance(record, Index) else ()

    def names_in(self, scope: Scope) -> set[str]:
        """Return all tables and views."""
        return {each.name for each in (*self.catalog.of(Table), *self.catalog.of(View))}

    # Tables

    def table_tail(self, table: Table, parts: Parts) -> str:
        """Return STRICT and WITHOUT ROWID."""
        words = [word for key, word in (("without_rowid", "WITHOUT ROWID"), ("strict", "STRICT")) if key in table.extra]
        return f" {', '.join(words)}" if words else ""

    def column_clauses(self, column: Column, layout: Layout) -> Iterator[str]:
        """Yield the clauses of a column."""
        extra = column.extra
        if column.collation and not self.speech.translates:
            yield f"COLLATE {column.collation}"
        if not column.nullable:
            yield joined(self.not_null(column), _on_conflict(extra, "not_null_on_conflict"))
        if not self.speech.counts(column):
            yield self.default(column)
        yield self.generated(column)
        if "options" in extra and not self.speech.translates:
            yield extra["options"]

    def not_null(self, column: Column) -> str:
        """Return NOT NULL, with the name that someone gave to it."""
        return joined(
            f"CONSTRAINT {self.dialect.quote(column.not_null_name)}" if column.not_null_name else "", "NOT NULL"
        )

    def place_key(self, key: Key, layout: Layout, table: Table) -> None:
        """A column that counts has its primary key behind it; the file format knows no other way."""
        column = self.counting_column(key)
        if column is None:
            super().place_key(key, layout, table)
            return
        layout.primary.add(column.id)
        direction = "DESC" if key.parts and key.parts[0].desc else ""
        layout.put(
            column.id,
            joined(
                self.constraint_name(key),
                "PRIMARY KEY",
                direction,
                _on_conflict(key.extra, "on_conflict"),
                "AUTOINCREMENT",
            ),
        )

    def counting_column(self, key: Key) -> Column | None:
        """Return the only column of a primary key, if rows are numbered in it."""
        column = self.design.get(key.columns[0]) if key.primary and len(key.columns) == 1 else None
        return column if isinstance(column, Column) and self.speech.counts(column) else None

    def key_tail(self, key: Key) -> str:
        """Return what to do with rows that are there already."""
        return joined(super().key_tail(key), _on_conflict(key.extra, "on_conflict"))

    def check_tail(self, check: Check) -> str:
        """Return what to do with rows that break a check."""
        return _on_conflict(check.extra, "on_conflict")

    def is_ready(self, key: ForeignKey, table: Table, parts: Parts) -> bool:
        """A foreign key may come before its table, and cannot come after its own."""
        if key.ref_table is None:
            self.lost("missing-table", f"the table {key.missing_table} is not in the design; rows need it", key)
        return True

    def indexes(self, table: Table, parts: Parts) -> Iterator[str]:
        """Yield CREATE INDEX for each."""
        for index in filter(None, map(self.simpler_index, parts.indexes)):
            reason = self.refused(index)
            statement = self.index(index, table)
            if statement:
                yield commented(f"{reason}\n{statement}") if reason else statement

    def index(self, index: Index, table: Table) -> str | None:
        """Return CREATE INDEX; an index must have a name."""
        where = self.speech.expr(index.where, index.id)
        if index.where is not None and where is None:
            return None
        return joined(
            "CREATE UNIQUE INDEX" if index.unique else "CREATE INDEX",
            self.index_name(index, table),
            f"ON {self.path(table)} ({self.parts(index.parts)})",
            f"WHERE {where}" if where else "",
        ) + ";"  # fmt: skip

    def index_name(self, index: Index, table: Table) -> str:
        """Return the name of an index, one made of its columns where it has none."""
        if index.name:
            return self.own_name(index)
        names = [each.name for part in index.parts if isinstance(each := self.design.get(part.column or ""), Column)]
        return self.dialect.quote(generated_name(table.name, "_".join(names) or "expr", "idx"))

    # Views

    def view(self, view: View) -> Iterator[str]:
        """A view."""
        text = self.view_query(view)
        if text is None:
            return
        self.created.add(view.id)
        if view.materialized:
            self.lost("no-materialized-views", "SQLite has no materialized views; it is a plain view", view)
        columns = ", ".join(map(self.dialect.quote, view.columns))
        word = "TEMPORARY VIEW" if "temporary" in (*view.extra, view.extra.get("persistence")) else "VIEW"
        yield joined(f"CREATE {word} {self.path(view)}", f"({columns})" if columns else "", f"AS\n{terminated(text)}")

    def schema(self, schema: Schema) -> Iterator[str]:
        """A file has no schemas; tables carry the name of theirs, where it was not the default."""
        return iter(())

    def sequence(self, sequence: Sequence) -> Iterator[str]:
        """There are no sequences."""
        self.lost_sequence(sequence)
        return iter(())

    handlers: ClassVar[dict[type[Record], Handler]] = {
        Schema: schema,
        EnumType: Writer.named_type,
        DomainType: Writer.named_type,
        CompositeType: Writer.named_type,
        Sequence: sequence,
        Table: Writer.table,
        View: view,
        Routine: Writer.verbatim,
        Statement: Writer.statement,
    }


def _on_conflict(extra: dict[str, str], key: str) -> str:
    return f"ON CONFLICT {extra[key].upper()}" if key in extra else ""
