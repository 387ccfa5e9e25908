"""What tables have from other tables: partitions from the table they are part of, children from what they inherit."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.evolution.facts import FactId
from designer.schema import Check, Column, Design, Id, Record, Table

Chain = tuple[Id, ...]


@dataclass(slots=True)
class Lineage:
    """The parents of tables in one design. `implied` are records that nobody wrote: they come with the parent."""

    design: Design
    implied: frozenset[Id] = frozenset()
    attached: dict[Id, Id] = field(default_factory=dict)
    """Index or key of a partition -> that of the partitioned table which it is a part of."""
    said: frozenset[Id] = frozenset()
    """Those of them that a statement ties to the other."""

    def parents(self, table: Record | None) -> Chain:
        """Return the tables that a table has its columns from."""
        if not isinstance(table, Table):
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

    def source_of(self, record: Record) -> frozenset[FactId]:
        """Return the part of a parent with which a part comes and goes, as a set of none or one."""
        found: Record | None = None
        if isinstance(record, Column):
            found = self.source(record)
        elif isinstance(record, Check):
            found = self.source_check(record)
        elif record.id in self.attached:
            return frozenset({self.attached[record.id]})
        return frozenset({found.id}) if found is not None else frozenset()
