"""One side of a comparison: a model with what its records are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from designer.dialects.base import Dialect
from designer.schema import (
    Column,
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Expr,
    Id,
    Model,
    Named,
    Record,
    Routine,
    Schema,
    Sequence,
    Table,
    View,
    first_physical,
    kind_of,
)
from designer.schema.expressions import render

Path = tuple[str, ...]
_IN_SCHEMA = (Table, View, Sequence, EnumType, DomainType, CompositeType, Routine)


class Side:
    """A model of a design, and its dialect."""

    def __init__(self, design: Design, dialect: Dialect, model: Id | None = None):
        chosen = design.get(model) if model else first_physical(design)
        self.design = design
        self.dialect = dialect
        self.model = chosen if isinstance(chosen, Model) else None
        self._paths: dict[Id, Path] = {}
        self._tables: dict[str, Table] | None = None
        self._heirs: list[Table] | None = None

    def path(self, record: Record) -> Path:
        """Return where a record stands, from its schema down: `("public", "users", "email")`.

        What hangs on the model stands in the default schema; schemas and extensions stand alone.
        """
        found = self._paths.get(record.id)
        if found is None:
            found = self._paths[record.id] = (*self._above(record), getattr(record, "name", "") or "")
        return found

    def _above(self, record: Record) -> Path:
        parent = self.design.get(record.parent) if record.parent else None
        if isinstance(parent, Schema):
            return (parent.name,)
        if parent is None or isinstance(parent, Model):
            home = self.dialect.default_schema
            return (home,) if home and isinstance(record, _IN_SCHEMA) else ()
        return self.path(parent)

    def home(self, record: Record) -> str:
        """Return the schema that names without one mean in the text of a record."""
        said = record.extra.get("search_path", "").partition(",")[0].strip(' "')
        return said or next(iter(self._above(record)), "") or self.dialect.default_schema

    def path_of(self, record: Id | None) -> Path:
        """Return the path of a record by its id; empty where there is no such record."""
        found = self.design.get(record) if record else None
        return self.path(found) if found is not None else ()

    def name_of(self, record: Id | None) -> str:
        """Return the name of a record by its id; empty where there is none."""
        found = self.design.get(record) if record else None
        return found.name if isinstance(found, Named) else ""

    def names(self, records: Iterable[Id]) -> tuple[str, ...]:
        """Return the names of some records."""
        return tuple(map(self.name_of, records))

    def plain(self, expr: Expr | None) -> str:
        """Return an expression with today's names."""
        return "" if expr is None else render(expr, self.design, self.dialect.quote, self.dialect.unquote)

    def columns(self, relation: Id) -> list[Column]:
        """Return the columns of a table or view; those of its parent for a partition that was written without any."""
        own = self.design.of(Column, relation)
        table = self.design.get(relation)
        if own or not isinstance(table, Table) or not table.partition_of or table.partition_of == relation:
            return own
        return self.columns(table.partition_of)

    def table(self, path: str) -> Table | None:
        """Return a table by its path: `public.users`."""
        if self._tables is None:
            self._tables = {".".join(self.path(each)): each for each in self.design.of(Table)}
        return self._tables.get(path)

    def heirs(self) -> list[Table]:
        """Return the tables that have something from another one."""
        if self._heirs is None:
            tables = (each for each in self.design.records() if type(each) is Table)
            self._heirs = [each for each in tables if each.partition_of or each.inherits]
        return self._heirs

    def chosen(self, ids: Collection[Id]) -> list[Record]:
        """Return some records, as far as they are below the model, in the order of `records`."""
        keys: dict[Id, tuple[tuple[str, str, str], ...]] = {}

        def key(record: Record) -> tuple[tuple[str, str, str], ...]:
            if record.id not in keys:
                above = self.design.get(record.parent) if record.parent else None
                own = (kind_of(record), record.order, record.id)
                keys[record.id] = (*(key(above) if above is not None else ()), own)
            return keys[record.id]

        found = [(key(each), each) for each in map(self.design.get, ids) if each is not None]
        mine = [(place, each) for place, each in found if self.model is not None and place[0][2] == self.model.id]
        mine.sort(key=lambda pair: (pair[0][:-1], pair[0][-1]))
        return [each for place, each in mine if len(place) > 1]

    def records(self) -> list[Record]:
        """Return the records below the model, parents first, siblings in their order."""
        if self.model is None:
            return []
        found: list[Record] = []
        waiting: list[Id] = [self.model.id]
        while waiting:
            children = [self.design[each] for each in self.design.children(waiting.pop())]
            children.sort(key=lambda each: (kind_of(each), each.order, each.id))
            found += children
            waiting += [each.id for each in reversed(children)]
        return found
