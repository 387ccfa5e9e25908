"""Tables that link two others, many to many; as doc/commands/junctions.js."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as with_

from designer.change import apply, compose
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.foreign_key_shape import columns_only_of
from designer.commands.foreign_keys import connect, key_columns
from designer.commands.habits import link_name, referring_names
from designer.commands.keys import primary_key
from designer.commands.names import called, free_name, names_in
from designer.commands.tables import add_table, last_order
from designer.commands.types_of import type_like
from designer.schema import Column, Design, Diagram, ForeignKey, Id, IdSource, Key, Placement, Record, Table, View
from designer.schema.order import between

Spot = tuple[int, int]


def link_tables(
    design: Design, first: Id, second: Id, ids: IdSource, *, diagram: Id | None = None, at: Spot = (0, 0)
) -> Edit:
    """Add a table that links two others: a foreign key to each, and all their columns as its primary key.

    With `diagram` it is placed there.
    """
    one, other = get(design, first, Table), get(design, second, Table)
    records = _junction(design, one, other, ids)
    if diagram is not None:
        get(design, diagram, Diagram)
        records.append(Placement(id=ids(), parent=diagram, element=records[0].id, x=at[0], y=at[1]))
    return edit(design, f"Connect {called(design, one)} to {called(design, other)}, many to many", records)


def _junction(design: Design, one: Table, other: Table, ids: IdSource) -> list[Record]:
    parent = one.parent or ""
    name = free_name(link_name(design, one, other), names_in(design, parent, (Table, View)))
    table = Table(id=ids(), parent=parent, name=name, order=last_order(design, parent, Table))
    orders, taken = _orders(), set[str]()
    left = _side(design, table, one, "", orders, taken, ids)
    right = _side(design, table, other, "related" if one.id == other.id else "", orders, taken, ids)
    columns = [*left[0], *right[0]]
    key = Key(id=ids(), parent=table.id, primary=True, columns=tuple(each.id for each in columns))
    return [table, *columns, key, left[1], right[1]]


def _orders() -> Iterator[str]:
    key = None
    while True:
        key = between(key, None)
        yield key


def _side(
    design: Design, table: Table, parent: Table, role: str, orders: Iterator[str], taken: set[str], ids: IdSource
) -> tuple[list[Column], ForeignKey]:
    """Return the columns and the foreign key by which a linking table refers to one of its two."""
    refs = key_columns(design, parent)
    columns = []
    for ref, wanted in zip(refs, referring_names(design, parent, parent, refs, role), strict=True):
        name = free_name(wanted, taken)
        taken.add(name)
        column = Column(id=ids(), parent=table.id, name=name, nullable=False, order=next(orders))
        columns.append(replace(column, **type_like(ref)))
    key = ForeignKey(
        id=ids(), parent=table.id, columns=tuple(each.id for each in columns), ref_table=parent.id,
        ref_columns=tuple(each.id for each in refs),
    )  # fmt: skip
    return columns, key


def split_into_link(
    design: Design, foreign_key: Id, ids: IdSource, *, diagram: Id | None = None, at: Spot = (0, 0)
) -> Edit:
    """Turn a foreign key into a table that links its two tables; the columns that only it used go."""
    key = get(design, foreign_key, ForeignKey)
    child, parent = get(design, key.parent or "", Table), get(design, key.ref_table or "", Table)
    label = f"Make {called(design, child)} to {called(design, parent)} many to many"
    first = edit(design, label, [], (key.id, *columns_only_of(design, key)))
    second = link_tables(apply(design, first.change), child.id, parent.id, ids, diagram=diagram, at=at)
    return with_(second, change=compose(first.change, second.change), label=label)


def link_of(design: Design, table: Id) -> list[ForeignKey] | None:
    """Return the two foreign keys of a table that only links two others; None where it holds more than these."""
    keys = [each for each in design.of(ForeignKey, table) if each.ref_table]
    referring = {column for key in keys for column in key.columns}
    whole = len(keys) == 2 and all(each.id in referring for each in design.of(Column, table))
    return keys if whole and primary_key(design, table) else None


def fold_link(design: Design, table: Id, child: Id, ids: IdSource) -> Edit:
    """Turn a table that only links two others into a foreign key: `child` is the one of the two that gets it."""
    link = get(design, table, Table)
    keys = link_of(design, table)
    if keys is None:
        raise Refused(f"{called(design, link)} holds more than the keys of two tables, so it cannot become a line")
    for each in sorted(design.referrers(table)):
        stranger = design[each]
        if isinstance(stranger, ForeignKey) and stranger.parent != table:
            name = called(design, get(design, stranger.parent or "", Table))
            raise Refused(f"{name} refers to {called(design, link)}; delete that foreign key first")
    ends = [key.ref_table or "" for key in keys]
    if child not in ends:
        raise Refused(f"{called(design, link)} does not link that table", "child")
    parent = ends[1] if ends[0] == child else ends[0]
    names = [called(design, get(design, each, Table)) for each in (child, parent)]
    label = f"Make {names[0]} to {names[1]} many to one"
    first = edit(design, label, [], (table,))
    second = connect(apply(design, first.change), child, parent, ids)
    return with_(second, change=compose(first.change, second.change), label=label)


def connect_new_table(
    design: Design,
    source: Id,
    parent: Id,
    ids: IdSource,
    *,
    referring: bool,
    one_to_one: bool = False,
    optional: bool | None = None,
    diagram: Id | None = None,
    at: Spot = (0, 0),
) -> Edit:
    """Add a table under a schema or model and connect it: the new one refers to `source`, or the other way round.

    A column that refers to the new table gives its type to the key of that.
    """
    first = add_table(design, parent, None, ids, diagram=diagram, at=at)
    table = first.made[0]
    with_table = apply(design, first.change)
    start = design.get(source)
    if isinstance(start, Column) and not referring:
        second = _fitted(with_table, table, start)
        first = with_(first, change=compose(first.change, second.change))
        with_table = apply(with_table, second.change)
    ends = _ends(start, source, table, referring=referring)
    last = connect(with_table, *ends, ids, one_to_one=one_to_one, optional=optional)
    return with_(last, change=compose(first.change, last.change), made=(table,))


def _fitted(design: Design, table: Id, like: Column) -> Edit:
    """Give the key of a new table the type of the column that will refer to it."""
    (key,) = key_columns(design, get(design, table, Table))
    kept = like.logical == key.logical
    return edit(design, "", [key if kept else replace(key, **type_like(like), identity="")])


def _ends(start: Record | None, source: Id, table: Id, *, referring: bool) -> tuple[Id, Id]:
    """Return from where to where to draw; a key is drawn from, and a column stands for its table to the new one."""
    own = start.parent or "" if isinstance(start, Column | Key) else source
    if referring:
        return (source, table) if isinstance(start, Key) else (table, own)
    return (source if isinstance(start, Column) else own), table
