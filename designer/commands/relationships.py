"""Relationships between entities, and which entities are kinds of others; as doc/commands/relationships.js."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.figures import figures
from designer.commands.identifying import emptied, followed
from designer.commands.names import called
from designer.commands.tables import last_order
from designer.schema import (
    Design,
    End,
    Entity,
    Generalization,
    Id,
    IdSource,
    Placement,
    Record,
    Relationship,
    new_id,
)

_WORDS = {"1:1": "one to one", "1:N": "one to many", "N:M": "many to many"}
_BOUNDS = re.compile(r"\s*([0-9]{1,6})\s*(?:(?:\.\.|-|,)\s*([0-9]{1,6}|[nNmM*]))?\s*")
_GONE = "this end is not there any more; somebody may have removed it"


def relate(
    design: Design,
    source: Id,
    target: Id,
    ids: IdSource,
    *,
    cardinality: str = "1:N",
    optional: bool = False,
    name: str = "",
) -> Edit:
    """Relate two entities: each of `source` has one, or many, of `target`.

    Where it is `optional`, one of `target` may stand alone.
    """
    start, end = get(design, source, Entity), get(design, target, Entity)
    if cardinality not in _WORDS:
        raise Refused("choose 1:1, 1:N or N:M", "cardinality")
    several = cardinality == "N:M"
    ends = (
        End(entity=source, min=0 if optional or several else 1, max=None if several else 1),
        End(entity=target, min=0, max=1 if cardinality == "1:1" else None),
    )
    order = last_order(design, start.parent or "", Relationship)
    made = Relationship(id=ids(), parent=start.parent, name=name, order=order, ends=ends)
    label = f"Relate {called(design, start)} to {called(design, end)}, {_WORDS[cardinality]}"
    return edit(design, label + (", optional" if optional else ""), [made])


def add_end(
    design: Design,
    relationship: Id,
    entity: Id,
    ids: IdSource,
    *,
    diagram: Id | None = None,
    at: tuple[int, int] = (0, 0),
) -> Edit:
    """Let one more entity take part in a relationship.

    A relationship that was a line so far, and now is a figure, is placed on `diagram`, and midway between its
    entities on the other diagrams that show them.
    """
    old, joining = get(design, relationship, Relationship), get(design, entity, Entity)
    after = replace(old, ends=(*old.ends, End(entity=entity)))
    put: list[Record] = [after]
    if diagram is not None and not any(each.element == old.id for each in design.of(Placement, diagram)):
        put.append(Placement(id=ids(), parent=diagram, element=old.id, x=at[0], y=at[1]))
    put += figures(design, old.id, after.ends, ids, diagram)
    return edit(design, f"Let {called(design, joining)} take part in {called(design, old)}", put)


def set_end(design: Design, relationship: Id, at: int, values: Mapping[str, Any], ids: IdSource = new_id) -> Edit:
    """Set what an end says: how many take part (`max` None is many), the role, whether it identifies.

    Where it identifies, the relationship becomes part of the primary identifier of the entities at the other ends.
    """
    old = get(design, relationship, Relationship)
    after = msgspec.structs.replace(_end_at(old, at), **values)
    entity = get(design, after.entity, Entity)
    _check_bounds(after.min, after.max)
    said = f" to {after.min}..{'N' if after.max is None else after.max}" if {"min", "max"} & set(values) else ""
    ends = tuple(after if index == at else each for index, each in enumerate(old.ends))
    label = f"Set the end of {called(design, old)} at {called(design, entity)}{said}"
    new = replace(old, ends=ends)
    return edit(design, label, [new, *followed(design, old, new, ids)], emptied(design, old, new))


def _end_at(relationship: Relationship, at: int) -> End:
    if not 0 <= at < len(relationship.ends):
        raise Refused(_GONE)
    return relationship.ends[at]


def _check_bounds(low: int, high: int | None) -> None:
    if low < 0 or (high is not None and (high < 1 or high < low)):
        raise Refused("an end says how many take part, from a least to a most number: 0..1, 1..N or 2..5", "max")


def bounds_from(text: str) -> tuple[int, int | None]:
    """Read `0..1`, `1..N`, `2..5` or `3`. Raises Refused for anything else."""
    found = _BOUNDS.fullmatch(text)
    if found is None:
        raise Refused("write how many take part as 0..1, 1..N or 2..5", "max")
    low = int(found[1])
    high = found[2] or found[1]
    bounds = low, int(high) if high.isdigit() else None
    _check_bounds(*bounds)
    return bounds


def write_relationship(
    design: Design,
    relationship: Id,
    ids: IdSource,
    *,
    name: str = "",
    ends: Sequence[Mapping[str, Any]] = (),
    comment: str | None = None,
) -> Edit:
    """Write a relationship anew from what is typed at its line: its name, some of its ends in order, its definition."""
    old = get(design, relationship, Relationship)
    if len(ends) > len(old.ends):
        raise Refused(f"{called(design, old)} has {len(old.ends)} ends; say no more of them", "ends")
    written = tuple(msgspec.structs.replace(end, **values) for end, values in zip(old.ends, ends, strict=False))
    for end in written:
        _check_bounds(end.min, end.max)
    new = replace(old, name=name or old.name, ends=(*written, *old.ends[len(written) :]))
    new = new if comment is None else replace(new, comment=comment)
    put: list[Record] = [new, *followed(design, old, new, ids)]
    return edit(design, f"Write relationship {called(design, new)}", put, emptied(design, old, new))


def remove_end(design: Design, relationship: Id, at: int) -> Edit:
    """Take an entity out of a relationship; one with less than two ends goes itself."""
    old = get(design, relationship, Relationship)
    entity = get(design, _end_at(old, at).entity, Entity)
    left = tuple(each for index, each in enumerate(old.ends) if index != at)
    label = f"Take {called(design, entity)} out of {called(design, old)}"
    return edit(design, label, [], (old.id,)) if len(left) < 2 else edit(design, label, [replace(old, ends=left)])


def make_subtypes(
    design: Design, subtypes: Sequence[Id], supertype: Id, ids: IdSource, *, apart: bool = False, group: Id = ""
) -> Edit:
    """Make entities subtypes of another; they join the generalization that it has, if it has one.

    With `apart` they begin a generalization of their own; `group` says which one they join where there are several.
    """
    above = get(design, supertype, Entity)
    below = [get(design, each, Entity) for each in subtypes]
    for each in below:
        _check_below(design, each, above)
    old = None if apart else _group_of(design, supertype, group)
    members = tuple(dict.fromkeys([*(old.subtypes if old else ()), *subtypes]))
    if old is not None and len(members) == len(old.subtypes):
        raise Refused(f"{called(design, below[0])} is a subtype of {called(design, above)} already")
    names = ", ".join(called(design, each) for each in below)
    made = replace(old, subtypes=members) if old else _new_group(design, above, members, ids)
    return edit(design, f"Make {names} a subtype of {called(design, above)}", [made])


def _group_of(design: Design, supertype: Id, group: Id) -> Generalization | None:
    groups = [each for each in design.of(Generalization) if each.supertype == supertype]
    return next((each for each in groups if not group or each.id == group), None)


def _new_group(design: Design, above: Entity, subtypes: tuple[Id, ...], ids: IdSource) -> Generalization:
    order = last_order(design, above.parent or "", Generalization)
    return Generalization(id=ids(), parent=above.parent, order=order, supertype=above.id, subtypes=subtypes)


def _check_below(design: Design, entity: Entity, above: Entity) -> None:
    if entity.id == above.id:
        raise Refused(f"{called(design, above)} cannot be a subtype of itself; choose another entity")
    if entity.id in _supertypes(design, above.id):
        raise Refused(
            f"{called(design, above)} is a subtype of {called(design, entity)} already, so it cannot be its supertype"
        )


def _supertypes(design: Design, entity: Id) -> set[Id]:
    found: set[Id] = set()
    queue = [entity]
    while queue:
        below = queue.pop()
        for each in design.of(Generalization):
            if below in each.subtypes and each.supertype and each.supertype not in found:
                found.add(each.supertype)
                queue.append(each.supertype)
    return found
