"""Splitting a table in two: details, many values of one row, or what many rows share."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from designer.commands.carrying import Parts, carry, moving_columns
from designer.commands.contract import Edit, Refused, get, replace
from designer.commands.edit import check_name
from designer.commands.foreign_keys import key_columns
from designer.commands.habits import referring_names
from designer.commands.names import called, free_name
from designer.commands.tables import key_column, last_order
from designer.commands.types_of import type_like
from designer.schema import Column, Design, Diagram, ForeignKey, Id, IdSource, Key, Placement, Table
from designer.schema.order import sequence


def split_table(
    design: Design,
    columns: Sequence[Id],
    name: str,
    ids: IdSource,
    *,
    kind: str = "one",
    diagram: Id | None = None,
    at: tuple[int, int] = (0, 0),
) -> Edit:
    """Move columns of one table into a new one.

    `kind` says how rows belong together. "one": the new table shares the key of the old one, row for row. "many": it
    has a key of its own, and each row of the old table has many there. "shared": the old table refers to it, and many
    of its rows share one there. The columns keep their ids, so whatever names them still does.
    """
    link = _LINKS.get(kind)
    if link is None:
        raise Refused("say how the rows belong together: one, many or shared", "kind")
    source, moving = moving_columns(design, columns)
    parent = source.parent or ""
    table = Table(id=ids(), parent=parent, name=name, order=last_order(design, parent, Table))
    check_name(design, table, name)
    parts = carry(design, source, moving, table)
    parts.add(table)
    front = link(design, source, moving, table, parts, ids)
    orders = sequence(len(front) + len(moving))
    parts.add(*(replace(each, order=order) for each, order in zip(front, orders, strict=False)))
    for column, order in zip(moving, orders[len(front) :], strict=True):
        now = parts.put.get(column.id, column)
        parts.add(replace(now, parent=table.id, order=order))
    if diagram is not None:
        get(design, diagram, Diagram)
        parts.add(Placement(id=ids(), parent=diagram, element=table.id, x=at[0], y=at[1]))
    return parts.edit(design, f"Split {called(design, source)} into {source.name} and {name}")


def _one(
    design: Design, source: Table, moving: list[Column], table: Table, parts: Parts, ids: IdSource
) -> list[Column]:
    """Give the new table the key of the old one; return the columns that stand in front of the moved ones."""
    front = _references(design, source, moving, table, ids)
    parts.add(Key(id=ids(), parent=table.id, primary=True, columns=tuple(each.id for each in front)))
    parts.add(_reference(design, source, table, front, ids))
    return front


def _many(
    design: Design, source: Table, moving: list[Column], table: Table, parts: Parts, ids: IdSource
) -> list[Column]:
    own = key_column(design, source.parent or "", table.id, ids)
    taken = {column.name for column in moving}
    own = replace(own, name=free_name(own.name, taken))
    front = _references(design, source, [*moving, own], table, ids)
    parts.add(Key(id=ids(), parent=table.id, primary=True, columns=(own.id,)))
    parts.add(_reference(design, source, table, front, ids))
    return [own, *front]


def _shared(
    design: Design, source: Table, moving: list[Column], table: Table, parts: Parts, ids: IdSource
) -> list[Column]:
    own = key_column(design, source.parent or "", table.id, ids)
    own = replace(own, name=free_name(own.name, {column.name for column in moving}))
    parts.add(Key(id=ids(), parent=table.id, primary=True, columns=(own.id,)))
    gone = {column.id for column in moving}
    taken = {column.name for column in design.of(Column, source.id) if column.id not in gone}
    nullable = all(column.nullable for column in moving)
    link = replace(_referring(design, source, table, own, taken, ids), nullable=nullable, order=moving[0].order)
    key = ForeignKey(id=ids(), parent=source.id, columns=(link.id,), ref_table=table.id, ref_columns=(own.id,))
    parts.add(link, key)
    return [own]


_LINKS: dict[str, Callable[[Design, Table, list[Column], Table, Parts, IdSource], list[Column]]] = {
    "one": _one,
    "many": _many,
    "shared": _shared,
}


def _references(design: Design, source: Table, beside: list[Column], table: Table, ids: IdSource) -> list[Column]:
    """Return columns of the new table that hold the key of the old one."""
    taken = {column.name for column in beside}
    found = []
    for ref in key_columns(design, source):
        made = _referring(design, table, source, ref, taken, ids)
        taken.add(made.name)
        found.append(made)
    return found


def _referring(design: Design, child: Table, parent: Table, ref: Column, taken: Set[str], ids: IdSource) -> Column:
    """Return a new column of `child` that holds the values of `ref`, a column of `parent`."""
    name = free_name(referring_names(design, child, parent, [ref])[0], taken)
    return replace(Column(id=ids(), parent=child.id, name=name, nullable=False), **type_like(ref))


def _reference(design: Design, source: Table, table: Table, front: list[Column], ids: IdSource) -> ForeignKey:
    return ForeignKey(
        id=ids(), parent=table.id, columns=tuple(each.id for each in front), ref_table=source.id,
        ref_columns=tuple(each.id for each in key_columns(design, source)), on_delete="cascade",
    )  # fmt: skip
