"""A column of few values made a reference to a table that lists them."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.carrying import Parts
from designer.commands.contract import Edit, Refused, get, replace
from designer.commands.edit import check_name
from designer.commands.enums import as_text, dialect_at, stands_alone
from designer.commands.names import called, free_name
from designer.commands.tables import key_column, last_order
from designer.commands.values import list_check, listed_values
from designer.schema import (
    Check,
    Column,
    Design,
    Diagram,
    ForeignKey,
    Id,
    IdSource,
    Key,
    Placement,
    Table,
)

_CODE = "code"


def extract_lookup(
    design: Design,
    column: Id,
    name: str,
    ids: IdSource,
    *,
    strategy: str = "natural",
    values: Sequence[str] = (),
    diagram: Id | None = None,
    at: tuple[int, int] = (0, 0),
) -> Edit:
    """Make a table `name` of the values of a column, and let the column refer to it.

    "natural" keeps the values as the key of the new table, so rows stay as they are; "surrogate" gives it an `id`,
    which the column then holds. Without `values` those that an enum or a check lists are taken; a design has no place
    for rows, so they stand in the comment of the new column.
    """
    old = get(design, column, Column)
    source = get(design, old.parent or "", Table)
    if strategy not in ("natural", "surrogate"):
        raise Refused("say what the key shall be: natural or surrogate", "strategy")
    stands_alone(design, old)
    listed = tuple(values) or listed_values(design, old)
    table = Table(id=ids(), parent=source.parent, name=name, order=last_order(design, source.parent or "", Table))
    check_name(design, table, name)
    parts = Parts()
    parts.add(table)
    check = list_check(design, old)
    if check is not None:
        parts.drop(check)
    plain = as_text(design, old, listed, dialect_at(design, old), parts) if _is_enum(design, old) else old
    if strategy == "natural":
        _natural(plain, table, listed, parts, ids)
    else:
        _surrogate(design, source, plain, table, listed, parts, ids)
    if listed:
        parts.note("values", table.id, f"a design holds no rows, so the {len(listed)} values stand in a comment")
    if diagram is not None:
        get(design, diagram, Diagram)
        parts.add(Placement(id=ids(), parent=diagram, element=table.id, x=at[0], y=at[1]))
    return parts.edit(design, f"Extract {name} from {called(design, old)}")


def _is_enum(design: Design, column: Column) -> bool:
    return bool(listed_values(design, column)) and list_check(design, column) is None


def _code(column: Column, table: Table, listed: Sequence[str], ids: IdSource, order: str) -> Column:
    comment = f"One of: {', '.join(listed)}" if listed else ""
    return Column(
        id=ids(), parent=table.id, name=_CODE, type=column.type, logical=column.logical, type_ref=column.type_ref,
        collation=column.collation, nullable=False, comment=comment, order=order,
    )  # fmt: skip


def _natural(column: Column, table: Table, listed: Sequence[str], parts: Parts, ids: IdSource) -> None:
    code = _code(column, table, listed, ids, "V")
    key = Key(id=ids(), parent=table.id, primary=True, columns=(code.id,))
    link = ForeignKey(id=ids(), parent=column.parent, columns=(column.id,), ref_table=table.id, ref_columns=(code.id,))
    parts.add(code, key, link, column)


def _surrogate(
    design: Design, source: Table, column: Column, table: Table, listed: Sequence[str], parts: Parts, ids: IdSource
) -> None:
    own = key_column(design, source.parent or "", table.id, ids)
    code = _code(column, table, listed, ids, "k")
    primary = Key(id=ids(), parent=table.id, primary=True, columns=(own.id,))
    unique = Key(id=ids(), parent=table.id, columns=(code.id,))
    taken = {each.name for each in design.of(Column, source.id) if each.id != column.id}
    renamed = column.name if column.name.endswith("_id") else free_name(f"{column.name}_id", taken)
    now = replace(column, name=renamed, type=own.type, logical=own.logical, type_ref=None, collation="", default=None)
    link = ForeignKey(id=ids(), parent=source.id, columns=(column.id,), ref_table=table.id, ref_columns=(own.id,))
    parts.add(own, code, primary, unique, link, now)
    if column.default is not None:
        message = f"the default {column.default.text} of {called(design, column)} is gone, as it was no id"
        parts.note("default", column.id, message)
    _without_checks(design, column, parts)


def _without_checks(design: Design, column: Column, parts: Parts) -> None:
    """Checks of the values mean nothing for ids."""
    for each in sorted(design.referrers(column.id)):
        check = design[each]
        if isinstance(check, Check) and each not in parts.gone:
            parts.drop(check)
            parts.note("spans", each, f"the check {check.expr.text} is left out, as the column holds ids now")
