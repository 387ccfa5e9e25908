"""The types that are offered where people type one: each with usual arguments and a few words on what it holds.

`python -m designer.dialects.menus` writes `static/designer/doc/type_menus.js` anew; a test fails while the file is not
current.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from designer.dialects.extensions import EXTENSIONS

TARGET = Path(__file__).parents[2] / "static" / "designer" / "doc" / "type_menus.js"

Menu = tuple[tuple[str, str], ...]
"""(type as it is written, what it holds), the everyday ones first."""

_POSTGRESQL: Menu = (
    ("text", "text of any length"),
    ("varchar(255)", "text up to a length"),
    ("bigint", "whole number, 8 bytes"),
    ("integer", "whole number, 4 bytes"),
    ("boolean", "true or false"),
    ("timestamptz", "point in time, kept in UTC"),
    ("date", "day without a time"),
    ("numeric(10,2)", "exact number: digits, decimals"),
    ("uuid", "128-bit identifier"),
    ("jsonb", "JSON, parsed and indexable"),
    ("timestamp", "date and time without a zone"),
    ("smallint", "whole number, 2 bytes"),
    ("double precision", "floating point, 8 bytes"),
    ("real", "floating point, 4 bytes"),
    ("char(2)", "text of one length"),
    ("time", "time of day"),
    ("timetz", "time of day with an offset"),
    ("interval", "span of time"),
    ("bytea", "bytes"),
    ("text[]", "list of texts"),
    ("integer[]", "list of whole numbers"),
    ("json", "JSON, kept as it was written"),
    ("money", "amount in the server's currency"),
    ("inet", "IP address"),
    ("cidr", "IP network"),
    ("macaddr", "hardware address"),
    ("bit(8)", "string of bits"),
    ("varbit(64)", "string of bits up to a length"),
    ("xml", "XML document"),
    ("tsvector", "words for full text search"),
    ("tsquery", "search for words"),
    ("int4range", "range of whole numbers"),
    ("int8range", "range of large whole numbers"),
    ("numrange", "range of numbers"),
    ("daterange", "range of days"),
    ("tsrange", "range of date and time"),
    ("tstzrange", "range of points in time"),
    ("point", "point in a plane"),
    ("polygon", "closed shape in a plane"),
    ("serial", "counting number, 4 bytes"),
    ("bigserial", "counting number, 8 bytes"),
    ("smallserial", "counting number, 2 bytes"),
    ("oid", "identifier of an object of the server"),
    *(offered for extension in EXTENSIONS for offered in extension.types),
)

_MYSQL_FAMILY: Menu = (
    ("varchar(255)", "text up to a length"),
    ("bigint", "whole number, 8 bytes"),
    ("int", "whole number, 4 bytes"),
    ("tinyint(1)", "true or false, as 1 or 0"),
    ("datetime", "date and time without a zone"),
    ("datetime(6)", "date and time with microseconds"),
    ("timestamp", "point in time, kept in UTC, up to 2038"),
    ("date", "day without a time"),
    ("decimal(10,2)", "exact number: digits, decimals"),
    ("text", "text up to 64 kB"),
    ("json", "JSON document"),
    ("enum('a','b')", "one of a list of words"),
    ("set('a','b')", "some of a list of words"),
    ("bigint unsigned", "whole number from 0, 8 bytes"),
    ("int unsigned", "whole number from 0, 4 bytes"),
    ("smallint", "whole number, 2 bytes"),
    ("mediumint", "whole number, 3 bytes"),
    ("tinyint", "whole number, 1 byte"),
    ("double", "floating point, 8 bytes"),
    ("float", "floating point, 4 bytes"),
    ("char(36)", "text of one length"),
    ("mediumtext", "text up to 16 MB"),
    ("longtext", "text up to 4 GB"),
    ("tinytext", "text up to 255 bytes"),
    ("binary(16)", "bytes of one length"),
    ("varbinary(255)", "bytes up to a length"),
    ("blob", "bytes up to 64 kB"),
    ("mediumblob", "bytes up to 16 MB"),
    ("longblob", "bytes up to 4 GB"),
    ("time", "time of day, or a span of time"),
    ("year", "year"),
    ("bit(8)", "string of bits"),
    ("geometry", "any shape"),
    ("point", "place"),
    ("linestring", "line"),
    ("polygon", "closed shape"),
)

_MYSQL_OWN: Menu = (("vector(1536)", "embedding, from MySQL 9.0"),)

_MARIADB_OWN: Menu = (
    ("uuid", "128-bit identifier"),
    ("inet6", "IP address"),
    ("inet4", "IPv4 address"),
    ("vector(1536)", "embedding, from MariaDB 11.7"),
)

_SQLITE: Menu = (
    ("INTEGER", "whole number"),
    ("TEXT", "text"),
    ("REAL", "floating point"),
    ("NUMERIC", "number, kept as exactly as can be"),
    ("BLOB", "bytes"),
    ("BOOLEAN", "true or false, as 1 or 0"),
    ("DATE", "day, as text or number"),
    ("DATETIME", "date and time, as text or number"),
    ("VARCHAR(255)", "text; SQLite does not check the length"),
    ("DECIMAL(10,2)", "number; SQLite does not check the digits"),
    ("ANY", "any value, in STRICT tables"),
)

_LOGICAL: Menu = (
    ("string(255)", "text up to a length"),
    ("text", "text of any length"),
    ("integer", "whole number"),
    ("bigint", "large whole number"),
    ("boolean", "true or false"),
    ("date", "day without a time"),
    ("timestamp_tz", "point in time"),
    ("timestamp", "date and time without a zone"),
    ("decimal(10,2)", "exact number: digits, decimals"),
    ("uuid", "128-bit identifier"),
    ("money", "amount of money"),
    ("smallint", "small whole number"),
    ("double", "floating point number"),
    ("real", "floating point number of less precision"),
    ("char(2)", "text of one length"),
    ("time", "time of day"),
    ("interval", "span of time"),
    ("year", "year"),
    ("json", "JSON document"),
    ("xml", "XML document"),
    ("enum('a','b')", "one of a list of words"),
    ("set('a','b')", "some of a list of words"),
    ("blob", "bytes"),
    ("binary(16)", "bytes up to a length"),
    ("bits(8)", "string of bits"),
    ("inet", "IP address"),
    ("macaddr", "hardware address"),
    ("geometry", "shape or place"),
    ("vector(1536)", "embedding"),
)

MENUS: dict[str, Menu] = {
    "postgresql": _POSTGRESQL,
    "mysql": _MYSQL_FAMILY + _MYSQL_OWN,
    "mariadb": _MYSQL_FAMILY + _MARIADB_OWN,
    "sqlite": _SQLITE,
    "": _LOGICAL,
}
"""Dialect -> its menu; under the empty name the dialect-free types of `designer.dialects.logical`."""

_HEAD = """\
/**
 * The types that are offered where people type one: `[type, what it holds]`, the everyday ones first; under the empty
 * name the types of no database. Generated by `python -m designer.dialects.menus`; edit there.
 */
"""


def menus_module() -> str:
    """Return the text of `type_menus.js`."""
    parts = [f"  {json.dumps(name)}: [\n{_lines(menu)}  ],\n" for name, menu in MENUS.items()]
    declared = "/** @type {Record<string, [string, string][]>} */\nexport const TYPE_MENUS = {\n"
    return f"{_HEAD}\n{declared}{''.join(parts)}}};\n"


def _lines(menu: Menu) -> str:
    return "".join(f"    [{json.dumps(raw)}, {json.dumps(words)}],\n" for raw, words in menu)


def write() -> bool:
    """Write `type_menus.js` and say whether it was out of date."""
    text = menus_module()
    stale = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
    if stale:
        TARGET.write_text(text, encoding="utf-8")
    return stale


if __name__ == "__main__":
    sys.stderr.write("type_menus.js written\n" if write() else "type_menus.js is current\n")
