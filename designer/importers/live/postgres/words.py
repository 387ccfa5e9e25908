"""Names, literals and option lists as pg_dump writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from designer.dialects.base import words

Row = dict[str, Any]

_BARE = re.compile(r"[a-z_][a-z0-9_]*\Z")
_KEYWORDS = words("""
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast
    char character check coalesce collate collation column concurrently constraint create cross current_catalog
    current_date current_role current_schema current_time current_timestamp current_user dec decimal default deferrable
    desc distinct do else end except exists extract false fetch float for foreign freeze from full grant greatest group
    grouping having ilike in initially inner inout int integer intersect interval into is isnull join json json_array
    json_arrayagg json_exists json_object json_objectagg json_query json_scalar json_serialize json_table json_value
    lateral leading least left like limit localtime localtimestamp merge_action national natural nchar none normalize
    not notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision
    primary real references returning right row select session_user setof similar smallint some substring symmetric
    system_user table tablesample then time timestamp to trailing treat trim true union unique user using values varchar
    variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces
    xmlparse xmlpi xmlroot xmlserialize xmltable
""")
"""Every keyword of PostgreSQL 18 that is not free to be any name."""


@lru_cache(maxsize=50_000)
def name(text: str) -> str:
    """Return a name with quotes where it needs them."""
    if _BARE.match(text) and text not in _KEYWORDS:
        return text
    return '"' + text.replace('"', '""') + '"'


def qualified(row: Row) -> str:
    """Return the name of what a row tells, with its schema."""
    return f"{name(row['schema'])}.{name(row['name'])}"


def names(texts: Iterable[str]) -> str:
    return ", ".join(map(name, texts))


def literal(text: str) -> str:
    """Return a string literal; a backslash is a letter like any other."""
    return "'" + text.replace("'", "''") + "'"


_TAIL = "_XXXXXXX"


def dollar_quoted(text: str) -> str:
    """Return a text between dollar signs, with the shortest tag of pg_dump's row that the text does not hold."""
    mark, at = "$", 0
    while mark in text:
        mark += _TAIL[at % 7]
        at += 1
    return f"{mark}${text}{mark}$"


def options(pairs: Sequence[str], prefix: str = "") -> list[str]:
    """Return storage options (`fillfactor=70`) as they stand between parentheses: `fillfactor='70'`."""
    written = []
    for pair in pairs:
        key, _, value = pair.partition("=")
        shown = value if _BARE.match(value) and value not in _KEYWORDS else literal(value)
        written.append(f"{prefix}{name(key)}={shown}")
    return written


def in_parentheses(head: str, parts: Sequence[str]) -> str:
    """Return ` WITH (a, b)`, or nothing where there are no parts."""
    return f"{head} ({', '.join(parts)})" if parts else ""


def generic_options(pairs: Sequence[str]) -> str:
    """Return ` OPTIONS (name 'value', …)` of foreign objects, one a line."""
    parts = [pair.partition("=") for pair in pairs]
    written = [f"{name(key)} {literal(value)}" for key, _, value in parts]
    return " OPTIONS (\n    " + ",\n    ".join(written) + "\n)" if written else ""
