"""Which defaults give each row a value of its own."""

from __future__ import annotations

import re

_VOLATILE = re.compile(
    r"\b(?:random|nextval|gen_random_uuid|uuid_generate_v\w+|uuidv[47]|clock_timestamp|timeofday|random_normal|uuid|rand"
    r"|uuid_short|randomblob|setseed|currval|lastval)\s*\(",
    re.IGNORECASE,
)
_CALL = re.compile(r"\b([a-z_][\w$]*)\s*\(", re.IGNORECASE)
_STABLE = frozenset({
    "now", "current_timestamp", "transaction_timestamp", "statement_timestamp", "localtimestamp", "localtime",
    "current_time", "current_setting", "date_trunc", "to_timestamp", "make_date", "make_interval", "coalesce", "lower",
    "upper", "concat", "array", "jsonb_build_object", "json_build_object", "numeric", "varchar", "character", "char",
    "decimal", "bit", "timestamp", "time", "interval", "float", "timezone", "row", "format", "md5", "length", "abs",
})  # fmt: skip
"""Functions that PostgreSQL calls once for all rows, and words in front of a parenthesis that are none."""


def is_volatile(text: str) -> bool:
    """Say whether a default has to be worked out row by row; a function that nobody here knows may have to be."""
    plain = re.sub(r"'(?:[^']|'')*'", "''", text)
    if _VOLATILE.search(plain):
        return True
    return any(name.lower() not in _STABLE for name in _CALL.findall(plain))
