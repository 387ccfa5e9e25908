"""Counting what a diagram format cannot say, so that the reader hears of it in one line a kind."""

from __future__ import annotations

from collections import Counter

from designer.schema import (
    Check,
    Column,
    CompositeType,
    DomainType,
    EnumType,
    Exclusion,
    Extension,
    ForeignKey,
    Index,
    Key,
    Partitioning,
    Policy,
    Publication,
    Record,
    Routine,
    Schema,
    Sequence,
    Statement,
    Table,
    Trigger,
    View,
)
from exporters.contract import Note
from exporters.selection import Selection

LOST_IN_A_PICTURE = (
    "not-null", "default", "generated", "identity", "collation", "column-option", "unique", "key-name", "key-option",
    "action", "fk-option", "table-option", "table-comment", "comment", "check", "exclusion", "index", "trigger",
    "policy", "partitioning", "inheritance", "view", "enum", "domain", "composite-type", "sequence", "routine",
    "extension", "publication", "statement", "governance",
)  # fmt: skip
"""What no picture of tables and lines has room for, in the order it is told."""

LOSSES: dict[str, tuple[str, str]] = {
    "not-null": ("NOT NULL column", "NOT NULL columns"),
    "default": ("default value", "default values"),
    "generated": ("generated column", "generated columns"),
    "identity": ("identity column", "identity columns"),
    "collation": ("column collation", "column collations"),
    "column-option": ("option of a column", "options of columns"),
    "governance": (
        "record with an owner, a classification, a retention or tags",
        "records with an owner, a classification, a retention or tags",
    ),
    "unique": ("unique key of several columns", "unique keys of several columns"),
    "key-name": ("key name", "key names"),
    "primary-name": ("name of a primary key of one column", "names of primary keys of one column"),
    "key-option": ("option of a key", "options of keys"),
    "action": ("referential action", "referential actions"),
    "index-option": ("detail of an index", "details of indexes"),
    "check-option": ("option of a check", "options of checks"),
    "fk-option": ("option of a foreign key", "options of foreign keys"),
    "table-option": ("option of a table", "options of tables"),
    "table-comment": ("table comment", "table comments"),
    "comment": ("comment on a type, key or constraint", "comments on types, keys and constraints"),
    "check": ("check constraint", "check constraints"),
    "exclusion": ("exclusion constraint", "exclusion constraints"),
    "index": ("index", "indexes"),
    "trigger": ("trigger", "triggers"),
    "policy": ("row security policy", "row security policies"),
    "partitioning": ("partitioning", "partitionings"),
    "inheritance": ("inheriting or partition table", "inheriting or partition tables"),
    "view": ("view", "views"),
    "enum": ("enumerated type", "enumerated types"),
    "domain": ("domain", "domains"),
    "composite-type": ("composite type", "composite types"),
    "sequence": ("sequence", "sequences"),
    "routine": ("routine", "routines"),
    "extension": ("extension", "extensions"),
    "publication": ("publication", "publications"),
    "statement": ("statement kept verbatim", "statements kept verbatim"),
}
"""Code -> what one of it is called, and several."""

_BY_KIND: dict[type[Record], str] = {
    Check: "check", Exclusion: "exclusion", Index: "index", Trigger: "trigger", Policy: "policy",
    Partitioning: "partitioning", View: "view", EnumType: "enum", DomainType: "domain",
    CompositeType: "composite-type", Sequence: "sequence", Routine: "routine", Extension: "extension",
    Publication: "publication", Statement: "statement",
}  # fmt: skip


def notes_on(selection: Selection, title: str, codes: tuple[str, ...]) -> list[Note]:
    """Return a note for each of `codes` that the selection has, with the number, for a format called `title`."""
    counted = tally(selection)
    return [
        Note(f"{title} cannot say: {counted[code]} {LOSSES[code][counted[code] != 1]}", code=f"no-{code}")
        for code in codes
        if counted[code]
    ]


def tally(selection: Selection) -> Counter[str]:
    """Return how many there are of each of `LOSSES` in a selection."""
    design = selection.design
    homes = (selection.model.id, *(schema.id for schema in design.of(Schema, selection.model.id)))
    top = [design[child] for home in homes for child in design.children(home)]
    counted = Counter(_code(record) for record in top)
    counted["comment"] = sum(1 for record in top if record.comment and not isinstance(record, Table))
    for _, table in selection.tables():
        counted.update(_of_table(table))
        for child in design.children(table.id):
            record = design[child]
            counted[_code(record)] += 1
            counted.update(_details(record))
    del counted[""]
    return counted


def _code(record: Record) -> str:
    return _BY_KIND.get(type(record), "")


def _of_table(table: Table) -> list[str]:
    options = (
        table.persistence, table.options, table.access_method, table.tablespace, table.row_security, *table.extra,
    )  # fmt: skip
    return [
        *(["inheritance"] if table.inherits or table.partition_of else ()),
        *(["table-comment"] if table.comment else ()),
        *(["governance"] if _is_governed(table) else ()),
        *("table-option" for option in options if option),
    ]


def _has_details(index: Index) -> bool:
    """Say whether an index is more than a method over columns and expressions in ascending order."""
    of_parts = any(part.desc or part.nulls or part.opclass or part.collation or part.length for part in index.parts)
    return bool(index.where or index.include or index.nulls_not_distinct or index.options or of_parts)


def _is_governed(record: Record) -> bool:
    return bool(record.owner or record.classification or record.pii or record.retention or record.tags)


def _details(record: Record) -> list[str]:
    match record:
        case Column():
            given = {
                "not-null": not record.nullable,
                "default": record.default is not None,
                "generated": record.generated is not None,
                "identity": bool(record.identity),
                "collation": bool(record.collation),
                "column-option": bool(
                    record.on_update
                    or record.storage
                    or record.compression
                    or record.not_null_name
                    or record.identity_options
                    or record.extra
                ),
            }
        case Key():
            given = {
                "unique": not record.primary and len(record.columns) > 1,
                "key-name": bool(record.name),
                "primary-name": bool(record.name) and record.primary and len(record.columns) == 1,
                "key-option": bool(
                    record.include or record.deferrable or record.nulls_not_distinct or record.without_overlaps
                    or record.parts or record.options
                ),
            }  # fmt: skip
        case Index():
            given = {"index-option": _has_details(record)}
        case Check():
            given = {"check-option": record.no_inherit or record.not_valid or record.not_enforced}
        case ForeignKey():
            given = {
                "action": bool(record.on_delete or record.on_update),
                "fk-option": bool(record.deferrable or record.match or record.not_valid or record.not_enforced),
            }
        case _:
            given = {}
    given["comment"] = bool(record.comment) and isinstance(record, ForeignKey | Check)
    given["governance"] = _is_governed(record)
    return [code for code, present in given.items() if present]
