"""The list of record kinds, and what each field of each kind refers to.

This table is the only place that knows which fields hold ids and what happens to a record when what it refers to
goes away. The change algebra (here and, generated from here, in the browser) reads it and knows nothing else.
"""

from __future__ import annotations

from typing import Any

import msgspec

from designer.schema import conceptual as er
from designer.schema import diagrams as dia
from designer.schema import levels as lev
from designer.schema import relational as rel
from designer.schema.base import Record

RELATIONAL = (
    rel.Schema, rel.Table, rel.Column, rel.Key, rel.ForeignKey, rel.Check, rel.Exclusion, rel.Index, rel.EnumType,
    rel.DomainType, rel.CompositeType, rel.Sequence, rel.View, rel.Routine, rel.Trigger, rel.Policy,
    rel.Partitioning, rel.Extension, rel.Publication, rel.Statement,
)  # fmt: skip
CONCEPTUAL = (
    er.Entity, er.Attribute, er.Identifier, er.Relationship, er.Generalization, er.Dependency, er.Assessment, er.Domain,
    er.Term, er.AccessPattern,
)  # fmt: skip
LEVELS = (lev.Arc, lev.BusinessRule, lev.Derivation, lev.Choice, lev.Derived, lev.Deviation)
DIAGRAMS = (dia.Diagram, dia.Placement, dia.Area, dia.Note)
ALL = (dia.Model, *CONCEPTUAL, *RELATIONAL, *LEVELS, *DIAGRAMS)

KINDS: dict[str, type[Record]] = {str(cls.__struct_config__.tag): cls for cls in ALL}
RANK: dict[str, int] = {kind: rank for rank, kind in enumerate(KINDS)}
BOOKKEEPING_KINDS = frozenset({"derived"})
"""What Wholekey writes down for itself; nobody needs to read of it in a history, a diff or a review."""
PICTURE_KINDS = frozenset(str(cls.__struct_config__.tag) for cls in DIAGRAMS)


def kind_of(record: Record) -> str:
    """Return the kind of a record as it stands in the file: `table`, `foreign_key`."""
    return str(type(record).__struct_config__.tag)


CASCADE, FORGET = "cascade", "forget"
"""What a reference does when its target goes: CASCADE takes the record along (a foreign key whose column is gone is
gone too), FORGET only empties the field or takes the id out of the list."""

_COMMON = {"parent": ("id", CASCADE), "origin": ("id", FORGET)}

# kind -> field -> (shape, policy). Shapes: id, ids, expr, parts, ends: how ids are held in the field.
_OWN: dict[str, dict[str, tuple[str, str]]] = {
    "table": {
        "inherits": ("ids", FORGET),
        "partition_of": ("id", CASCADE),
        "of_type": ("id", FORGET),
        "replica_index": ("id", FORGET),
    },
    "column": {"type_ref": ("id", FORGET), "default": ("expr", FORGET), "generated": ("expr", FORGET)},
    "key": {"columns": ("ids", CASCADE), "include": ("ids", FORGET), "parts": ("parts", CASCADE)},
    "foreign_key": {
        "columns": ("ids", CASCADE),
        "ref_table": ("id", CASCADE),
        "ref_columns": ("ids", CASCADE),
        "on_delete_columns": ("ids", FORGET),
    },
    "check": {"expr": ("expr", CASCADE)},
    "exclusion": {"parts": ("parts", CASCADE), "include": ("ids", FORGET), "where": ("expr", CASCADE)},
    "index": {"parts": ("parts", CASCADE), "include": ("ids", FORGET), "where": ("expr", CASCADE)},
    "domain_type": {"type_ref": ("id", FORGET), "default": ("expr", FORGET)},
    "sequence": {"owned_by": ("id", FORGET)},
    "view": {"query": ("expr", FORGET), "depends_on": ("ids", FORGET)},
    "routine": {"text": ("expr", FORGET)},
    "trigger": {"text": ("expr", FORGET)},
    "policy": {"using": ("expr", FORGET), "with_check": ("expr", FORGET)},
    "partitioning": {"parts": ("parts", CASCADE)},
    "publication": {"text": ("expr", FORGET), "tables": ("ids", FORGET)},
    "statement": {"text": ("expr", FORGET)},
    "attribute": {"domain": ("id", FORGET)},
    "identifier": {"attributes": ("ids", CASCADE), "relationships": ("ids", FORGET)},
    "relationship": {"ends": ("ends", CASCADE)},
    "generalization": {
        "supertype": ("id", CASCADE),
        "subtypes": ("ids", FORGET),
        "discriminator": ("id", FORGET),
    },
    "dependency": {"determinant": ("ids", CASCADE), "dependent": ("ids", CASCADE)},
    "assessment": {"columns": ("ids", FORGET)},
    "term": {"elements": ("ids", FORGET)},
    "access_pattern": {"reads": ("ids", FORGET), "by": ("ids", FORGET)},
    "arc": {"relationships": ("ids", FORGET)},
    "business_rule": {"elements": ("ids", FORGET), "enforced_by": ("ids", FORGET)},
    "derivation": {"source": ("id", CASCADE)},
    "choice": {"element": ("id", CASCADE)},
    "deviation": {"kept_by": ("ids", FORGET), "sources": ("ids", FORGET)},
    "placement": {"element": ("id", CASCADE)},
}

REFERENCES: dict[str, dict[str, tuple[str, str]]] = {kind: {**_COMMON, **_OWN.get(kind, {})} for kind in KINDS}

PARENT_KINDS: dict[str, frozenset[str]] = {
    "model": frozenset(),
    "schema": frozenset({"model"}),
    "table": frozenset({"schema", "model"}),
    "column": frozenset({"table", "view"}),
    "key": frozenset({"table"}),
    "foreign_key": frozenset({"table"}),
    "check": frozenset({"table", "domain_type"}),
    "exclusion": frozenset({"table"}),
    "index": frozenset({"table", "view"}),
    "trigger": frozenset({"table", "view"}),
    "policy": frozenset({"table"}),
    "partitioning": frozenset({"table", "index"}),
    **dict.fromkeys(
        ("enum_type", "domain_type", "composite_type", "sequence", "view", "routine"), frozenset({"schema", "model"})
    ),
    "extension": frozenset({"model"}),
    "publication": frozenset({"model"}),
    "statement": frozenset({"model", "schema", "table", "view"}),
    "entity": frozenset({"model"}),
    "attribute": frozenset({"entity", "relationship", "attribute"}),
    "identifier": frozenset({"entity"}),
    "relationship": frozenset({"model"}),
    "generalization": frozenset({"model"}),
    "dependency": frozenset({"entity", "table"}),
    "assessment": frozenset({"entity", "table"}),
    "domain": frozenset({"model"}),
    "term": frozenset({"model"}),
    "access_pattern": frozenset({"model"}),
    "arc": frozenset({"entity"}),
    "business_rule": frozenset({"model"}),
    "derivation": frozenset({"model"}),
    "choice": frozenset({"derivation"}),
    "derived": frozenset({"derivation"}),
    "deviation": frozenset({"table", "column", "view", "entity", "attribute"}),
    "diagram": frozenset({"model"}),
    "placement": frozenset({"diagram"}),
    "area": frozenset({"diagram"}),
    "note": frozenset({"diagram"}),
}


def defaults_of(kind: str) -> dict[str, Any]:
    """Return field -> default value for a kind; fields without a default (`id`) are left out."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(KINDS[kind]):
        if field.default is not msgspec.NODEFAULT:
            found[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            found[field.name] = field.default_factory()
    return found
