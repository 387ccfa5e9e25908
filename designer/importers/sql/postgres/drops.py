"""DROP of things that the script made itself, and what goes with them."""

from __future__ import annotations

from typing import Any

from designer.importers.sql.postgres.catalog import qualified, strings
from designer.importers.sql.postgres.drafts import Draft, Part, Relation, Written
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.kept import drop_kept
from designer.importers.sql.postgres.mentions import expression
from designer.importers.sql.postgres.names import find_index, named_member
from designer.importers.sql.postgres.outcomes import Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Index, Policy, Sequence, Table, Trigger, View

_RELATIONS = {
    "OBJECT_TABLE": Table, "OBJECT_VIEW": View, "OBJECT_MATVIEW": View, "OBJECT_SEQUENCE": Sequence,
    "OBJECT_INDEX": Index,
}  # fmt: skip
_ROUTINES = ("OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE")
_MEMBERS = {"OBJECT_TRIGGER": Trigger, "OBJECT_POLICY": Policy}


def drop(world: World, piece: Piece) -> None:
    """Apply a DROP. What is not there is skipped or refused, as the statement says."""
    node = piece.node
    kind = node["removeType"]
    if kind == "OBJECT_SCHEMA" and [each["String"]["sval"] for each in node["objects"]] == ["public"]:
        world.without_public = piece
    gone = [drop_kept(world, kind, each) for each in node["objects"]]
    found = [_find(world, kind, each) for each, done in zip(node["objects"], gone, strict=True) if not done]
    if not found:
        return
    if None in found and not any(found):
        if node.get("missing_ok"):
            raise Skipped("there is no such thing in this script, and the statement says IF EXISTS")
        raise Refused("there is no such thing in this script to drop")
    for draft in found:
        if draft is not None:
            drop_draft(world, draft)


def _find(world: World, kind: str, node: Node) -> Draft | None:
    catalog = world.catalog
    if kind == "OBJECT_INDEX":
        draft = find_index(world, *qualified(node["List"]["items"]))
        if draft is not None and draft.cls is not Index:
            raise Refused("the index belongs to a constraint; a server drops it with the constraint only")
        return draft
    if kind in _RELATIONS:
        draft = catalog.find(*qualified(node["List"]["items"]))
        return draft if draft is not None and draft.cls is _RELATIONS[kind] else None
    if kind in ("OBJECT_TYPE", "OBJECT_DOMAIN"):
        return catalog.find_type(*qualified(node["TypeName"]["names"]))
    if kind in _ROUTINES:
        routines = catalog.find_routines(*qualified(node["ObjectWithArgs"]["objname"]))
        return routines[-1] if len(routines) == 1 else None
    if kind in _MEMBERS:
        names = strings(node["List"]["items"])
        relation = catalog.find(names[-3] if len(names) > 2 else "", names[-2])
        return named_member(relation, names[-1], (_MEMBERS[kind],)) if isinstance(relation, Relation) else None
    names_of = {"OBJECT_SCHEMA": catalog.schemas, "OBJECT_EXTENSION": catalog.extensions,
                "OBJECT_PUBLICATION": catalog.publications}  # fmt: skip
    if kind not in names_of:
        return None
    return names_of[kind].get(node["String"]["sval"])


def drop_draft(world: World, draft: Draft) -> None:
    """Remove a draft, with what cannot be without it."""
    for statement in [each for each in world.catalog.drafts.values() if draft.id in each.fields.get("about", ())]:
        world.catalog.discard(statement)
    if isinstance(draft, Relation):
        for key in draft.referrers:
            if isinstance(key.parent, Relation) and key.parent is not draft:
                drop_member(world, key.parent, key)
        for heir in draft.heirs:
            if heir.fields.get("partition_of") is draft:
                drop_draft(world, heir)
            elif draft in heir.bases:
                heir.bases.remove(draft)
                heir.fields["inherits"] = list(heir.bases)
    elif isinstance(draft.parent, Relation) and draft in draft.parent.members:
        draft.parent.members.remove(draft)
    for routines in world.catalog.routines.values():
        if draft in routines:
            routines.remove(draft)
    world.catalog.discard(draft)


def drop_column(world: World, table: Relation, column: Draft) -> None:
    """Remove a column with the keys, checks, indexes and foreign keys that involve it."""
    world.freeze()
    for member in [*table.members, *table.referrers]:
        owner = member.parent
        if isinstance(owner, Relation) and any(_involves(world, each, column) for each in member.fields.values()):
            drop_member(world, owner, member)
    for draft in list(world.catalog.drafts.values()):
        if draft.cls is Sequence and draft.fields.get("owned_by") is column:
            world.catalog.discard(draft)
    table.columns.pop(column.name, None)
    world.catalog.discard(column)


def drop_member(world: World, relation: Relation, member: Draft) -> None:
    """Remove a key, constraint or index of a table."""
    if member in relation.members:
        relation.members.remove(member)
    world.catalog.discard(member)


def _involves(world: World, value: Any, column: Draft) -> bool:
    if value is column:
        return True
    if isinstance(value, list):
        return any(_involves(world, each, column) for each in value)
    if isinstance(value, Part):
        return value.column is column or _involves(world, value.written, column)
    if isinstance(value, Written):
        return any(use.id == column.id for use in expression(value, world.catalog).uses)
    return False
