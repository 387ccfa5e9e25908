"""Random hierarchies under one root, random instances of them, and the rows that hold an instance."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from designer.dialects.registry import get
from designer.levels.contract import Settings
from designer.levels.er import Er, Field, Thing
from designer.levels.folding import fold
from designer.levels.folding.plan import CONCRETE, SINGLE, Kind, planned
from designer.levels.marks import derived_id
from designer.levels.physical import physical
from designer.levels.reading import read
from designer.schema import Column, Design, ForeignKey, Generalization, Model, Table
from tests.levels.folding.people import Server, entity, literal
from tests.translation.applying import exported

Instance = tuple[int, frozenset[str], tuple[tuple[str, int], ...]]
"""A number, what it is, and what its attributes say."""


@dataclass
class Hierarchy:
    """Subtypes of a root `e0`, each with one attribute that it needs and one that it may lack."""

    seed: int
    target: str
    design: Design = field(init=False)
    kinds: list[Generalization] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        count = self.chance.randint(3, 6)
        entities = [
            each
            for number in range(count)
            for each in entity(
                f"e{number}", *(["no integer"] if not number else []), f"a{number} integer", f"b{number} integer?",
                key=["no"] if not number else [],
            )
        ]  # fmt: skip
        self.kinds = list(self._kinds(count))
        self.model = Model(id="above", name="Above", level="logical")
        self.design = Design([self.model, *entities, *self.kinds])
        choices = {(each.id, "subtypes"): self.chance.choice(("class", "single", "concrete")) for each in self.kinds}
        choices |= {(each.id, "enforce"): self.chance.choice(("full", "declared")) for each in self.kinds}
        self.settings = Settings({"keys": "natural", "table_prefix": f"h{self.seed}_"}, choices)
        self.er: Er = read(self.design, self.model, self.settings)
        self.plan = planned(self.er, self.settings)
        self.folded = fold(self.er, self.settings, get(self.target))
        below = Model(id="below", name="Below", level="physical", target=self.target)
        self.result = physical(self.design, "above", below, self.settings)
        self.below = Design([below, *self.result.records])

    def _kinds(self, count: int) -> Iterator[Generalization]:
        """Yield generalizations such that each entity has a supertype, and some have two."""
        left = list(range(1, count))
        number = 0
        while left:
            above = self.chance.randrange(left[0])
            own = left[: self.chance.randint(1, 3)]
            left = left[len(own) :]
            own += [each for each in left if self.chance.random() < 0.15]
            yield Generalization(
                id=f"k{number}", parent="above", supertype=f"e{above}", subtypes=tuple(f"e{each}" for each in own),
                disjoint=self.chance.random() < 0.5, total=self.chance.random() < 0.4, order=f"{number}V",
            )  # fmt: skip
            number += 1

    @property
    def script(self) -> str:
        return exported(self.below, self.target).text

    def instances(self, count: int) -> list[Instance]:
        """Return instances that the hierarchy allows."""
        found: list[Instance] = []
        for number in range(1, 30 * count):
            kinds = self._closed({"e0", *(each for each in self._names() if self.chance.random() < 0.4)})
            if len(found) < count and self._allows(kinds):
                values = [
                    (f"{each}.{letter}{each[1:]}", self.chance.randint(1, 99))
                    for each in sorted(kinds) for letter in ("a", "b") if letter == "a" or self.chance.random() < 0.6
                ]  # fmt: skip
                found.append((number, kinds, tuple(values)))
        return found

    def impossible(self, count: int) -> list[tuple[Instance, frozenset[str]]]:
        """Return instances that the hierarchy does not allow, each with the generalizations that it breaks."""
        found: list[tuple[Instance, frozenset[str]]] = []
        for number in range(1000, 1000 + 10 * count):
            kinds = self._closed({"e0", *(each for each in self._names() if self.chance.random() < 0.5)})
            broken = self._broken(kinds)
            if len(found) < count and broken:
                found.append(((number, kinds, tuple((f"{each}.a{each[1:]}", 1) for each in sorted(kinds))), broken))
        return found

    def _names(self) -> list[str]:
        return [each.mark for each in self.er.things.values()]

    def _closed(self, kinds: set[str]) -> frozenset[str]:
        """Return types with all that they are subtypes of."""
        for each in reversed(self.kinds):
            if kinds & set(each.subtypes):
                kinds.add(each.supertype or "")
        more = {each.supertype or "" for each in self.kinds if kinds & set(each.subtypes)} - kinds
        return self._closed(kinds | more) if more else frozenset(kinds)

    def _allows(self, kinds: frozenset[str]) -> bool:
        return not self._broken(kinds)

    def _broken(self, kinds: frozenset[str]) -> frozenset[str]:
        """Return the generalizations that do not allow something of these types."""
        found = set()
        for each in self.kinds:
            own = len(kinds & set(each.subtypes))
            if each.supertype in kinds and ((each.total and not own) or (each.disjoint and own > 1)):
                found.add(each.id)
        return frozenset(found)

    # Rows

    def insert(self, server: Server, instance: Instance) -> None:
        """Insert the rows of an instance, those of supertypes first."""
        number, kinds, values = instance
        for thing in self._tables_of(kinds):
            row = dict(self._row(thing, number, kinds, dict(values)))
            names = ", ".join(row)
            server.run(
                f"INSERT INTO {self._table(thing)} ({names}) VALUES ({', '.join(literal(each) for each in row.values())})"
            )

    def is_storable(self, instance: Instance) -> bool:
        """Whether there is a place for all that an instance says, be it possible or not."""
        tables = self._tables_of(instance[1])
        there = {each.origin for one in tables for each in self.folded.things[one].fields}
        return all(name in there for name, _ in instance[2])

    def _tables_of(self, kinds: frozenset[str]) -> list[str]:
        """Return the tables that an instance has a row in."""
        copied = {each.parent: each.children for each in self.plan.kinds if each.strategy == CONCRETE}
        there = [each for each in self._names() if each in kinds and each in self.folded.things]
        return [each for each in there if not (set(copied.get(each, ())) & kinds)]

    def _table(self, thing: str) -> str:
        table = self.below[derived_id("below", "table", thing)]
        assert isinstance(table, Table)
        return table.name

    def _name(self, column: str) -> str:
        found = self.below[column]
        assert isinstance(found, Column)
        return found.name

    def _row(self, thing: str, number: int, kinds: frozenset[str], values: dict[str, int]) -> Iterator[tuple[str, Any]]:
        yield from ((self._name(each), number) for each in self._keys(thing))
        for each in self.folded.things[thing].fields:
            name = self._name(derived_id("below", "column", each.mark))
            if each.origin in values:
                yield name, values[each.origin]
            elif (told := self._told(each, kinds)) is not None:
                yield name, told

    def _keys(self, thing: str) -> list[str]:
        """Return the columns that hold the number of the root: its own, and those of shared keys."""
        found = [
            derived_id("below", "column", each.mark)
            for each in self.folded.things[thing].fields if each.origin == "e0.no"
        ]  # fmt: skip
        for link in self.folded.links.values():
            if link.child == thing and not link.deferred:
                key = self.below[derived_id("below", "foreign_key", link.mark)]
                assert isinstance(key, ForeignKey)
                found += key.columns[: len(key.columns) - len(link.with_fields)]
        return list(dict.fromkeys(found))

    def _told(self, field_: Field, kinds: frozenset[str]) -> Any:
        """Return what a type column says of an instance; None for other columns, and where it is not asked."""
        kind = self._kind_of(field_)
        if kind is None or kind.parent not in kinds:
            return None
        if field_.type == "boolean":
            return field_.mark.split(":")[1] in kinds
        return next((each for each in kind.children if each in kinds), kind.parent)

    def _kind_of(self, field_: Field) -> Kind | None:
        if field_.fixed is not None or field_.generated:
            return None
        return next((each for each in self.plan.kinds if each.id == field_.origin), None)

    # Instances

    def read(self, server: Server) -> set[Instance]:
        """Return the instances that the tables hold."""
        found: dict[int, tuple[set[str], dict[str, int]]] = {}
        for thing in self.folded.things.values():
            for number, kinds, values in self._read(server, thing):
                known = found.setdefault(number, (set(), {}))
                known[0].update(kinds)
                known[1].update(values)
        return {
            (number, self._closed(kinds), tuple(sorted(values.items(), key=_place)))
            for number, (kinds, values) in found.items()
        }

    def _read(self, server: Server, thing: Thing) -> Iterator[tuple[int, set[str], dict[str, int]]]:
        fields = [each for each in thing.fields if each.fixed is None and not each.generated]
        names = [self._name(derived_id("below", "column", each.mark)) for each in fields]
        for row in server.run(
            f"SELECT {', '.join([self._name(self._keys(thing.mark)[0]), *names])} FROM {self._table(thing.mark)}"
        ):
            kinds, values = {thing.mark}, {}
            for each, value in zip(fields, row[1:], strict=True):
                if value is not None and each.origin != "e0.no":
                    if self._kind_of(each) is None:
                        values[each.origin or ""] = value
                    elif each.type == "boolean":
                        kinds |= {each.mark.split(":")[1]} if value and self._is_one_table(each) else set()
                    else:
                        kinds |= {value} if self._is_one_table(each) else set()
            yield row[0], kinds, values

    def _is_one_table(self, field_: Field) -> bool:
        """Whether a type column is all that says what a row is; elsewhere there is a row that says it as well."""
        kind = self._kind_of(field_)
        return kind is not None and kind.strategy == SINGLE


def _place(value: tuple[str, int]) -> tuple[str, str]:
    entity_, name = value[0].split(".")
    return entity_, name
