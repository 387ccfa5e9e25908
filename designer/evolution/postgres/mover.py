"""Migrations of PostgreSQL: the handlers, and what they know of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar, cast

from designer.dialects.registry import get
from designer.evolution.contract import Step
from designer.evolution.facts import FactId, Facts
from designer.evolution.handlers import HandledMover, Handler, Side
from designer.evolution.mover import Renamed
from designer.evolution.postgres.base import PostgresPen
from designer.evolution.postgres.column_order import remarks
from designer.evolution.postgres.columns import ColumnHandler
from designer.evolution.postgres.constraints import (
    CheckHandler,
    ExclusionHandler,
    ForeignKeyHandler,
    KeyHandler,
)
from designer.evolution.postgres.finish import finished
from designer.evolution.postgres.indexes import IndexHandler
from designer.evolution.postgres.lineage import Lineage
from designer.evolution.postgres.names import renames
from designer.evolution.postgres.others import OTHERS
from designer.evolution.postgres.partitions import IndexPartitionHandler, PartitionHandler
from designer.evolution.postgres.schemas import SchemaHandler
from designer.evolution.postgres.spelling import Spelled, spelled_out
from designer.evolution.postgres.tables import TableHandler
from designer.schema import Check, Column, Design, ForeignKey, Id, Index, Key, Named, Record, Sequence, Table

TABLES: tuple[type[Handler[Any]], ...] = (
    SchemaHandler, TableHandler, PartitionHandler, IndexPartitionHandler, ColumnHandler, KeyHandler, ForeignKeyHandler,
    CheckHandler, ExclusionHandler, IndexHandler,
)  # fmt: skip


class PostgresMover(HandledMover[PostgresPen]):
    """The words of PostgreSQL for one migration."""

    dialect = "postgresql"
    pen = PostgresPen
    scoped = True
    handlers: ClassVar[tuple[type[Handler[Any]], ...]] = (*TABLES, *OTHERS)

    before: Design
    """The old design with its old names: what bodies that the server keeps as text still say."""
    after: Design
    """The new design."""

    def __init__(self) -> None:
        super().__init__()
        self._spelled: Spelled
        self._lineage_of_old: Lineage

    @property
    def columns(self) -> ColumnHandler:
        """The handler of columns, which tables need as well."""
        return cast(ColumnHandler, self._by_kind["column"])

    @property
    def remade(self) -> frozenset[Id]:
        """The tables that are partitioned in another way than before, and have to be made anew."""
        return self._spelled.remade

    def renamed(self, old: Design, new: Design) -> Renamed:
        """Give what is on both sides its new name and schema."""
        dialect = get(self.dialect)
        spelled = self._spelled = spelled_out(old, new, dialect)
        self.before, self.after = spelled.old.design, spelled.new.design
        self.remarks += remarks(self.before, self.after)
        design, steps = renames(spelled, dialect)
        self._lineage_of_old = replace(spelled.old.lineage, design=design)
        return Renamed(design, steps, self.after)

    def finish(self, steps: list[Step]) -> list[Step]:
        """Return the steps with what they need of the session."""
        return finished(steps, self.after)

    # What handlers ask

    def is_new(self, side: Side[PostgresPen]) -> bool:
        """Say whether a side is the new one, also while it is taken apart."""
        return side.design is self.after

    def lineage(self, side: Side[PostgresPen]) -> Lineage:
        """Return what the tables of a side have from other tables."""
        return self._spelled.new.lineage if self.is_new(side) else self._lineage_of_old

    def goes_along(self, record: Record) -> bool:
        """Say whether a part of the old side goes with that of the parent: its table is tied to that until then."""
        lineage = self.lineage(self.old)
        if not lineage.source_of(record) and record.id not in lineage.implied:
            return False
        return not any(each in self.decided.leaving for each in self.ties(record, self.old_facts))

    def comes_along(self, record: Record) -> bool:
        """Say whether a part of the new side comes with that of the parent: its table was tied to that before."""
        lineage = self.lineage(self.new)
        if not lineage.source_of(record) and record.id not in lineage.implied:
            return False
        if record.parent not in self.before:
            return True
        return not any(each in self.decided.fresh for each in self.ties(record, self.new_facts))

    def ties(self, record: Record, facts: Facts) -> list[FactId]:
        """Return the ties of the table that a part belongs to; of a rebound partition only, where that is loose."""
        table = record.parent or ""
        rebound = table in self.after and table not in self.lineage(self.new).loose
        return [
            each for each in facts.children(table)
            if facts[each].kind in ("partition", "inheritance") and not (rebound and each in self.decided.replaced)
        ]  # fmt: skip

    def related(self, side: Side[PostgresPen], record: Record) -> frozenset[FactId]:
        """Return what parts of other tables a part needs: on the old side what it goes with, on the new one what it is
        made of, since an index is tied to those of partitions that are there.
        """
        lineage = self.lineage(side)
        if isinstance(record, (Column, Check, ForeignKey)) or not self.is_new(side):
            return lineage.source_of(record)
        return lineage.pieces(record)

    def identity_sequence(self, side: Side[PostgresPen], column: Id) -> str:
        """Return the name of the sequence behind an identity column; empty where there is none."""
        spelling = self._spelled.new if self.is_new(side) else self._spelled.old
        found = spelling.identities.get(f"{column}~identity")
        return found.name if found is not None else ""

    def identity_path(self, side: Side[PostgresPen], column: Column) -> str:
        """Return the name of the sequence behind an identity column with its schema, quoted."""
        schema = side.catalog.schema_of(side.design[column.parent or ""])
        name = side.dialect.quote(self.identity_sequence(side, column.id))
        return f"{side.dialect.quote(schema)}.{name}" if schema else name

    def numbered_before(self, column: Id) -> set[FactId]:
        """Return the sequences that go while the column which they number becomes an identity: they are read first."""
        after = self.after.get(column)
        if not isinstance(after, Column) or not after.identity:
            return set()
        return {each.id for each in self.owned_by(self.old, column) if each.id not in self.after}

    def sequence_before(self, column: Id) -> str:
        """Return the sequence from which a column took its numbers, quoted; empty where there was none."""
        for each in self.owned_by(self.old, column):
            if each.id not in self.after:
                return self.old.pen.path(each)
        return ""

    def owned_by(self, side: Side[PostgresPen], column: Id) -> Iterator[Sequence]:
        """Yield the sequences that a column owns."""
        for each in sorted(side.design.referrers(column)):
            record = side.design[each]
            if isinstance(record, Sequence) and record.owned_by == column:
                yield record

    def sequences_of(self, side: Side[PostgresPen], table: Table) -> Iterator[Sequence]:
        """Yield the sequences that the columns of a table own."""
        for column in side.catalog.parts(table).columns:
            yield from self.owned_by(side, column.id)

    def index_path(self, side: Side[PostgresPen], record: Index | Key) -> str:
        """Return the name of an index or of the index of a key, with its schema, quoted."""
        owner = side.design[record.parent or ""]
        schema = side.catalog.schema_of(owner)
        name = side.dialect.quote(record.name)
        return f"{side.dialect.quote(schema)}.{name}" if schema else name

    def free_name(self, near: Table, wanted: str) -> str:
        """Return a name that no relation has on either side, in the schema of a table."""
        taken = {each.name for side in (self.old, self.new) for each in side.catalog.objects if isinstance(each, Named)}
        name, number = wanted[:55], 1
        while name in taken:
            number += 1
            name = f"{wanted[:55]}{number}"
        return name
