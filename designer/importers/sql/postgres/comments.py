"""COMMENT ON: the words go to the record that they are about."""

from __future__ import annotations

from designer.importers.sql.postgres.catalog import Catalog, object_name, qualified, strings
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.names import CONSTRAINTS, find_index, named_member
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.programs import routine_of
from designer.importers.sql.postgres.world import World
from designer.schema import Check, Index, Policy, Sequence, Table, Trigger, View

_RELATIONS = {
    "OBJECT_TABLE": Table, "OBJECT_VIEW": View, "OBJECT_MATVIEW": View, "OBJECT_SEQUENCE": Sequence,
    "OBJECT_INDEX": Index,
}  # fmt: skip
_MEMBERS = {"OBJECT_TABCONSTRAINT": CONSTRAINTS, "OBJECT_TRIGGER": (Trigger,), "OBJECT_POLICY": (Policy,)}
_ROUTINES = ("OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE", "OBJECT_AGGREGATE")


def comment_on(world: World, piece: Piece) -> None:
    """Import a COMMENT ON."""
    node = piece.node
    _target(world, piece, node).comment = node.get("comment", "")


def _target(world: World, piece: Piece, node: Node) -> Draft:
    catalog = world.catalog
    kind, target = node["objtype"], node["object"]
    if kind == "OBJECT_COLUMN":
        return _column(catalog, strings(target["List"]["items"]))
    if kind in _RELATIONS:
        return _relation(world, kind, strings(target["List"]["items"]))
    if kind in _MEMBERS:
        return _member(catalog, kind, strings(target["List"]["items"]))
    if kind in ("OBJECT_TYPE", "OBJECT_DOMAIN"):
        schema, name = qualified(target["TypeName"]["names"])
        if catalog.find_type(schema, name) is None and ("type", name) in catalog.kept:
            raise KeptVerbatim("it describes a type that has no record")
        return _found(catalog.find_type(schema, name), f"type {name}")
    if kind == "OBJECT_DOMCONSTRAINT":
        return _domain_constraint(catalog, target)
    if kind in _ROUTINES:
        found = target["ObjectWithArgs"]
        return _found(
            routine_of(catalog, piece, found), f"routine {qualified(found['objname'])[1]} with these arguments"
        )
    names: dict[str, dict[str, Draft]] = {
        "OBJECT_SCHEMA": catalog.schemas, "OBJECT_EXTENSION": catalog.extensions,
        "OBJECT_PUBLICATION": catalog.publications,
    }  # fmt: skip
    if kind not in names:
        raise KeptVerbatim("it describes what has no record of its own")
    name = target["String"]["sval"]
    if kind == "OBJECT_SCHEMA" and name == "public" and name not in catalog.schemas:
        catalog.home("public", piece.place())
    return _found(names[kind].get(name), f"{kind.removeprefix('OBJECT_').lower()} {name}")


def _found(draft: Draft | None, what: str) -> Draft:
    if draft is None:
        raise Missing(what)
    return draft


def _relation(world: World, kind: str, names: list[str]) -> Draft:
    schema, what = names[-2] if len(names) > 1 else "", f"{kind.removeprefix('OBJECT_').lower()} {'.'.join(names)}"
    if kind == "OBJECT_SEQUENCE" and _is_serial(world.catalog, schema, names[-1]):
        raise KeptVerbatim("it describes the sequence behind a column, which has no record of its own")
    if kind != "OBJECT_INDEX":
        return _found(world.catalog.find(schema, names[-1]), what)
    draft = _found(find_index(world, schema, names[-1]), what)
    if draft.cls is not Index:
        raise KeptVerbatim("it describes the index behind a constraint")
    return draft


def _is_serial(catalog: Catalog, schema: str, name: str) -> bool:
    return catalog.find(schema, name) is None and catalog.serial({"schemaname": schema, "relname": name}) is not None


def _column(catalog: Catalog, names: list[str]) -> Draft:
    if len(names) < 2:
        raise Refused("a column is named with its table: table.column")
    relation = catalog.find(names[-3] if len(names) > 2 else "", names[-2])
    if isinstance(relation, Relation):
        column = relation.columns.get(names[-1])
        if column is None and (relation.cls is View or relation.column(names[-1])):
            raise KeptVerbatim("it describes a column that has no record of its own")
        return _found(column, f"column {'.'.join(names)}")
    kind = catalog.find_type(names[-3] if len(names) > 2 else "", names[-2]) if relation is None else None
    if kind is not None or ("table", names[-2]) in catalog.kept:
        raise KeptVerbatim("it describes a field of a composite type, or a table made by a query")
    raise Missing(f"table {'.'.join(names[:-1])}")


def _member(catalog: Catalog, kind: str, names: list[str]) -> Draft:
    relation = catalog.find(names[-3] if len(names) > 2 else "", names[-2])
    if not isinstance(relation, Relation):
        raise Missing(f"table {'.'.join(names[:-1])}")
    found = named_member(relation, names[-1], _MEMBERS[kind])
    if found is None and kind == "OBJECT_TABCONSTRAINT" and _is_not_null(relation, names[-1]):
        raise KeptVerbatim("it describes a NOT NULL constraint, which is a field of its column")
    return _found(found, f"{names[-1]} on {relation.name}")


def _is_not_null(relation: Relation, name: str) -> bool:
    return any(
        name in (column.fields.get("not_null_name"), object_name(relation.name, column.name, "not_null"))
        for column in relation.columns.values()
        if not column.fields.get("nullable", True)
    )


def _domain_constraint(catalog: Catalog, target: Node) -> Draft:
    items = target["List"]["items"]
    schema, name = qualified(items[0]["TypeName"]["names"])
    domain = _found(catalog.find_type(schema, name), f"domain {name}")
    constraint = items[1]["String"]["sval"]
    for draft in catalog.drafts.values():
        if draft.parent is domain and draft.cls is Check and draft.name == constraint:
            return draft
    raise Missing(f"constraint {constraint} on domain {name}")
