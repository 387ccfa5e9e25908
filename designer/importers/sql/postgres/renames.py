"""RENAME and SET SCHEMA. Records refer to one another by id, so that only a name or a parent changes."""

from __future__ import annotations

from designer.importers.sql.postgres.attributes import rename_attribute
from designer.importers.sql.postgres.catalog import column_of, qualified
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.names import CONSTRAINTS, claim_relation, find_index, fix_names, named_member
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.programs import routine_of
from designer.importers.sql.postgres.world import World
from designer.schema import Policy, Trigger

ROUTINES = frozenset({"OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE"})
_RELATIONS = frozenset({"OBJECT_TABLE", "OBJECT_VIEW", "OBJECT_MATVIEW", "OBJECT_SEQUENCE", "OBJECT_INDEX"})


def rename(world: World, piece: Piece) -> None:
    """Apply a RENAME."""
    node = piece.node
    kind, new = node["renameType"], node["newname"]
    world.freeze()
    if kind == "OBJECT_COLUMN":
        _rename_column(world, node, new)
    elif kind in _RELATIONS:
        _rename_relation(world, node, new)
    elif kind in ("OBJECT_TABCONSTRAINT", "OBJECT_TRIGGER", "OBJECT_POLICY"):
        kinds = {"OBJECT_TRIGGER": (Trigger,), "OBJECT_POLICY": (Policy,)}.get(kind, CONSTRAINTS)
        relation = world.catalog.relation(node["relation"])
        member = named_member(relation, node["subname"], kinds)
        if member is None:
            raise Refused(f"there is no {node['subname']} on {relation.name}")
        member.name = new
    elif kind in ("OBJECT_TYPE", "OBJECT_DOMAIN"):
        _rename_type(world, node, new)
    elif kind == "OBJECT_ATTRIBUTE":
        rename_attribute(world, node, new)
    elif kind in ROUTINES:
        _rename_routine(world, piece, new)
    elif kind == "OBJECT_SCHEMA":
        _rename_schema(world, node["subname"], new)
    else:
        raise KeptVerbatim("it renames what has no record of its own")


def _rename_column(world: World, node: Node, new: str) -> None:
    draft = world.catalog.range(node["relation"])
    if draft is None and node.get("missing_ok"):
        raise Skipped("there is no such table, and the statement says IF EXISTS")
    relation = world.catalog.table(node["relation"])
    column = column_of(relation, node["subname"])
    if new in relation.columns:
        raise Refused(f"{relation.name} already has a column {new}")
    fix_names(relation)
    relation.columns = {(new if each is column else name): each for name, each in relation.columns.items()}
    column.name = new


def _rename_relation(world: World, node: Node, new: str) -> None:
    catalog = world.catalog
    draft = catalog.range(node["relation"])
    if draft is None and node["renameType"] == "OBJECT_INDEX":
        draft = find_index(world, node["relation"].get("schemaname", ""), node["relation"]["relname"])
    if draft is None:
        if node.get("missing_ok"):
            raise Skipped("there is no such thing, and the statement says IF EXISTS")
        raise Missing(f"table {node['relation']['relname']}")
    if isinstance(draft, Relation):
        fix_names(draft)
    schema = draft.key[0] if draft.key else draft.parent.schema if isinstance(draft.parent, Relation) else ""
    claim_relation(world, schema, new)
    if draft.key is not None:
        del catalog.relations[draft.key]
    catalog.register(catalog.relations, (schema, new), draft)
    draft.name = new


def _rename_type(world: World, node: Node, new: str) -> None:
    schema, name = qualified(node["object"]["List"]["items"])
    draft = world.catalog.find_type(schema, name)
    if draft is None or draft.key is None:
        raise Missing(f"type {name}")
    del world.catalog.types[draft.key]
    world.catalog.register(world.catalog.types, (draft.key[0], new), draft)
    draft.name = new


def _rename_routine(world: World, piece: Piece, new: str) -> None:
    catalog = world.catalog
    target = piece.node["object"]["ObjectWithArgs"]
    draft = routine_of(catalog, piece, target)
    if draft is None:
        raise Missing(f"routine {qualified(target['objname'])[1]} with these arguments")
    for (schema, _), routines in list(catalog.routines.items()):
        if draft in routines:
            routines.remove(draft)
            catalog.routines.setdefault((schema, new), []).append(draft)
            break
    draft.name = new


def _rename_schema(world: World, old: str, new: str) -> None:
    catalog = world.catalog
    draft = catalog.schemas.pop(old, None)
    if draft is None:
        raise Missing(f"schema {old}")
    draft.name = new
    catalog.schemas[new] = draft
    catalog.declared.add(new)
    for names in (catalog.relations, catalog.types):
        for key in [key for key in names if key[0] == old]:
            catalog.register(names, (new, key[1]), names.pop(key))
    for key in [key for key in catalog.routines if key[0] == old]:
        catalog.routines[new, key[1]] = catalog.routines.pop(key)
    for each in catalog.drafts.values():
        if isinstance(each, Relation) and each.schema == old:
            each.schema = new


def set_schema(world: World, piece: Piece) -> None:
    """Apply a SET SCHEMA."""
    node = piece.node
    catalog = world.catalog
    world.freeze()
    new = node["newschema"]
    if "relation" in node:
        names, draft = catalog.relations, catalog.range(node["relation"])
    elif node["objectType"] in ("OBJECT_TYPE", "OBJECT_DOMAIN"):
        names, draft = catalog.types, catalog.find_type(*qualified(node["object"]["List"]["items"]))
    else:
        raise KeptVerbatim("it moves what has no record of its own")
    if draft is None or draft.key is None:
        raise Missing("object of that name")
    name = draft.key[1]
    if (new, name) in names:
        raise Refused(f"there already is a {name} in {new}")
    moved: list[Draft] = [draft, *(draft.members if isinstance(draft, Relation) else ())]
    for member in moved:
        if member.key is not None and names.get(member.key) is member:
            catalog.register(names, (new, member.key[1]), names.pop(member.key))
    draft.parent = catalog.home(new, piece.place())
    if isinstance(draft, Relation):
        draft.schema = new
