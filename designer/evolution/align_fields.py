"""A record of the new side in the words of the old one, field by field, as far as the two say the same."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any

import msgspec

from designer.change.change import field_names
from designer.compare.mysql.types import is_binary
from designer.compare.thing import Thing
from designer.schema import Column, Id, Record, kind_of
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
_KEPT = frozenset({
    "parent", "name", "extra", "origin", "owner", "classification", "pii", "retention", "tags", "order",
})  # fmt: skip
"""Fields that are settled elsewhere, or say nothing to a database."""
_UNCOMPARED = {"table": ("of_type", "replica_identity", "replica_index"), "column": ("statistics",)}
"""Fields that a comparison may not look at: the new side has the last word."""
SERIAL = ("type", "nullable", "default")
"""Words that a serial column says in one."""

Same = Callable[[Thing, Thing, str], bool]


def merged(old: Record, new: Record, one: Thing, two: Thing, same: Same, alive: Container[Id]) -> Record:
    """Return `new`, whose ids are those of the old side, with the fields of `old` wherever the two say the same.

    A reference to a record that is not `alive` on the new side is never taken over.
    """
    words = _words(old, one, two)
    changed = {word for word in words if not same(one, two, word)}
    if isinstance(old, Column) and not changed.isdisjoint(SERIAL) and _is_serial(old, new):
        changed.update(SERIAL)
    if "collation" in changed and any(is_binary(getattr(each, "type", "")) for each in (old, new)):
        changed.add("type")  # MySQL's attribute BINARY is a collation that stands in the type
    if isinstance(old, Column) and "type" in changed:
        changed.update(("default", "generated"))  # its words are of the other type: `''::text`
    if "identity" in changed:
        changed.add("identity options")
    fields = {name for word in changed for name in words[word]} | {
        *_UNCOMPARED.get(kind_of(old), ()),
        "parent",
        "order",
        "name",
    }
    fields |= {name for name, target in references(old) if name != "origin" and target not in alive}
    values: dict[str, Any] = {name: getattr(new, name) for name in fields if hasattr(new, name)}
    values["extra"] = _extra(old, new, changed)
    if all(getattr(old, name) == value for name, value in values.items()):
        return old
    return msgspec.structs.replace(old, **values)


def _words(old: Record, one: Thing, two: Thing) -> dict[str, tuple[str, ...]]:
    """Return the words in which two objects can differ, with the fields of each."""
    own = _FIELDS.get(kind_of(old), {})
    known = {name for names in own.values() for name in names} | _KEPT
    words: dict[str, tuple[str, ...]] = {
        name.replace("_", " "): (name,) for name in field_names(type(old)) if name not in known
    }
    return dict.fromkeys((*one.fields, *two.fields), ()) | words | own


def _extra(old: Record, new: Record, changed: set[str]) -> dict[str, str]:
    """Return the options of one dialect: those that changed from the new side, the rest from the old one."""
    keys = {**old.extra, **new.extra}
    words = changed | {"charset"} if "collation" in changed else changed  # the one is said by the other
    words = words | {"search path"} if changed else words  # under which the words of the new side are meant
    sides = {key: new.extra if key.replace("_", " ") in words else old.extra for key in keys}
    return {key: side[key] for key, side in sides.items() if key in side}


def _is_serial(old: Column, new: Record) -> bool:
    return any("serial" in each.type.lower() for each in (old, new) if isinstance(each, Column))
