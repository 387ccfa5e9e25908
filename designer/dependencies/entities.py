"""The columns that an entity would have: its attributes, and what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dependencies.implied import Fact
from designer.schema import Attribute, Design, Entity, Id, Identifier, Relationship


def column_ids(design: Design, entity: Id) -> dict[Id, str]:
    """Return the ids and names of an entity's columns, in order.

    They are the attributes with one value, the parts of composite ones in place of the whole, and the relationships
    to something of which there is one at most, by the name of its role or of the entity at the other end.
    """
    found = {each.id: each.name for top in design.of(Attribute, entity) for each in _leaves(design, top)}
    for relationship in _relationships(design, entity):
        name = _one_end(design, relationship, entity)
        if name:
            found[relationship.id] = name
    return found


def _leaves(design: Design, attribute: Attribute, depth: int = 0) -> Iterator[Attribute]:
    parts = design.of(Attribute, attribute.id)
    if attribute.multivalued:
        return
    if not parts or depth > 20:
        yield attribute
    else:
        for part in parts:
            yield from _leaves(design, part, depth + 1)


def _relationships(design: Design, entity: Id) -> list[Relationship]:
    found = [design[each] for each in design.referrers(entity)]
    own = [each for each in found if isinstance(each, Relationship)]
    return sorted(own, key=lambda each: (each.order, each.id))


def _one_end(design: Design, relationship: Relationship, entity: Id) -> str:
    """Return how the entity calls what it has at most one of by a binary relationship; nothing where it has many."""
    if len(relationship.ends) != 2:
        return ""
    for own, other in (relationship.ends, relationship.ends[::-1]):
        named = design.get(other.entity)
        if own.entity == entity and other.max == 1 and isinstance(named, Entity):
            return other.role or named.name
    return ""


def identified(design: Design, entity: Id) -> Iterator[Fact]:
    """Yield the dependencies that the identifiers of an entity make true, the primary one first."""
    columns = column_ids(design, entity)
    every = tuple(columns)
    for each in sorted(design.of(Identifier, entity), key=lambda each: not each.primary):
        left = (*(part for whole in each.attributes for part in _parts(design, whole)), *each.relationships)
        if left and set(left) <= columns.keys() and (each.primary or not any(_optional(design, one) for one in left)):
            names = ", ".join(columns[one] for one in left)
            kind = "primary identifier" if each.primary else "an identifier"
            yield Fact(left, every, each.id, f"{names} {'is' if len(left) == 1 else 'are together'} {kind}")


def _parts(design: Design, attribute: Id) -> Iterator[Id]:
    record = design.get(attribute)
    if isinstance(record, Attribute):
        yield from (each.id for each in _leaves(design, record))


def _optional(design: Design, column: Id) -> bool:
    record = design.get(column)
    return isinstance(record, Attribute) and record.optional
