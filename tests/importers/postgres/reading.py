"""What the tests of this folder share: a script in, its records by name out."""

from __future__ import annotations

from typing import TypeVar

from designer.importers.contract import Finding, Outcome
from designer.importers.sql import read
from designer.schema import Column, Design, Expr, Record, Table

R = TypeVar("R", bound=Record)


class Reading:
    """An imported script."""

    def __init__(self, sql: str):
        result = read(sql, "script.sql", "postgresql")
        self.design: Design = result.design
        self.findings: list[Finding] = result.report.findings

    def all(self, kind: type[R]) -> list[R]:
        return self.design.of(kind)

    def one(self, kind: type[R], name: str = "") -> R:
        found = [each for each in self.design.of(kind) if not name or getattr(each, "name", "") == name]
        assert len(found) == 1, f"{len(found)} of {kind.__name__} {name!r}; findings: {self.findings}"
        return found[0]

    def column(self, table: str, name: str) -> Column:
        owner = self.one(Table, table)
        return next(each for each in self.design.of(Column, owner.id) if each.name == name)

    def columns(self, table: str) -> list[str]:
        return [each.name for each in self.design.of(Column, self.one(Table, table).id)]

    def names(self, ids: tuple[str, ...]) -> list[str]:
        return [getattr(self.design[each], "name", "") for each in ids]

    def used(self, expr: Expr | None) -> list[tuple[str, str]]:
        """Return (the characters that are marked, the name of the record they mean)."""
        assert expr is not None
        return [(expr.text[use.start : use.end], getattr(self.design[use.id], "name", "")) for use in expr.uses]

    def told(self, *outcomes: Outcome) -> list[tuple[str, int]]:
        wanted = outcomes or (Outcome.FAILED, Outcome.WARNING)
        return [(each.message, each.line) for each in self.findings if each.outcome in wanted]
