"""Adding tables and moving them between schemas."""

from __future__ import annotations

from itertools import count

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.edit import check_name
from designer.commands.names import called, names_in
from designer.schema import Column, Design, Diagram, Id, IdSource, Key, Model, Placement, Record, Schema, Table, View
from designer.schema.order import between

_IDENTITY = {
    "postgresql": ("bigint", "always"),
    "mysql": ("bigint", "auto_increment"),
    "mariadb": ("bigint", "auto_increment"),
    "sqlite": ("INTEGER", ""),
}


def add_table(
    design: Design,
    parent: Id,
    name: str | None,
    ids: IdSource,
    *,
    diagram: Id | None = None,
    at: tuple[int, int] = (0, 0),
) -> Edit:
    """Add a table with an `id` primary key under a schema or model; with `diagram`, also place it there.

    Without a name it gets the first free one of `table_1`, `table_2`, …
    """
    holder = design.get(parent)
    if not isinstance(holder, Schema | Model):
        raise Refused("a table belongs to a schema or to a model; choose one of these", "parent")
    taken = names_in(design, parent, (Table, View))
    chosen = name if name is not None else _next_name(taken)
    table = Table(id=ids(), parent=parent, name=chosen, order=last_order(design, parent, Table))
    check_name(design, table, chosen)
    column = key_column(design, parent, table.id, ids)
    put: list[Record] = [table, column, Key(id=ids(), parent=table.id, primary=True, columns=(column.id,))]
    if diagram is not None:
        get(design, diagram, Diagram)
        put.append(Placement(id=ids(), parent=diagram, element=table.id, x=at[0], y=at[1]))
    return edit(design, f"Add table {chosen}", put)


def key_column(design: Design, parent: Id, table: Id, ids: IdSource) -> Column:
    """Return a column `id` that counts by itself, as the database of the model that `parent` is in does it."""
    model = design.model_of(design[parent])
    raw, identity = _IDENTITY.get(model.target if model else "", ("bigint", ""))
    return Column(
        id=ids(), parent=table, name="id", type=raw, logical="bigint", nullable=False, identity=identity, order="V"
    )


def _next_name(taken: set[str]) -> str:
    return next(name for number in count(1) if (name := f"table_{number}") not in taken)


def move_to_schema(design: Design, table: Id, schema: Id) -> Edit:
    """Move a table to another schema of its model."""
    old = get(design, table, Table)
    target = design.get(schema)
    if not isinstance(target, Schema | Model):
        raise Refused("that schema is not there any more; choose another", "schema")
    moved = replace(old, parent=schema)
    if old.name in names_in(design, schema, (Table, View)) and old.parent != schema:
        raise Refused(f"the schema {target.name} has a table named {old.name} already; rename one of them", "schema")
    return edit(design, f"Move table {called(design, old)} to schema {target.name}", [moved])


def last_order(design: Design, parent: Id, kind: type[Record]) -> str:
    """Return an order key after the last child of that kind."""
    siblings = design.of(kind, parent)
    return between(siblings[-1].order or None if siblings else None, None)
