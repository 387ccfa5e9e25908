"""Candidate keys of entities: which attributes, and through which relationships the keys of others."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called
from designer.commands.tables import last_order
from designer.schema import Attribute, Design, Entity, Id, Identifier, IdSource, Record, Relationship


def add_identifier(
    design: Design,
    entity: Id,
    attributes: Sequence[Id],
    relationships: Sequence[Id],
    ids: IdSource,
    *,
    primary: bool | None = None,
    name: str = "",
) -> Edit:
    """Add a candidate key; unless it is told, the first one of an entity is the primary one."""
    owner = get(design, entity, Entity)
    own, through = _parts(design, owner, attributes, relationships)
    known = design.of(Identifier, entity)
    first = not any(each.primary for each in known) if primary is None else primary
    order = last_order(design, entity, Identifier)
    made = Identifier(
        id=ids(), parent=entity, name=name, order=order, primary=first, attributes=own, relationships=through
    )
    put: list[Record] = [made, *([replace(each, primary=False) for each in known if each.primary] if first else [])]
    put += _marked(design, owner, made) if first else []
    return edit(design, f"Identify {called(design, owner)} by {_named(design, made)}", put)


def set_identifier(design: Design, identifier: Id, attributes: Sequence[Id], relationships: Sequence[Id]) -> Edit:
    """Choose what an identifier is made of; ends of relationships identify where the primary one goes through them."""
    old = get(design, identifier, Identifier)
    owner = get(design, old.parent or "", Entity)
    own, through = _parts(design, owner, attributes, relationships)
    after = replace(old, attributes=own, relationships=through)
    put: list[Record] = [after]
    if old.primary:
        put += _marked(design, owner, after, set(old.relationships) - set(after.relationships))
    return edit(design, f"Identify {called(design, owner)} by {_named(design, after)}", put)


def make_primary(design: Design, identifier: Id, primary: bool) -> Edit:
    """Make a candidate key the primary one, instead of the one that was; or no longer."""
    old = get(design, identifier, Identifier)
    owner = get(design, old.parent or "", Entity)
    others = [each for each in design.of(Identifier, owner.id) if each.primary and each.id != identifier]
    after = replace(old, primary=primary)
    put: list[Record] = [after, *(replace(each, primary=False) for each in others if primary)]
    lost = {each for other in others for each in other.relationships} - set(after.relationships)
    put += _marked(
        design,
        owner,
        after if primary else replace(after, relationships=()),
        lost if primary else set(old.relationships),
    )
    verb = "Make primary" if primary else "Make alternate"
    return edit(design, f"{verb}: {_named(design, old)} of {called(design, owner)}", put)


def _parts(
    design: Design, owner: Entity, attributes: Sequence[Id], relationships: Sequence[Id]
) -> tuple[tuple[Id, ...], tuple[Id, ...]]:
    own, through = tuple(dict.fromkeys(attributes)), tuple(dict.fromkeys(relationships))
    if not own and not through:
        raise Refused("an identifier needs an attribute or an identifying relationship; choose one", "attributes")
    for each in own:
        if not _belongs(design, get(design, each, Attribute), owner.id):
            raise Refused(f"{called(design, design[each])} is no attribute of {called(design, owner)}", "attributes")
    for each in through:
        if all(end.entity != owner.id for end in get(design, each, Relationship).ends):
            message = f"{called(design, owner)} takes no part in {called(design, design[each])}"
            raise Refused(message, "relationships")
    return own, through


def _belongs(design: Design, attribute: Attribute, entity: Id) -> bool:
    parent = design.get(attribute.parent or "")
    return _belongs(design, parent, entity) if isinstance(parent, Attribute) else attribute.parent == entity


def _marked(design: Design, owner: Entity, primary: Identifier, lost: set[Id] | None = None) -> list[Relationship]:
    """Return the relationships whose other ends identify now, and those whose ends no longer do."""
    wanted = [(each, True) for each in primary.relationships] + [(each, False) for each in lost or ()]
    changed = [
        (old, _with_ends(old, owner.id, on)) for each, on in wanted if isinstance(old := design[each], Relationship)
    ]
    return [new for old, new in changed if new != old]


def _with_ends(relationship: Relationship, entity: Id, on: bool) -> Relationship:
    if on and any(end.identifying for end in relationship.ends):
        return relationship
    ends = tuple(replace(end, identifying=on) if end.entity != entity else end for end in relationship.ends)
    return replace(relationship, ends=ends)


def _named(design: Design, identifier: Identifier) -> str:
    parts = [*identifier.attributes, *identifier.relationships]
    return " and ".join(called(design, design[each]) for each in parts)
