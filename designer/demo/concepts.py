"""Entities and relationships of a conceptual model, from plain data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from designer.schema import (
    Attribute,
    Domain,
    End,
    Entity,
    Generalization,
    Id,
    Identifier,
    IdSource,
    Record,
    Relationship,
    Term,
)
from designer.schema import order as order_keys

T = TypeVar("T")

_LINE = re.compile(
    r"^(?P<depth>(?:\. )*)(?P<name>[^:]+?)\s*:\s*(?P<type>[\w(),]*)"
    r"(?P<flags>(?:\s+(?:id|optional|multivalued|derived|pii=\w+))*)(?:\s+--\s+(?P<comment>.*))?$"
)

Ends = Sequence[tuple[str, str, int, int | None]]
"""(entity, role, least, most) of each end; most None is many."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A relationship. `owner` names the entity that the others of it depend on, where it identifies them."""

    name: str
    ends: Ends
    owner: str = ""
    attributes: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Kinds:
    """A supertype and its subtypes."""

    supertype: str
    subtypes: tuple[str, ...]
    disjoint: bool = True
    total: bool = False


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a conceptual model is made of.

    `entities`: name -> (nature, definition, attributes). An attribute line reads `name : type [id] [optional]
    [multivalued] [derived] [pii=kind] [-- definition]`; one that begins with `. ` is part of the one above.
    """

    entities: Mapping[str, tuple[str, str, str]]
    verbs: Sequence[Verb]
    kinds: Sequence[Kinds] = ()
    domains: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


class ConceptBuild:
    """Makes the records of `Concepts`; what is made is appended to `records`."""

    def __init__(self, data: Concepts, model: Id, ids: IdSource, records: list[Record]):
        self.data = data
        self.model = model
        self.ids = ids
        self.records = records
        self.made: dict[str, Id] = {}
        self.domains: dict[str, Id] = {}

    def build(self) -> dict[str, Id]:
        """Add everything. Returns entities and named relationships by name."""
        self.domains = {
            name: self._add(
                Domain(id=self.ids(), parent=self.model, name=name.replace("_", " "), type="string", values=values)
            )
            for name, values in self.data.domains.items()
        }
        keys = {name: self._entity(name, order) for name, order in _ordered(self.data.entities)}
        through = self._verbs()
        for name, attributes in keys.items():
            self._identifier(name, attributes, through.get(name, ()))
        self._kinds()
        self._terms()
        return self.made

    def _add(self, record: Record) -> Id:
        self.records.append(record)
        return record.id

    def _entity(self, name: str, order: str) -> list[Id]:
        """Add an entity; returns the attributes that identify it."""
        nature, text, attributes = self.data.entities[name]
        entity = Entity(id=self.ids(), parent=self.model, name=name, nature=nature, comment=text, order=order)
        self.made[name] = self._add(entity)
        return self._attributes(self.made[name], attributes)

    def _attributes(self, owner: Id, body: str) -> list[Id]:
        keys: list[Id] = []
        path = [owner]
        for text, order in _ordered(body.strip().splitlines()):
            found = _LINE.match(text.strip())
            if found is None:
                raise ValueError(f"this line of the sample cannot be read: {text}")
            depth = len(found["depth"]) // 2
            made = self._add(self._attribute(path[depth], order, found))
            path[depth + 1 :] = [made]
            keys += [made] if "id" in found["flags"].split() else []
        return keys

    def _attribute(self, parent: Id, order: str, found: re.Match[str]) -> Attribute:
        flags = found["flags"].split()
        pii = next((flag.removeprefix("pii=") for flag in flags if flag.startswith("pii=")), "")
        return Attribute(
            id=self.ids(), parent=parent, name=found["name"], order=order, comment=found["comment"] or "",
            type="string" if found["type"] in self.domains else found["type"],
            domain=self.domains.get(found["type"]), optional="optional" in flags, multivalued="multivalued" in flags,
            derived="derived" in flags, pii=pii, classification="confidential" if pii else "",
        )  # fmt: skip

    def _verbs(self) -> dict[str, tuple[Id, ...]]:
        """Add the relationships; returns for each weak entity those that identify it."""
        through: dict[str, tuple[Id, ...]] = {}
        for verb, order in _ordered(self.data.verbs):
            made = Relationship(
                id=self.ids(), parent=self.model, name=verb.name, order=order, comment=verb.comment,
                ends=tuple(
                    End(entity=self.made[name], role=role, min=least, max=most, identifying=name == verb.owner)
                    for name, role, least, most in verb.ends
                ),
            )  # fmt: skip
            self.made[verb.name] = self._add(made)
            self._attributes(made.id, verb.attributes)
            if verb.owner:
                for name, *_ in verb.ends:
                    through[name] = (*through.get(name, ()), made.id) if name != verb.owner else through.get(name, ())
        return through

    def _identifier(self, name: str, attributes: list[Id], through: tuple[Id, ...]) -> None:
        if attributes or through:
            self._add(
                Identifier(
                    id=self.ids(), parent=self.made[name], primary=True, attributes=tuple(attributes),
                    relationships=through,
                )
            )  # fmt: skip

    def _kinds(self) -> None:
        for each, order in _ordered(self.data.kinds):
            self._add(
                Generalization(
                    id=self.ids(), parent=self.model, order=order, supertype=self.made[each.supertype],
                    subtypes=tuple(self.made[name] for name in each.subtypes), disjoint=each.disjoint, total=each.total,
                )
            )  # fmt: skip

    def _terms(self) -> None:
        for (name, (text, about)), order in _ordered(list(self.data.terms.items())):
            linked = tuple(self.made[each] for each in about)
            self._add(Term(id=self.ids(), parent=self.model, name=name, order=order, comment=text, elements=linked))


def _ordered(things: Collection[T]) -> Iterator[tuple[T, str]]:
    return zip(things, order_keys.sequence(len(things)), strict=True)
