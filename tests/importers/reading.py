"""Short ways to import a text and to look at what came of it."""

from __future__ import annotations

from typing import TypeVar

from designer.importers.contract import Finding, ImportResult, Outcome, no_progress
from designer.importers.sql.generic import read
from designer.schema import Column, Design, Expr, ForeignKey, Key, Named, Record, Table

R = TypeVar("R", bound=Record)
N = TypeVar("N", bound=Named)


class Read:
    """An import, with look-ups by name."""

    def __init__(self, text: str, dialect: str):
        self.text = text
        self.result: ImportResult = read(text, "shop.sql", dialect, no_progress)
        self.design: Design = self.result.design
        self.findings = self.result.report.findings

    def of(self, kind: type[R], parent: Record | None = None) -> list[R]:
        """Return the records of a kind in order."""
        return self.design.of(kind, parent.id if parent is not None else None)

    def named(self, kind: type[N], name: str, parent: Record | None = None) -> N:
        """Return the only record of a kind and name."""
        found = [each for each in self.of(kind, parent) if each.name == name]
        assert len(found) == 1, f"{len(found)} records of the name {name}"
        return found[0]

    def table(self, name: str) -> Table:
        """Return a table."""
        return self.named(Table, name)

    def column(self, table: str, name: str) -> Column:
        """Return a column."""
        return self.named(Column, name, self.table(table))

    def columns(self, table: str) -> list[str]:
        """Return the names of the columns of a table."""
        return [each.name for each in self.of(Column, self.table(table))]

    def name(self, record_id: str | None) -> str:
        """Return the name of a record."""
        record = self.design[record_id or ""]
        assert isinstance(record, Named)
        return record.name

    def names(self, ids: tuple[str, ...]) -> list[str]:
        """Return the names of records."""
        return [self.name(each) for each in ids]

    def key(self, table: str, name: str = "", primary: bool = False) -> Key:
        """Return a key of a table: the primary one, or that of a name."""
        keys = [k for k in self.of(Key, self.table(table)) if k.primary == primary and (primary or k.name == name)]
        assert len(keys) == 1
        return keys[0]

    def foreign_key(self, table: str, number: int = 0) -> ForeignKey:
        """Return a foreign key of a table."""
        return self.of(ForeignKey, self.table(table))[number]

    def marked(self, expr: Expr | None) -> list[tuple[str, str]]:
        """Return (written, name of the record) for each mark in an expression."""
        assert expr is not None
        return [(expr.text[use.start : use.end], self.name(use.id)) for use in expr.uses]

    def with_outcome(self, outcome: Outcome) -> list[Finding]:
        """Return the lines of the report with one outcome."""
        return [each for each in self.findings if each.outcome is outcome]

    def problems(self) -> list[str]:
        """Return the messages of what failed or was warned of."""
        bad = (Outcome.FAILED, Outcome.WARNING)
        return [each.message for each in self.findings if each.outcome in bad]
