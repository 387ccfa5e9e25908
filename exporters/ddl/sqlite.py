"""DDL for SQLite: what cannot be added later stands inside CREATE TABLE, foreign keys to any table included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, TypeVar

from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    ForeignKey,
    Id,
    Index,
    IndexPart,
    Key,
    Named,
    Record,
    Routine,
    Schema,
    Statement,
    Table,
    View,
)
from designer.schema import Sequence as Counter
from exporters.ddl.catalog import Parts
from exporters.ddl.constraints import PATH_PART, is_plain_reference, joined
from exporters.ddl.names import generated_name
from exporters.ddl.pen import Scope
from exporters.ddl.tables import Layout
from exporters.ddl.text import commented, terminated
from exporters.ddl.writer import Handler, Writer

R = TypeVar("R", bound=Record)


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
        if column.collation:
            yield f"COLLATE {column.collation}"
        if not column.nullable:
            yield joined(self.not_null(column), _on_conflict(extra, "not_null_on_conflict"))
        if not self.speech.counts(column):
            yield self.default(column)
        yield self.generated(column)
        if "options" in extra:
            yield extra["options"]

    def not_null(self, column: Column) -> str:
        """Return NOT NULL, with the name that someone gave to it."""
        return joined(
            f"CONSTRAINT {self.dialect.quote(column.not_null_name)}" if column.not_null_name else "", "NOT NULL"
        )

    # Where constraints go: SQLite names the indexes of keys and numbers foreign keys in the order of the text

    def layout(self, table: Table, parts: Parts) -> Layout:
        """Return where each constraint is written: behind its column only where that keeps the order of its kind."""
        places = {column.id: number for number, column in enumerate(parts.columns)}
        self.behind = {key.id for key in parts.keys if self.belongs_behind(key)}
        ordered = [key for key in parts.keys if key.id not in self.behind]
        self.behind |= in_order_of_columns(ordered, self.key_column, places)
        self.behind |= in_order_of_columns(parts.checks, self.check_column, places)
        self.behind |= in_order_of_columns(parts.foreign_keys, self.reference_column, places)
        return super().layout(table, parts)

    def belongs_behind(self, key: Key) -> bool:
        """Say whether a primary key has to stand behind its column: where it counts, or is no alias of the rowid."""
        descends = bool(key.parts) and key.parts[0].desc
        return "inline" in key.extra if descends else self.counting_column(key) is not None

    def key_column(self, key: Key) -> Id | None:
        """Return the column that a key can stand behind."""
        is_simple = len(key.columns) == 1 and not (key.name or key.parts or self.refused(key))
        return key.columns[0] if is_simple else None

    def check_column(self, check: Check) -> Id | None:
        """Return the column that a check can stand behind: the only one that it names."""
        used = {use.id for use in check.expr.uses if isinstance(self.design.get(use.id), Column)}
        return used.pop() if len(used) == 1 and not check.name and not self.refused(check) else None

    def reference_column(self, key: ForeignKey) -> Id | None:
        """Return the column that a foreign key can stand behind."""
        return key.columns[0] if is_plain_reference(key) and not self.refused(key) else None

    def place_key(self, key: Key, layout: Layout, table: Table) -> None:
        """Write a key behind its column, or at the end of the table."""
        if key.id not in self.behind:
            self.place(key, self.key_clause(key), layout, table)
            return
        if key.primary:
            layout.primary.add(key.columns[0])
        layout.put(
            key.columns[0],
            joined(
                self.constraint_name(key),
                self.key_word(key),
                "DESC" if key.parts and key.parts[0].desc else "",
                _on_conflict(key.extra, "on_conflict"),
                "AUTOINCREMENT" if self.counting_column(key) else "",
            ),
        )

    def place_checks(self, table: Table, parts: Parts, layout: Layout) -> None:
        """Write checks in their order."""
        for check in parts.checks:
            clause = self.check_clause(check)
            column = self.check_column(check) if check.id in self.behind else None
            if clause and column is not None:
                layout.put(column, clause)
            else:
                self.place(check, clause, layout, table)

    def place_foreign_keys(self, table: Table, parts: Parts, layout: Layout) -> None:
        """Write foreign keys in their order; the table that one refers to may come later, or never."""
        for key in parts.foreign_keys:
            if key.ref_table is None:
                self.lost("missing-table", f"the table {key.missing_table} is not in the design; rows need it", key)
            if key.id in self.behind:
                layout.put(key.columns[0], self.references(key))
            else:
                self.place(key, self.foreign_key_clause(key), layout, table)

    # Keys, checks and foreign keys

    def counting_column(self, key: Key) -> Column | None:
        """Return the only column of a primary key, if rows are numbered in it."""
        column = self.design.get(key.columns[0]) if key.primary and len(key.columns) == 1 else None
        return column if isinstance(column, Column) and self.speech.counts(column) else None

    def key_columns(self, key: Key) -> str:
        """Return the columns of a key at table level; one that counts says so there."""
        return joined(super().key_columns(key), "AUTOINCREMENT" if self.counting_column(key) else "")

    def key_tail(self, key: Key) -> str:
        """Return what to do with rows that are there already."""
        return joined(super().key_tail(key), _on_conflict(key.extra, "on_conflict"))

    def check_clause(self, check: Check) -> str | None:
        """Return a check; its expression stays as written, because SQLite shows it where a row breaks it."""
        text = self.speech.expr(check.expr, check.id)
        if text is None:
            return None
        return joined(self.constraint_name(check), f"CHECK ({text})", _on_conflict(check.extra, "on_conflict"))

    def foreign_key_target(self, key: ForeignKey) -> str:
        """Return table and columns, as they were written where that still names the same: SQLite keeps it."""
        table = self.design.get(key.ref_table or "")
        written = PATH_PART.findall(key.extra.get("references", ""))
        if not written or not isinstance(table, Table):
            return super().foreign_key_target(key)
        name, *columns = (self.dialect.unquote(each).lower() for each in written)
        primary = next((each.columns for each in self.catalog.parts(table).keys if each.primary), ())
        today = [each.name.lower() for each in map(self.design.get, key.ref_columns) if isinstance(each, Column)]
        if columns != today and (columns or primary != key.ref_columns):
            return super().foreign_key_target(key)
        return key.extra["references"] if name == table.name.lower() else self.renamed_target(table, written[1:])

    def renamed_target(self, table: Table, columns: list[str]) -> str:
        """Return the target of a foreign key as SQLite rewrites it when the table is renamed."""
        return self.path(table) + (f" ({', '.join(columns)})" if columns else "")

    def indexes(self, table: Table, parts: Parts) -> Iterator[str]:
        """Yield CREATE INDEX for each."""
        for index in parts.indexes:
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

    def part_subject(self, part: IndexPart) -> str:
        """Return the column or the expression, which needs no parentheses here."""
        if part.column is not None:
            return super().part_subject(part)
        return self.speech.expr(part.expr) or ""

    def index_name(self, index: Index, table: Table) -> str:
        """Return the name of an index, one made of its columns where it has none."""
        if index.name:
            return self.own_name(index)
        names = [each.name for part in index.parts if isinstance(each := self.design.get(part.column or ""), Column)]
        return self.dialect.quote(generated_name(table.name, "_".join(names) or "expr", "idx"))

    # Views

    def view(self, view: View) -> Iterator[str]:
        """A view."""
        text = self.speech.expr(view.query, view.id)
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

    def sequence(self, sequence: Counter) -> Iterator[str]:
        """There are no sequences."""
        self.lost_sequence(sequence)
        return iter(())

    handlers: ClassVar[dict[type[Record], Handler]] = {
        Schema: schema,
        EnumType: Writer.named_type,
        DomainType: Writer.named_type,
        CompositeType: Writer.named_type,
        Counter: sequence,
        Table: Writer.table,
        View: view,
        Routine: Writer.verbatim,
        Statement: Writer.statement,
    }


def _on_conflict(extra: dict[str, str], key: str) -> str:
    return f"ON CONFLICT {extra[key].upper()}" if key in extra else ""


def in_order_of_columns(records: Sequence[R], column: Callable[[R], Id | None], places: Mapping[Id, int]) -> set[Id]:
    """Return the first of `records`, as many as can stand behind their columns and so keep their order."""
    found: set[Id] = set()
    last = 0
    for record in records:
        place = places.get(column(record) or "")
        if place is None or place < last:
            break
        last = place
        found.add(record.id)
    return found
