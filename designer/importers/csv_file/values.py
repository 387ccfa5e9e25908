"""The type that the values of a column have in common."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WHOLE = re.compile(r"[+-]?(?:0|[1-9]\d*)")
_DECIMAL = re.compile(r"[+-]?(?:0|[1-9]\d*)?\.\d+|[+-]?(?:0|[1-9]\d*)")
_FLOAT = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_DATE = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?")
_STAMP = re.compile(_DATE.pattern + r"[ T]" + _TIME.pattern)
_STAMP_TZ = re.compile(_STAMP.pattern + r"\s?(?:Z|[+-]\d\d(?::?\d\d)?)")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_BOOLEAN = frozenset({"true", "false", "yes", "no", "t", "f", "y", "n"})
_BLANKS = frozenset({"", "null", "\\n", "n/a"})
_INTEGER_DIGITS, _BIGINT_DIGITS, _DECIMAL_DIGITS = 9, 18, 38
_LENGTHS = (20, 50, 100, 255)


@dataclass(frozen=True, slots=True)
class Guess:
    """What the values of a column have in common: a logical type, whether some are blank, whether each comes once."""

    logical: str
    blank: bool
    unique: bool


def guess(values: Sequence[str]) -> Guess:
    """Return what values have in common. Columns without any value are text."""
    given = [value for value in values if value.lower() not in _BLANKS]
    blank = len(given) < len(values)
    unique = len(set(given)) == len(given) > 0
    if not given:
        return Guess("text", True, False)
    return Guess(next(found for test in _TESTS if (found := test(given))), blank, unique)


def _all(pattern: re.Pattern[str], values: Sequence[str]) -> bool:
    return all(pattern.fullmatch(value) for value in values)


def _whole(values: Sequence[str]) -> str:
    if not _all(_WHOLE, values):
        return ""
    longest = max(len(value.lstrip("+-")) for value in values)
    if longest > _BIGINT_DIGITS:
        return f"decimal({longest},0)" if longest <= _DECIMAL_DIGITS else ""
    return "integer" if longest <= _INTEGER_DIGITS else "bigint"


def _decimal(values: Sequence[str]) -> str:
    if not _all(_DECIMAL, values):
        return ""
    parts = [value.lstrip("+-").partition(".") for value in values]
    whole, scale = max(len(left) or 1 for left, _, _ in parts), max(len(right) for _, _, right in parts)
    return f"decimal({max(10, whole + scale)},{scale})" if whole + scale <= _DECIMAL_DIGITS else ""


def _text(values: Sequence[str]) -> str:
    longest = max(len(value) for value in values)
    return next((f"string({length})" for length in _LENGTHS if longest <= length), "text")


_TESTS: tuple[Callable[[Sequence[str]], str], ...] = (
    lambda values: "boolean" if all(value.lower() in _BOOLEAN for value in values) else "",
    _whole,
    _decimal,
    lambda values: "double" if _all(_FLOAT, values) and any("e" in value.lower() for value in values) else "",
    lambda values: "date" if _all(_DATE, values) else "",
    lambda values: "timestamp_tz" if _all(_STAMP_TZ, values) else "",
    lambda values: "timestamp" if _all(_STAMP, values) else "",
    lambda values: "time" if _all(_TIME, values) else "",
    lambda values: "uuid" if _all(_UUID, values) else "",
    lambda values: (
        "json" if all(value[:1] in "{[" and value[-1:] in "}]" and len(value) > 1 for value in values) else ""
    ),
    _text,
)
"""Tried in this order; the last one takes everything. Numbers with zeros in front are codes, so they are text."""
