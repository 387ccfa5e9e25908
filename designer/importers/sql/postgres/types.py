"""Enums, domains, composite types and sequences."""

from __future__ import annotations

from typing import Any

from designer.importers.sql.postgres.catalog import Catalog, column_of, qualified, strings
from designer.importers.sql.postgres.constraints import check_range
from designer.importers.sql.postgres.drafts import Draft, Relation
from designer.importers.sql.postgres.grammar import Node
from designer.importers.sql.postgres.lexical import QUALIFIED, expression_end, skip_gap, type_end, word_after
from designer.importers.sql.postgres.names import claim_relation
from designer.importers.sql.postgres.outcomes import KeptVerbatim, Missing, Refused, Skipped
from designer.importers.sql.postgres.pieces import Piece
from designer.importers.sql.postgres.world import World
from designer.schema import Check, CompositeField, CompositeType, DomainType, EnumType, Record, Sequence


def _new_type(world: World, piece: Piece, cls: type[Record], names: tuple[str, str]) -> Draft:
    catalog = world.catalog
    schema, name = names
    key = catalog.key(schema, name)
    other = catalog.types.get(key) or catalog.relations.get(key)
    if other is not None:
        raise Refused(f"there already is a type {name}, from line {world.line(other.place)}")
    draft = catalog.add(cls, name, catalog.home(schema, piece.place()), piece.place())
    catalog.register(catalog.types, key, draft)
    return draft


def create_enum(world: World, piece: Piece) -> None:
    """Import a CREATE TYPE … AS ENUM."""
    node = piece.node
    draft = _new_type(world, piece, EnumType, qualified(node["typeName"]))
    draft.fields["values"] = strings(node.get("vals"))


def alter_enum(world: World, piece: Piece) -> None:
    """Apply ALTER TYPE … ADD VALUE or RENAME VALUE."""
    node = piece.node
    schema, name = qualified(node["typeName"])
    draft = world.catalog.find_type(schema, name)
    if draft is None or draft.cls is not EnumType:
        raise Missing(f"enum type {name}")
    values: list[str] = draft.fields["values"]
    new = node.get("newVal", "")
    if "oldVal" in node:
        if node["oldVal"] not in values:
            raise Refused(f"{name} has no value {node['oldVal']!r}")
        values[values.index(node["oldVal"])] = new
        return
    if new in values:
        if node.get("skipIfNewValExists"):
            raise Skipped(f"{name} has the value {new!r} already, and the statement says IF NOT EXISTS")
        raise Refused(f"{name} has the value {new!r} already")
    at = len(values)
    if "newValNeighbor" in node:
        if node["newValNeighbor"] not in values:
            raise Refused(f"{name} has no value {node['newValNeighbor']!r}")
        at = values.index(node["newValNeighbor"]) + bool(node.get("newValIsAfter"))
    values.insert(at, new)


def create_domain(world: World, piece: Piece) -> None:
    """Import a CREATE DOMAIN."""
    node = piece.node
    text = piece.text
    draft = _new_type(world, piece, DomainType, qualified(node["domainname"]))
    start = piece.pos(node["typeName"]["location"])
    draft.fields["type"] = text[start : type_end(text, start)]
    draft.fields["type_node"] = node["typeName"]
    nodes = [each["Constraint"] for each in node.get("constraints", ())]
    starts = [piece.pos(each["location"]) for each in nodes]
    if "collClause" in node:
        after = word_after(text, piece.pos(node["collClause"]["location"]), "collate")
        found = QUALIFIED.match(text, skip_gap(text, after))
        draft.fields["collation"] = found.group() if found else ""
        starts.append(piece.pos(node["collClause"]["location"]))
    for constraint, at in zip(nodes, starts, strict=False):
        limit = min((each for each in starts if each > at), default=None)
        _domain_constraint(world, piece, draft, constraint, at, limit)


def _domain_constraint(world: World, piece: Piece, draft: Draft, node: Node, start: int, limit: int | None) -> None:
    contype = node["contype"]
    if contype == "CONSTR_NOTNULL":
        draft.fields["nullable"] = False
    elif contype == "CONSTR_DEFAULT":
        begin = skip_gap(piece.text, word_after(piece.text, start, "default"))
        draft.fields["default"] = world.written(
            piece, begin, expression_end(piece.text, begin, limit), node["raw_expr"]
        )
    elif contype == "CONSTR_CHECK":
        check = world.catalog.add(Check, node.get("conname", ""), draft, piece.place(start))
        check.fields["expr"] = world.written(piece, *check_range(piece.text, start), node["raw_expr"])
        if node.get("skip_validation"):
            check.fields["not_valid"] = True


def alter_domain(world: World, piece: Piece) -> None:
    """Apply ALTER DOMAIN."""
    node = piece.node
    schema, name = qualified(node["typeName"])
    draft = world.catalog.find_type(schema, name)
    if draft is None or draft.cls is not DomainType:
        raise Missing(f"domain {name}")
    change = node["subtype"]
    if change in ("C", "AD_AddConstraint"):
        constraint = node["def"]["Constraint"]
        _domain_constraint(world, piece, draft, constraint, piece.pos(constraint["location"]), None)
    elif change in ("O", "N", "AD_SetNotNull", "AD_DropNotNull"):
        draft.fields["nullable"] = change in ("N", "AD_DropNotNull")
    elif change in ("T", "AD_AlterDefault"):
        draft.fields.pop("default", None)
        if "def" in node:
            begin = skip_gap(piece.text, word_after(piece.text, 0, "set", "default"))
            end = expression_end(piece.text, begin)
            draft.fields["default"] = world.written(piece, begin, end, node["def"])
    elif change in ("X", "AD_DropConstraint"):
        _drop_domain_constraint(world, draft, node["name"])
    else:
        raise KeptVerbatim("it changes a domain in a way that has no record of its own")


def _drop_domain_constraint(world: World, domain: Draft, name: str) -> None:
    for draft in list(world.catalog.drafts.values()):
        if draft.parent is domain and draft.name == name:
            world.catalog.discard(draft)
            return
    raise Refused(f"the domain {domain.name} has no constraint {name}")


def create_composite(world: World, piece: Piece) -> None:
    """Import a CREATE TYPE … AS (…)."""
    node = piece.node
    target = node["typevar"]
    key = world.catalog.key(target.get("schemaname", ""), target["relname"])
    claim_relation(world, *key)
    draft = _new_type(world, piece, CompositeType, (target.get("schemaname", ""), target["relname"]))
    draft.fields["fields"] = tuple(composite_field(piece, each["ColumnDef"]) for each in node.get("coldeflist", ()))


def composite_field(piece: Piece, column: Node) -> CompositeField:
    """Return an attribute of a row type as it is written."""
    start = piece.pos(column["typeName"]["location"])
    collation = ""
    if "collClause" in column:
        after = word_after(piece.text, piece.pos(column["collClause"]["location"]), "collate")
        found = QUALIFIED.match(piece.text, skip_gap(piece.text, after))
        collation = found.group() if found else ""
    type_text = piece.text[start : type_end(piece.text, start)]
    return CompositeField(name=column.get("colname", ""), type=type_text, collation=collation)


def create_sequence(world: World, piece: Piece) -> None:
    """Import a CREATE SEQUENCE."""
    node = piece.node
    catalog = world.catalog
    target = node["sequence"]
    key = catalog.key(target.get("schemaname", ""), target["relname"])
    if node.get("if_not_exists") and key in catalog.relations:
        raise Skipped(f"there already is a {target['relname']}, and the statement says IF NOT EXISTS")
    claim_relation(world, *key)
    fields = _sequence_options(catalog, piece, node)
    draft = catalog.add(Sequence, key[1], catalog.home(target.get("schemaname", ""), piece.place()), piece.place())
    draft.fields = fields
    if target.get("relpersistence", "p") != "p":
        draft.extra["persistence"] = "unlogged" if target["relpersistence"] == "u" else "temporary"
    catalog.register(catalog.relations, key, draft)


def alter_sequence(world: World, piece: Piece) -> None:
    """Apply ALTER SEQUENCE."""
    node = piece.node
    target = node["sequence"]
    draft = world.catalog.range(target)
    if draft is None or draft.cls is not Sequence:
        if world.catalog.serial(target) is not None:
            raise KeptVerbatim("it changes the sequence behind a column, which has no record of its own")
        if node.get("missing_ok"):
            raise Skipped(f"there is no {target['relname']}, and the statement says IF EXISTS")
        raise Missing(f"sequence {target['relname']}", piece.pos(target["location"]))
    draft.fields.update(_sequence_options(world.catalog, piece, node))


_NUMBERS = {"start": "start", "increment": "increment", "minvalue": "minimum", "maxvalue": "maximum", "cache": "cache"}


def _sequence_options(catalog: Catalog, piece: Piece, node: Node) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for each in node.get("options", ()):
        option = each["DefElem"]
        name, value = option["defname"], option.get("arg", {})
        if name in _NUMBERS:
            fields[_NUMBERS[name]] = _number(value)
        elif name == "cycle":
            fields["cycle"] = value.get("Boolean", {}).get("boolval", False)
        elif name == "as":
            start = piece.pos(value["TypeName"]["location"])
            fields["type"] = piece.text[start : type_end(piece.text, start)]
        elif name == "owned_by":
            fields["owned_by"] = _owner(catalog, strings(value["List"]["items"]), piece, option)
        elif name == "restart":
            continue
        else:
            raise KeptVerbatim(f"the option {name} of a sequence has no field of its own")
    return fields


def _number(value: Node) -> int | None:
    if not value:
        return None
    return int(value["Float"]["fval"]) if "Float" in value else int(value["Integer"].get("ival", 0))


def _owner(catalog: Catalog, names: list[str], piece: Piece, option: Node) -> Draft | None:
    if names == ["none"]:
        return None
    at = piece.pos(option.get("location", piece.base))
    if len(names) < 2:
        raise Refused("OWNED BY takes table.column, or NONE", at)
    relation = catalog.find(names[-3] if len(names) > 2 else "", names[-2])
    if not isinstance(relation, Relation):
        raise Missing(f"table {names[-2]}", at)
    return column_of(relation, names[-1], at)
