"""Dotted names and the names of types, in one form."""

from __future__ import annotations

from typing import Any

Node = Any

HOMES = ("pg_catalog", "public")
"""Schemas that may be written or left out: the server writes one or the other, by its search_path."""
_ELEMENTS = frozenset({
    "bool", "int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar", "char", "name", "uuid",
    "date", "time", "timetz", "timestamp", "timestamptz", "interval", "bytea", "json", "jsonb", "xml", "oid", "inet",
    "cidr", "macaddr", "macaddr8", "bit", "varbit", "money", "point", "line", "lseg", "box", "path", "polygon",
    "circle", "tsvector", "tsquery", "record", "cstring", "regclass", "regtype", "regproc", "aclitem", "xid", "pg_lsn",
    "int4range", "int8range", "numrange", "tsrange", "tstzrange", "daterange", "int4multirange", "int8multirange",
    "nummultirange", "tsmultirange", "tstzmultirange", "datemultirange",
})  # fmt: skip
"""Built-in types whose arrays have the built-in name `_…`."""


def names(parts: list[Node]) -> list[str]:
    """Return a dotted name without the schemas that may be left out."""
    found = [each if isinstance(each, str) else each.get("String", {"sval": "*"}).get("sval", "") for each in parts]
    return found[1:] if len(found) > 1 and found[0] in HOMES else found


def type_node(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a TypeName in one form: built-in schemas left out, `_int4` as `int4[]`, arrays without their sizes."""
    if fields.get("names") and isinstance(fields["names"][0], dict):
        fields["names"] = names(fields["names"])
    word = (fields.get("names") or [""])[-1]
    if len(fields.get("names", ())) == 1 and word[:1] == "_" and word[1:] in _ELEMENTS:
        fields["names"], fields["arrayBounds"] = [word[1:]], 1
    if fields.get("typemod") == -1:
        del fields["typemod"]
    if fields.get("arrayBounds"):
        fields["arrayBounds"] = 1  # the server keeps neither sizes nor the number of dimensions
    return fields
