"""Indexes of tables and materialized views."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.postgres.base import PostgresHandler, PostgresPen, spelled, spelled_parts
from designer.evolution.postgres.constraints import index_needs
from designer.evolution.postgres.options import changed_options, options_of
from designer.schema import Index, IndexPart, Table, View


class IndexHandler(PostgresHandler):
    """Indexes that are no keys."""

    records = (Index,)
    kinds = ("index",)

    def facts(self, record: Index, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield an index that the server takes."""
        owner = side.design.get(record.parent) if record.parent else None
        if not isinstance(owner, (Table, View)) or record.extra.get("refused"):
            return
        schema = side.catalog.schema_of(owner) or side.dialect.default_schema
        needs = index_needs(self, record, side) | self.postgres.related(side, record)
        yield Fact(
            record.id, "index", side.label(record), self.state(record), record, owner.id, needs - {record.id},
            names=frozenset({("relation", schema, record.name)}),
        )  # fmt: skip

    def state(self, record: Index) -> Hashable:
        """Return what the server keeps of an index."""
        return (*self.firm(record), options_of(record.options), record.tablespace)

    def firm(self, record: Index) -> tuple[object, ...]:
        """Return what cannot be changed of an index."""
        method = record.method.lower()
        return (
            record.unique, "" if method == "btree" else method, spelled_parts(tuple(map(_usual, record.parts))),
            record.include, spelled(record.where), record.nulls_not_distinct,
        )  # fmt: skip

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE INDEX."""
        record = record_of(fact, Index)
        if record.id in self.postgres.lineage(self.new).implied and self.postgres.comes_along(record):
            return []
        owner = self.new.design[record.parent or ""]
        if not isinstance(owner, (Table, View)):
            raise TypeError(f"{record.name} is on no table")
        return [self.step(self.new.pen.index(record, owner), "create index", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP INDEX; one that is a part of a partitioned table's index goes with that."""
        record = record_of(fact, Index)
        if self.postgres.goes_along(record):
            return []
        sql = f"DROP INDEX {self.postgres.index_path(self.old, record)};"
        return [self.step(sql, "drop index", old=fact, reason=reason)]

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Set options and tablespace."""
        before, after = record_of(old, Index), record_of(new, Index)
        owner = self.new.design[after.parent or ""]
        of_parts = bool(self.new.catalog.parts(owner).partitionings)
        if self.firm(before) != self.firm(after) or (
            of_parts and options_of(before.options) != options_of(after.options)
        ):
            return None
        path = self.postgres.index_path(self.new, after)

        def step(sql: str, field: str) -> Step:
            return self.step(f"ALTER INDEX {path} {sql};", "settings", old=old, new=new, fields=(field,))

        steps = [step(each, "options") for each in changed_options(before.options, after.options)]
        if before.tablespace != after.tablespace:
            space = self.new.dialect.quote(after.tablespace) if after.tablespace else "pg_default"
            steps.append(step(f"SET TABLESPACE {space}", "tablespace"))
        return Alteration(steps)


def _usual(part: IndexPart) -> IndexPart:
    """Return a part without the order of nulls that goes without saying."""
    usual = "first" if part.desc else "last"
    if part.nulls != usual:
        return part
    return IndexPart(
        column=part.column, expr=part.expr, desc=part.desc, opclass=part.opclass, collation=part.collation,
        operator=part.operator,
    )  # fmt: skip
