"""What an identifying end means for identifiers; as doc/commands/identifying.js."""

from __future__ import annotations

from designer.commands.contract import replace
from designer.schema import Design, Id, Identifier, IdSource, Record, Relationship


def identified_by(relationship: Relationship) -> tuple[Id, ...]:
    """Return the entities that a relationship helps to identify: those at its other ends, where an end identifies."""
    if not any(end.identifying for end in relationship.ends):
        return ()
    return tuple(dict.fromkeys(end.entity for end in relationship.ends if not end.identifying))


def followed(design: Design, before: Relationship, after: Relationship, ids: IdSource) -> list[Record]:
    """Return the primary identifiers that take the relationship in, or lose it, when its ends change.

    An identifier that has nothing left stays out of the result; `emptied` names it.
    """
    was, now = identified_by(before), identified_by(after)
    joined = [_with(design, each, after.id, ids) for each in now if each not in was]
    left = [_without(each, after.id) for each in _through(design, was, now, after.id)]
    return [each for each in (*joined, *left) if each is not None]


def emptied(design: Design, before: Relationship, after: Relationship) -> tuple[Id, ...]:
    """Return the identifiers that would have nothing left when the ends of a relationship change."""
    lost = _through(design, identified_by(before), identified_by(after), after.id)
    return tuple(each.id for each in lost if _without(each, after.id) is None)


def _through(design: Design, was: tuple[Id, ...], now: tuple[Id, ...], relationship: Id) -> list[Identifier]:
    gone = [each for each in was if each not in now]
    return [each for entity in gone for each in design.of(Identifier, entity) if relationship in each.relationships]


def _with(design: Design, entity: Id, relationship: Id, ids: IdSource) -> Identifier | None:
    primary = next((each for each in design.of(Identifier, entity) if each.primary), None)
    if primary is None:
        return Identifier(id=ids(), parent=entity, primary=True, relationships=(relationship,))
    if relationship in primary.relationships:
        return None
    return replace(primary, relationships=(*primary.relationships, relationship))


def _without(identifier: Identifier, relationship: Id) -> Identifier | None:
    rest = tuple(each for each in identifier.relationships if each != relationship)
    return replace(identifier, relationships=rest) if rest or identifier.attributes else None
