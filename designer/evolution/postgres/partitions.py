"""What ties tables to other tables: partitions and inheritance, and partitions of indexes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId, Name, id_of, record_of
from designer.evolution.handlers import HandledMover, Side
from designer.evolution.postgres.base import PostgresHandler, PostgresPen
from designer.evolution.postgres.types import normal
from designer.schema import Id, Index, Key, Table

_MOST_WATCHED = 300
"""How many partitions of one table may go, before new ones are not held against each of them."""


class PartitionHandler(PostgresHandler):
    """A table as a partition of another, or as one that inherits from others."""

    records = (Table,)
    kinds = ("partition", "inheritance")

    def __init__(self, mover: HandledMover[PostgresPen]):
        super().__init__(mover)
        self._leaving: dict[Id, list[Id]] | None = None

    def facts(self, record: Table, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield the tie to each parent."""
        label = side.label(record)
        if record.partition_of is not None:
            bound = self.bound(record)
            yield Fact(
                id_of("partition", record.id), "partition", label, bound, record, record.id,
                self.needs(record, record.partition_of, side), names=self.names(record, record.partition_of, side),
                extra=record.partition_of,
            )  # fmt: skip
        for number, parent in enumerate(record.inherits):
            yield Fact(
                f"{id_of('inherits', record.id)}:{parent}", "inheritance", label, number, record, record.id,
                self.needs(record, parent, side), extra=parent,
            )  # fmt: skip

    def names(self, table: Table, parent: Id, side: Side[PostgresPen]) -> frozenset[Name]:
        """Return what a tie holds: what is added while it is loose, and what has to go before it is made."""
        own: Name = ("tie", table.id)
        before = self.postgres.before.get(table.id)
        tied = isinstance(before, Table) and before.partition_of == parent
        if not self.postgres.is_new(side) or (tied and table.id not in self.postgres.lineage(side).loose):
            return frozenset({own})
        siblings = {("tie", each) for each in self.leaving_parts(parent)}
        if table.id not in self.postgres.before:
            return frozenset({own, *siblings})
        gone = [
            each for home in (table.id, parent) for each in self.mover.old_facts.children(home)
            if each not in self.postgres.after and self.mover.old_facts[each].kind == "column"
        ]  # fmt: skip
        return frozenset({own, *siblings, *(name for each in gone for name in self.mover.old_facts[each].names)})

    def leaving_parts(self, parent: Id) -> Iterator[Id]:
        """Yield the partitions of a table that go or get another bound: what is new there may take their place."""
        if self._leaving is None:
            self._leaving = {}
            for fact in self.mover.old_facts.values():
                if fact.kind == "partition":
                    after = self.postgres.after.get(fact.record.id)
                    if not isinstance(after, Table) or self.bound(after) != fact.state:
                        self._leaving.setdefault(fact.extra, []).append(fact.record.id)
        found = self._leaving.get(parent, [])
        yield from found if len(found) <= _MOST_WATCHED else ()

    def bound(self, table: Table) -> tuple[Id | None, str]:
        """Return what a table is a partition of, and for which values."""
        return (table.partition_of, normal_bound(table.partition_bound))

    def needs(self, table: Table, parent: Id, side: Side[PostgresPen]) -> frozenset[FactId]:
        """Return the parent; on the new side the columns and keys as well, which must be there to be tied.

        What goes from a table that is loose meanwhile goes when it is.
        """
        found: set[FactId] = {parent}
        if self.postgres.is_new(side):
            lineage = self.postgres.lineage(side)
            parts = side.catalog.parts(table)
            found |= {each.id for each in (*parts.columns, *parts.checks)}
            found |= {each.id for each in (*parts.keys, *parts.indexes) if each.id in lineage.attached}
            found -= lineage.implied if table.id not in self.postgres.before or self.stays(table.id, parent) else set()
        elif not self.stays(table.id, parent) or table.id in self.postgres.lineage(side).loose:
            parts = side.catalog.parts(table)
            kinds = (*parts.columns, *parts.checks, *parts.keys, *parts.indexes, *parts.foreign_keys)
            found |= {each.id for each in kinds if each.id not in self.postgres.after}
        return frozenset(found)

    def stays(self, table: Id, parent: Id) -> bool:
        """Say whether a table is tied to a parent on both sides."""
        for design in (self.postgres.before, self.postgres.after):
            record = design.get(table)
            if not isinstance(record, Table) or parent not in (record.partition_of, *record.inherits):
                return False
        return True

    def folds(self, child: Fact, parent: Fact) -> bool:
        """A new table is made as a partition or child at once."""
        return parent.kind == "table"

    def loosens(self, fact: Fact) -> bool:
        """A table is no part of another while it is made anew."""
        return True

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ATTACH PARTITION, or INHERIT."""
        table = record_of(fact, Table)
        pen = self.new.pen
        own, parent = pen.path(table), pen.path_of(fact.extra)
        if fact.kind == "inheritance":
            sql = f"ALTER TABLE {own} INHERIT {parent};"
            return [self.step(sql, "settings", new=fact, fields=("inherits",), reason=reason)]
        sql = f"ALTER TABLE {parent} ATTACH PARTITION {own} {table.partition_bound or 'DEFAULT'};"
        fields = ("partition_of", "partition_bound")
        return [self.step(sql, "attach partition", new=fact, fields=fields, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DETACH PARTITION, or NO INHERIT."""
        table = record_of(fact, Table)
        pen = self.old.pen
        own, parent = pen.path(table), pen.path_of(fact.extra)
        if fact.kind == "inheritance":
            sql = f"ALTER TABLE {own} NO INHERIT {parent};"
            return [self.step(sql, "settings", old=fact, fields=("inherits",), reason=reason)]
        sql = f"ALTER TABLE {parent} DETACH PARTITION {own};"
        fields = ("partition_of", "partition_bound")
        return [self.step(sql, "detach partition", old=fact, fields=fields, reason=reason)]

    def rank(self, verb: str, fact: Fact) -> int:
        """What is tied for good or anew is tied late; columns that change meanwhile change in both."""
        if verb == "create":
            return 65
        loose = fact.record.id in self.postgres.lineage(self.new).loose
        return 62 if fact.id in self.mover.decided.replaced and not loose else 5


class IndexPartitionHandler(PostgresHandler):
    """An index or key of a partition as a part of that of the partitioned table."""

    records = (Index, Key)
    kinds = ("index partition",)

    def facts(self, record: Index | Key, side: Side[PostgresPen]) -> Iterator[Fact]:
        """Yield the tie. What is tied comes and goes with the whole."""
        whole = self.postgres.lineage(side).attached.get(record.id)
        table = side.design.get(record.parent or "")
        if whole is None or not isinstance(table, Table):
            return
        tie = {record.id, id_of("partition", table.id)} if self.postgres.is_new(side) else set()
        needs = frozenset({whole, *tie})
        yield Fact(id_of("attached", record.id), "index partition", side.label(record), whole, record, record.id, needs)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """ALTER INDEX ATTACH PARTITION, where a statement says so: the server ties what it finds alike by itself."""
        lineage = self.postgres.lineage(self.new)
        record = fact.record
        whole = self.new.design[str(fact.state)]
        if record.id not in lineage.said or not isinstance(whole, Index | Key) or not isinstance(record, Index | Key):
            return []
        one, two = (self.postgres.index_path(self.new, each) for each in (whole, record))
        return [self.step(f"ALTER INDEX {one} ATTACH PARTITION {two};", "attach partition", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """It ends with the tie of the tables, or with the whole."""
        return []

    def rank(self, verb: str, fact: Fact) -> int:
        """Behind the ties of tables."""
        return 66


def normal_bound(bound: str) -> str:
    """Return a bound with one space and small keywords, its values as they are."""
    return " ".join(part if "'" in part else normal(part).replace("[]", "") for part in bound.split())
