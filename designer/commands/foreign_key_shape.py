"""Foreign keys that are there: how many rows they join, what they belong to, where they end.

The twin of doc/commands/foreign_key_shape.js.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_

from designer.change import apply, compose
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.foreign_keys import check_pairs, check_unique, connect, key_columns
from designer.commands.keys import is_unique, primary_key, set_primary_key, unique_within
from designer.commands.names import called
from designer.schema import Column, Design, ForeignKey, Id, IdSource, Index, Key, Record, Table


def _joined(design: Design, key: ForeignKey) -> str:
    """Return how a foreign key and its tables are called in a label: `orders to customers`."""
    child, parent = design.get(key.parent or ""), design.get(key.ref_table or "")
    return f"{called(design, child) if child else ''} to {called(design, parent) if parent else key.missing_table}"


def set_one_to_one(design: Design, foreign_key: Id, one: bool, ids: IdSource) -> Edit:
    """Let at most one row, or many, refer to each row of the other table: add or take what makes the columns unique."""
    key = get(design, foreign_key, ForeignKey)
    label = f"Make {_joined(design, key)} {'one to one' if one else 'many to one'}"
    held = unique_within(design, key.parent or "", key.columns)
    if one:
        return edit(design, label, [] if held else [Key(id=ids(), parent=key.parent, columns=key.columns)])
    keys = [each for each in held if isinstance(each, Key)]
    if any(each.primary for each in keys):
        name = called(design, get(design, key.parent or "", Table))
        raise Refused(f"{name} has its primary key in these columns; give it another primary key first")
    for each in keys:
        _check_not_referred(design, each)
    indexes: list[Record] = [replace(each, unique=False) for each in held if isinstance(each, Index)]
    return edit(design, label, indexes, tuple(each.id for each in keys))


def _check_not_referred(design: Design, key: Key) -> None:
    """Raise Refused where a foreign key refers to the columns of a key that is to go or to change."""
    table = get(design, key.parent or "", Table)
    for each in design.referrers(table.id):
        other = design[each]
        if (
            isinstance(other, ForeignKey)
            and other.ref_table == table.id
            and len(other.ref_columns) == len(key.columns)
            and set(other.ref_columns) == set(key.columns)
        ):
            name = called(design, get(design, other.parent or "", Table))
            raise Refused(f"{name} refers to this key of {called(design, table)}; delete that foreign key first")


def set_optional(design: Design, foreign_key: Id, optional: bool) -> Edit:
    """Let rows do without the row that they refer to, or not."""
    key = get(design, foreign_key, ForeignKey)
    columns = [get(design, each, Column) for each in key.columns]
    primary = _primary_columns(design, key)
    fixed = next((column for column in columns if column.id in primary), None)
    if optional and fixed:
        raise Refused(f"{called(design, fixed)} is part of the primary key, so it cannot be optional")
    label = f"Make {_joined(design, key)} {'optional' if optional else 'mandatory'}"
    return edit(design, label, [replace(column, nullable=optional) for column in columns])


def _primary_columns(design: Design, key: ForeignKey) -> tuple[Id, ...]:
    primary = primary_key(design, key.parent or "")
    return primary.columns if primary else ()


def set_identifying(design: Design, foreign_key: Id, identifying: bool, ids: IdSource) -> Edit:
    """Move the columns of a foreign key to the front of the primary key, or out of it."""
    key = get(design, foreign_key, ForeignKey)
    primary = primary_key(design, key.parent or "")
    rest = [column for column in _primary_columns(design, key) if column not in key.columns]
    if primary is not None:
        _check_not_referred(design, primary)
    if not identifying and not rest:
        name = called(design, get(design, key.parent or "", Table))
        raise Refused(f"{name} would have no primary key left; give it a column of its own for that first")
    moved = set_primary_key(design, key.parent or "", [*key.columns, *rest] if identifying else rest, ids)
    word = "identifying" if identifying else "non-identifying"
    return with_(moved, label=f"Make {_joined(design, key)} {word}")


def delete_foreign_key(design: Design, foreign_key: Id, *, columns: bool = False) -> Edit:
    """Delete a foreign key, with the columns that only it uses where `columns` is set."""
    key = get(design, foreign_key, ForeignKey)
    own = columns_only_of(design, key) if columns else []
    if columns and not own:
        raise Refused("its columns belong to a key or to another foreign key as well; delete the foreign key alone")
    label = f"Delete foreign key {_joined(design, key)}{' and its columns' if columns else ''}"
    return edit(design, label, [], (key.id, *own))


def columns_only_of(design: Design, key: ForeignKey) -> list[Id]:
    """Return the columns of a foreign key that neither a primary key nor another foreign key needs."""
    primary = _primary_columns(design, key)
    return [
        column
        for column in key.columns
        if column not in primary
        and not any(each != key.id and isinstance(design[each], ForeignKey) for each in design.referrers(column))
    ]


def reverse_foreign_key(design: Design, foreign_key: Id, ids: IdSource) -> Edit:
    """Turn a foreign key round: the table that was referred to gets the columns."""
    key = get(design, foreign_key, ForeignKey)
    one = is_unique(design, key.parent or "", key.columns)
    label = f"Reverse {_joined(design, key)}"
    return _redrawn(design, key, key.ref_table or "", key.parent or "", label, ids, one_to_one=one)


def _redrawn(
    design: Design, key: ForeignKey, source: Id, target: Id, label: str, ids: IdSource, *, one_to_one: bool
) -> Edit:
    """Draw a foreign key anew in the place of another; its columns go with it where only it used them."""
    first = edit(design, label, [], (key.id, *columns_only_of(design, key)))
    second = connect(apply(design, first.change), source, target, ids, one_to_one=one_to_one)
    return with_(second, change=compose(first.change, second.change), label=label)


def reattach(design: Design, foreign_key: Id, end: str, target: Id, ids: IdSource) -> Edit:
    """Let an `end` of a foreign key, `child` or `parent`, hold on to something else.

    The referring end takes a column of its table, or another table, which gets columns of its own; the other end
    takes a table with a key that fits, or a unique column.
    """
    key = get(design, foreign_key, ForeignKey)
    to = get(design, target, Record)
    table = get(design, (to.parent or "") if isinstance(to, Column) else target, Table)
    column = to if isinstance(to, Column) else None
    return _refer_to(design, key, table, column) if end == "parent" else _refer_from(design, key, table, column, ids)


def _refer_to(design: Design, key: ForeignKey, table: Table, column: Column | None) -> Edit:
    refs = [column] if column else key_columns(design, table)
    check_unique(design, table.id, refs, called(design, column or table))
    columns = [get(design, each, Column) for each in key.columns]
    return _with_pairs(design, key, get(design, key.parent or "", Table), table, columns, refs)


def _refer_from(design: Design, key: ForeignKey, table: Table, column: Column | None, ids: IdSource) -> Edit:
    parent = get(design, key.ref_table or "", Table)
    if table.id == key.parent:
        if column is None:
            raise Refused(f"it belongs to {called(design, table)} already; drop it on a column")
        refs = [get(design, each, Column) for each in key.ref_columns]
        return _with_pairs(design, key, table, parent, [column], refs)
    referred = next((each for each in design.of(Key, parent.id) if each.columns == key.ref_columns), None)
    if referred is None:
        raise Refused(f"{called(design, parent)} has no key over the columns that this refers to; give it one first")
    one = is_unique(design, key.parent or "", key.columns)
    label = f"Move {_joined(design, key)} to {called(design, table)}"
    moved = _redrawn(design, key, referred.id, column.id if column else table.id, label, ids, one_to_one=one)
    return _keeping_effects(design, key, moved)


def _keeping_effects(design: Design, key: ForeignKey, moved: Edit) -> Edit:
    """What follows a deletion or an update stays as it was."""
    after = apply(design, moved.change)
    new = replace(get(after, moved.made[0], ForeignKey), on_delete=key.on_delete, on_update=key.on_update)
    return with_(moved, change=compose(moved.change, edit(after, moved.label, [new]).change))


def _with_pairs(
    design: Design, key: ForeignKey, child: Table, parent: Table, columns: Sequence[Column], refs: Sequence[Column]
) -> Edit:
    check_pairs(design, child, parent, columns, refs)
    after = replace(
        key, columns=tuple(each.id for each in columns), ref_table=parent.id, missing_table="", missing_columns=(),
        ref_columns=tuple(each.id for each in refs), on_delete_columns=(),
    )  # fmt: skip
    names = ", ".join(called(design, each) for each in columns)
    return edit(design, f"Let {names} refer to {called(design, parent)}", [after])
