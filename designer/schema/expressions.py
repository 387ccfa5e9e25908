"""Writing an expression with the names that its records have now."""

from __future__ import annotations

from collections.abc import Callable
from operator import eq

from designer.schema.base import Expr, Named, Use
from designer.schema.design import Design

Unquote = Callable[[str], str]
Quote = Callable[[str], str]
Same = Callable[[str, str], bool]


def render(expr: Expr, design: Design, quote: Quote, unquote: Unquote, same: Same = eq) -> str:
    """Return the text of `expr`; names of renamed records are replaced, all else is as it was written.

    `unquote` turns a written name (`"Order"`, `order`) into the name it means, `quote` the reverse. A name that still
    means its record is left exactly as it was typed; `same` says whether two names are one to the database.
    """
    pieces: list[str] = []
    at = 0
    for use in sorted(expr.uses, key=lambda use: use.start):
        record = design.get(use.id)
        written = expr.text[use.start : use.end]
        if use.start < at or not isinstance(record, Named) or same(unquote(written), record.name):
            continue
        pieces += (expr.text[at : use.start], quote(record.name))
        at = use.end
    return "".join(pieces) + expr.text[at:]


def moved(expr: Expr, by: int) -> tuple[Use, ...]:
    """Return the uses of `expr` shifted by `by` characters, for when its text is put inside a longer one."""
    return tuple(Use(use.start + by, use.end + by, use.id) for use in expr.uses)
