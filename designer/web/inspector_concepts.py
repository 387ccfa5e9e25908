"""What the inspector shows of entities and relationships besides their fields: ends, keys, subtypes, arcs and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.commands.names import called
from designer.commands.words_of import synonym_in, words_about
from designer.schema import (
    Arc,
    Attribute,
    Design,
    End,
    Entity,
    Generalization,
    Id,
    Identifier,
    Record,
    Relationship,
)


@dataclass(frozen=True, slots=True)
class EndRow:
    """One end of a relationship as its inspector lists it."""

    at: int
    entity: Id
    name: str
    bounds: str
    role: str
    identifying: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, with whether it is."""

    id: Id
    name: str
    chosen: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A candidate key with all that it could be made of."""

    record: Identifier
    title: str
    attributes: list[Choice]
    relationships: list[Choice]
    open: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of subtypes of one supertype."""

    record: Generalization
    title: str
    subtypes: list[Choice]
    discriminators: list[Choice]
    joining: list[Choice]
    open: bool


@dataclass(frozen=True, slots=True)
class ArcRow:
    """An arc with the relationships that it spans, and those that it could."""

    record: Arc
    title: str
    relationships: list[Choice]
    open: bool


def concepts_of(design: Design, record: Record, opened: frozenset[str]) -> dict[str, Any]:
    """Return what the template of concepts draws for a record; empty for records that are none."""
    context: dict[str, Any] = {"words": words_about(design, record), "synonym": synonym_in(design, record)}
    if isinstance(record, Relationship):
        context |= {"ends": ends_of(design, record), "joining": _entities(design, record)}
    elif isinstance(record, Entity):
        context |= _of_entity(design, record, opened)
    elif isinstance(record, Generalization):
        context |= {"groups": [_group(design, record, True)]}
    elif isinstance(record, Arc) and isinstance(owner := design.get(record.parent or ""), Entity):
        context |= {"arcs": [_arc(design, owner, record, True)]}
    return context


def _of_entity(design: Design, entity: Entity, opened: frozenset[str]) -> dict[str, Any]:
    groups = [each for each in design.of(Generalization) if each.supertype == entity.id]
    above = [each for each in design.of(Generalization) if entity.id in each.subtypes and each.supertype in design]
    through = _relationships(design, entity)
    return {
        "keys": [_key(design, entity, each, each.id in opened) for each in design.of(Identifier, entity.id)],
        "key_attributes": _attributes(design, entity.id, ()),
        "key_relationships": [Choice(each.id, _said(design, each, entity)) for each in through],
        "groups": [_group(design, each, each.id in opened) for each in groups],
        "supertypes": [Choice(each.supertype or "", called(design, design[each.supertype or ""])) for each in above],
        "others": _entities(design, entity),
        "arcs": [_arc(design, entity, each, each.id in opened) for each in design.of(Arc, entity.id)],
        "arc_relationships": [Choice(each.id, _said(design, each, entity)) for each in through],
        "takes_part": [Choice(each.id, _said(design, each, entity)) for each in through],
    }


def ends_of(design: Design, relationship: Relationship) -> list[EndRow]:
    """Return the ends of a relationship in words."""
    return [
        EndRow(at, end.entity, called(design, design[end.entity]), bounds_text(end), end.role, end.identifying)
        for at, end in enumerate(relationship.ends)
        if end.entity in design
    ]


def bounds_text(end: End) -> str:
    """Return how many take part as people write it: `1..N`."""
    return f"{end.min}..{'N' if end.max is None else end.max}"


def _entities(design: Design, near: Record) -> list[Choice]:
    model = design.model_of(near)
    found = design.of(Entity, model.id) if model else []
    return [
        Choice(each.id, each.name) for each in sorted(found, key=lambda each: each.name.lower()) if each.id != near.id
    ]


def _relationships(design: Design, entity: Entity) -> list[Relationship]:
    found = design.of(Relationship, entity.parent or "")
    return [each for each in found if any(end.entity == entity.id for end in each.ends)]


def _said(design: Design, relationship: Relationship, entity: Entity) -> str:
    """Return a relationship as seen from one of its entities: `offers: Course`."""
    others = [called(design, design[end.entity]) for end in relationship.ends if end.entity != entity.id]
    return f"{relationship.name or 'relationship'}: {', '.join(others) or entity.name}"


def _attributes(design: Design, parent: Id, chosen: tuple[Id, ...], depth: int = 0) -> list[Choice]:
    found: list[Choice] = []
    for each in design.of(Attribute, parent):
        found.append(Choice(each.id, each.name, each.id in chosen, depth))
        found += _attributes(design, each.id, chosen, depth + 1)
    return found


def _key(design: Design, entity: Entity, identifier: Identifier, opened: bool) -> KeyRow:
    parts = [called(design, design[each]) for each in identifier.attributes if each in design]
    parts += [f"through {called(design, design[each])}" for each in identifier.relationships if each in design]
    kind = "Primary" if identifier.primary else "Alternate"
    through = [
        Choice(each.id, _said(design, each, entity), each.id in identifier.relationships)
        for each in _relationships(design, entity)
    ]
    title = f"{identifier.name or kind}: {', '.join(parts) or 'nothing yet'}"
    return KeyRow(identifier, title, _attributes(design, entity.id, identifier.attributes), through, opened)


def _group(design: Design, group: Generalization, opened: bool) -> GroupRow:
    subtypes = [Choice(each, called(design, design[each])) for each in group.subtypes if each in design]
    words = "disjoint" if group.disjoint else "overlapping", "total" if group.total else "partial"
    names = ", ".join(each.name for each in subtypes)
    supertype = design.get(group.supertype or "")
    joining = _entities(design, supertype) if supertype is not None else []
    taken = set(group.subtypes)
    discriminators = [
        Choice(each.id, each.name, each.id == group.discriminator)
        for each in design.of(Attribute, group.supertype)
    ] if group.supertype else []  # fmt: skip
    title = f"{group.name + ': ' if group.name else ''}{names} ({', '.join(words)})"
    return GroupRow(group, title, subtypes, discriminators, [each for each in joining if each.id not in taken], opened)


def _arc(design: Design, entity: Entity, arc: Arc, opened: bool) -> ArcRow:
    through = [
        Choice(each.id, _said(design, each, entity), each.id in arc.relationships)
        for each in _relationships(design, entity)
    ]
    names = ", ".join(called(design, design[each]) for each in arc.relationships if each in design)
    many = "exactly one of" if arc.mandatory else "at most one of"
    return ArcRow(arc, f"{arc.name + ': ' if arc.name else ''}{many} {names or 'nothing yet'}", through, opened)
