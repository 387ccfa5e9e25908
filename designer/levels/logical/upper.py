"""The entity-relationship records of one model, by what they belong to, without what is not to be derived."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from designer.levels.contract import Settings
from designer.schema import (
    AccessPattern,
    Arc,
    Assessment,
    Attribute,
    Dependency,
    Design,
    Domain,
    Entity,
    Generalization,
    Id,
    Identifier,
    Record,
    Relationship,
)

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Upper:
    """What is derived of a model, each kind in its order. Those of an owner are found by the id of the owner."""

    level: str
    entities: dict[Id, Entity]
    left_out: frozenset[Id]
    relationships: tuple[Relationship, ...]
    attributes: dict[Id, list[Attribute]]
    identifiers: dict[Id, list[Identifier]]
    arcs: dict[Id, list[Arc]]
    dependencies: tuple[Dependency, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    generalizations: tuple[Generalization, ...] = ()
    domains: dict[Id, Domain] = field(default_factory=dict)
    patterns: tuple[AccessPattern, ...] = ()
    arrays: frozenset[Id] = field(default_factory=frozenset)
    """Attributes with several values that the level above this model has already decided to keep as they are."""


def upper(design: Design, source: Id, settings: Settings) -> Upper:
    """Read a conceptual or logical model; entities that were told to stay on their level are left out."""
    every = [each for each in design.of(Entity) if each.parent == source]
    left_out = frozenset(each.id for each in every if settings.choice(each.id, "derive") == "no")
    entities = {each.id: each for each in every if each.id not in left_out}
    model = design.get(source)

    def here(kind: type[R]) -> tuple[R, ...]:
        return tuple(each for each in design.of(kind) if each.parent == source)

    attributes = design.of(Attribute)
    return Upper(
        level=getattr(model, "level", ""),
        entities=entities,
        left_out=left_out,
        relationships=here(Relationship),
        attributes=_grouped(attributes),
        identifiers=_grouped(design.of(Identifier)),
        arcs=_grouped(design.of(Arc)),
        dependencies=tuple(each for each in design.of(Dependency) if each.parent in entities),
        assessments=tuple(each for each in design.of(Assessment) if each.parent in entities),
        generalizations=here(Generalization),
        domains={each.id: each for each in here(Domain)},
        patterns=here(AccessPattern),
        arrays=_kept_arrays(design, attributes) if getattr(model, "level", "") == "logical" else frozenset(),
    )


def _grouped(records: Iterable[R]) -> dict[Id, list[R]]:
    found: dict[Id, list[R]] = {}
    for each in records:
        found.setdefault(each.parent or "", []).append(each)
    return found


def _kept_arrays(design: Design, attributes: Iterable[Attribute]) -> frozenset[Id]:
    """Return the attributes of several values whose origin has several values too: somebody chose an array."""
    found = set()
    for each in attributes:
        above = design.get(each.origin or "") if each.multivalued else None
        if isinstance(above, Attribute) and above.multivalued:
            found.add(each.id)
    return frozenset(found)
