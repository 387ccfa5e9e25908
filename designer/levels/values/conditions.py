"""Conditions as expressions of a database, with the columns they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from designer.dialects.base import Dialect
from designer.levels.er import Literal, Ref, Rule
from designer.schema import Column, Expr, Use


def condition(rule: Rule, column_of: Callable[[Ref], Column], dialect: Dialect) -> Expr:
    """Return the condition of a rule. `column_of` answers with the column of a reference."""
    return written(rule.parts, column_of, dialect)


def written(parts: Iterable[str | Ref | Literal], column_of: Callable[[Ref], Column], dialect: Dialect) -> Expr:
    """Return parts as one text: columns quoted as they must be, values as literals."""
    text = ""
    uses: list[Use] = []
    for part in parts:
        if isinstance(part, Ref):
            column = column_of(part)
            name = dialect.quote(column.name)
            uses.append(Use(len(text), len(text) + len(name), column.id))
            text += name
        else:
            text += dialect.literal(part.value) if isinstance(part, Literal) else part
    return Expr(text, tuple(uses))
