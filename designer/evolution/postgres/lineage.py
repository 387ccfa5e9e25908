"""What tables have from other tables: partitions from the table they are part of, children from what they inherit."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from designer.evolution.facts import FactId, Name
from designer.evolution.postgres.base import spelled_parts
from designer.evolution.postgres.types import type_state
from designer.schema import Check, Column, Design, Id, Partitioning, Record, Table

Chain = tuple[Id, ...]


def remade(old: Design, new: Design) -> frozenset[Id]:
    """Return the tables on both sides that are partitioned in another way, which no statement can do in place."""
    found = set()
    for partitioning in (*old.of(Partitioning), *new.of(Partitioning)):
        table = partitioning.parent or ""
        both = isinstance(old.get(table), Table) and isinstance(new.get(table), Table)
        if both and partitioned(table, old) != partitioned(table, new):
            found.add(table)
    return frozenset(found)


def partitioned(table: Id, design: Design) -> Hashable:
    """Return how a table is partitioned, by columns of which types; nothing where it is not."""
    return tuple(
        (each.strategy.lower(), spelled_parts(each.parts), "" if each.strategy else each.text, *_types(each, design))
        for each in design.of(Partitioning, table)
    )


def _types(partitioning: Partitioning, design: Design) -> Iterator[Hashable]:
    """Yield the types of the columns by which a table is partitioned: they cannot be changed in place."""
    for part in partitioning.parts:
        column = design.get(part.column) if part.column else None
        if isinstance(column, Column):
            yield (type_state(column), column.collation)


@dataclass(slots=True)
class Lineage:
    """The parents of tables in one design. `implied` are records that nobody wrote: they come with the parent."""

    design: Design
    implied: frozenset[Id] = frozenset()
    attached: dict[Id, Id] = field(default_factory=dict)
    """Index or key of a partition -> that of the partitioned table which it is a part of."""
    said: frozenset[Id] = frozenset()
    """Those of them that a statement ties to the other."""
    loose: frozenset[Id] = frozenset()
    """Partitions of tables that are made anew: they change by themselves while they are no parts of anything."""
    _pieces: dict[Id, set[Id]] = field(default_factory=dict)

    def added_loose(self, record: Record, before: Design) -> frozenset[Name]:
        """Return the name by which a part that is added while its table is no partition comes behind the loosening."""
        table = record.parent or ""
        return frozenset({("tie", table)} if table in self.loose and record.id not in before else ())

    def parents(self, table: Record | None) -> Chain:
        """Return the tables that a table has its columns from."""
        if not isinstance(table, Table) or table.id in self.loose:
            return ()
        found = (table.partition_of, *table.inherits) if table.partition_of else table.inherits
        return tuple(each for each in found if isinstance(self.design.get(each), Table))

    def source(self, column: Column) -> Column | None:
        """Return the column of a parent that a column is the same as."""
        for parent in self.parents(self.design.get(column.parent or "")):
            for each in self.design.of(Column, parent):
                if each.name == column.name:
                    return each
        return None

    def is_inherited(self, record: Record) -> bool:
        """Say whether a column or check is that of a parent."""
        if isinstance(record, Column):
            return self.source(record) is not None
        return isinstance(record, Check) and self.source_check(record) is not None

    def source_check(self, check: Check) -> Check | None:
        """Return the check of a parent that a check is the same as."""
        for parent in self.parents(self.design.get(check.parent or "")):
            for each in self.design.of(Check, parent):
                if each.name == check.name and not each.no_inherit:
                    return each
        return None

    def wholes(self, record: Record) -> frozenset[FactId]:
        """Return the index or key that one of a partition is a part of, as a set of none or one."""
        return frozenset({self.attached[record.id]} if record.id in self.attached else ())

    def pieces(self, record: Record) -> frozenset[FactId]:
        """Return the written indexes or keys of partitions that are parts of one: found alike, they are tied to it."""
        if not self._pieces:
            for piece, whole in self.attached.items():
                if piece not in self.implied:
                    self._pieces.setdefault(whole, set()).add(piece)
        return frozenset(self._pieces.get(record.id, ()))

    def source_of(self, record: Record) -> frozenset[FactId]:
        """Return the part of a parent with which a part comes and goes, as a set of none or one."""
        found: Record | None = None
        if isinstance(record, Column):
            found = self.source(record)
        elif isinstance(record, Check):
            found = self.source_check(record)
        else:
            return self.wholes(record)
        return frozenset({found.id}) if found is not None else frozenset()
