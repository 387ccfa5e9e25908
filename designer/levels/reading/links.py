"""Relationships of two entities, read as links from a child to its parent."""

from __future__ import annotations

from collections.abc import Mapping

from designer.levels.contract import Note, Settings
from designer.levels.er import Link
from designer.levels.logical import sides
from designer.levels.reading.source import Source
from designer.schema import End, Entity, Id, Identifier, Relationship


def links_of(source: Source, settings: Settings, entities: Mapping[Id, Entity], notes: list[Note]) -> list[Link]:
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
        return False
    if all(end.max != 1 for end in relationship.ends):
        notes.append(Note("many-to-many", true, f"{called} is many to many; it is left out"))
        return False
    return True


def _linked(
    source: Source, settings: Settings, relationship: Relationship, identified: dict[Id, set[Id]], notes: list[Note]
) -> Link:
    at = _parent_end(source, settings, relationship, identified.get(relationship.id, set()))
    parent, child = relationship.ends[at], relationship.ends[1 - at]
    _unkept(source, relationship, parent, child, notes)
    true = source.true(relationship.id)
    return Link(
        mark=source.mark(relationship.id), child=source.mark(child.entity), parent=source.mark(parent.entity),
        origin=true, words=relationship.name, role=parent.role, optional=parent.min < 1, single=child.max == 1,
        identifying=sides.owners(relationship.ends)[at] or child.entity in identified.get(relationship.id, ()),
        total=child.min > 0, on_delete=settings.choice(true, "delete"), order=relationship.order, source=relationship,
    )  # fmt: skip


def _parent_end(source: Source, settings: Settings, relationship: Relationship, identified: set[Id]) -> int:
    """Return the end whose entity is referred to; of a 1:1 relationship as chosen, else as an identifier says."""
    ends = relationship.ends
    chosen = settings.choice(source.true(relationship.id), "side") or sides.chosen_above(source.design, relationship)
    chosen = next((end.entity for end in ends if chosen in (end.entity, source.true(end.entity))), "")
    in_keys = [end.entity in identified for end in ends]
    if not chosen and sides.is_one_to_one(ends) and in_keys[0] != in_keys[1]:
        return 1 if in_keys[0] else 0
    return 1 - sides.child(relationship, chosen)


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
