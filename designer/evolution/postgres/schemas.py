"""Schemas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.postgres.base import PostgresHandler, PostgresPen
from designer.schema import Schema


class SchemaHandler(PostgresHandler):
    """Schemas. `public` is in every database, and stays there."""

    records = (Schema,)
    kinds = ("schema",)

    def facts(self, record: Schema, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield a schema."""
        if record.name != side.dialect.default_schema:
            names = frozenset({("schema", record.name)})
            yield Fact(record.id, "schema", record.name, (), record, names=names)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE SCHEMA."""
        record = record_of(fact, Schema)
        return [
            self.step(sql, "create", new=fact, reason=reason) for sql in self.new.pen.create_schema(record)
        ]  # fmt: skip

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP SCHEMA; what is in it has gone before."""
        record = record_of(fact, Schema)
        return [self.step(f"DROP SCHEMA {self.old.pen.ident(record)};", "drop", old=fact, reason=reason)]
