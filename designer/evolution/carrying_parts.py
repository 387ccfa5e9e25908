"""Rows of which only some have a part, as a check says it: `kind = 'student' OR (gpa IS NULL AND major IS NULL)`."""

from __future__ import annotations

import re
from collections.abc import Collection

from designer.schema import Check, Column, Design, Expr, Id, Use

_BETWEEN = " OR ("
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_EQUAL = re.compile(r"\x00+ = (?P<value>TRUE|\x01+)\Z")


def only_where(design: Design, table: Id, columns: Collection[Id]) -> Expr | None:
    """Return the condition of the rows that may have values in some columns, by the check that says the least else."""
    found = [each for check in design.of(Check, table) if (each := _read(check.expr)) is not None]
    fitting = [(len(empty), only.text, only) for only, empty in found if columns and set(columns) <= empty]
    return min(fitting, key=lambda each: each[:2])[2] if fitting else None


def said_by(design: Design, only: Expr) -> tuple[Id, str] | None:
    """Return the column and the value that make a condition of the form `column = value` true."""
    masked = _masked(only)
    equal = _EQUAL.match(masked)
    if equal is None or len(only.uses) != 1 or not isinstance(design.get(only.uses[0].id), Column):
        return None
    return only.uses[0].id, only.text[equal.start("value") :]


def _read(expr: Expr) -> tuple[Expr, set[Id]] | None:
    """Return the condition and the columns that are empty where it does not hold; None for other expressions."""
    masked = _masked(expr)
    before, found, behind = masked.rpartition(_BETWEEN)
    tests = behind.rstrip(")").split(" AND ")
    if not found or not all(re.fullmatch(r"\x00+ IS NULL", each) for each in tests):
        return None
    start = before.rfind(_BETWEEN) + len(_BETWEEN) if _BETWEEN in before else 0
    only = before[start:]
    if only.count("(") != only.count(")"):
        return None
    uses = tuple(
        Use(use.start - start, use.end - start, use.id) for use in expr.uses if start <= use.start < len(before)
    )
    return Expr(expr.text[start : len(before)], uses), {use.id for use in expr.uses if use.start > len(before)}


def _masked(expr: Expr) -> str:
    """Return an expression of the same length in which no name and no literal can be taken for anything else."""
    text = expr.text
    for use in expr.uses:
        text = text[: use.start] + "\x00" * (use.end - use.start) + text[use.end :]
    return _LITERAL.sub(lambda found: "\x01" * len(found.group()), text)
