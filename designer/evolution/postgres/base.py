"""What the handlers of PostgreSQL share: how an expression is compared, what it needs, and the pen."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, cast

from designer.evolution.facts import FactId
from designer.evolution.handlers import Handler, Side
from designer.schema import Expr, ForeignKey, IndexPart, Named, Table
from exporters.ddl.catalog import Parts
from exporters.ddl.pen import Scope
from exporters.ddl.postgresql import PostgresWriter

if TYPE_CHECKING:
    from designer.evolution.postgres.mover import PostgresMover


class PostgresPen(PostgresWriter):
    """Writes clauses for a migration: names as the designs have them, since the database is as the designs say."""

    def scopes(self, record: Named) -> tuple[Scope, ...]:
        """No name is changed to tell it from another one."""
        return ()

    def is_ready(self, key: ForeignKey, table: Table, parts: Parts) -> bool:
        """What a foreign key needs was looked at before it was folded into its table."""
        return not key.not_valid


class PostgresHandler(Handler[PostgresPen]):
    """A handler of PostgreSQL."""

    @property
    def postgres(self) -> PostgresMover:
        """The mover, with what it knows of the whole migration: `postgres.before` is the old design, names and all."""
        return cast("PostgresMover", self.mover)

    def needed(self, expr: Expr | None, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return what an expression cannot do without: what it names, and the routines and operators it applies."""
        return frozenset(side.pen.finder.in_expr(expr)) if expr is not None else frozenset()

    def path(self, side: Side[PostgresPen], record: Named) -> str:
        """Return the name of an object with its schema, quoted."""
        return side.pen.path(record)


def spelled(expr: Expr | None) -> Hashable:
    """Return an expression with ids where it names records, so that renames make no difference."""
    if expr is None:
        return None
    pieces: list[str] = []
    at = 0
    for use in sorted(expr.uses, key=lambda use: use.start):
        pieces += (expr.text[at : use.start], use.id)
        at = use.end
    return (*pieces, expr.text[at:])


def spelled_parts(parts: Iterable[IndexPart]) -> Hashable:
    """Return the parts of an index or partition key with ids where their expressions name records."""
    return tuple(
        (part.column, spelled(part.expr), part.desc, part.nulls, part.opclass, part.collation, part.operator)
        for part in parts
    )
