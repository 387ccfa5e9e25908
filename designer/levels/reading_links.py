"""Relationships of two entities, read as links from a child to its parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from designer.levels.contract import Note, Settings
from designer.levels.er import Link
from designer.levels.source import Source
from designer.schema import End, Entity, Id, Identifier, Relationship


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with the relationship and the entity (as read) that hold it."""

    link: Link
    relationship: Relationship
    child: Id


def links_of(source: Source, settings: Settings, entities: Mapping[Id, Entity], notes: list[Note]) -> list[Linked]:
    """Return the links of all relationships between `entities`; what cannot be a link is in `notes`."""
    identified = _identified(source, entities)
    return [
        _linked(source, settings, relationship, identified, notes)
        for relationship in source.design.of(Relationship, source.model)
        if _is_linkable(source, relationship, entities, notes)
    ]


def _identified(source: Source, entities: Mapping[Id, Entity]) -> dict[Id, set[Id]]:
    """Return for each relationship the entities that have it in an identifier."""
    found: dict[Id, set[Id]] = {}
    for entity in entities:
        for identifier in source.design.of(Identifier, entity):
            for relationship in identifier.relationships:
                found.setdefault(relationship, set()).add(entity)
    return found


def _is_linkable(source: Source, relationship: Relationship, entities: Mapping[Id, Entity], notes: list[Note]) -> bool:
    true = source.true(relationship.id)
    called = relationship.name or "a relationship"
    if len(relationship.ends) != 2:
        notes.append(Note("not-two-ends", true, f"{called} does not have two ends; it is left out"))
        return False
    if any(end.entity not in entities for end in relationship.ends):
        notes.append(Note("link-left-out", true, f"{called} is left out, since one of its entities has no table"))
        return False
    if all(end.max != 1 for end in relationship.ends):
        notes.append(Note("many-to-many", true, f"{called} is many to many; it is left out"))
        return False
    return True


def _linked(
    source: Source, settings: Settings, relationship: Relationship, identified: dict[Id, set[Id]], notes: list[Note]
) -> Linked:
    at = _parent_end(source, settings, relationship, identified.get(relationship.id, set()))
    parent, child = relationship.ends[at], relationship.ends[1 - at]
    _unkept(source, relationship, parent, child, notes)
    true = source.true(relationship.id)
    link = Link(
        mark=source.mark(relationship.id), child=source.mark(child.entity), parent=source.mark(parent.entity),
        origin=true, words=relationship.name, role=parent.role, optional=parent.min < 1, single=child.max == 1,
        identifying=parent.identifying or child.entity in identified.get(relationship.id, ()),
        total=child.min > 0, on_delete=settings.choice(true, "delete"), order=relationship.order, source=relationship,
    )  # fmt: skip
    return Linked(link, relationship, child.entity)


def _parent_end(source: Source, settings: Settings, relationship: Relationship, identified: set[Id]) -> int:
    """Return the end whose entity is referred to."""
    first, second = relationship.ends
    if first.max == 1 and second.max == 1:
        return _single_parent(source, settings, relationship, identified)
    return 0 if first.max == 1 else 1


def _single_parent(source: Source, settings: Settings, relationship: Relationship, identified: set[Id]) -> int:
    """Return the parent's end of a 1:1 relationship: as chosen, else where no reference has to be empty."""
    ends = relationship.ends
    chosen = settings.choice(source.true(relationship.id), "side")
    for at, end in enumerate(ends):
        if chosen and chosen in (end.entity, source.true(end.entity)) and ends[0].entity != ends[1].entity:
            return 1 - at
    for at in (0, 1):
        if ends[at].identifying or ends[1 - at].entity in identified:
            return at
    for at in (0, 1):
        if ends[at].min > 0 and ends[1 - at].min == 0:
            return at
    return 1 if _depends(source, ends[0]) and not _depends(source, ends[1]) else 0


def _depends(source: Source, end: End) -> bool:
    entity = source.design[end.entity]
    return isinstance(entity, Entity) and entity.nature != "strong"


def _unkept(source: Source, relationship: Relationship, parent: End, child: End, notes: list[Note]) -> None:
    """Note what a foreign key cannot say about the number of children."""
    true = source.true(relationship.id)
    owner, owned = _name(source, parent), _name(source, child)
    if child.min > 0:
        notes.append(
            Note("least-not-enforced", true, f"no key sees to it that each {owner} has at least {child.min} {owned}")
        )
    if child.max is not None and child.max > 1:
        notes.append(
            Note("most-not-enforced", true, f"no key sees to it that each {owner} has at most {child.max} {owned}")
        )


def _name(source: Source, end: End) -> str:
    entity = source.design[end.entity]
    return entity.name if isinstance(entity, Entity) else ""
