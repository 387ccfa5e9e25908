"""Check constraints, defaults and generated columns: what people type as expressions."""

from __future__ import annotations

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.expressions import expression
from designer.commands.names import called
from designer.schema import Check, Column, Design, DomainType, Expr, Id, IdSource, Table


def add_check(design: Design, owner: Id, condition: str, ids: IdSource, name: str = "") -> Edit:
    """Add a check constraint to a table or a domain."""
    holder = design.get(owner)
    if not isinstance(holder, Table | DomainType):
        raise Refused("this table is not there any more; somebody may have removed it")
    made = Check(id=ids(), parent=owner, name=name, expr=_condition(design, owner, condition))
    return edit(design, f"Add check {name or condition.strip()} to {called(design, holder)}", [made])


def set_condition(design: Design, check: Id, condition: str) -> Edit:
    """Give a check constraint another condition."""
    old = get(design, check, Check)
    new = replace(old, expr=_condition(design, old.parent or "", condition))
    return edit(design, f"Set condition of {called(design, old)}", [new])


def _condition(design: Design, owner: Id, condition: str) -> Expr:
    if not condition.strip():
        raise Refused("a check needs a condition, for example price >= 0", "expr")
    return expression(design, owner, condition)


def set_default(design: Design, column: Id, text: str) -> Edit:
    """Give a column a default expression, or none where the text is empty."""
    old = get(design, column, Column)
    value = Expr(text.strip()) if text.strip() else None
    words = f"to {text.strip()}" if value else "to nothing"
    return edit(design, f"Set default of column {called(design, old)} {words}", [replace(old, default=value)])


def set_generated(design: Design, column: Id, text: str, kind: str = "stored") -> Edit:
    """Let a column be computed from others, or be an ordinary one where the text is empty."""
    old = get(design, column, Column)
    value = expression(design, old.parent or "", text) if text.strip() else None
    new = replace(old, generated=value, generated_kind=kind if value else "", default=None if value else old.default)
    return edit(design, f"Set expression of column {called(design, old)}", [new])
