"""Primary and unique keys, and which columns are unique."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.names import called
from designer.schema import Column, Design, Id, IdSource, Index, Key, Record, Table


def primary_key(design: Design, table: Id) -> Key | None:
    """Return the primary key of a table, if it has one."""
    return next((key for key in design.of(Key, table) if key.primary), None)


def is_unique(design: Design, table: Id, columns: Sequence[Id]) -> bool:
    """Tell whether no two rows can have the same values in some columns: a key or unique index is among them."""
    return bool(unique_within(design, table, columns))


def unique_within(design: Design, table: Id, columns: Sequence[Id]) -> list[Key | Index]:
    """Return the keys and the unique indexes over all rows that hold nothing but some of the columns."""
    keys = [key for key in design.of(Key, table) if key.columns and set(key.columns) <= set(columns)]
    indexes = [
        index
        for index in design.of(Index, table)
        if index.unique and not index.where and index.parts and all(part.column in columns for part in index.parts)
    ]
    return [*keys, *indexes]


def _own_columns(design: Design, table: Id, columns: Sequence[Id]) -> tuple[Column, ...]:
    found = tuple(get(design, each, Column) for each in columns)
    if not found:
        raise Refused("a key needs at least one column; choose one", "columns")
    if any(column.parent != table for column in found):
        raise Refused("a key holds columns of its own table only", "columns")
    if len(set(columns)) != len(columns):
        raise Refused("a key names each column once", "columns")
    return found


def set_primary_key(design: Design, table: Id, columns: Sequence[Id], ids: IdSource) -> Edit:
    """Make `columns`, in that order, the primary key of a table; they become NOT NULL. No columns: no primary key."""
    owner = get(design, table, Table)
    old = primary_key(design, table)
    if not columns:
        if old is None:
            raise Refused(f"{owner.name} has no primary key to remove", "columns")
        return edit(design, f"Remove primary key of {called(design, owner)}", [], (old.id,))
    members = _own_columns(design, table, columns)
    key = (
        replace(old, columns=tuple(columns))
        if old
        else Key(id=ids(), parent=table, primary=True, columns=tuple(columns))
    )
    put: list[Record] = [key, *(replace(column, nullable=False) for column in members if column.nullable)]
    names = ", ".join(column.name for column in members)
    return edit(design, f"Set primary key of {called(design, owner)} to {names}", put)


def add_unique(design: Design, table: Id, columns: Sequence[Id], ids: IdSource, name: str = "") -> Edit:
    """Add a unique key over `columns`, in that order."""
    owner = get(design, table, Table)
    members = _own_columns(design, table, columns)
    if any(set(key.columns) == set(columns) for key in design.of(Key, table)):
        raise Refused(f"{owner.name} has a key on these columns already", "columns")
    key = Key(id=ids(), parent=table, name=name, columns=tuple(columns))
    return edit(design, f"Add unique key on {called(design, owner)} ({', '.join(c.name for c in members)})", [key])


def set_unique(design: Design, column: Id, unique: bool, ids: IdSource) -> Edit:
    """Make one column unique by itself, or no longer so."""
    owner = get(design, column, Column)
    table = owner.parent or ""
    mine = [key for key in design.of(Key, table) if key.columns == (column,) and not key.primary]
    if unique:
        if mine:
            raise Refused(f"{owner.name} is unique already")
        return add_unique(design, table, [column], ids)
    if not mine:
        raise Refused(f"{owner.name} has no unique key of its own to remove")
    return edit(design, f"Remove unique key of {called(design, owner)}", [], tuple(key.id for key in mine))


def set_key_columns(design: Design, key: Id, columns: Sequence[Id]) -> Edit:
    """Give a key other columns."""
    old = get(design, key, Key)
    members = _own_columns(design, old.parent or "", columns)
    put: list[Record] = [replace(old, columns=tuple(columns))]
    if old.primary:
        put += [replace(column, nullable=False) for column in members if column.nullable]
    return edit(design, f"Set columns of {called(design, old)} to {', '.join(c.name for c in members)}", put)
