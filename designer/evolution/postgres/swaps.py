"""Types that cannot change in place: the old one steps aside, a new one is made, and columns move over."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration
from designer.evolution.postgres.lookup import DEFAULT
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
PARTS = ("default of a domain", "check of a domain")
"""Kinds of facts that a domain is made without when it is made anew."""
_ASIDE = "__old"
_LIMIT = 63
_REMADE = (View, Policy, Trigger, Routine, Check, ForeignKey)
"""Records that the server does not move over with a column that they name."""


class SwappingHandler(ObjectHandler):
    """A handler of types of some kind."""

    @abstractmethod
    def create_type(self, record: Record, side: PgSide) -> str:
        """Return the statement that creates a type, as it is on one side."""

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
        now = [(each, self.mover.new_facts[each.id]) for each in types]
        ranges = [each for each in now if is_range(each[0].record)]
        aside_ = [each for each in now if each not in ranges]
        yield from self._taken_apart(ranges)
        for one, two in aside_:
            sql = f"ALTER TYPE {self.type_path(one)} RENAME TO {quote(aside(name_of(one)))};"
            yield self.changed(sql, one, two)
        for one, two in now:
            sql = self.create_type(new.record, self.new) if one is old else self._created(one)
            yield self.changed(sql, one, two)
        yield from self._moved(columns, old.id, using)
        for one, two in reversed(aside_):
            path = self.type_path(one).rpartition(".")
            yield self.changed(f"DROP TYPE {path[0]}{path[1]}{quote(aside(name_of(one)))};", one, two)
        for each in types:
            checks = (check.id for check in self.new.catalog.parts(each.record).checks)
            for said in (each.id, *(check for check in checks if check not in self.mover.new_facts)):
                yield from self._said_again(said)

    def _taken_apart(self, ranges: Sequence[tuple[Fact, Fact]]) -> Iterator[Step]:
        """Yield what drops range types, their columns held as text: the functions of a range cannot step aside."""
        for column in self.columns_of([each for each, _ in ranges]):
            if not self._is_inherited(column):
                name, text = self.old.pen.column(column.id), "text[]" if "[" in column.type else "text"
                sql = f"ALTER TABLE {self.old.pen.path_of(column.parent)} ALTER COLUMN {name} TYPE {text};"
                yield self._retyped(column, sql)
        for one, two in reversed(ranges):
            yield self.changed(f"DROP TYPE {self.type_path(one)};", one, two)

    def _created(self, fact: Fact) -> str:
        handler = cast(SwappingHandler, self.mover.handler(fact))
        return handler.create_type(fact.record, self.old)

    def _moved(self, columns: Sequence[Column], root: FactId, using: str) -> Iterator[Step]:
        """Yield the statement for each table that moves its columns over."""
        by_table: dict[Id, list[Column]] = {}
        for column in columns:
            if not self._is_inherited(column):
                by_table.setdefault(column.parent or "", []).append(column)
        for table, moving in by_table.items():
            clauses = [
                self._moving(each, using if each.type_ref == root else "{column}::text::{type}") for each in moving
            ]
            yield self._retyped(moving[0], f"ALTER TABLE {self.old.pen.path_of(table)} {', '.join(clauses)};")

    def _retyped(self, column: Column, sql: str) -> Step:
        old, new = self.mover.old_facts[column.id], self.mover.new_facts[column.id]
        return self.changed(sql, old, new, "type", operation="alter type")

    def _moving(self, column: Column, using: str) -> str:
        name, kind = self.old.pen.column(column.id), self.old.pen.speech.type(column)
        value = using.replace("{type}", kind).replace("{column}", name)
        return f"ALTER COLUMN {name} TYPE {kind} USING {value}"

    def _said_again(self, owner: FactId) -> Iterator[Step]:
        """Yield the comments and grants that went with the old type."""
        for each in self.mover.new_facts.children(owner):
            fact = self.mover.new_facts[each]
            if fact.kind in ("comment", "kept comment", "security label", "grant") and each in self.mover.old_facts:
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
        """Yield the columns that hold values of some types, before and after."""
        for kind in types:
            for each in self.mover.old_facts.dependents(kind.id):
                record, after = self.mover.old_facts[each].record, self.mover.new_facts.get(each)
                stays = after is not None and kind.id in after.needs
                if isinstance(record, Column) and each == record.id and stays and record.generated is None:
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
                is_made = isinstance(facts[each].record, Column) and getattr(facts[each].record, "generated", None)
                if facts[each].kind not in (*TYPES, "column") or is_made:
                    yield each
            for each in facts.children(kind.id):
                if facts[each].kind in PARTS:
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
        if fact.kind in ("comment", "kept comment", "grant"):
            return False
        if isinstance(record, Column):
            return record.generated is not None or (fact.kind == "default" and record.id == column.id)
        if isinstance(record, Index):
            return record.where is not None or any(part.expr for part in record.parts)
        return isinstance(record, _REMADE) or (isinstance(record, Statement) and fact.kind in ("rule", "function"))

    def type_path(self, fact: Fact) -> str:
        """Return the name of a type, with the schema that it is in."""
        if isinstance(fact.record, (EnumType, DomainType, CompositeType)):
            side = self.new if fact.record.id in self.new.design else self.old
            return side.pen.type_path(fact.record)
        path = statement_path(fact.record)
        return dotted((statement_home(fact.record), *path) if len(path) == 1 else path)


class TypeStatementHandler(SwappingHandler):
    """Types that only a statement makes: ranges, base types."""

    def create_type(self, record: Record, side: PgSide) -> str:
        """Return the statement, verbatim."""
        return side.pen.whole(side.pen.speech.verbatim(cast(Statement, record).text))


def name_of(fact: Fact) -> str:
    """Return the name of a type without its schema."""
    record = fact.record
    return record.name if isinstance(record, Named) else statement_path(record)[-1]


def statement_path(record: Record) -> tuple[str, ...]:
    """Return the name of what CREATE TYPE makes, as its statement has it."""
    text = record.text.text if isinstance(record, Statement) else ""
    _, node = read(text.rstrip().rstrip(";"))
    return strings(node.get("typeName") or node.get("defnames"))


def statement_home(record: Record) -> str:
    """Return the schema in which a statement makes what it names without one."""
    return record.extra.get("search_path", DEFAULT).partition(",")[0].strip(' "')


def is_range(record: Record) -> bool:
    """Say whether a record is a statement that makes a range type."""
    return isinstance(record, Statement) and read(record.text.text.rstrip().rstrip(";"))[0] == "CreateRangeStmt"


def aside(name: str) -> str:
    """Return the name that an old type has while the new one takes its own."""
    kept = name
    while len(f"{kept}{_ASIDE}".encode()) > _LIMIT:
        kept = kept[:-1]
    return f"{kept}{_ASIDE}"
