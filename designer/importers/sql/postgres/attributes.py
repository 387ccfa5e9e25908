"""ALTER TYPE of a row type: its attributes are added, dropped, given another type or name."""

from __future__ import annotations

from typing import Any

import msgspec

from designer.importers.sql.postgres.drafts import Draft
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.types import composite_field
from designer.importers.sql.postgres.world import World
from designer.schema import CompositeField, CompositeType

Fields = tuple[CompositeField, ...]


def row_type(world: World, target: Node) -> Draft | None:
    """Return the row type that a written name means, or None."""
    found = world.catalog.find_type(target.get("schemaname", ""), target["relname"])
    return found if found is not None and found.cls is CompositeType else None


def alter_attributes(piece: Piece, draft: Draft, commands: list[Node]) -> None:
    """Apply the commands of an ALTER TYPE."""
    fields: Fields = draft.fields.get("fields", ())
    for command in commands:
        kind = command["subtype"]
        if kind == "AT_AddColumn":
            fields = (*fields, composite_field(piece, command["def"]["ColumnDef"]))
        elif kind == "AT_DropColumn":
            fields = _without(draft, fields, command)
        elif kind == "AT_AlterColumnType":
            fields = _retyped(draft, fields, composite_field(piece, command["def"]["ColumnDef"]), command["name"])
        else:
            raise KeptVerbatim("it sets what has no record of its own")
    draft.fields["fields"] = fields


def rename_attribute(world: World, node: Node, new: str) -> None:
    """Apply a RENAME ATTRIBUTE."""
    draft = row_type(world, node["relation"])
    if draft is None:
        raise Missing(f"type {node['relation']['relname']}")
    fields: Fields = draft.fields.get("fields", ())
    _present(draft, fields, node["subname"])
    draft.fields["fields"] = tuple(
        _changed(each, name=new) if each.name == node["subname"] else each for each in fields
    )


def _without(draft: Draft, fields: Fields, command: Node) -> Fields:
    if not command.get("missing_ok"):
        _present(draft, fields, command["name"])
    return tuple(each for each in fields if each.name != command["name"])


def _retyped(draft: Draft, fields: Fields, said: CompositeField, name: str) -> Fields:
    _present(draft, fields, name)
    return tuple(
        _changed(each, type=said.type, collation=said.collation) if each.name == name else each for each in fields
    )


def _present(draft: Draft, fields: Fields, name: str) -> None:
    if all(each.name != name for each in fields):
        raise Refused(f"the type {draft.name} has no attribute {name}")


def _changed(field: CompositeField, **values: Any) -> CompositeField:
    return msgspec.structs.replace(field, **values)
