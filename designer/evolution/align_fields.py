"""A record of the new side in the words of the old one, field by field, as far as the two say the same."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

import msgspec

from designer.change.change import field_names
from designer.compare.thing import Thing
from designer.schema import Column, Id, Named, Record, kind_of
from designer.schema.references import references

_FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "table": {
        "columns": (), "parents": ("inherits",), "partition of": ("partition_of",), "bound": ("partition_bound",),
        "forced row security": ("force_row_security",), "replica identity": ("replica_identity", "replica_index"),
    },
    "column": {
        "type": ("type", "logical", "type_ref"), "name of NOT NULL": ("not_null_name",),
    },
    "key": {"included columns": ("include",), "NULLS NOT DISTINCT": ("nulls_not_distinct",),
            "WITHOUT OVERLAPS": ("without_overlaps",)},
    "foreign_key": {
        "referred table": ("ref_table", "missing_table"), "referred columns": ("ref_columns", "missing_columns"),
        "ON DELETE": ("on_delete",), "ON UPDATE": ("on_update",), "columns to set": ("on_delete_columns",),
        "PERIOD": ("period",),
    },
    "check": {"condition": ("expr",), "NO INHERIT": ("no_inherit",)},
    "exclusion": {"included columns": ("include",), "predicate": ("where",)},
    "index": {"included columns": ("include",), "predicate": ("where",), "NULLS NOT DISTINCT": ("nulls_not_distinct",)},
    "domain_type": {"type": ("type", "type_ref")},
    "sequence": {"numbers": ("start", "increment", "minimum", "maximum", "cache"), "owner": ("owned_by",)},
    "view": {"query": ("query", "columns", "recursive", "depends_on"), "options": ("options", "check_option")},
    "routine": {"definition": ("text", "signature", "routine_kind")},
    "trigger": {"definition": ("text",)},
    "policy": {"USING": ("using",), "WITH CHECK": ("with_check",)},
    "partitioning": {"partitions": ("text",)},
    "publication": {"definition": ("text", "tables")},
    "statement": {"definition": ("text",)},
}  # fmt: skip
"""Kind -> word of a comparison -> fields, where they are not called the same."""
_UNSAID = {
    "index": ("only",), "view": ("with_data",), "statement": ("dialect", "phase", "reason", "line"),
}  # fmt: skip
"""Fields that say nothing about a database that is there."""
_GOVERNANCE = ("origin", "owner", "classification", "pii", "retention", "tags", "order")
_SERIAL = ("type", "nullable", "default")
"""Words that a serial column says in one."""

Same = Callable[[Thing, Thing, str], bool]


def merged(old: Record, new: Record, one: Thing, two: Thing, same: Same, alive: Container[Id]) -> Record:
    """Return `new`, whose ids are those of the old side, with the fields of `old` wherever the two say the same.

    A reference to a record that is not `alive` on the new side is never taken over.
    """
    words = _words(old, one, two)
    changed = {word for word in words if not same(one, two, word)}
    if isinstance(old, Column) and not changed.isdisjoint(_SERIAL) and _is_serial(old, new):
        changed.update(_SERIAL)
    fields = {name for word in changed for name in words[word]} | _uncovered(old, words)
    fields |= {name for name, target in references(old) if name not in ("parent", "origin") and target not in alive}
    values = {name: getattr(new, name) for name in fields if getattr(new, name) != getattr(old, name)}
    extra = _extra(old, new, changed)
    if extra != old.extra:
        values["extra"] = extra
    return msgspec.structs.replace(old, **values, **_place(old, new, alive)) if values else _placed(old, new, alive)


def _placed(old: Record, new: Record, alive: Container[Id]) -> Record:
    place = _place(old, new, alive)
    moved = any(getattr(old, name) != value for name, value in place.items())
    return msgspec.structs.replace(old, **place) if moved else old


def _place(old: Record, new: Record, alive: Container[Id]) -> dict[str, Any]:
    """Return what a record is called and belongs to; a name that one side leaves to the server is the other's."""
    place: dict[str, Any] = {"parent": new.parent}
    if isinstance(old, Named) and isinstance(new, Named):
        place["name"] = new.name
    return place


def _words(old: Record, one: Thing, two: Thing) -> dict[str, tuple[str, ...]]:
    """Return the words in which two objects can differ, with the fields of each."""
    own = _FIELDS.get(kind_of(old), {})
    known = {name for names in own.values() for name in names}
    words = {
        name.replace("_", " "): (name,) for name in field_names(type(old)) if name not in known and name not in _KEPT
    }
    words |= own
    for word in {**one.fields, **two.fields}:
        words.setdefault(word, ())
    return words


_KEPT = frozenset({"parent", "name", "extra", *_GOVERNANCE})


def _uncovered(old: Record, words: dict[str, tuple[str, ...]]) -> set[str]:
    """Return the fields that no word of a comparison stands for."""
    unsaid = (*_UNSAID.get(kind_of(old), ()), *_KEPT)
    return {name for name in field_names(type(old)) if name in _UNCOMPARED.get(kind_of(old), ()) and name not in unsaid}


_UNCOMPARED = {"table": ("of_type", "replica_identity", "replica_index"), "column": ("statistics",)}


def _extra(old: Record, new: Record, changed: set[str]) -> dict[str, str]:
    """Return the options of one dialect: those that changed from the new side, the rest from the old one."""
    keys = {**old.extra, **new.extra}
    sides = {key: new.extra if key.replace("_", " ") in changed else old.extra for key in keys}
    return {key: side[key] for key, side in sides.items() if key in side}


def _is_serial(old: Column, new: Record) -> bool:
    return any("serial" in each.type.lower() for each in (old, new) if isinstance(each, Column))
