"""A plan made an edit of a physical table: new tables beside it, columns moved or copied, foreign keys between."""

from __future__ import annotations

from designer.commands.contract import Edit, Refused, get, replace
from designer.commands.edit import check_name
from designer.commands.names import called, names_in
from designer.commands.tables import last_order
from designer.commands.types_of import type_like
from designer.dependencies import fixes_names
from designer.dependencies.fixes_belongings import carry_dependencies, check_table, follow
from designer.dependencies.fixes_places import placed_beside
from designer.dependencies.fixes_plan import Plan
from designer.dependencies.fixes_taking import Taking
from designer.schema import Column, Design, ForeignKey, Id, IdSource, Key, Table, View
from designer.schema.order import after, sequence

_TABLE_EXTRAS = ("engine", "charset", "collation", "row_format", "strict")
"""Options of a table that one beside it shares, so that foreign keys between them work."""


def take_table_apart(design: Design, plan: Plan, ids: IdSource) -> Edit:
    """Return the edit that makes a plan true. Raises Refused, naming what cannot be carried over."""
    table = get(design, plan.owner, Table)
    check_table(design, table)
    taking = Taking(design, table, plan, ids)
    _tables(taking)
    _columns(taking)
    _keys(taking)
    follow(taking)
    _references(taking)
    carry_dependencies(design, table.id, taking.maps, taking)
    placed_beside(design, table.id, [each.id for each in taking.tables[1:]], taking.parts, ids)
    new = ", ".join(each.name for each in taking.tables[1:])
    return taking.parts.edit(design, f"Take {new} out of {called(design, table)}")


def names_for(design: Design, plan: Plan) -> list[str]:
    """Return the name of each part: the one that was given, or a proposed one that is free and valid.

    Raises Refused where a given one is taken or cannot be held by the database.
    """
    owner = design[plan.owner]
    taken = _taken(design, owner.parent or "")
    given = [part.name for part in plan.parts]
    for at, name in enumerate(given):
        if name:
            others = taken | {each for number, each in enumerate(given) if each and number != at}
            if fixes_names.is_taken(design, owner, name, others):
                raise Refused(f"there is a {called(design, owner)} or other table named {name} already", "name")
            if fixes_names.free(design, owner, name, ()) != name:
                raise Refused(f"the database cannot hold the name {name}; choose a shorter one", "name")
    taken |= {name for name in given if name}
    return [part.name or fixes_names.proposed(design, owner, part.keys[0], taken) for part in plan.parts]


def _taken(design: Design, parent: Id) -> set[str]:
    return names_in(design, parent, (Table, View))


def _tables(taking: Taking) -> None:
    design, old = taking.design, taking.table
    parent = old.parent or ""
    orders = after(last_order(design, parent, Table))
    extra = {key: value for key, value in old.extra.items() if key in _TABLE_EXTRAS}
    taking.tables.append(old)
    for name, order in zip(names_for(design, taking.plan), orders, strict=False):
        made = Table(
            id=taking.ids(), parent=parent, name=name, order=order, persistence=old.persistence, extra=extra,
            tablespace=old.tablespace,
        )  # fmt: skip
        check_name(design, made, name)
        taking.tables.append(made)
        taking.parts.add(made)


def _columns(taking: Taking) -> None:
    homes = taking.plan.homes()
    taking.maps.append({each: each for each in taking.plan.rest.columns})
    for at, part in enumerate(taking.plan.parts, 1):
        own: dict[Id, Id] = {}
        turn = [*part.keys[0], *(each for each in part.columns if each not in part.keys[0])]
        for each, order in zip(turn, sequence(len(turn)), strict=True):
            made = _column(taking, taking.own[each], homes.get(each) == at)
            nullable = made.nullable and each not in part.keys[0]
            name = "" if nullable != made.nullable else made.not_null_name
            taking.parts.add(
                replace(made, parent=taking.tables[at].id, order=order, nullable=nullable, not_null_name=name)
            )
            own[each] = made.id
        taking.maps.append({each: own[each] for each in part.columns})


def _column(taking: Taking, column: Column, moves: bool) -> Column:
    """Return the column itself, or a copy that holds the same values."""
    if moves:
        return column
    bare = Column(
        id=taking.ids(), name=column.name, comment=column.comment, nullable=column.nullable, extra=column.extra,
        classification=column.classification, pii=column.pii, retention=column.retention, owner=column.owner,
    )  # fmt: skip
    return replace(bare, **type_like(column))


def _keys(taking: Taking) -> None:
    for at, part in enumerate(taking.plan.parts, 1):
        for number, key in enumerate(part.keys):
            columns = taking.there(at, key)
            made = Key(id=taking.ids(), parent=taking.tables[at].id, primary=number == 0, columns=columns)
            taking.parts.add(made)


def _references(taking: Taking) -> None:
    for each in taking.plan.references():
        child, parent = taking.tables[each.child], taking.tables[each.parent]
        columns = taking.there(each.child, each.columns)
        made = ForeignKey(
            id=taking.ids(), parent=child.id, columns=columns, ref_table=parent.id,
            ref_columns=taking.there(each.parent, each.columns),
            on_delete="cascade" if each.parent == 0 else "",
        )  # fmt: skip
        taking.parts.add(made)
