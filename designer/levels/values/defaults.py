"""The default of a column, as its database says it."""

from __future__ import annotations

import re

from designer.dialects.base import Dialect
from designer.levels.values.domain_rules import kind_of_type
from designer.levels.values.types import base_of
from designer.schema import Expr

_NUMBER = re.compile(r"^-?\d+(\.\d+)?$", re.ASCII)
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
_LARGE = frozenset({"text", "blob", "json", "xml", "geometry"})


def default_of(value: str, logical: str, raw: str, dialect: Dialect) -> Expr | None:
    """Return the default that a value is for a column of that type; None where the type has no such value.

    `now` and `today` of a point in time, and `new` of a UUID, are what they say when a row is made.
    """
    kind, plain = kind_of_type(logical), value.strip().lower()
    if kind == "number":
        return Expr(value.strip()) if _NUMBER.match(value.strip()) else None
    if kind == "truth":
        return Expr(dialect.words[str(plain in _TRUE).lower()]) if plain in _TRUE | _FALSE else None
    if kind == "when" and plain in ("now", "today"):
        return Expr(_now(logical, raw, dialect))
    if base_of(logical) == "uuid" and plain == "new":
        return Expr(dialect.words["uuid"]) if "uuid" in dialect.words else None
    literal = dialect.literal(value)
    return Expr(dialect.words["large"].replace("{}", literal) if base_of(logical) in _LARGE else literal)


def _now(logical: str, raw: str, dialect: Dialect) -> str:
    if base_of(logical) == "date":
        return dialect.words["today"]
    precision = raw.partition("(")[2].partition(")")[0]
    return dialect.words["now()"].format(precision) if precision else dialect.words["now"]
