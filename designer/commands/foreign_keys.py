"""Foreign keys: given in full, or drawn from a table to another."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.columns import _place_after
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.keys import primary_key
from designer.commands.names import called, free_name, names_in, singular
from designer.schema import Column, Design, ForeignKey, Id, IdSource, Record, Table
from designer.schema.order import between

ACTIONS = ("", "cascade", "restrict", "set null", "set default")
_SERIAL = {"smallserial": "smallint", "serial": "integer", "bigserial": "bigint", "serial2": "smallint",
           "serial4": "integer", "serial8": "bigint"}  # fmt: skip


def add_foreign_key(
    design: Design,
    table: Id,
    columns: Sequence[Id],
    ref_table: Id,
    ref_columns: Sequence[Id],
    ids: IdSource,
    *,
    on_delete: str = "",
    on_update: str = "",
    name: str = "",
) -> Edit:
    """Add a foreign key from `columns[i]` to `ref_columns[i]`."""
    owner, target = get(design, table, Table), get(design, ref_table, Table)
    if not columns or len(columns) != len(ref_columns):
        raise Refused(
            "a foreign key pairs each of its columns with one of the other table; choose as many on both sides"
        )
    if any(get(design, each, Column).parent != table for each in columns):
        raise Refused(f"the referencing columns must be columns of {owner.name}", "columns")
    if any(get(design, each, Column).parent != ref_table for each in ref_columns):
        raise Refused(f"the referenced columns must be columns of {target.name}", "ref_columns")
    if any(k.columns == tuple(columns) and k.ref_table == ref_table for k in design.of(ForeignKey, table)):
        raise Refused(f"{owner.name} has this foreign key to {target.name} already")
    check_actions(on_delete, on_update)
    made = ForeignKey(
        id=ids(), parent=table, name=name, columns=tuple(columns), ref_table=ref_table, ref_columns=tuple(ref_columns),
        on_delete=on_delete, on_update=on_update,
    )  # fmt: skip
    return edit(design, f"Add foreign key {called(design, owner)} → {called(design, target)}", [made])


def check_actions(*actions: str) -> None:
    """Raise Refused for a word that is no referential action."""
    for action in actions:
        if action not in ACTIONS:
            raise Refused(f"{action!r} is no referential action; choose one of: no action{', '.join(ACTIONS)}")


def draw(design: Design, source: Id, target: Id, ids: IdSource) -> Edit:
    """Make the foreign key that a line from `source` (a table or column) to `target` (a table or column) means.

    From a column it uses that column; from a table it makes columns named after the referenced table and its
    key, of the same types.
    """
    start, end = design.get(source), design.get(target)
    target_table = get(design, end.parent or "" if isinstance(end, Column) else target, Table)
    ref_columns = [end] if isinstance(end, Column) else key_columns(design, target_table)
    if isinstance(start, Column):
        if len(ref_columns) != 1:
            raise Refused(f"the key of {target_table.name} has {len(ref_columns)} columns; draw from the table instead")
        return add_foreign_key(design, start.parent or "", [start.id], target_table.id, [ref_columns[0].id], ids)
    return _with_new_columns(design, get(design, source, Table), target_table, ref_columns, ids)


def key_columns(design: Design, table: Table) -> list[Column]:
    """Return the primary key columns of a table. Raises Refused where it has none."""
    key = primary_key(design, table.id)
    if key is None:
        raise Refused(f"{table.name} has no primary key to refer to; give it one first")
    return [get(design, each, Column) for each in key.columns]


def _with_new_columns(design: Design, table: Table, target: Table, ref_columns: list[Column], ids: IdSource) -> Edit:
    taken = names_in(design, table.id, (Column,))
    put: list[Record] = []
    order = _place_after(design, table.id, None)
    for ref in ref_columns:
        name = free_name(
            ref.name if ref.name.startswith(singular(target.name)) else f"{singular(target.name)}_{ref.name}", taken
        )
        taken.add(name)
        raw = _SERIAL.get(ref.type.lower(), ref.type)
        put.append(
            Column(
                id=ids(), parent=table.id, name=name, type=raw, logical=_SERIAL.get(ref.logical, ref.logical),
                type_ref=ref.type_ref, collation=ref.collation, nullable=True, order=order,
            )
        )  # fmt: skip
        order = between(order, None)
    made = ForeignKey(
        id=ids(), parent=table.id, columns=tuple(each.id for each in put), ref_table=target.id,
        ref_columns=tuple(each.id for each in ref_columns),
    )  # fmt: skip
    return edit(design, f"Add foreign key {called(design, table)} → {called(design, target)}", [made, *put])


def set_reference(
    design: Design, foreign_key: Id, columns: Sequence[Id], ref_table: Id, ref_columns: Sequence[Id]
) -> Edit:
    """Let an existing foreign key pair other columns or refer to another table."""
    old = get(design, foreign_key, ForeignKey)
    target = get(design, ref_table, Table)
    if not columns or len(columns) != len(ref_columns):
        raise Refused(
            "a foreign key pairs each of its columns with one of the other table; choose as many on both sides"
        )
    new = replace(
        old,
        columns=tuple(columns),
        ref_table=target.id,
        ref_columns=tuple(ref_columns),
        missing_table="",
        missing_columns=(),
    )
    return edit(design, f"Set reference of {called(design, old)} to {called(design, target)}", [new])
