"""The words of SQLite for a migration: the exporter's, and clauses asked for alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from designer.schema import Check, Column, ForeignKey, Key, Named, Table
from exporters.ddl.pen import Scope
from exporters.ddl.sqlite import SQLiteWriter
from exporters.ddl.tables import Layout, TablePen
from exporters.ddl.text import block

Constraint = Key | Check | ForeignKey


class SQLitePen(SQLiteWriter):
    """Writes clauses for a migration: names as the designs have them, since the database is as the designs say."""

    def __init__(self, *arguments: Any) -> None:
        TablePen.__init__(self, *arguments)  # nobody asks for an order of creation, which costs a pass of its own

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """No name is changed to tell it from another one."""
        return ()

    def table_alone(self, table: Table) -> str:
        """Return CREATE TABLE without the indexes."""
        parts = self.catalog.parts(table)
        layout = self.layout(table, parts)
        lines = [self.column_line(column, table, layout) for column in parts.columns]
        head = f"CREATE {self.table_word(table)} {self.dialect.quote(table.name)}"
        return block(head, lines + layout.lines, self.table_tail(table, parts))

    def column_alone(self, column: Column, table: Table) -> str:
        """Return a column without keys, checks and foreign keys."""
        return self.column_line(column, table, Layout(set()))

    def clause(self, constraint: Constraint) -> str:
        """Return a key, check or foreign key at table level."""
        if isinstance(constraint, Key):
            return self.key_clause(constraint)
        if isinstance(constraint, Check):
            return self.check_clause(constraint) or ""
        return self.foreign_key_clause(constraint)

    def clause_behind(self, constraint: Check | ForeignKey) -> str:
        """Return a check or foreign key as it stands behind a column."""
        if isinstance(constraint, Check):
            return self.check_clause(constraint) or ""
        name = self.constraint_name(constraint)
        return f"{name} {self.references(constraint)}" if name else self.references(constraint)

    def constraints(self, table: Table) -> Iterator[Constraint]:
        """Yield the keys, checks and foreign keys of a table that a server takes."""
        parts = self.catalog.parts(table)
        found: list[Constraint] = [*parts.keys, *parts.checks, *parts.foreign_keys]
        for each in found:
            if not self.refused(each) and self.clause(each):
                yield each

    def inline(self, table: Table) -> set[str]:
        """Return the constraints of a table that stand behind a column."""
        self.layout(table, self.catalog.parts(table))
        return set(self.behind)
