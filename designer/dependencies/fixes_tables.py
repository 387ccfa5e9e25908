"""A plan made an edit of a physical table: new tables beside it, columns moved or copied, foreign keys between."""

from __future__ import annotations

from designer.commands.contract import Edit, Refused, get, replace
from designer.commands.edit import check_name
from designer.commands.keys import primary_key
from designer.commands.moving import last_column, suffixed
from designer.commands.names import called, names_in
from designer.commands.tables import last_order
from designer.commands.types_of import type_like, types_fit
from designer.dependencies import fixes_names
from designer.dependencies.columns import names
from designer.dependencies.fixes_belongings import check_table, follow
from designer.dependencies.fixes_known import Known
from designer.dependencies.fixes_places import placed_beside
from designer.dependencies.fixes_plan import Ids, Part, Plan
from designer.dependencies.fixes_taking import Taking
from designer.schema import (
    Column,
    CompositeType,
    Design,
    DomainType,
    Entity,
    EnumType,
    Exclusion,
    ForeignKey,
    Id,
    IdSource,
    Index,
    Key,
    Record,
    Sequence,
    Table,
    View,
)
from designer.schema.order import after, between, sequence

_TABLE_EXTRAS = ("engine", "charset", "collation", "row_format", "strict")
"""Options of a table that one beside it shares, so that foreign keys between them work."""


def take_table_apart(design: Design, plan: Plan, ids: IdSource) -> Edit:
    """Return the edit that makes a plan true. Raises Refused, naming what cannot be carried over."""
    taking = taken_apart(design, plan, ids)
    made = [each for each in taking.tables[1:] if each.id not in design]
    return taking.parts.edit(design, _label(taking, made))


def taken_apart(design: Design, plan: Plan, ids: IdSource) -> Taking:
    """Return the work on a table when all of it is done. Raises Refused as `take_table_apart` does."""
    table = get(design, plan.owner, Table)
    check_table(design, table)
    taking = Taking(design, table, plan, ids)
    _tables(taking)
    _columns(taking)
    _keys(taking)
    follow(taking)
    _references(taking)
    Known(design, plan, [each.id for each in taking.tables], taking.maps, taking.leaving, taking.parts, ids).carry()
    made = [each.id for each in taking.tables[1:] if each.id not in design]
    placed_beside(design, table.id, made, taking.parts, ids)
    return taking


def _label(taking: Taking, made: list[Table]) -> str:
    owner = called(taking.design, taking.table)
    if made:
        return f"Take {', '.join(each.name for each in made)} out of {owner}"
    leaving = [each for each in taking.own if each in taking.leaving]
    homes = ", ".join(called(taking.design, each) for each in taking.tables[1:])
    return f"Move {names(taking.design, leaving)} of {owner} to {homes}"


def names_for(design: Design, plan: Plan) -> list[str]:
    """Return the name of each part: the one that was given, or a proposed one that is free and valid.

    Raises Refused where a given one is taken or cannot be held by the database.
    """
    owner = design[plan.owner]
    taken = names_taken(design, owner.parent or "")
    given = [part.name for part in plan.parts]
    for at, name in enumerate(given):
        if name:
            others = taken | {each for number, each in enumerate(given) if each and number != at}
            if fixes_names.is_taken(design, owner, name, others):
                raise Refused(f"there is a {called(design, owner)} or other table named {name} already", "name")
            if fixes_names.free(design, owner, name, ()) != name:
                raise Refused(f"the database cannot hold the name {name}; choose a shorter one", "name")
    taken |= {name for name in given if name}
    return [_name(design, owner, part, taken) for part in plan.parts]


def _name(design: Design, owner: Record, part: Part, taken: set[str]) -> str:
    there = design.get(part.into) if part.into else None
    if isinstance(there, Table | Entity):
        return there.name
    return part.name or fixes_names.proposed(design, owner, part.keys[0], taken)


_SHARED = (Index, Key, Exclusion, Sequence, EnumType, DomainType, CompositeType)
"""What shares the space of names of tables in PostgreSQL, and indexes in SQLite."""


def names_taken(design: Design, parent: Id) -> set[str]:
    """Return the names that a new table or entity cannot have."""
    found = names_in(design, parent, (Table, View, Entity))
    model = design.model_of(design[parent])
    if model is None or model.target in ("mysql", "mariadb"):
        return found
    return found | {each.name for kind in _SHARED for each in design.of(kind) if each.name}


def _tables(taking: Taking) -> None:
    design, old = taking.design, taking.table
    parent = old.parent or ""
    orders = after(last_order(design, parent, Table))
    extra = shared_options(old)
    taking.tables.append(old)
    for part, name, order in zip(taking.plan.parts, names_for(design, taking.plan), orders, strict=False):
        if part.into:
            home = get(design, part.into, Table)
            check_table(design, home)
            taking.tables.append(home)
            continue
        made = Table(
            id=taking.ids(), parent=parent, name=name, order=order, persistence=old.persistence, extra=extra,
            tablespace=old.tablespace,
        )  # fmt: skip
        check_name(design, made, name)
        taking.tables.append(made)
        taking.parts.add(made)


def shared_options(table: Table) -> dict[str, str]:
    """Return the options of a table that one beside it needs as well."""
    return {key: value for key, value in table.extra.items() if key in _TABLE_EXTRAS}


def _columns(taking: Taking) -> None:
    homes = taking.plan.homes()
    taking.maps.append({each: each for each in taking.plan.rest.columns})
    for at, part in enumerate(taking.plan.parts, 1):
        if part.into:
            taking.maps.append(_at_home(taking, part))
            continue
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


def _at_home(taking: Taking, part: Part) -> dict[Id, Id]:
    """Move columns into the table that the key refers to, and return which columns stand for which there."""
    design = taking.design
    home = get(design, part.into, Table)
    link = next(
        each
        for each in design.of(ForeignKey, taking.table.id)
        if each.ref_table == home.id and set(each.columns) == set(part.keys[0])
    )
    own = dict(zip(link.columns, key_of(design, link), strict=True))
    taken, order = names_in(design, home.id, (Column,)), last_column(design, home.id)
    for each in part.columns:
        if each in own:
            continue
        column = taking.own[each]
        twin = _twin(design, home, column)
        if twin is not None:
            _drop_copy(taking, column, twin)
            own[each] = twin.id
            continue
        order = between(order, None)
        name = suffixed(column.name, taking.table.name, taken)
        taken.add(name)
        taking.parts.add(replace(column, parent=home.id, name=name, order=order, nullable=True, not_null_name=""))
        own[each] = each
        if not column.nullable:
            said = f"{name} may be empty in {home.name}, as not every row there has one in {taking.table.name}"
            taking.parts.note("nullable", each, said)
    return own


def _twin(design: Design, home: Table, column: Column) -> Column | None:
    """Return the column of a table that has the name and the kind of type of another one."""
    same = (each for each in design.of(Column, home.id) if each.name.lower() == column.name.lower())
    return next((each for each in same if types_fit(each, column)), None)


def _drop_copy(taking: Taking, column: Column, twin: Column) -> None:
    taking.copies.add(column.id)
    taking.parts.drop(column)
    said = f"{called(taking.design, twin)} says it already; where {called(taking.design, column)} differs, that is lost"
    taking.parts.note("copy", column.id, said)


def key_of(design: Design, link: ForeignKey) -> Ids:
    """Return the columns that a foreign key refers to; the primary key where it names none."""
    primary = primary_key(design, link.ref_table or "")
    return link.ref_columns or (primary.columns if primary is not None else ())


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
        if part.into:
            continue
        for number, key in enumerate(part.keys):
            columns = taking.there(at, key)
            made = Key(id=taking.ids(), parent=taking.tables[at].id, primary=number == 0, columns=columns)
            taking.parts.add(made)


def _references(taking: Taking) -> None:
    for each in taking.plan.references():
        if each.child == 0 and each.parent and taking.plan.fragments[each.parent].into:
            continue  # it refers to that table already
        child, parent = taking.tables[each.child], taking.tables[each.parent]
        if each.parent == 0:
            _say_key(taking, each.columns)
        columns = taking.there(each.child, each.columns)
        made = ForeignKey(
            id=taking.ids(), parent=child.id, columns=columns, ref_table=parent.id,
            name=_link_name(taking, child, parent, columns),
            ref_columns=taking.there(each.parent, each.columns),
            on_delete="cascade" if each.parent == 0 else "",
        )  # fmt: skip
        taking.parts.add(made)


def _link_name(taking: Taking, child: Table, parent: Table, columns: Ids) -> str:
    """Return a name for a foreign key whose index MySQL would call as one that is there; else none.

    The server calls it after the first column, and takes the next number where it makes the table at once.
    """
    model = taking.design.model_of(child) or taking.design.model_of(taking.table)
    first = taking.parts.put.get(columns[0]) or taking.design[columns[0]]
    held = {each.name.lower() for kind in (Key, Index) for each in taking.design.of(kind, child.id)}
    if model is None or model.target not in ("mysql", "mariadb") or not isinstance(first, Column):
        return ""
    if first.name.lower() not in held:
        return ""
    taken = {each.name for each in taking.design.of(ForeignKey)}
    return fixes_names.free(taking.design, taking.table, f"{child.name}_{parent.name}_fk", taken)


def _say_key(taking: Taking, columns: Ids) -> None:
    """Let the old table say a key that another one refers to, where it does not."""
    own = taking.design.of(Key, taking.table.id)
    now = [each for key in own if isinstance(each := taking.parts.put.get(key.id, key), Key)]
    if any(set(key.columns) == set(columns) for key in now if key.id not in taking.parts.gone):
        return
    primary = not any(key.primary for key in now) and not any(taking.own[each].nullable for each in columns)
    taking.parts.add(Key(id=taking.ids(), parent=taking.table.id, primary=primary, columns=columns))
