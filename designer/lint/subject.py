"""One model as the rules look at it: its records sorted once, so that every rule costs one pass."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

from designer.commands.names import called
from designer.dialects.base import Dialect
from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.schema import Column, Design, Diagram, ForeignKey, Id, Index, Key, Model, Named, Record, Table

R = TypeVar("R", bound=Record)


class Subject:
    """The records of one model by kind, and by kind under each parent. Pictures are left out.

    With `tables` only those tables are looked at, and what hangs on them.
    """

    def __init__(self, design: Design, model: Model, tables: frozenset[Id] | None = None):
        self.design = design
        self.model = model
        self.dialect: Dialect = dialect_of(model.target if model.target in DIALECTS else "postgresql")
        self._by_kind: dict[type[Record], list[Record]] = {}
        self._inside: dict[tuple[type[Record], Id | None], list[Record]] = {}
        wanted = self._below(model.id) if tables is None else self._of_tables(tables)
        for record in sorted(wanted, key=lambda record: (record.order, record.id)):
            self._by_kind.setdefault(type(record), []).append(record)
            self._inside.setdefault((type(record), record.parent), []).append(record)

    def _below(self, top: Id) -> list[Record]:
        found: list[Record] = []
        open_parents = [top]
        while open_parents:
            below = [self.design[child] for child in self.design.children(open_parents.pop())]
            kept = [record for record in below if not isinstance(record, Diagram | Model)]
            found += kept
            open_parents += [record.id for record in kept]
        return found

    def _of_tables(self, tables: frozenset[Id]) -> list[Record]:
        own = [self.design[each] for each in tables if each in self.design]
        own = [each for each in own if self.design.model_of(each) == self.model]
        return [*own, *(record for each in own for record in self._below(each.id))]

    def of(self, kind: type[R]) -> list[R]:
        """Return the records of a kind, in order."""
        return self._by_kind.get(kind, [])  # type: ignore[return-value]

    def inside(self, kind: type[R], parent: Id | None) -> list[R]:
        """Return the records of a kind that hang on a parent, in order."""
        return self._inside.get((kind, parent), [])  # type: ignore[return-value]

    @cached_property
    def tables(self) -> list[Table]:
        """The tables that stand for themselves; a partition follows the table that it belongs to."""
        return [table for table in self.of(Table) if table.partition_of is None]

    @cached_property
    def foreign_keys(self) -> list[ForeignKey]:
        """The foreign keys of those tables whose other table is in the design."""
        own = {table.id for table in self.tables}
        return [key for key in self.of(ForeignKey) if key.parent in own and key.ref_table in self.design]

    @cached_property
    def referring(self) -> dict[Id, int]:
        """How many foreign keys each column is in, on either side."""
        counted: dict[Id, int] = {}
        for key in self.of(ForeignKey):
            for column in {*key.columns, *key.ref_columns}:
                counted[column] = counted.get(column, 0) + 1
        return counted

    def primary_key(self, table: Id) -> Key | None:
        """Return the primary key of a table, if it has one."""
        return next((key for key in self.inside(Key, table) if key.primary), None)

    def indexes(self, table: Id) -> list[Index]:
        """Return the indexes of a table that a server would make."""
        return [index for index in self.inside(Index, table) if "refused" not in index.extra and index.parts]

    def columns(self, ids: tuple[Id, ...]) -> list[Column]:
        """Return the columns with those ids, as far as they are there."""
        found = (self.design.get(each) for each in ids)
        return [column for column in found if isinstance(column, Column)]

    def called(self, record: Record | Id) -> str:
        """Return how people call a record: `orders.total`."""
        found = self.design.get(record) if isinstance(record, str) else record
        return called(self.design, found) if found is not None else "something"

    def names(self, ids: tuple[Id, ...]) -> str:
        """Return the names of columns or attributes, with commas between."""
        found = (self.design.get(each) for each in ids)
        return ", ".join(record.name for record in found if isinstance(record, Named))
