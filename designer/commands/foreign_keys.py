"""Foreign keys: given in full, or drawn from a table, a column or a key; as doc/commands/foreign_keys.js."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.habits import likely_names, plain_name, referring_names
from designer.commands.keys import is_unique, primary_key
from designer.commands.names import called, free_name, names_in
from designer.commands.types_of import type_like, types_fit
from designer.schema import Column, Design, ForeignKey, Id, IdSource, Key, Record, Table
from designer.schema.order import between

ACTIONS = ("", "cascade", "restrict", "set null", "set default")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a foreign key would be, before anybody makes it: `columns[i]`, or a new `names[i]`, refers to `refs[i]`.

    `optional` is as it was asked for, `nullable` as it will be; `one` is one to one, and where `adds_key` is set a
    unique key must come for that.
    """

    child: Table
    parent: Table
    refs: tuple[Column, ...]
    columns: tuple[Column | None, ...]
    names: tuple[str, ...]
    optional: bool | None
    nullable: bool
    retyped: tuple[bool, ...]
    adds_key: bool
    one: bool


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
    _check_new(design, owner, target, columns)
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


def connect(
    design: Design,
    source: Id,
    target: Id,
    ids: IdSource,
    *,
    one_to_one: bool = False,
    optional: bool | None = None,
    fresh: bool = False,
    retype: bool = False,
) -> Edit:
    """Connect two things by a foreign key.

    From a column: that column refers to the other side. From a key: the table at the other side gets columns that
    refer to it. From a table: it gets columns that refer to the other table; columns that are named for that already
    are used, unless `fresh`. New columns are NOT NULL unless `optional`, or where a table refers to itself. `retype`
    gives a column of another type the type of the key that it refers to.
    """
    plan = plan_connection(design, source, target, one_to_one=one_to_one, optional=optional, fresh=fresh, retype=retype)
    columns = _referring_columns(design, plan, ids)
    members, refs = tuple(each.id for each in columns), tuple(each.id for each in plan.refs)
    child, parent = plan.child.id, plan.parent.id
    key = ForeignKey(id=ids(), parent=child, columns=members, ref_table=parent, ref_columns=refs)
    unique = [Key(id=ids(), parent=child, columns=members)] if plan.adds_key else []
    put: list[Record] = [key, *columns, *unique]
    return edit(design, _connection_label(design, plan), put)


def _connection_label(design: Design, plan: Plan) -> str:
    way = "one to one" if plan.one else "many to one"
    return (
        f"Connect {called(design, plan.child)} to {called(design, plan.parent)}, {way}"
        f"{', optional' if plan.nullable else ''}"
    )


def plan_connection(
    design: Design,
    source: Id,
    target: Id,
    *,
    one_to_one: bool = False,
    optional: bool | None = None,
    fresh: bool = False,
    retype: bool = False,
) -> Plan:
    """Return what `connect` would make. Raises Refused where it cannot; `field` is `type` where a type does not fit."""
    child, parent, chosen, refs = _sides(design, source, target)
    found = chosen or (None if fresh else _named_for(design, child, parent, refs))
    columns: list[Column | None] = list(found) if found else [None] * len(refs)
    retyped = tuple(bool(own and not types_fit(own, ref)) for own, ref in zip(columns, refs, strict=False))
    if found:
        check_pairs(design, child, parent, found, refs, retype=retype)
    nullable = _nullable_after(design, child, parent, found or [], optional)
    unique = bool(found) and is_unique(design, child.id, [each.id for each in found or ()])
    wanted = referring_names(design, child, parent, refs, "parent" if child.id == parent.id else "")
    names = _free_names(wanted, names_in(design, child.id, (Column,)))
    return Plan(
        child, parent, tuple(refs), tuple(columns), names, optional, nullable, retyped, one_to_one and not unique,
        one_to_one or unique,
    )  # fmt: skip


def _sides(design: Design, source: Id, target: Id) -> tuple[Table, Table, list[Column] | None, list[Column]]:
    """Return who refers to whom by what: child, parent, the chosen columns if there are, and what they refer to."""
    start, end = design.get(source), design.get(target)
    if isinstance(start, Key):
        refs = [get(design, each, Column) for each in start.columns]
        chosen = [end] if isinstance(end, Column) else None
        return _table_of(design, end, target), get(design, start.parent or "", Table), chosen, refs
    parent = _table_of(design, end, target)
    refs = [_unique_column(design, end)] if isinstance(end, Column) else key_columns(design, parent)
    return _table_of(design, start, source), parent, [start] if isinstance(start, Column) else None, refs


def _table_of(design: Design, record: Record | None, given: Id) -> Table:
    return get(design, (record.parent or "") if isinstance(record, Column) else given, Table)


def _unique_column(design: Design, column: Column) -> Column:
    check_unique(design, column.parent or "", [column], called(design, column))
    return column


def check_unique(design: Design, table: Id, columns: Sequence[Column], name: str) -> None:
    """Raise Refused where nothing can refer to these columns, as their values need not be unique."""
    if not is_unique(design, table, [each.id for each in columns]):
        raise Refused(
            f"{name} is not unique, so nothing can refer to it; give it a unique key first, or refer to the table"
        )


def key_columns(design: Design, table: Table) -> list[Column]:
    """Return the primary key columns of a table. Raises Refused where it has none."""
    key = primary_key(design, table.id)
    if key is None or not key.columns:
        raise Refused(f"{called(design, table)} has no primary key to refer to; give it one first")
    return [get(design, each, Column) for each in key.columns]


def _named_for(design: Design, child: Table, parent: Table, refs: list[Column]) -> list[Column] | None:
    """Return columns that are named as if they referred to the key, have its types, and refer to nothing yet."""
    used = {each for key in design.of(ForeignKey, child.id) for each in key.columns} | {ref.id for ref in refs}
    free = [column for column in design.of(Column, child.id) if column.id not in used]
    found: list[Column] = []
    for ref in refs:
        likely = likely_names(parent, ref)
        fitting = next((each for each in free if each.name.lower() in likely and types_fit(each, ref)), None)
        if fitting is None:
            return None
        found.append(fitting)
    return found if len({each.id for each in found}) == len(found) else None


def check_pairs(
    design: Design,
    owner: Table,
    target: Table,
    columns: Sequence[Column],
    refs: Sequence[Column],
    *,
    retype: bool = False,
) -> None:
    """Raise Refused where columns cannot refer to others: not as many, the same, of another type, or paired already.

    With `retype` the types will be made to fit.
    """
    if len(columns) != len(refs):
        raise Refused(
            f"the key of {called(design, target)} has {len(refs)} columns; draw from the header of the table instead"
        )
    for column, ref in zip(columns, refs, strict=True):
        _check_pair(design, column, ref, retype=retype)
    _check_new(design, owner, target, [each.id for each in columns])


def _check_new(design: Design, owner: Table, target: Table, columns: Sequence[Id]) -> None:
    if any(k.columns == tuple(columns) and k.ref_table == target.id for k in design.of(ForeignKey, owner.id)):
        raise Refused(f"{called(design, owner)} has this foreign key to {called(design, target)} already")


def _check_pair(design: Design, column: Column, ref: Column, *, retype: bool) -> None:
    if column.id == ref.id:
        raise Refused(f"{called(design, column)} cannot refer to itself; choose another column")
    if types_fit(column, ref):
        return
    if not retype:
        one, other = (f"{called(design, each)} is {each.type or 'without a type'}" for each in (column, ref))
        raise Refused(
            f"{one}, but {other}; give both one type, or draw from the header of the table to get a new column", "type"
        )
    if any(isinstance(design[each], ForeignKey) for each in design.referrers(column.id)):
        raise Refused(f"{called(design, column)} is used by another foreign key, so its type cannot follow this one")


def _nullable_after(design: Design, child: Table, parent: Table, kept: Sequence[Column], optional: bool | None) -> bool:
    key = primary_key(design, child.id)
    primary = key.columns if key else ()
    fixed = next((column for column in kept if column.id in primary), None)
    if optional and fixed:
        raise Refused(f"{called(design, fixed)} is part of the primary key, so it cannot be optional")
    if optional is not None:
        return optional
    if kept:
        return any(column.nullable and column.id not in primary for column in kept)
    return child.id == parent.id


def _free_names(wanted: Sequence[str], taken: set[str]) -> tuple[str, ...]:
    names = []
    for each in wanted:
        names.append(free_name(each, taken))
        taken.add(names[-1])
    return tuple(names)


def _referring_columns(design: Design, plan: Plan, ids: IdSource) -> list[Column]:
    """Return the columns of the plan: those that are there, as they will be, and new ones at the end of the table."""
    siblings = design.of(Column, plan.child.id)
    order = siblings[-1].order or None if siblings else None
    found: list[Column] = []
    for at, (column, ref) in enumerate(zip(plan.columns, plan.refs, strict=True)):
        order = between(order, None)
        if column is None:
            new = Column(id=ids(), parent=plan.child.id, name=plan.names[at], nullable=plan.nullable, order=order)
            found.append(replace(new, **type_like(ref)))
            continue
        kept = replace(column, **type_like(ref)) if plan.retyped[at] else column
        found.append(kept if plan.optional is None else replace(kept, nullable=plan.optional))
    return found


def referring_column(
    ref: Column, table: str, owner: Id, taken: set[str], ids: IdSource, *, nullable: bool = True, order: str = ""
) -> Column:
    """Return a new column of `owner` that can refer to `ref` of a table of that name; `taken` gets its name."""
    name = free_name(plain_name(table, ref.name), taken)
    taken.add(name)
    column = Column(id=ids(), parent=owner, name=name, nullable=nullable, order=order)
    return replace(column, **type_like(ref))


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
