"""SQLite 3."""

import re

from designer.dialects import features as can
from designer.dialects.base import Dialect, words
from designer.dialects.types import COMMON

_RESERVED = words("""
add all alter and as autoincrement between case cast check collate commit constraint create cross current_date
current_time current_timestamp default deferrable delete distinct drop else end escape except exists foreign from full
glob group having if in index indexed inner insert intersect into is isnull join left like limit match natural not
nothing notnull null offset on or order outer over primary raise references regexp returning right rowid select set
table then to transaction union unique update using values when where window with
""")
"""Key words that SQLite does not take back as names; and those that it does, but only in some places."""

_UUID = (
    "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-'"
    " || substr('89ab', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))"
)
"""A random identifier of version 4; SQLite has no function for one."""

DIALECT = Dialect(
    name="sqlite",
    title="SQLite",
    default_version="3",
    identifier_limit=0,
    other_quotes=(("`", "`"), ("[", "]"), ("'", "'")),
    folds="keep",
    bare_name=re.compile(r"^[A-Za-z_][A-Za-z0-9_$]*\Z"),
    reserved=_RESERVED,
    features=frozenset({
        can.DEFERRABLE_FOREIGN_KEYS, can.ANY_FOREIGN_KEY, can.PARTIAL_INDEXES, can.EXPRESSION_INDEXES,
        can.VIRTUAL_COLUMNS, can.SET_DEFAULT, can.EXPRESSION_DEFAULTS, can.UNTYPED_COLUMNS,
    }),
    words={
        "now": "CURRENT_TIMESTAMP", "now()": "CURRENT_TIMESTAMP", "today": "CURRENT_DATE", "true": "1", "false": "0",
        "large": "{}", "uuid": _UUID,
    },
    to_logical=COMMON | {"integer": "bigint", "real": "double", "datetime": "timestamp"},
    from_logical={
        "boolean": "boolean", "smallint": "smallint", "integer": "int", "bigint": "bigint",
        "smallserial": "integer", "serial": "integer", "bigserial": "integer",
        "decimal": "numeric", "decimal()": "numeric({})", "real": "real", "double": "real", "money": "numeric",
        "string": "text", "string()": "varchar({})", "char": "text", "char()": "char({})", "text": "text",
        "binary": "blob", "blob": "blob", "date": "date", "year": "integer", "time": "time", "time_tz": "text",
        "timestamp": "datetime", "timestamp_tz": "datetime", "interval": "text", "uuid": "text", "json": "text",
        "xml": "text", "enum": "text", "set": "text", "inet": "text", "macaddr": "text", "geometry": "blob",
        "bits": "blob", "vector": "blob", "tsvector": "text",
    },
    lossy={
        "string()": "SQLite takes texts of any length; the length is for reading only",
        "char()": "SQLite takes texts of any length; the length is for reading only",
        "decimal": "SQLite keeps fractions as floating point, exact to 15 digits",
        "decimal()": "SQLite keeps fractions as floating point, exact to 15 digits",
        "money": "SQLite keeps fractions as floating point, exact to 15 digits",
        "timestamp_tz": "SQLite keeps no time zone with a date and time; store UTC",
        "time_tz": "SQLite keeps no time zone with a time",
        "interval": "SQLite has no interval type; it is written as text",
        "geometry": "SQLite has no geometry type; it is written as blob",
        "bits": "SQLite has no bit strings; they are written as blob",
        "vector": "SQLite has no vector type; it is written as blob",
        "tsvector": "SQLite has no text search type; it is written as text",
    },
)  # fmt: skip
