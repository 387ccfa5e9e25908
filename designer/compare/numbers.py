"""The numbers of sequences and identity columns, without those that hold when nobody says them."""

from __future__ import annotations

import re

from designer.schema import Sequence

_BOUNDS = {"int2": 2**15, "int4": 2**31, "int8": 2**63}


def _bounds(kind: str, increment: int) -> tuple[int, int, int]:
    """Return minimum, maximum and start that hold for a sequence of a type when nobody says them."""
    limit = _BOUNDS.get(kind, 2**63)
    low, high = (1, limit - 1) if increment > 0 else (-limit, -1)
    return low, high, low if increment > 0 else high


def sequence_numbers(sequence: Sequence, kind: str) -> frozenset[tuple[str, int]]:
    """Return the numbers of a sequence of a type that are not the usual ones."""
    increment = sequence.increment or 1
    low, high, _ = _bounds(kind, increment)
    low = low if sequence.minimum is None else sequence.minimum
    high = high if sequence.maximum is None else sequence.maximum
    first = low if increment > 0 else high
    return _unusual(increment, low, high, sequence.start if sequence.start is not None else first,
                    sequence.cache or 1, kind)  # fmt: skip


def _unusual(increment: int, low: int, high: int, start: int, cache: int, kind: str) -> frozenset[tuple[str, int]]:
    usual_low, usual_high, _ = _bounds(kind, increment)
    said = {
        ("increment", increment, 1), ("minimum", low, usual_low), ("maximum", high, usual_high),
        ("start", start, low if increment > 0 else high), ("cache", cache, 1),
    }  # fmt: skip
    return frozenset((word, value) for word, value, usual in said if value != usual)


_SEQUENCE_WORDS = re.compile(
    r"\b(?:(START)\s+(?:WITH\s+)?|(INCREMENT)\s+(?:BY\s+)?|(MINVALUE)\s+|(MAXVALUE)\s+|(CACHE)\s+)(-?\d+)",
    re.IGNORECASE,
)


def sequence_options(written: str, column_type: str) -> frozenset[tuple[str, int]]:
    """Return the options of an identity column that are not the usual ones; the name of its sequence is not one."""
    said = {}
    for *words, number in _SEQUENCE_WORDS.findall(written):
        said["".join(words).lower()] = int(number)
    kind = {"smallint": "int2", "int2": "int2", "bigint": "int8", "int8": "int8"}.get(column_type.lower(), "int4")
    increment = said.get("increment", 1)
    usual_low, usual_high, _ = _bounds(kind, increment)
    low, high = said.get("minvalue", usual_low), said.get("maxvalue", usual_high)
    start = said.get("start", low if increment > 0 else high)
    found = _unusual(increment, low, high, start, said.get("cache", 1), kind)
    cycles = re.search(r"(?<!NO\s)\bCYCLE\b", written, re.IGNORECASE)
    return found | {("cycle", 1)} if cycles else found
