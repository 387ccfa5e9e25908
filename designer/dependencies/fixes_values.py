"""Fixes without a new table: a total that the database computes, and a value that is the same in all rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace as with_values

from designer.commands.checks import set_generated
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.expressions import expression
from designer.commands.names import called
from designer.dependencies.columns import names
from designer.dialects.base import Dialect
from designer.dialects.registry import get as dialect_of
from designer.schema import Attribute, Check, Column, Design, Expr, Id, IdSource

_NUMBERS = ("smallint", "integer", "bigint", "decimal", "real", "double")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def compute(design: Design, column: Id, factors: Sequence[Id], text: str = "") -> Edit:
    """Let the database compute a total: the product of the factors, or what `text` says.

    In an entity the attribute is derived from then on. Raises Refused where a factor is in another table.
    """
    attribute = design.get(column)
    if isinstance(attribute, Attribute):
        label = f"Derive {called(design, attribute)} from {names(design, factors)}"
        return edit(design, label, [replace(attribute, derived=True)])
    total = get(design, column, Column)
    parts = [get(design, each, Column) for each in factors]
    if any(part.parent != total.parent for part in parts) or (not parts and not text.strip()):
        raise Refused("a column is computed from columns of its own table; choose at least one", "columns")
    quote = _dialect(design, total).quote
    made = set_generated(design, column, text.strip() or " * ".join(quote(part.name) for part in parts))
    return with_values(made, label=f"Compute {called(design, total)} from {names(design, factors)}")


def always(design: Design, column: Id, value: str, ids: IdSource) -> Edit:
    """Let a column have one value in all rows: its default, NOT NULL, and a check that keeps it so.

    `value` is plain text, as a sample of rows shows it.
    """
    old = get(design, column, Column)
    dialect = _dialect(design, old)
    number = old.logical.split("(")[0] in _NUMBERS and _NUMBER.fullmatch(value.strip())
    said = value.strip() if number else dialect.literal(value)
    check = expression(design, old.parent or "", f"{dialect.quote(old.name)} = {said}")
    new = replace(old, default=Expr(said), nullable=False)
    label = f"Keep {called(design, old)} at {value}"
    return edit(design, label, [new, Check(id=ids(), parent=old.parent, expr=check)])


def _dialect(design: Design, column: Column) -> Dialect:
    model = design.model_of(column)
    return dialect_of(model.target if model is not None and model.target else "postgresql")
