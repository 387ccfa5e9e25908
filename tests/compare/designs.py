"""Designs of short scripts, and what a comparison says of two of them."""

from __future__ import annotations

import msgspec

from designer.compare import Comparison, compared
from designer.importers.sql import read
from designer.schema import Check, Design, Expr


def design(sql: str, dialect: str = "postgresql") -> Design:
    """Return the design of a script."""
    return read(sql, "x", dialect).design


def with_check(sql: str, condition: str) -> Design:
    """Return the design of a script with another condition in its one check, as a program may write it."""
    found = design(sql)
    (check,) = found.of(Check)
    return found.changed((), [msgspec.structs.replace(check, expr=Expr(condition))])


def comparison(left: str, right: str, dialect: str = "postgresql") -> Comparison:
    """Return what comparing two scripts finds."""
    return compared(design(left, dialect), design(right, dialect), dialect=dialect)


def told(left: str, right: str, dialect: str = "postgresql") -> list[str]:
    """Return the differences in words, spellings marked by a tilde."""
    found = comparison(left, right, dialect).differences
    return [f"{'~' if each.spelled else ''}{each.about}: {each.field or 'is there'}" for each in found]
