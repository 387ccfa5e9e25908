"""What a server says to the types of a foreign key's columns and of those they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.commands.types_of import referring_type, types_fit
from designer.lint.subject import Subject
from designer.schema import Column, DomainType, ForeignKey

Pair = tuple[Column, Column]

_INTEGER = re.compile(r"^(tinyint|smallint|mediumint|int|integer|bigint|serial|bool|boolean)\b(.*)$", re.I | re.S)
_SAME = {"integer": "int", "serial": "bigint unsigned", "bool": "tinyint", "boolean": "tinyint"}
_BYTES = ("time", "timestamp", "timestamp_tz", "decimal", "binary", "uuid", "inet")
_STORED = {"date": "mediumint", "real": "float", "double": "double", **dict.fromkeys(_BYTES, "bytes")}
_INTEGERS = ("smallint", "integer", "bigint")
_LENGTH = re.compile(r"^(?:string|char|text)(?:\((\d+)\))?$")


def pairs(subject: Subject, key: ForeignKey) -> Iterator[Pair]:
    """Yield each column of a foreign key with the one it refers to, where both have a type that is understood."""
    for one, other in zip(key.columns, key.ref_columns, strict=False):
        column, ref = subject.design.get(one), subject.design.get(other)
        if not isinstance(column, Column) or not isinstance(ref, Column):
            continue
        if not any(_is_domain(subject, each) for each in (column, ref)):
            yield column, ref


def _is_domain(subject: Subject, column: Column) -> bool:
    return isinstance(subject.design.get(column.type_ref or ""), DomainType)


def refused(subject: Subject, pair: Pair) -> bool:
    """Say whether the server would not take the foreign key; tests/lint/test_servers.py asks them."""
    if subject.dialect.name == "sqlite" or any(_bare(column) in ("", "other") for column in pair):
        return subject.dialect.name == "postgresql" and not types_fit(*pair)
    return (_postgres_refuses if subject.dialect.name == "postgresql" else _inno_refuses)(*pair)


def _postgres_refuses(column: Column, ref: Column) -> bool:
    """Without an `=` between the types, the column's must have an implicit cast to the key's, and not the other way."""
    one, other = _bare(column), _bare(ref)
    if one == "decimal" and other in _INTEGERS:
        return True
    casts = (one in (*_INTEGERS, "decimal") and other in ("real", "double")) or (one, other) == ("time", "interval")
    return not casts and not types_fit(column, ref)


def _inno_refuses(column: Column, ref: Column) -> bool:
    """InnoDB compares how values are stored: integers by size and sign, a date as three bytes, much else as bytes."""
    first, second = _stored(column), _stored(ref)
    if first and second:
        return first != second
    return bool(first or second) or not types_fit(column, ref)


def _stored(column: Column) -> str:
    return _STORED.get(_bare(column), "") or _inno_integer(column)


def _inno_integer(column: Column) -> str:
    """Return an integer type without its display width, `bigint unsigned`; empty for any other type."""
    found = _INTEGER.match(column.type.strip())
    if found is None:
        return ""
    name = _SAME.get(found[1].lower(), found[1].lower())
    unsigned = "unsigned" in found[2].lower() or "zerofill" in found[2].lower()
    return f"{name} unsigned" if unsigned else name


def different(subject: Subject, pair: Pair) -> bool:
    """Say whether the server takes the foreign key although the types differ in more than their spelling."""
    column, ref = pair
    if refused(subject, pair):
        return False
    if subject.dialect.name == "sqlite":
        return not types_fit(column, ref)
    first, second = _bare(column), _bare(ref)
    if "" in (first, second) or "other" in (first, second):
        return False
    lengths = _LENGTH.match(column.logical), _LENGTH.match(ref.logical)
    if lengths[0] and lengths[1]:
        return _longest(lengths[0]) < _longest(lengths[1])
    return first != second


def _bare(column: Column) -> str:
    return referring_type(column.logical.split("(", 1)[0])


def _longest(found: re.Match[str]) -> float:
    return float(found[1]) if found[1] else 1.0 if found[0] == "char" else float("inf")


def told(subject: Subject, pair: Pair) -> str:
    """Return the two columns with their types, in words."""
    column, ref = pair
    return f"{subject.called(column)} is {column.type}, {subject.called(ref)} is {ref.type}"
