"""Logical types as people write them, made into types that the target surely takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from designer.dialects.base import Dialect
from designer.dialects.logical import logical_type
from designer.dialects.menus import MENUS
from designer.dialects.registry import get
from designer.dialects.types import COMMON
from designer.levels.reading.counting import SERIAL

USUAL = "string(255)"
"""What has no type is."""
NUMBERS = frozenset({"smallint", "integer", "bigint", "decimal", "real", "double", "money", "year"})
TEXTS = frozenset({"string", "char", "text"})

_SHAPE = re.compile(r"^\s*([^()\[\]]*?)\s*(?:\((.*)\))?\s*((?:\[\s*\d*\s*\]\s*)*)$", re.DOTALL)
_NUMBERS = re.compile(r"^\s*\d{1,9}(\s*,\s*\d{1,9})?\s*$")
_LITERALS = re.compile(r"'((?:[^']|'')*)'|\"((?:[^\"]|\"\")*)\"|([^\s,'\"][^,]*)")
_SAID = {
    "str": "string", "int": "integer", "number": "decimal", "long": "bigint", "short": "smallint", "byte": "smallint",
    "whole number": "integer", "counter": "integer", "amount": "decimal(19,2)", "currency": "decimal(19,2)",
    "percentage": "decimal(7,4)", "percent": "decimal(7,4)", "yes/no": "boolean", "flag": "boolean",
    "logical": "boolean", "long text": "text", "memo": "text", "note": "text", "short text": "string",
    "name": "string(255)", "date time": "timestamp", "date/time": "timestamp", "time stamp": "timestamp",
    "instant": "timestamp_tz", "datetimeoffset": "timestamp_tz", "email": "string(254)", "e-mail": "string(254)",
    "phone": "string(32)", "url": "string(2048)", "uri": "string(2048)", "guid": "uuid", "image": "blob",
    "file": "blob", "bytes": "blob", "duration": "interval", "object": "json", "autonumber": "serial",
    "identity": "serial", "country code": "char(2)", "currency code": "char(3)", "ip address": "inet", "ip": "inet",
}  # fmt: skip
_VOCABULARY = frozenset({*COMMON.values(), "other"})
_LENGTH = {
    ("string", "postgresql"): 10_485_760, ("char", "postgresql"): 10_485_760, ("bits", "postgresql"): 83_886_080,
    ("string", "mysql"): 16_383, ("char", "mysql"): 255, ("binary", "mysql"): 65_532, ("bits", "mysql"): 64,
    ("vector", "postgresql"): 16_000,
}  # fmt: skip
_LONGER = {"string": "text", "char": "string", "binary": "blob", "bits": "blob"}
_DIGITS = {"postgresql": (1000, 1000), "mysql": (65, 30)}
_FRACTION = 6  # digits of a second that servers keep
_TIMES = frozenset({"time", "time_tz", "timestamp", "timestamp_tz"})
_KEY_LENGTH = 768  # characters of four bytes that a key of InnoDB holds
_KEYED = {"text": USUAL, "blob": "binary(255)", "json": USUAL, "xml": USUAL, "geometry": "binary(255)"}
"""What stands in a key of MySQL instead of a type that cannot."""

Remark = tuple[str, str]
"""Code and text of a note; the text begins behind the name of the attribute: `has no type; …`."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A logical type that the target takes.

    `counts`: the database counts it up. `listed`: the values of an inline enum; the type is then that of its values.
    """

    logical: str
    counts: bool = False
    listed: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


def base_of(logical: str) -> str:
    """Return a logical type without arguments: `decimal(10,2)` -> `decimal`; of an array, an empty text."""
    return "" if logical.endswith("]") else logical.partition("(")[0]


def family_of(dialect: Dialect) -> str:
    """Return the name of a dialect; MariaDB goes with MySQL."""
    return "mysql" if dialect.name == "mariadb" else dialect.name


@lru_cache(maxsize=8_192)
def meant(written: str, dialect: Dialect, *, keyed: bool = False) -> Meant:
    """Return the type that somebody meant. What nobody can mean is text, with a remark.

    `keyed`: it stands in a key or an index.
    """
    if not written.strip():
        return Meant(USUAL, remarks=(("no-type", "has no type; it is written as text of up to 255 characters"),))
    shape = _SHAPE.match(written)
    arrays = "[]" * shape[3].count("[") if shape else ""
    known = _known(shape, written, dialect)
    if not known:
        shown = " ".join(written.split())[:40]
        remark = ("unknown-type", f"has the type {shown}, which {dialect.title} does not know; it is written as text")
        return Meant(USUAL + arrays, remarks=(remark,))
    element, _, rest = known.partition("(")
    args = rest.removesuffix(")")
    if element in ("enum", "set"):
        return _listed(element, args, arrays, dialect)
    fitted, remarks = _fitted(SERIAL.get(element, element), args, dialect)
    if keyed and not arrays and family_of(dialect) == "mysql":
        fitted, more = _for_key(fitted)
        remarks = (*remarks, *more)
    return Meant(fitted + arrays, counts=element in SERIAL and not arrays, remarks=remarks)


def _known(shape: re.Match[str] | None, written: str, dialect: Dialect) -> str:
    """Return a type in words of the vocabulary, with its arguments; an empty text where nobody knows it."""
    if shape is None:
        meaning = logical_type(written.strip(), get("postgresql"))
        return "" if meaning.startswith("other(") else meaning
    name, args = " ".join(shape[1].lower().split()), shape[2]
    if name == "other" or name not in _VOCABULARY | _SAID.keys() | COMMON.keys():
        raw = (args or "") if name == "other" else name + (f"({args})" if args else "")
        return f"other({raw})" if _is_own(raw, dialect) else ""
    found = name if name in _VOCABULARY else _SAID.get(name) or COMMON[name]
    takes = args is not None and "(" not in found and (found in ("enum", "set") or _NUMBERS.match(args))
    return f"{found}({args})" if takes else found


def _is_own(raw: str, dialect: Dialect) -> bool:
    """Say whether a raw type is one that the target has without extensions, as its menu says."""
    own = {each.partition("(")[0].lower() for each, _ in MENUS[dialect.name]}
    name, _, args = raw.lower().partition("(")
    return name.strip() in own and (not args or bool(_NUMBERS.match(args.removesuffix(")"))))


def _listed(element: str, args: str, arrays: str, dialect: Dialect) -> Meant:
    """Return an inline list of values as text of which the values are known, or as the SET of MySQL."""
    values = tuple(dict.fromkeys(value.replace("\0", "") for value in _literals(args)))
    if element == "enum":
        return Meant(USUAL + arrays, listed=values)
    if family_of(dialect) != "mysql" or not values or len(values) > 64 or any("," in value for value in values):
        return Meant(f"{USUAL}[]")
    return Meant(f"set({','.join(map(dialect.literal, values))})")


def _literals(args: str) -> Iterator[str]:
    for single, double, bare in _LITERALS.findall(args):
        yield single.replace("''", "'") or double.replace('""', '"') or bare.strip()


def _fitted(element: str, args: str, dialect: Dialect) -> tuple[str, tuple[Remark, ...]]:
    """Return a type with arguments that the target takes, and what was changed."""
    if not args or element == "other":
        return (f"other({args})" if element == "other" else element), ()
    numbers = [int(part) for part in args.split(",")]
    fitted = _with_numbers(element, numbers, family_of(dialect))
    if fitted == f"{element}({','.join(map(str, numbers))})":
        return fitted, ()
    return fitted, (("type-fitted", f"is {element}({args}), which {dialect.title} has not; it is written as {fitted}"),)


def _with_numbers(element: str, numbers: list[int], family: str) -> str:
    if element == "decimal":
        digits, decimals = _DIGITS.get(family, (1000, 1000))
        precision = min(max(numbers[0], 1), digits)
        scale = min(numbers[1], decimals, precision) if len(numbers) > 1 else None
        return f"decimal({precision})" if scale is None else f"decimal({precision},{scale})"
    if element in _TIMES:
        return f"{element}({min(numbers[0], _FRACTION)})"
    if element not in ("string", "char", "binary", "bits", "vector"):
        return element
    length = max(numbers[0], 1)
    if length <= _LENGTH.get((element, family), length):
        return f"{element}({length})"
    longer = _LONGER.get(element, "json")
    return _with_numbers(longer, [length], family) if longer == "string" else longer


def _for_key(logical: str) -> tuple[str, tuple[Remark, ...]]:
    """Return what stands in a key of InnoDB, which takes 3,072 bytes."""
    element, _, rest = logical.partition("(")
    length = int(rest[:-1]) if element in ("string", "binary") and rest else 0
    if element not in _KEYED and length <= _KEY_LENGTH:
        return logical, ()
    shorter = _KEYED.get(element) or f"{element}({_KEY_LENGTH})"
    return shorter, (("key-shortened", f"stands in a key, which holds no {logical} there; it is written as {shorter}"),)
