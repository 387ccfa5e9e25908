"""Relationships of which an instance of an entity takes part in one only; as doc/commands/arcs.js."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called
from designer.commands.tables import last_order
from designer.schema import Arc, Design, Entity, Id, IdSource, Relationship


def add_arc(
    design: Design, entity: Id, relationships: Sequence[Id], ids: IdSource, *, mandatory: bool = True, name: str = ""
) -> Edit:
    """Let each instance of an entity take part in one of some relationships only; `mandatory`: in exactly one."""
    owner = get(design, entity, Entity)
    members = _members(design, owner, relationships)
    order = last_order(design, entity, Arc)
    made = Arc(id=ids(), parent=entity, name=name, order=order, relationships=members, mandatory=mandatory)
    return edit(design, f"Make {_named(design, members)} exclusive at {called(design, owner)}", [made])


def set_arc(design: Design, arc: Id, relationships: Sequence[Id]) -> Edit:
    """Choose which relationships an arc spans."""
    old = get(design, arc, Arc)
    owner = get(design, old.parent or "", Entity)
    members = _members(design, owner, relationships, besides=arc)
    label = f"Let the arc at {called(design, owner)} span {_named(design, members)}"
    return edit(design, label, [replace(old, relationships=members)])


def _members(design: Design, owner: Entity, relationships: Sequence[Id], besides: Id = "") -> tuple[Id, ...]:
    members = tuple(dict.fromkeys(relationships))
    if len(members) < 2:
        raise Refused("an arc spans two relationships or more; choose another one", "relationships")
    taken = {each for arc in design.of(Arc, owner.id) if arc.id != besides for each in arc.relationships}
    for each in members:
        found = get(design, each, Relationship)
        if all(end.entity != owner.id for end in found.ends):
            raise Refused(f"{called(design, owner)} takes no part in {called(design, found)}", "relationships")
        if each in taken:
            raise Refused(f"{called(design, found)} is in another arc at {called(design, owner)}", "relationships")
    return members


def _named(design: Design, members: Sequence[Id]) -> str:
    names = [called(design, design[each]) for each in members]
    return f"{', '.join(names[:-1])} and {names[-1]}"
