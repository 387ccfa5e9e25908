"""Entities and relationships of a conceptual model, from plain data."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from designer.schema import (
    AccessPattern,
    Arc,
    Attribute,
    BusinessRule,
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
    r"^(?P<depth>(?:\. )*)(?P<name>[^:]+?)\s*:\s*(?P<type>(?!(?:id|unique|optional|multivalued|derived)\b)[\w(),]*)"
    r"(?P<flags>(?:\s+(?:id|unique|optional|multivalued|derived|pii=\w+))*)(?:\s+--\s+(?P<comment>.*))?$"
)

Keys = tuple[list[Id], list[Id]]
"""Attributes that identify an entity together, and those that do so each by itself."""

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
    """A supertype and its subtypes. `discriminator` is the attribute of the supertype that says the kind."""

    supertype: str
    subtypes: tuple[str, ...]
    disjoint: bool = True
    total: bool = False
    discriminator: str = ""


@dataclass(frozen=True, slots=True)
class Exclusive:
    """Relationships of which one of the entity takes part in exactly one, or in at most one."""

    entity: str
    verbs: tuple[str, ...]
    name: str = ""
    mandatory: bool = True


@dataclass(frozen=True, slots=True)
class Access:
    """Who reads or writes what, by what, how often; elements by name, attributes as `Entity.attribute`."""

    name: str
    actor: str
    operation: str
    frequency: str
    reads: tuple[str, ...]
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """A domain without a list of values: its type, and the condition that a VALUE keeps."""

    type: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Concepts:
    """What a conceptual model is made of.

    `entities`: name -> (nature, definition, attributes). An attribute line reads `name : type [id] [unique] [optional]
    [multivalued] [derived] [pii=kind] [-- definition]`; one that begins with `. ` is part of the one above. Those with
    `id` identify the entity together, each with `unique` does so by itself. `rules`: name -> (sentence, elements).
    """

    entities: Mapping[str, tuple[str, str, str]]
    verbs: Sequence[Verb]
    kinds: Sequence[Kinds] = ()
    domains: Mapping[str, tuple[str, ...] | Range] = field(default_factory=dict)
    arcs: Sequence[Exclusive] = ()
    rules: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    patterns: Sequence[Access] = ()
    terms: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


class ConceptBuild:
    """Makes the records of `Concepts`; what is made is appended to `records`."""

    def __init__(self, data: Concepts, model: Id, ids: IdSource, records: list[Record]):
        self.data = data
        self.model = model
        self.ids = ids
        self.records = records
        self.made: dict[str, Id] = {}
        self.attributes: dict[tuple[str, str], Id] = {}
        self.domains: dict[str, Id] = {}

    def build(self) -> dict[str, Id]:
        """Add everything. Returns entities and named relationships by name."""
        self.domains = {name: self._add(self._domain(name)) for name in self.data.domains}
        keys = {name: self._entity(name, order) for name, order in _ordered(self.data.entities)}
        through = self._verbs()
        for name, attributes in keys.items():
            self._identifiers(name, attributes, through.get(name, ()))
        self._kinds()
        self._arcs()
        self._terms()
        self._rules()
        self._patterns()
        return self.made

    def _domain(self, name: str) -> Domain:
        found = self.data.domains[name]
        made = Domain(id=self.ids(), parent=self.model, name=name.replace("_", " "), type="string")
        if isinstance(found, Range):
            return msgspec.structs.replace(made, type=found.type, rule=found.rule)
        return msgspec.structs.replace(made, values=found)

    def _element(self, name: str) -> Id:
        """Return an entity, a relationship, or an attribute named as `Entity.attribute`."""
        owner, _, attribute = name.partition(".")
        return self.attributes[owner, attribute] if attribute else self.made[name]

    def _add(self, record: Record) -> Id:
        self.records.append(record)
        return record.id

    def _entity(self, name: str, order: str) -> Keys:
        """Add an entity; returns the attributes that identify it, together and each by itself."""
        nature, text, attributes = self.data.entities[name]
        entity = Entity(id=self.ids(), parent=self.model, name=name, nature=nature, comment=text, order=order)
        self.made[name] = self._add(entity)
        return self._attributes(name, attributes)

    def _attributes(self, owner: str, body: str) -> Keys:
        keys: list[Id] = []
        unique: list[Id] = []
        path = [self.made[owner]]
        for text, order in _ordered(body.strip().splitlines()):
            found = _LINE.match(text.strip())
            if found is None:
                raise ValueError(f"this line of the sample cannot be read: {text}")
            depth = len(found["depth"]) // 2
            made = self._add(self._attribute(path[depth], order, found))
            path[depth + 1 :] = [made]
            self.attributes[owner, found["name"]] = made
            keys += [made] if "id" in found["flags"].split() else []
            unique += [made] if "unique" in found["flags"].split() else []
        return keys, unique

    def _attribute(self, parent: Id, order: str, found: re.Match[str]) -> Attribute:
        flags = found["flags"].split()
        pii = next((flag.removeprefix("pii=") for flag in flags if flag.startswith("pii=")), "")
        return Attribute(
            id=self.ids(), parent=parent, name=found["name"], order=order, comment=found["comment"] or "",
            type=self._type(found["type"]),
            domain=self.domains.get(found["type"]), optional="optional" in flags, multivalued="multivalued" in flags,
            derived="derived" in flags, pii=pii, classification="confidential" if pii else "",
        )  # fmt: skip

    def _type(self, written: str) -> str:
        domain = self.data.domains.get(written)
        return domain.type if isinstance(domain, Range) else "string" if domain else written

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
            self._attributes(verb.name, verb.attributes)
            if verb.owner:
                for name, *_ in verb.ends:
                    through[name] = (*through.get(name, ()), made.id) if name != verb.owner else through.get(name, ())
        return through

    def _identifiers(self, name: str, keys: Keys, through: tuple[Id, ...]) -> None:
        attributes, unique = keys
        if attributes or through:
            self._add(
                Identifier(
                    id=self.ids(), parent=self.made[name], primary=True, attributes=tuple(attributes),
                    relationships=through,
                )
            )  # fmt: skip
        for each in unique:
            self._add(Identifier(id=self.ids(), parent=self.made[name], attributes=(each,)))

    def _kinds(self) -> None:
        for each, order in _ordered(self.data.kinds):
            self._add(
                Generalization(
                    id=self.ids(), parent=self.model, order=order, supertype=self.made[each.supertype],
                    subtypes=tuple(self.made[name] for name in each.subtypes), disjoint=each.disjoint, total=each.total,
                    discriminator=self.attributes[each.supertype, each.discriminator] if each.discriminator else None,
                )
            )  # fmt: skip

    def _arcs(self) -> None:
        for each, order in _ordered(self.data.arcs):
            self._add(
                Arc(
                    id=self.ids(), parent=self.made[each.entity], name=each.name, order=order, mandatory=each.mandatory,
                    relationships=tuple(self.made[verb] for verb in each.verbs),
                )
            )  # fmt: skip

    def _rules(self) -> None:
        for (name, (text, about)), order in _ordered(list(self.data.rules.items())):
            elements = tuple(self._element(each) for each in about)
            self._add(
                BusinessRule(id=self.ids(), parent=self.model, name=name, order=order, comment=text, elements=elements)
            )

    def _patterns(self) -> None:
        for each, order in _ordered(self.data.patterns):
            self._add(
                AccessPattern(
                    id=self.ids(), parent=self.model, name=each.name, order=order, actor=each.actor,
                    operation=each.operation, frequency=each.frequency,
                    reads=tuple(self._element(one) for one in each.reads),
                    by=tuple(self._element(one) for one in each.by),
                )
            )  # fmt: skip

    def _terms(self) -> None:
        for (name, (text, about)), order in _ordered(list(self.data.terms.items())):
            linked = tuple(self.made[each] for each in about)
            self._add(Term(id=self.ids(), parent=self.model, name=name, order=order, comment=text, elements=linked))


def _ordered(things: Collection[T]) -> Iterator[tuple[T, str]]:
    return zip(things, order_keys.sequence(len(things)), strict=True)
