"""Which types a foreign key can pair, and what a column needs that refers to another; as doc/commands/types_of.js."""

from __future__ import annotations

import re

from designer.schema import Column, Id

_SERIAL = {"smallserial": "smallint", "serial": "integer", "bigserial": "bigint", "serial2": "smallint",
           "serial4": "integer", "serial8": "bigint"}  # fmt: skip
_FAMILIES = (
    ("smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "decimal"),
    ("string", "char", "text"),
    ("timestamp", "timestamp_tz", "date"),
    ("real", "double"),
)


def referring_type(raw: str) -> str:
    """Return the raw type that a column needs which refers to one of type `raw`: a serial counts only in one place."""
    return _SERIAL.get(raw.lower(), raw)


def type_like(ref: Column) -> dict[str, str | Id | None]:
    """Return the fields that give a column the type of the one that it refers to."""
    return {
        "type": referring_type(ref.type),
        "logical": referring_type(ref.logical),
        "type_ref": ref.type_ref,
        "collation": ref.collation,
    }


def types_fit(one: Column, other: Column) -> bool:
    """Tell whether a foreign key can pair two columns, as far as their types are understood."""
    first, second = _family(one), _family(other)
    return not first or not second or first == second


def _family(column: Column) -> str:
    name = column.logical.split("(", 1)[0]
    if name in ("", "other"):
        return column.type_ref or ""
    found = re.search(r"(?:\[\])*$", column.logical)
    bare = re.sub(r"(?:\[\])+$", "", name)
    return next((each[0] for each in _FAMILIES if bare in each), bare) + (found.group() if found else "")
