"""Indexes."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.expressions import expression
from designer.commands.names import called, free_name, names_in
from designer.schema import Column, Design, Expr, Id, IdSource, Index, IndexPart, Table, View


def add_index(
    design: Design,
    table: Id,
    parts: Sequence[IndexPart],
    ids: IdSource,
    *,
    name: str = "",
    unique: bool = False,
    method: str = "",
    where: str = "",
) -> Edit:
    """Add an index; without a name it gets `idx_<table>_<columns>`."""
    owner = design.get(table)
    if not isinstance(owner, Table | View):
        raise Refused("this table is not there any more; somebody may have removed it")
    _check_parts(design, table, parts)
    chosen = name or free_name(_default_name(design, owner.name, parts), names_in(design, table, (Index,)))
    made = Index(
        id=ids(), parent=table, name=chosen, unique=unique, method=method, parts=tuple(parts),
        where=expression(design, table, where) if where.strip() else None,
    )  # fmt: skip
    return edit(design, f"Add index {chosen} on {called(design, owner)}", [made])


def _check_parts(design: Design, table: Id, parts: Sequence[IndexPart]) -> None:
    if not parts:
        raise Refused("an index needs at least one column or expression", "parts")
    for part in parts:
        if part.column is None and (part.expr is None or not part.expr.text.strip()):
            raise Refused("each part of an index is a column or an expression", "parts")
        if part.column is not None and get(design, part.column, Column).parent != table:
            raise Refused("an index holds columns of its own table only", "parts")


def _default_name(design: Design, table: str, parts: Sequence[IndexPart]) -> str:
    words = [get(design, part.column, Column).name if part.column else "expr" for part in parts]
    return "_".join(["idx", table, *words])


def set_parts(design: Design, index: Id, parts: Sequence[IndexPart]) -> Edit:
    """Give an index other parts."""
    old = get(design, index, Index)
    _check_parts(design, old.parent or "", parts)
    return edit(design, f"Set columns of index {old.name}", [replace(old, parts=tuple(parts))])


def set_where(design: Design, index: Id, where: str) -> Edit:
    """Make an index partial, or whole where the text is empty."""
    old = get(design, index, Index)
    condition: Expr | None = expression(design, old.parent or "", where) if where.strip() else None
    return edit(design, f"Set condition of index {old.name}", [replace(old, where=condition)])
