"""Types that cannot change in place: the old one steps aside, a new one is made, columns move over, the old one goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration
from designer.evolution.postgres.objects import ObjectHandler, PgSide
from designer.evolution.postgres.trees import dotted, quote, read, strings
from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    ForeignKey,
    Id,
    Index,
    Named,
    Policy,
    Record,
    Routine,
    Statement,
    Table,
    Trigger,
    View,
)

TYPES = ("enum", "domain", "composite type", "type")
"""Kinds of facts that are types."""
_ASIDE = "__old"
_LIMIT = 63
_REMADE = (View, Policy, Trigger, Routine, Check, ForeignKey)
"""Records that the server does not move over with a column that they name."""


class SwappingHandler(ObjectHandler):
    """A handler of types of some kind."""

    def create_type(self, record: Record, side: PgSide) -> str:
        """Return the statement that creates a type, as it is on one side."""
        raise NotImplementedError

    def swapped(self, old: Fact, new: Fact, using: str = "{column}::text::{type}") -> Alteration:
        """Return how a type is made anew, with all types that are made of it and all columns of any of them.

        `using` says how a value gets from the old type to the new one.
        """
        types = self.made_of(old.id)
        columns = list(self.columns_of(types))
        steps = list(self._steps(old, new, types, columns, using))
        disturbed = set(self._disturbed(types, columns)) - {each.id for each in types}
        return Alteration(steps, frozenset(disturbed))

    def _steps(
        self, old: Fact, new: Fact, types: Sequence[Fact], columns: Sequence[Column], using: str
    ) -> Iterator[Step]:
        for each in types:
            yield self.changed(f"ALTER TYPE {self.type_path(each)} RENAME TO {quote(aside(name_of(each)))};", old, new)
        yield self.changed(self.create_type(new.record, self.new), old, new)
        for each in types[1:]:
            yield self.changed(self._created(each), old, new)
        yield from self._moved(old, new, columns, using)
        for each in reversed(types):
            path = self.type_path(each).rpartition(".")
            yield self.changed(f"DROP TYPE {path[0]}{path[1]}{quote(aside(name_of(each)))};", old, new)
        for each in types:
            yield from self._said_again(each.id)

    def _created(self, fact: Fact) -> str:
        handler = self.mover.handler(fact)
        assert isinstance(handler, SwappingHandler)
        return handler.create_type(fact.record, self.old)

    def _moved(self, old: Fact, new: Fact, columns: Sequence[Column], using: str) -> Iterator[Step]:
        """Yield the statement for each table that moves its columns over."""
        by_table: dict[Id, list[str]] = {}
        pen = self.old.pen
        for column in columns:
            if self._is_inherited(column):
                continue
            name, kind = pen.column(column.id), pen.speech.type(column)
            value = using.format(column=name, type=kind) if column.type_ref == old.id else f"{name}::text::{kind}"
            by_table.setdefault(column.parent or "", []).append(f"ALTER COLUMN {name} TYPE {kind} USING {value}")
        for table, clauses in by_table.items():
            yield self.changed(
                f"ALTER TABLE {pen.path_of(table)} {', '.join(clauses)};", old, new, operation="alter type"
            )

    def _said_again(self, owner: FactId) -> Iterator[Step]:
        """Yield the comments and grants that went with the old type."""
        for each in self.mover.new_facts.children(owner):
            fact = self.mover.new_facts[each]
            if fact.kind in ("comment", "grant") and each in self.mover.old_facts:
                yield from self.mover.create(fact, (), "")

    # What is of a type

    def made_of(self, root: FactId) -> list[Fact]:
        """Return a type and all types that are made of it, each behind what it is made of."""
        found = {root: self.mover.old_facts[root]}
        waiting = [root]
        while waiting:
            for each in self.mover.old_facts.dependents(waiting.pop(0)):
                fact = self.mover.old_facts[each]
                if fact.kind in TYPES and each in self.mover.new_facts and fact.record.id == each:
                    found.pop(each, None)
                    found[each] = fact
                    waiting.append(each)
        return list(found.values())

    def columns_of(self, types: Sequence[Fact]) -> Iterator[Column]:
        """Yield the columns of some types that are there before and after."""
        for kind in types:
            for each in self.mover.old_facts.dependents(kind.id):
                record = self.mover.old_facts[each].record
                if isinstance(record, Column) and each == record.id and each in self.mover.new_facts:
                    yield record

    def is_used(self, kind: FactId) -> bool:
        """Say whether a column is of a type, or of one that is made of it."""
        return any(True for _ in self.columns_of(self.made_of(kind)))

    def _is_inherited(self, column: Column) -> bool:
        table = self.old.design.get(column.parent or "")
        if not isinstance(table, Table):
            return False
        parents = [each for each in (table.partition_of, *table.inherits) if each]
        return any(column.name in self.lookup(self.old).columns(parent) for parent in parents)

    def _disturbed(self, types: Sequence[Fact], columns: Sequence[Column]) -> Iterator[FactId]:
        facts = self.mover.old_facts
        for kind in types:
            for each in facts.dependents(kind.id):
                if facts[each].kind not in (*TYPES, "column"):
                    yield each
        for column in columns:
            for each in facts.dependents(column.id):
                if self._stays_behind(facts[each], column):
                    yield each
            for each in facts.children(column.id):
                if facts[each].kind == "default":
                    yield each

    def _stays_behind(self, fact: Fact, column: Column) -> bool:
        """Say whether something has to go before a column that it names can get another type."""
        record = fact.record
        if fact.kind in ("comment", "grant"):
            return False
        if isinstance(record, Column):
            return record.generated is not None or (fact.kind == "default" and record.id == column.id)
        if isinstance(record, Index):
            return record.where is not None or any(part.expr for part in record.parts)
        return isinstance(record, _REMADE) or (isinstance(record, Statement) and fact.kind in ("rule", "function"))

    def type_path(self, fact: Fact) -> str:
        """Return the name of a type, with the schema that it is in."""
        if isinstance(fact.record, (EnumType, DomainType, CompositeType)):
            return self.new.pen.type_path(fact.record)
        return dotted(statement_path(fact.record))


class TypeStatementHandler(SwappingHandler):
    """Types that only a statement makes: ranges, base types."""

    def create_type(self, record: Record, side: PgSide) -> str:
        """Return the statement, verbatim."""
        assert isinstance(record, Statement)
        return side.pen.whole(side.pen.speech.verbatim(record.text))


def name_of(fact: Fact) -> str:
    """Return the name of a type without its schema."""
    record = fact.record
    return record.name if isinstance(record, Named) else statement_path(record)[-1]


def statement_path(record: Record) -> tuple[str, ...]:
    """Return the name of what CREATE TYPE makes, as its statement has it."""
    text = record.text.text if isinstance(record, Statement) else ""
    _, node = read(text.rstrip().rstrip(";"))
    return strings(node.get("typeName") or node.get("defnames"))


def aside(name: str) -> str:
    """Return the name that an old type has while the new one takes its own."""
    kept = name
    while len(f"{kept}{_ASIDE}".encode()) > _LIMIT:
        kept = kept[:-1]
    return f"{kept}{_ASIDE}"
