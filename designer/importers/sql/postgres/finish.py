"""What can only be settled when the whole script is known: foreign keys, schemas, and the doubts put off till then."""

from __future__ import annotations

from designer.importers.sql.postgres import facts
from designer.importers.sql.postgres.catalog import DEFAULT, shown
from designer.importers.sql.postgres.doubts import class_needed
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.volatility import column_type
from designer.importers.sql.postgres.world import World
from designer.schema import ForeignKey, Index, Key, Partitioning, Table


def finish(world: World) -> None:
    """Link what was named before it existed, then voice the doubts."""
    for draft in list(world.catalog.drafts.values()):
        if draft.cls is ForeignKey:
            _foreign_key(world, draft)
        elif draft.cls is Key:
            _key(world, draft)
    _schemas(world)
    world.checks.run()
    _public(world)


def _public(world: World) -> None:
    """Keep that the database has no schema `public`, where that was dropped and nothing is in it."""
    catalog = world.catalog
    used = any(schema == DEFAULT for names in (catalog.relations, catalog.types) for schema, _ in names)
    used = used or any(schema == DEFAULT for (schema, _), found in catalog.routines.items() if found)
    if world.without_public is not None and not used and catalog.schemas:
        world.keep(world.without_public, "every new database has this schema, and this one has not", "before")


def _schemas(world: World) -> None:
    for name, draft in world.catalog.schemas.items():
        if name not in world.catalog.declared:
            message = f"the schema {name} is used but not created in this script; the export creates it"
            world.warn(f"schema {name}", message, draft.place)


def _key(world: World, draft: Draft) -> None:
    table = draft.parent
    if isinstance(table, Relation) and _leaves_out_partition_key(table, draft):
        _refuse(world, draft, f"key of {table.name}", "a key of a partitioned table must hold all of its partition key")
        return
    for column in draft.fields["columns"]:
        if draft.fields.get("without_overlaps"):
            return
        reason = class_needed(world.catalog, "btree", column_type(world.catalog, column))
        if reason:
            _refuse(world, draft, "key", reason)
            return


def _leaves_out_partition_key(table: Relation, key: Draft) -> bool:
    ids = {column.id for column in key.fields["columns"]}
    parts = [part for partitioning in table.of(Partitioning) for part in partitioning.fields["parts"]]
    return any(part.column is None or part.column.id not in ids for part in parts)


def _foreign_key(world: World, draft: Draft) -> None:
    fields, catalog = draft.fields, world.catalog
    table = draft.parent
    if not isinstance(table, Relation):
        return
    target: Relation | None = fields["target"]
    if target is None or target.id not in catalog.drafts:
        target = _late_target(world, draft, table)
        if target is None:
            return
    if target.cls is not Table:
        _refuse(world, draft, f"foreign key of {table.name}", f"{target.name} is not a table")
        return
    _columns(world, draft, table, target)


def _late_target(world: World, draft: Draft, table: Relation) -> Relation | None:
    fields = draft.fields
    with world.catalog.under(draft.path):
        found = world.catalog.range(fields["target_node"])
    name = shown(fields["target_node"])
    if not isinstance(found, Relation):
        fields["target"] = None
        message = f"there is no table {name} in this script; the reference is kept"
        world.warn(f"foreign key of {table.name}", message, draft.place)
        return None
    fields["target"] = found
    fields["target_columns"] = [found.column(each) for each in fields["target_names"]]
    message = f"the table {name} is created later, at line {world.line(found.place)}; a server refuses this order"
    world.warn(f"foreign key of {table.name}", message, draft.place)
    return found


def _columns(world: World, draft: Draft, table: Relation, target: Relation) -> None:
    fields = draft.fields
    what = f"foreign key of {table.name}"
    if not fields["target_names"]:
        primary = next((key for key in target.of(Key) if key.fields.get("primary")), None)
        if primary is None:
            _refuse(world, draft, what, f"{target.name} has no primary key to refer to")
            return
        fields["target_columns"] = list(primary.fields["columns"])
        if len(primary.fields["columns"]) != len(fields["columns"]):
            _refuse(world, draft, what, f"the primary key of {target.name} has another number of columns")
            fields["target_columns"] = []
            return
    columns: list[Draft | None] = fields["target_columns"]
    if None in columns:
        gone = fields["target_names"][columns.index(None)]
        _refuse(world, draft, what, f"there is no column {gone} in {target.name}")
        fields["target"] = None
        return
    known = [column for column in columns if column is not None]
    if not _unique(target, {column.id for column in known}):
        names = ", ".join(column.name for column in known)
        _refuse(world, draft, what, f"no key of {target.name} is on ({names})")
        return
    for own, other in zip(fields["columns"], known, strict=True):
        left, right = column_type(world.catalog, own), column_type(world.catalog, other)
        if not _comparable(left, right):
            _refuse(world, draft, what, f"{own.name} is {left} and {other.name} of {target.name} is {right}")
            return


def _unique(target: Relation, ids: set[str]) -> bool:
    for key in target.of(Key):
        if {column.id for column in key.fields["columns"]} == ids and not key.fields.get("deferrable"):
            return True
    for index in target.of(Index):
        if index.fields.get("unique") and "where" not in index.fields:
            parts = index.fields["parts"]
            if all(part.column for part in parts) and {part.column.id for part in parts} == ids:
                return True
    return any(_unique(base, ids) for base in target.bases if target.fields.get("partition_of") is base)


_DAYS = frozenset({"date", "timestamp", "timestamptz"})


def _comparable(left: str, right: str) -> bool:
    """Say whether the server has an equality between two types; types that are not known here are let through."""
    if left == right or not left or not right or left not in facts.TYPES or right not in facts.TYPES:
        return True
    for family in (facts.NUMBERS, facts.TEXTS, _DAYS, frozenset({"bit", "varbit"}), frozenset({"inet", "cidr"})):
        if left in family and right in family:
            return True
    return bool({left, right} & {"oid", "regclass", "unknown"})


def _refuse(world: World, draft: Draft, what: str, reason: str) -> None:
    world.warn(what, f"{reason}; a server refuses it", draft.place)
    draft.refuse(reason)
