"""Adding, moving and retyping columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.edit import check_name
from designer.commands.names import called, free_name, names_in
from designer.commands.rows import move_rows
from designer.dialects.logical import logical_type
from designer.dialects.registry import get as dialect_of
from designer.schema import Column, CompositeType, Design, DomainType, EnumType, Id, IdSource, Table
from designer.schema.order import between

_USER_TYPES = (EnumType, DomainType, CompositeType)


def add_column(design: Design, table: Id, fields: Mapping[str, Any], ids: IdSource, after: Id | None = None) -> Edit:
    """Add a column with the given fields (`name`, `type`, …) at the end, or right after another column.

    Without a name it gets the first free one of `column`, `column_2`, …; without a type it is text.
    """
    owner = get(design, table, Table)
    values = {"type": "text", **fields}
    values.setdefault("name", free_name("column", names_in(design, table, (Column,))))
    column = Column(id=ids(), parent=table, order=_place_after(design, table, after), **values)
    check_name(design, column, column.name)
    return edit(design, f"Add column {called(design, owner)}.{column.name}", [_typed(design, column, column.type)])


def _place_after(design: Design, table: Id, after: Id | None) -> str:
    columns = design.of(Column, table)
    if after is None:
        return between(columns[-1].order or None if columns else None, None)
    at = next((n for n, column in enumerate(columns) if column.id == after), len(columns) - 1)
    low = columns[at].order if columns else None
    high = columns[at + 1].order if at + 1 < len(columns) else None
    return between(low or None, high)


def set_type(design: Design, column: Id, text: str) -> Edit:
    """Give a column another type, as raw text of the model's database or the name of a type of the model."""
    old = get(design, column, Column)
    if not text.strip():
        model = design.model_of(old)
        if model is None or model.target != "sqlite":
            raise Refused("a column needs a type; type one, for example text", "type")
    new = _typed(design, old, text.strip())
    return edit(design, f"Set type of column {called(design, old)} to {text.strip()}", [new])


def _typed(design: Design, column: Column, text: str) -> Column:
    table = design.get(column.parent or "")
    model = design.model_of(table) if table is not None else None
    logical = logical_type(text, dialect_of(model.target)) if model is not None and model.target else ""
    return replace(column, type=text, logical=logical, type_ref=type_named(design, text, model.id if model else None))


def type_named(design: Design, text: str, model: Id | None) -> Id | None:
    """Return the id of the enum, domain or composite type that a type text names, array brackets aside."""
    bare = text.split("[", 1)[0].strip().rpartition(".")[2].strip('"')
    for kind in _USER_TYPES:
        for record in design.of(kind):
            owner = design.model_of(record)
            if record.name == bare and (model is None or (owner is not None and owner.id == model)):
                return record.id
    return None


def move_column(design: Design, column: Id, before: Id | None) -> Edit:
    """Move a column in front of another one of its table, or to the end."""
    return move_rows(design, [column], before)
