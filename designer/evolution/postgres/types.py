"""Types of columns: whether two are one, and how values get from one to the other."""

from __future__ import annotations

import re

from designer.schema import Column, Id

_NAME = r'(?:"(?:[^"]|"")+"|[^\W\d][\w$]*)'
_PATH = re.compile(rf"\s*{_NAME}(?:\s*\.\s*{_NAME})*")
_SPACE = re.compile(r"\s+")
_SIZES = re.compile(r"\[\d*\]|\barray\b", re.IGNORECASE)
_ARGUMENTS = re.compile(r"\s*\(([^()]*)\)")
_ALIASES = {
    "int": "integer", "int4": "integer", "int8": "bigint", "int2": "smallint", "bool": "boolean",
    "float8": "double precision",
    "float": "double precision", "float4": "real", "decimal": "numeric", "dec": "numeric",
    "varchar": "character varying",
    "char varying": "character varying", "char": "character", "bpchar": "character",
    "timestamptz": "timestamp with time zone", "timestamp without time zone": "timestamp",
    "timetz": "time with time zone", "time without time zone": "time", "varbit": "bit varying",
    "nchar": "character", "national character": "character", "national character varying": "character varying",
}  # fmt: skip
SERIALS = {
    "smallserial": "smallint", "serial2": "smallint", "serial": "integer", "serial4": "integer",
    "bigserial": "bigint", "serial8": "bigint",
}  # fmt: skip
_INTEGERS = ("smallint", "integer", "bigint")
_NUMBERS = (*_INTEGERS, "numeric", "real", "double precision")
_TEXTS = ("text", "character varying", "character", "name", "citext")
_KINDRED = (
    frozenset(_NUMBERS), frozenset(_TEXTS), frozenset({"date", "timestamp", "timestamp with time zone"}),
    frozenset({"time", "time with time zone", "interval"}), frozenset({"json", "jsonb"}), frozenset({"inet", "cidr"}),
    frozenset({"bit", "bit varying"}), frozenset({"macaddr", "macaddr8"}), frozenset({"money", "numeric"}),
)  # fmt: skip
"""Types between which the server casts in an assignment. Anything becomes text."""
_CASTS = frozenset({
    ("boolean", "integer"), ("integer", "boolean"), ("integer", "bit"), ("bigint", "bit"), ("bit", "integer"),
    ("bit", "bigint"), ("jsonb", "boolean"), *(("jsonb", number) for number in _NUMBERS),
    ("timestamp", "time"), ("timestamp with time zone", "time"), ("timestamp with time zone", "time with time zone"),
})  # fmt: skip
"""Casts that have to be asked for."""


def family(raw: str) -> str:
    """Return a type without its length and precision, by its long name: `character varying` for `varchar(20)`."""
    return normal(_ARGUMENTS.sub("", raw))


def normal(raw: str) -> str:
    """Return the text of a type in one form: long names, one space, `[]` for an array of any size."""
    text = raw if '"' in raw else _SPACE.sub(" ", raw).strip().lower()
    text = text.removeprefix("pg_catalog.")
    arrays = len(_SIZES.findall(text)) > 0
    text = _SIZES.sub("", text).strip()
    found = _ARGUMENTS.search(text)
    arguments = f"({found[1].replace(' ', '')})" if found else ""
    bare = _SPACE.sub(" ", _ARGUMENTS.sub("", text, count=1)).strip() if found else text
    bare = _ALIASES.get(bare, bare)
    if (bare, arguments) in (("numeric", "(,0)"), ("character", "(1)"), ("bit", "(1)")):
        arguments = ""
    if bare == "numeric" and arguments.endswith(",0)"):
        arguments = arguments[:-3] + ")"
    return f"{bare}{arguments}{'[]' if arrays else ''}"


def type_state(column: Column) -> tuple[str | Id, ...]:
    """Return the type of a column, by id where it is one of the design."""
    if column.type_ref is None:
        return (normal(SERIALS.get(column.type.lower(), column.type)),)
    found = _PATH.match(column.type)
    rest = column.type[found.end() :] if found else ""
    return (column.type_ref, "[]" if _SIZES.search(rest) else rest.strip())


def same_family(old: Column, new: Column) -> bool:
    """Say whether two types differ at most in length or precision."""
    if (old.type_ref or new.type_ref) is not None:
        return type_state(old) == type_state(new)
    return family(old.type) == family(new.type)


def are_integers(old: Column, new: Column) -> bool:
    """Say whether both types are integers, which keys and foreign keys compare with one another."""
    return family(old.type) in _INTEGERS and family(new.type) in _INTEGERS


def conversion(name: str, old: Column, new: Column, written: str) -> str:
    """Return what USING must say, so that the values of a column become those of another type; empty for nothing."""
    if same_family(old, new):
        return ""
    before = "" if old.type_ref else family(old.type)
    after = "" if new.type_ref else family(new.type)
    array_before, array_after = _is_array(old), _is_array(new)
    if array_before != array_after:
        return _across_arrays(name, array_after, after, written)
    if after in _TEXTS or any(before in each and after in each for each in _KINDRED):
        return _unpacked(name) if before == "bytea" else ""
    if before == "bytea":
        return f"{_unpacked(name)}::{written}"
    if after == "bytea":
        return f"convert_to({name}::text, 'UTF8')"
    if before in _TEXTS or (before, after) in _CASTS:
        return f"{name}::{written}"
    if "boolean" in (before, after) and (before in _NUMBERS or after in _NUMBERS):
        return f"{name}::integer::{written}"
    if before in _INTEGERS and after.startswith("timestamp"):
        return f"to_timestamp({name})"
    if before.startswith("timestamp") and after in _NUMBERS:
        return f"extract(epoch FROM {name})::{written}"
    return f"{name}::text{'[]' if array_after else ''}::{written}"


def _unpacked(name: str) -> str:
    return f"convert_from({name}, 'UTF8')"


def _is_array(column: Column) -> bool:
    return bool(_SIZES.search(column.type))


def _across_arrays(name: str, to_array: bool, after: str, written: str) -> str:
    if after in ("json", "jsonb"):
        return f"to_{after}({name})"
    if to_array:
        return f"CASE WHEN {name} IS NOT NULL THEN ARRAY[{name}]::text[]::{written} END"
    if after in _TEXTS:
        return ""
    return f"({name})[1]::text::{written}"
