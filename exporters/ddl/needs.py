"""What each object needs to be there before it can be created."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from designer.dialects.base import Dialect
from designer.schema import (
    CompositeType,
    Design,
    DomainType,
    EnumType,
    Expr,
    Extension,
    Id,
    IndexPart,
    Named,
    Publication,
    Record,
    Routine,
    Schema,
    Statement,
    Table,
    View,
)
from exporters.ddl.catalog import Catalog
from exporters.ddl.order import Needs

_IDENTIFIER = r'(?:"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^\W\d][\w$]*)'
_CALLED = re.compile(rf"({_IDENTIFIER})\s*\(")
_WORD = re.compile(_IDENTIFIER)
_BODY = re.compile(r"\bAS\s+(?:\$\w*\$|E?')|\bBEGIN\b(?!\s+ATOMIC)", re.IGNORECASE)


class NeedFinder:
    """Finds needs through the ids that records name, and for the names in routine headers and types by looking."""

    def __init__(self, catalog: Catalog, dialect: Dialect):
        self.catalog = catalog
        self.design: Design = catalog.design
        self.unquote = dialect.unquote
        self.nodes = {record.id for record in catalog.objects} | {each.id for each in catalog.statements}
        self.routines = _by_name(catalog.of(Routine))
        self.relations = _by_name(
            record
            for record in catalog.objects
            if isinstance(record, (Table, View, EnumType, DomainType, CompositeType))
        )
        self.spaces = _by_name([*catalog.of(Schema), *catalog.of(Extension)])

    def find(self) -> Needs:
        """Return the needs of every object of the catalog."""
        needs = Needs()
        for record in (*self.catalog.objects, *self.catalog.statements):
            finder = _FINDERS.get(type(record))
            if finder is not None:
                hard = {self.owner(each) for each in finder(self, record)}
                needs.hard[record.id] = sorted(each for each in hard if each and each != record.id)
            if isinstance(record, Table):
                needs.soft[record.id] = [
                    key.ref_table for key in self.catalog.parts(record).foreign_keys if key.ref_table is not None
                ]
            elif isinstance(record, Routine):
                needs.soft[record.id] = [owner for use in record.text.uses if (owner := self.owner(use.id))]
        return needs

    def owner(self, target: Id | None) -> Id | None:
        """Return the object that a record is, or is part of."""
        while target is not None and target not in self.nodes:
            record = self.design.get(target)
            target = record.parent if record is not None else None
        return target

    def in_expr(self, expr: Expr | None) -> Iterator[Id]:
        """Yield what an expression names, and the routines it calls."""
        if expr is None:
            return
        for use in expr.uses:
            yield use.id
        if self.routines:
            for found in _CALLED.finditer(expr.text):
                yield from self.routines.get(self.unquote(found.group(1)), ())

    def in_text(self, text: str) -> Iterator[Id]:
        """Yield the tables, views and types that a text seems to name."""
        for found in _WORD.finditer(text):
            yield from self.relations.get(self.unquote(found.group()), ())

    def of_table(self, table: Table) -> Iterator[Id]:
        parts = self.catalog.parts(table)
        yield from table.inherits
        if table.partition_of:
            yield table.partition_of
        for column in parts.columns:
            if column.type_ref is not None:
                yield column.type_ref
            if column.default is not None:
                yield from self.in_expr(column.default)
            if column.generated is not None:
                yield from self.in_expr(column.generated)
        yield from self.of_conditions(table)

    def of_conditions(self, owner: Record) -> Iterator[Id]:
        parts = self.catalog.parts(owner)
        for check in parts.checks:
            yield from self.in_expr(check.expr)
        for index in parts.indexes:
            yield from self.in_expr(index.where)
            yield from self.in_parts(index.parts)
        for exclusion in parts.exclusions:
            yield from self.in_expr(exclusion.where)
            yield from self.in_parts(exclusion.parts)
        for partitioning in parts.partitionings:
            yield from self.in_parts(partitioning.parts)

    def in_parts(self, parts: Iterable[IndexPart]) -> Iterator[Id]:
        for part in parts:
            yield from self.in_expr(part.expr)

    def of_view(self, view: View) -> Iterator[Id]:
        yield from view.depends_on
        yield from self.in_expr(view.query)
        yield from self.of_conditions(view)

    def of_domain(self, domain: DomainType) -> Iterator[Id]:
        if domain.type_ref is not None:
            yield domain.type_ref
        yield from self.in_text(domain.type)
        yield from self.in_expr(domain.default)
        yield from self.of_conditions(domain)

    def of_composite(self, composite: CompositeType) -> Iterator[Id]:
        for each in composite.fields:
            yield from self.in_text(each.type)

    def of_routine(self, routine: Routine) -> Iterator[Id]:
        """Only the head counts, or a body that the server parses: a quoted body is read when it is called."""
        body = _BODY.search(routine.text.text)
        end = body.start() if body else len(routine.text.text)
        for use in routine.text.uses:
            if use.start < end:
                yield use.id
        yield from self.in_text(routine.text.text[:end])

    def of_publication(self, publication: Publication) -> Iterator[Id]:
        yield from publication.tables

    def of_statement(self, statement: Statement) -> Iterator[Id]:
        """A statement that comes first still comes after the schemas and extensions that it speaks of."""
        for use in statement.text.uses:
            yield use.id
        for found in _WORD.finditer(statement.text.text):
            yield from self.spaces.get(self.unquote(found.group()), ())


_FINDERS: dict[type[Record], Callable[[NeedFinder, Any], Iterable[Id]]] = {
    Table: NeedFinder.of_table,
    View: NeedFinder.of_view,
    DomainType: NeedFinder.of_domain,
    CompositeType: NeedFinder.of_composite,
    Routine: NeedFinder.of_routine,
    Publication: NeedFinder.of_publication,
    Statement: NeedFinder.of_statement,
}


def _by_name(records: Iterable[Record]) -> dict[str, list[Id]]:
    found: dict[str, list[Id]] = {}
    for record in records:
        if isinstance(record, Named):
            found.setdefault(record.name, []).append(record.id)
    return found
