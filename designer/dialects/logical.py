"""Raw type text to dialect-free words and back.

The vocabulary: boolean, smallint, integer, bigint, smallserial, serial, bigserial, decimal(p,s), real, double, money,
string(n), char(n), text, binary(n), blob, date, year, time(p), time_tz(p), timestamp(p), timestamp_tz(p), interval,
uuid, json, xml, enum('a','b'), set('a','b'), inet, macaddr, geometry, bits(n), vector(n), tsvector, and
`other(raw text)` for all else. `[]` after any of them, once per dimension, is an array.
"""

from __future__ import annotations

import re
from functools import lru_cache

from designer.dialects.base import Dialect

_SHAPE = re.compile(
    r"""^(?P<name>[a-z_][\w$]*(?:\s+(?:varying|precision|varchar|varbinary|char|character|large\s+object))*)
        \s*(?:\((?P<args>(?>(?:'(?>(?:[^'\\]|\\.)*)'|[^()'])*))\))?
        (?P<tail>(?:\s+[a-z_][\w$]*|\s*\(\d+\)|\s+"[^"]+")*)$""",
    re.IGNORECASE | re.VERBOSE,
)
_ARRAY = re.compile(r"\s*(?:\[\s*\d*\s*\]|\barray\b)$", re.IGNORECASE)
_ZONE = re.compile(r"^(with|without)\s+(?:local\s+)?time\s+zone$", re.IGNORECASE)
_LOGICAL = re.compile(r"^([a-z_]+)(?:\((.*)\))?$", re.DOTALL)
_SPACES = re.compile(r"\s+")
_WITHOUT_ARGUMENTS = frozenset({
    "boolean", "smallint", "integer", "bigint", "smallserial", "serial", "bigserial", "real", "double", "text", "blob",
    "date", "year", "uuid", "json", "xml", "inet", "macaddr", "geometry", "tsvector", "money", "interval",
})  # fmt: skip
"""Arguments of these say how to print (`int(11)`), or are left to the raw text."""
_LITERAL_ARGUMENTS = ("enum", "set")
_SINGLE_PRECISION_BITS = 24


@lru_cache(maxsize=8_192)
def logical_type(raw: str, dialect: Dialect) -> str:
    """Return the meaning of a raw type of `dialect`: `character varying(255)` -> `string(255)`.

    What has no dialect-free meaning, for example a domain or a range, is `other(raw)`, as written.
    """
    element, dimensions = _without_brackets(raw.strip())
    shape = _SHAPE.match(element.removeprefix("pg_catalog."))
    meaning = _meaning(shape, dialect) if shape else None
    return (meaning or f"other({element})") + "[]" * dimensions


def _without_brackets(raw: str) -> tuple[str, int]:
    dimensions = 0
    while found := _ARRAY.search(raw):
        dimensions += found.group().strip().lower() != "array" or not dimensions
        raw = raw[: found.start()]
    return raw, dimensions


def _meaning(shape: re.Match[str], dialect: Dialect) -> str | None:
    name = _SPACES.sub(" ", shape["name"].lower())
    args = (shape["args"] or "").strip()
    zone = _ZONE.match(shape["tail"].strip())
    if zone:
        name = f"{name} {zone.group(1).lower()} time zone"
    known = dialect.to_logical.get(f"{name}({args})") or dialect.to_logical.get(name)
    if known is None:
        return None
    if name == "float" and args.isdigit():
        return "real" if int(args) <= _SINGLE_PRECISION_BITS else "double"
    if not args or known in _WITHOUT_ARGUMENTS:
        return known
    return f"{known}({args if known in _LITERAL_ARGUMENTS else _SPACES.sub('', args)})"


@lru_cache(maxsize=8_192)
def raw_type(logical: str, dialect: Dialect) -> tuple[str, str | None]:
    """Return the raw type of `dialect` for a logical one, and a note on what it does not keep, or None.

    For example `timestamp_tz` is `datetime` in MySQL, without the time zone. `other(x)` comes back as `x` with a note.
    """
    element = logical.rstrip("[]")
    dimensions = (len(logical) - len(element)) // 2
    raw, note = _raw_element(element, dialect)
    if not dimensions:
        return raw, note
    if dialect.supports("arrays"):
        return raw + "[]" * dimensions, note
    return dialect.from_logical["json"], f"{dialect.title} has no arrays; {logical} is written as JSON"


def _raw_element(logical: str, dialect: Dialect) -> tuple[str, str | None]:
    found = _LOGICAL.match(logical)
    name, args = (found.group(1), found.group(2)) if found else ("other", logical)
    if name == "other" and not args:
        return dialect.from_logical["text"], "the column has no type; it is written as text"
    if name == "other" or name not in dialect.from_logical:
        return args or logical, f"{dialect.title} may not know the type {args or logical}; it is written as it is"
    note = dialect.lossy.get(f"{name}()") if args else None
    note = note or dialect.lossy.get(name)
    template = dialect.from_logical.get(f"{name}()") if args else None
    if template is not None:
        return template.replace("{}", args or ""), note
    return dialect.from_logical[name], note
