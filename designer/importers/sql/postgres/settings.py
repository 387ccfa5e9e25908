"""Statements about what exists: they are kept, but not just anywhere."""

from __future__ import annotations

from designer.importers.sql.postgres.drafts import Relation
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Sequence


def do_block(world: World, piece: Piece) -> None:  # noqa: ARG001
    """Keep a program that is run once."""
    raise KeptVerbatim("it is a program: what it creates is not seen here, but is there again where the export is run")


def cluster(world: World, piece: Piece) -> None:  # noqa: ARG001
    """Keep which index a table is clustered on; CLUSTER without one only moves rows."""
    if "indexname" not in piece.node:
        raise Skipped("it moves rows, and changes no schema")
    raise KeptVerbatim("the index that a table is clustered on has no field of its own")


def refresh(world: World, piece: Piece) -> None:
    """A materialized view that is refreshed has data from then on."""
    view = world.catalog.range(piece.node["relation"])
    if isinstance(view, Relation) and view.fields.get("materialized") and not piece.node.get("skipData"):
        view.fields["with_data"] = True
    raise Skipped("data is no part of a schema")


def create_language(world: World, piece: Piece) -> None:  # noqa: ARG001
    """Keep a language; PL/pgSQL is in every database."""
    if piece.node["plname"] == "plpgsql":
        raise Skipped("PL/pgSQL is in every database")
    raise KeptVerbatim("there is no record for such an object")


def default_privileges(world: World, piece: Piece) -> None:
    """Keep ALTER DEFAULT PRIVILEGES; before the objects where it came before them, since it is about later ones."""
    schemas = {
        each["String"]["sval"]
        for option in piece.node.get("options", ())
        if option["DefElem"]["defname"] == "schemas"
        for each in option["DefElem"]["arg"]["List"]["items"]
    }
    kind = piece.node["action"].get("objtype", "")
    phase = "after" if any(not schemas or schema in schemas for schema in _homes(world, kind)) else "before"
    raise KeptVerbatim("default privileges have no record of their own", phase)


def _homes(world: World, kind: str) -> set[str]:
    """Return the schemas in which there are objects of a kind already."""
    catalog = world.catalog
    if kind == "OBJECT_FUNCTION":
        return {schema for (schema, _), found in catalog.routines.items() if found}
    if kind == "OBJECT_TYPE":
        return {schema for schema, _ in catalog.types}
    if kind == "OBJECT_SEQUENCE":
        return {schema for (schema, _), draft in catalog.relations.items() if draft.cls is Sequence}
    if kind == "OBJECT_SCHEMA":
        return set(catalog.schemas)
    return {schema for (schema, _), draft in catalog.relations.items() if isinstance(draft, Relation)}
