"""Composite types, and the columns of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration
from designer.evolution.postgres.objects import PgSide, first, is_left_out, without_comment
from designer.evolution.postgres.swaps import SwappingHandler
from designer.evolution.postgres.trees import read
from designer.evolution.postgres.types import normal
from designer.schema import CompositeField, CompositeType, Record, Routine, Table, View


class CompositeHandler(SwappingHandler):
    """Composite types: attributes come, go and get other names in place; one in use gets another type by a swap."""

    records = (CompositeType,)
    kinds = ("composite type",)

    def facts(self, record: CompositeType, side: PgSide) -> Iterator[Fact]:
        """A composite type with its fields."""
        if is_left_out(record):
            return
        state = tuple((each.name, self.kind_of(each, record, side), each.collation) for each in record.fields)
        needs = {*self.home(record, side), *self.types_in(record, side)}
        yield self.fact(record, "composite type", state, side, needs=needs, names=self.space("type", record, side))

    def kind_of(self, field: CompositeField, record: CompositeType, side: PgSide) -> object:
        """Return the type of a field: the id of what makes it, or its words, and whether it is an array."""
        node = read(f"SELECT NULL::{field.type}")[1]
        look = self.lookup(side)
        found = next(iter(look.named_types(node, look.homes(record))), None) if node else None
        return (found, "[" in field.type) if found else normal(field.type)

    def types_in(self, record: CompositeType, side: PgSide) -> set[FactId]:
        """Return what makes the types of the fields."""
        look = self.lookup(side)
        found = set(side.pen.finder.in_made(" ".join(each.collation for each in record.fields)))
        for each in record.fields:
            found |= set(look.named_types(read(f"SELECT NULL::{each.type}")[1], look.homes(record)))
        return found

    def create_type(self, record: Record, side: PgSide) -> str:
        """CREATE TYPE … AS."""
        return first(iter(side.pen.composite(without_comment(record))))

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """CREATE TYPE."""
        return self.made(self.create_type(fact.record, self.new), fact, reason)

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """DROP TYPE."""
        return self.dropped(f"DROP TYPE {self.type_path(fact)};", fact, reason)

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Alter the attributes, or make the type anew where its columns hold values that must be carried over."""
        one, two = _fields(old), _fields(new)
        renames = _renamed(one, two)
        names = [renames.get(name, name) for name in one]
        kept = [name for name in names if name in two]
        at_end = [name for name in two if name not in names]
        if [*kept, *at_end] != list(two):
            return self.remade(old, new, names, renames)
        back = {after: before for before, after in renames.items()}
        retyped = [name for name in kept if one[back.get(name, name)] != two[name]]
        if retyped and self.is_used(old.id):
            if len(kept) == len(names) == len(two):
                return self.swapped(old, new)
            return self.remade(old, new, names, renames)
        steps = [*self.named_anew(old, new, renames), *self.fitted(old, new, names, at_end, retyped)]
        gone = len(kept) < len(names)
        return Alteration(steps, frozenset(self.readers(old.id) if gone or retyped else ()))

    def named_anew(self, old: Fact, new: Fact, renames: dict[str, str]) -> Iterator[Step]:
        """Yield the steps that rename attributes."""
        quote = self.new.pen.dialect.quote
        for before, after in renames.items():
            rename = f"RENAME ATTRIBUTE {quote(before)} TO {quote(after)}{self.cascade(old)}"
            sql = f"ALTER TYPE {self.type_path(new)} {rename};"
            yield self.changed(sql, old, new, "fields", operation="rename")

    def fitted(
        self, old: Fact, new: Fact, names: Sequence[str], at_end: Sequence[str], retyped: Sequence[str]
    ) -> Iterator[Step]:
        """Yield the steps that drop, alter and add attributes."""
        quote = self.new.pen.dialect.quote
        fields = {each.name: each for each in cast(CompositeType, new.record).fields}
        clauses = [f"DROP ATTRIBUTE {quote(name)}" for name in names if name not in fields]
        clauses += [f"ALTER ATTRIBUTE {quote(name)} TYPE {_typed(fields[name])}" for name in retyped]
        clauses += [f"ADD ATTRIBUTE {quote(name)} {_typed(fields[name])}" for name in at_end]
        if clauses:
            cascade = self.cascade(old)
            sql = f"ALTER TYPE {self.type_path(new)} {', '.join(each + cascade for each in clauses)};"
            yield self.changed(sql, old, new, "fields")

    def remade(self, old: Fact, new: Fact, names: Sequence[str], renames: dict[str, str]) -> Alteration:
        """Make the type anew; a value is taken apart by the old names and put together by the new ones."""
        back = {after: before for before, after in renames.items()}
        quote = self.new.pen.dialect.quote
        values = [
            f"({{column}}).{quote(back.get(each.name, each.name))}::text::{_typed(each)}"
            if each.name in names
            else "NULL"
            for each in cast(CompositeType, new.record).fields
        ]
        row = f"ROW({', '.join(values)})::{{type}}"
        return self.swapped(old, new, f"CASE WHEN {{column}} IS DISTINCT FROM NULL THEN {row} END")

    def cascade(self, fact: Fact) -> str:
        """Return CASCADE where tables are made of the type."""
        typed = (
            each.record for each in map(self.mover.old_facts.get, self.mover.old_facts.dependents(fact.id)) if each
        )
        return " CASCADE" if any(isinstance(each, Table) and each.of_type == fact.id for each in typed) else ""

    def readers(self, kind: FactId) -> Iterator[FactId]:
        """Yield the views and parsed routines that may read an attribute of a type."""
        facts = self.mover.old_facts
        places = [kind, *(column.id for column in self.columns_of(self.made_of(kind)))]
        for place in places:
            for each in facts.dependents(place):
                if isinstance(facts[each].record, View) or (isinstance(facts[each].record, Routine) and place != kind):
                    yield each


def _fields(fact: Fact) -> dict[str, object]:
    return {name: rest for name, *rest in cast("tuple[tuple[str, object, str], ...]", fact.state)}


def _renamed(old: dict[str, object], new: dict[str, object]) -> dict[str, str]:
    """Return the one attribute that has another name at the same place, with the same type."""
    if len(old) != len(new):
        return {}
    pairs = [(one, two) for one, two in zip(old, new, strict=True) if one != two]
    if len(pairs) != 1:
        return {}
    ((one, two),) = pairs
    return {one: two} if one not in new and two not in old and old[one] == new[two] else {}


def _typed(field: CompositeField) -> str:
    return f"{field.type} COLLATE {field.collation}" if field.collation else field.type
