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
    Exclusion,
    Expr,
    Extension,
    Id,
    Index,
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
_SET_UP = re.compile(
    rf"SELECT\s+(?:\*\s+FROM\s+)?(?:{_IDENTIFIER}\s*\.\s*)?({_IDENTIFIER})\s*\(\s*'((?:[^']|'')+)'", re.IGNORECASE
)
_OPTIONS = re.compile(r"ALTER\s+TABLE\b[^;(]*\bSET\s*\(", re.IGNORECASE)
_SYMBOL = re.compile(r"[-+*/<>=~!@#%^&|`?]+")


class NeedFinder:
    """Finds needs through the ids that records name, and for the names in routine headers and types by looking.

    What only looks like a name may be none, so it makes a firm need at most; except for what a verbatim statement
    makes, since no id can name that.
    """

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
        self.schemas = _by_name(catalog.of(Schema))
        self.spaces = _by_name([*catalog.of(Schema), *catalog.of(Extension)])
        self.made: dict[str, list[Statement]] = {}
        self.symbols: dict[str, list[Statement]] = {}
        for statement in catalog.statements:
            name = statement.extra.get("name")
            if name and is_early(statement):
                made = self.symbols if statement.extra["makes"] == "operator" else self.made
                made.setdefault(name, []).append(statement)
        self.shells = self._shells()
        self.set_up = self._set_up()

    def _set_up(self) -> dict[Id, list[Id]]:
        """Return, for a table, the statements with which an extension makes more of it: views may need that."""
        found: dict[Id, list[Id]] = {}
        for statement in self.catalog.statements:
            for table in () if is_early(statement) or statement.phase == "never" else self.tables_set_up(statement):
                found.setdefault(table, []).append(statement.id)
        return found

    def tables_set_up(self, statement: Statement) -> Iterator[Id]:
        """Yield the table that a statement is about: `SELECT create_hypertable('t', …)`, `ALTER TABLE t SET (…)`.

        A routine of the design may need anything that is there; what is called here is of an extension.
        """
        text = statement.text.text
        called = _SET_UP.match(text)
        if called and self.unquote(called.group(1)) not in self.routines:
            path = [self.unquote(each) for each in _WORD.findall(called.group(2).replace("''", "'"))]
            for each in self.relations.get(path[-1], ()) if path else ():
                record = self.design[each]
                if isinstance(record, Table) and path[:-1] in ([], [self.catalog.schema_of(record)], ["public"]):
                    yield each
        elif _OPTIONS.match(text) and statement.text.uses:
            use = statement.text.uses[0]
            if isinstance(self.design.get(use.id), Table):
                yield use.id

    def _shells(self) -> dict[Id, set[Id]]:
        """Return, for a routine that a type is made of, the statements that complete the type: they come later."""
        found: dict[Id, set[Id]] = {}
        for statements in self.made.values():
            for each in statements:
                if each.extra["makes"] == "type":
                    for word in _WORD.findall(each.text.text):
                        for routine in self.routines.get(self.unquote(word), ()):
                            found.setdefault(routine, set()).add(each.id)
        return found

    def find(self) -> Needs:
        """Return the needs of every object of the catalog."""
        needs = Needs()
        for record in (*self.catalog.objects, *self.catalog.statements):
            kind = type(record)
            for graph, finders in ((needs.hard, _HARD), (needs.firm, _FIRM), (needs.soft, _SOFT)):
                finder = finders.get(kind)
                targets = finder(self, record) if finder is not None else ()
                if graph is needs.hard and "search_path" in record.extra:
                    targets = (*targets, *self.on_path(record.extra["search_path"]))
                if targets:
                    found = self.owners(targets) - {record.id}
                    if found:
                        graph[record.id] = sorted(found)
        return needs

    def owners(self, targets: Iterable[Id | None]) -> set[Id]:
        """Return the objects that records are, or are parts of."""
        return {owner for each in targets if (owner := self.owner(each))}

    def owner(self, target: Id | None) -> Id | None:
        """Return the object that a record is, or is part of."""
        while target is not None and target not in self.nodes:
            record = self.design.get(target)
            target = record.parent if record is not None else None
        return target

    def on_path(self, path: str) -> Iterator[Id]:
        """Yield the schemas of a search path: a record with words for it is created under it."""
        for found in _WORD.finditer(path):
            yield from self.schemas.get(self.unquote(found.group()), ())

    # Texts

    def in_expr(self, expr: Expr | None) -> Iterator[Id]:
        """Yield what an expression names, the routines it calls and the operators it applies."""
        if expr is None:
            return
        for use in expr.uses:
            yield use.id
        yield from self.called(expr.text)
        yield from self.in_made(expr.text)

    def called(self, text: str) -> Iterator[Id]:
        """Yield the routines that a text calls."""
        if self.routines:
            for found in _CALLED.finditer(text):
                yield from self.routines.get(self.unquote(found.group(1)), ())

    def in_text(self, text: str) -> Iterator[Id]:
        """Yield the tables, views and types that a text seems to name."""
        for found in _WORD.finditer(text):
            yield from self.relations.get(self.unquote(found.group()), ())

    def in_made(self, text: str, before: int | None = None) -> Iterator[Id]:
        """Yield the statements that make a type, collation or operator which a text names.

        For a statement of line `before` only earlier ones: two that name one another cannot be told apart otherwise.
        """
        if self.made:
            for found in _WORD.finditer(text):
                for each in self.made.get(self.unquote(found.group()), ()):
                    if before is None or each.line < before:
                        yield each.id
        if self.symbols:
            for found in _SYMBOL.finditer(text):
                for each in self.symbols.get(found.group(), ()):
                    if before is None or each.line < before:
                        yield each.id

    def in_parts(self, parts: Iterable[IndexPart]) -> Iterator[Id]:
        for part in parts:
            yield from self.in_expr(part.expr)
            yield from self.in_made(f"{part.opclass} {part.collation} {part.operator}")

    # Tables

    def of_table(self, table: Table) -> Iterator[Id]:
        """What must be there for CREATE TABLE itself."""
        parts = self.catalog.parts(table)
        yield from table.inherits
        if table.partition_of:
            yield table.partition_of
        if table.of_type:
            yield table.of_type
        if self.made:
            yield from self.in_made(f"{table.access_method} {table.extra.get('server', '')}")
        for column in parts.columns:
            if column.type_ref is not None:
                yield column.type_ref
            elif self.made:
                yield from self.in_made(column.type)
            if column.collation and self.made:
                yield from self.in_made(column.collation)
            if column.generated is not None:
                yield from self.in_expr(column.generated)
        for partitioning in parts.partitionings:
            yield from self.in_parts(partitioning.parts)

    def of_conditions(self, owner: Record) -> Iterator[Id]:
        """What defaults, checks and indexes need; each of them can be added later."""
        parts = self.catalog.parts(owner)
        for column in parts.columns:
            if column.default is not None:
                yield from self.in_expr(column.default)
        for check in parts.checks:
            yield from self.in_expr(check.expr)
        for index in parts.indexes:
            yield from self.of_index(index)
        for exclusion in parts.exclusions:
            yield from self.of_index(exclusion)

    def of_index(self, index: Index | Exclusion) -> Iterator[Id]:
        yield from self.in_expr(index.where)
        yield from self.in_parts(index.parts)
        if self.made:
            yield from self.in_made(index.method)

    def of_foreign_keys(self, table: Table) -> Iterator[Id]:
        for key in self.catalog.parts(table).foreign_keys:
            if key.ref_table is not None:
                yield key.ref_table

    # Types, views, routines

    def of_view(self, view: View) -> Iterator[Id]:
        """A view with a stub can be created before what its query needs."""
        if "stub" in view.extra:
            yield from self.in_text(view.extra["stub"])
            return
        yield from self.in_query(view)

    def in_query(self, view: View) -> Iterator[Id]:
        yield from view.depends_on
        for use in view.query.uses:
            yield use.id
        for table in self.owners((*view.depends_on, *(use.id for use in view.query.uses))) if self.set_up else ():
            yield from self.set_up.get(table, ())
        yield from self.in_made(view.query.text)

    def around_view(self, view: View) -> Iterator[Id]:
        if "stub" in view.extra:
            yield from self.in_query(view)
        yield from self.called(view.query.text)
        yield from self.of_conditions(view)

    def of_domain(self, domain: DomainType) -> Iterator[Id]:
        if domain.type_ref is not None:
            yield domain.type_ref
        yield from self.in_text(domain.type)
        yield from self.in_made(f"{domain.type} {domain.collation}")

    def around_domain(self, domain: DomainType) -> Iterator[Id]:
        yield from self.in_expr(domain.default)
        yield from self.of_conditions(domain)

    def of_composite(self, composite: CompositeType) -> Iterator[Id]:
        for each in composite.fields:
            yield from self.in_text(each.type)
            yield from self.in_made(f"{each.type} {each.collation}")

    def of_routine(self, routine: Routine) -> Iterator[Id]:
        """Only the head counts, or a body that the server parses: a quoted body is read when it is called."""
        head = head_of(routine)
        for use in routine.text.uses:
            if use.start < len(head):
                yield use.id
        later = self.shells.get(routine.id, ())
        yield from (each for each in self.in_made(head) if each not in later)
        if routine.routine_kind == "aggregate":
            yield from self.in_words(head[head.find("(") :])

    def around_routine(self, routine: Routine) -> Iterator[Id]:
        head = head_of(routine)
        yield from self.in_text(head)
        yield from self.called(head[head.find("(") :])

    def in_body(self, routine: Routine) -> Iterator[Id]:
        """What the body of a routine names is looked for when an index or a view with data runs it."""
        for use in routine.text.uses:
            yield use.id
        yield from self.called(routine.text.text)

    def in_words(self, text: str) -> Iterator[Id]:
        """Yield the routines that a text seems to name, called or not."""
        if self.routines:
            for found in _WORD.finditer(text):
                yield from self.routines.get(self.unquote(found.group()), ())

    # Statements

    def of_publication(self, publication: Publication) -> Iterator[Id]:
        yield from publication.tables

    def of_statement(self, statement: Statement) -> Iterator[Id]:
        """A statement that comes first still comes after the schemas and extensions that it speaks of."""
        text = statement.text.text
        for use in statement.text.uses:
            yield use.id
        for found in _WORD.finditer(text):
            yield from self.spaces.get(self.unquote(found.group()), ())
        for table, statements in self.set_up.items():
            if statement.id in statements:
                yield table
        if is_early(statement):
            yield from self.in_words(text)
            yield from self.in_made(text, statement.line)

    def around_statement(self, statement: Statement) -> Iterator[Id]:
        if is_early(statement):
            yield from self.in_text(statement.text.text)


Finders = dict[type[Record], Callable[[NeedFinder, Any], Iterable[Id]]]
_HARD: Finders = {
    Table: NeedFinder.of_table,
    View: NeedFinder.of_view,
    DomainType: NeedFinder.of_domain,
    CompositeType: NeedFinder.of_composite,
    Routine: NeedFinder.of_routine,
    Publication: NeedFinder.of_publication,
    Statement: NeedFinder.of_statement,
}
_FIRM: Finders = {
    Table: NeedFinder.of_conditions,
    View: NeedFinder.around_view,
    DomainType: NeedFinder.around_domain,
    Routine: NeedFinder.around_routine,
    Statement: NeedFinder.around_statement,
}
_SOFT: Finders = {
    Table: NeedFinder.of_foreign_keys,
    Routine: NeedFinder.in_body,
}


def is_early(statement: Statement) -> bool:
    """Say whether a statement stands among the objects: it comes first, or makes what others may need."""
    return statement.phase == "before" or (statement.phase != "never" and "makes" in statement.extra)


def head_of(routine: Routine) -> str:
    """Return what a server parses of a routine when it is created: all of it where its body is not quoted."""
    body = _BODY.search(routine.text.text)
    return routine.text.text[: body.start()] if body else routine.text.text


def _by_name(records: Iterable[Record]) -> dict[str, list[Id]]:
    found: dict[str, list[Id]] = {}
    for record in records:
        if isinstance(record, Named):
            found.setdefault(record.name, []).append(record.id)
    return found
