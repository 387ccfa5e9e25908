"""What a change of type does to the rows: nothing, a scan, or every row written anew."""

from __future__ import annotations

import re

from designer.evolution.contract import Work
from designer.schema import Column

_TYPE = re.compile(
    r"\s*([a-z_][\w ]*?)\s*(?:\(\s*([\d ,-]+?)\s*\))?\s*((?:with(?:out)? time zone)?)\s*((?:\[\s*\d*\s*\])*)\s*$",
    re.IGNORECASE,
)
_SAME = {
    "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "character varying": "varchar",
    "bpchar": "character", "char": "character", "decimal": "numeric", "bool": "boolean", "float8": "double precision",
    "float4": "real", "timestamptz": "timestamp with time zone", "timetz": "time with time zone",
}  # fmt: skip
_INTEGERS = {"tinyint": 1, "smallint": 2, "mediumint": 3, "integer": 4, "bigint": 8}


def taken_apart(raw: str) -> tuple[str, tuple[int, ...], str]:
    """Return a type's name in one spelling, its numbers, and its array brackets."""
    found = _TYPE.match(raw)
    if found is None:
        return raw.strip().lower(), (), ""
    name = " ".join(f"{found.group(1)} {found.group(3)}".lower().split())
    numbers = tuple(int(each) for each in re.findall(r"-?\d+", found.group(2) or ""))
    return _SAME.get(name, name), numbers, found.group(4).replace(" ", "")


def rewrites(old: Column, new: Column, dialect: str) -> Work:
    """Return what changing the type of a column does to the rows.

    PostgreSQL keeps the rows where the new type is the old one with a looser limit, or text for varchar; an index over
    text whose collation changes is built anew. MySQL keeps them where a varchar grows on the same side of 256 bytes.
    """
    if old.type_ref != new.type_ref:
        return Work.REWRITE
    one, two = taken_apart(old.type), taken_apart(new.type)
    if one[2] != two[2]:
        return Work.REWRITE
    if dialect == "postgresql":
        return _postgres(one, two)
    return _mysql(one, two)


def _postgres(one: tuple[str, tuple[int, ...], str], two: tuple[str, tuple[int, ...], str]) -> Work:
    (a, m, _), (b, n, _) = one, two
    if (a, m) == (b, n):
        return Work.NONE
    if a in ("varchar", "text") and b in ("varchar", "text"):
        return Work.NONE if not n or (m and n[0] >= m[0]) else Work.SCAN
    if a == b and a in ("varbit", "bit varying"):
        return Work.NONE if not n or (m and n[0] >= m[0]) else Work.SCAN
    if a == b == "numeric":
        return Work.NONE if not n or (len(m) == len(n) and m[1:] == n[1:] and n[0] >= m[0]) else Work.REWRITE
    if a == b and a.startswith(("time", "interval")):
        return Work.NONE if not n or (m and n[0] >= m[0]) else Work.REWRITE
    if {a, b} == {"cidr", "inet"}:
        return Work.NONE if b == "inet" else Work.REWRITE
    return Work.REWRITE


def _mysql(one: tuple[str, tuple[int, ...], str], two: tuple[str, tuple[int, ...], str]) -> Work:
    (a, m, _), (b, n, _) = one, two
    if (a, m) == (b, n) or (a == b and a in _INTEGERS):
        return Work.NONE
    if a == b == "varchar" and m and n and n[0] >= m[0] and (4 * m[0] > 255) == (4 * n[0] > 255):  # utf8mb4
        return Work.NONE
    if _extends(a, b):
        return Work.NONE if _bytes(a) == _bytes(b) else Work.REWRITE
    return Work.REWRITE


def _extends(old: str, new: str) -> bool:
    """Say whether an ENUM or SET of MySQL only gets members behind those that it has."""
    return old.startswith(("enum(", "set(")) and new.startswith(old.removesuffix(")") + ",")


def _bytes(raw: str) -> int:
    """Return how many bytes a value of an ENUM or SET takes."""
    members = len(re.findall(r"'(?:[^']|'')*'", raw))
    if raw.startswith("enum("):
        return 1 if members < 256 else 2
    return (members + 7) // 8 if members <= 32 else 8
