"""Numbered columns made rows: `phone1, phone2, phone3` become a table with a row for each phone."""

from __future__ import annotations

from collections.abc import Sequence

from designer.commands.carrying import the
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.keys import primary_key
from designer.commands.names import called, free_name, names_in, singular
from designer.commands.tables import last_order
from designer.commands.types_of import type_like
from designer.dependencies import fixes_names
from designer.dependencies.columns import names
from designer.dependencies.fixes_belongings import check_table, follow
from designer.dependencies.fixes_places import placed_beside
from designer.dependencies.fixes_plan import Ids, Part, Plan
from designer.dependencies.fixes_tables import names_taken, shared_options
from designer.dependencies.fixes_taking import Taking
from designer.dialects.base import Dialect
from designer.dialects.logical import logical_type, raw_type
from designer.dialects.registry import get as dialect_of
from designer.schema import (
    Assessment,
    Attribute,
    Check,
    Column,
    Dependency,
    Design,
    Entity,
    Expr,
    ForeignKey,
    Id,
    IdSource,
    Index,
    Key,
    Table,
    Use,
)
from designer.schema.order import sequence

_PLACE = "position"


def as_rows(
    design: Design,
    owner: Id,
    rows: Sequence[Sequence[Id]],
    parts: Sequence[str],
    ids: IdSource,
    *,
    base: str = "",
    name: str = "",
) -> Edit:
    """Make a table of columns that are one thing several times: `rows[i]` are the columns of its i-th row.

    `parts` are the names of its columns, `base` what one row is called. The first columns move, so that what is said of
    them stays; a migration fills the table with the values of all. In an entity they become one attribute with several
    values. Raises Refused, naming what cannot be carried over.
    """
    if len(rows) < 2 or not parts or any(len(row) != len(parts) for row in rows):
        raise Refused("choose at least two columns that are the same thing several times", "columns")
    if isinstance(design.get(owner), Entity):
        return _multivalued(design, owner, rows, base or parts[0], ids)
    table = get(design, owner, Table)
    taking = _taking(design, table, rows, ids)
    made = _table(taking, base or parts[0], name)
    _columns(taking, made, rows[0], parts)
    _without_unique(taking, {each for row in rows for each in row})
    follow(taking)
    _known(taking)
    placed_beside(design, table.id, [made.id], taking.parts, ids)
    columns = names(design, [each for row in rows for each in row])
    return taking.parts.edit(design, f"Make rows of {columns} of {called(design, table)}")


SEPARATORS = (",", ";", "|", "/", " ", "\n")
"""What can stand between the values of a list in a text."""


def list_as_rows(
    design: Design, column: Id, ids: IdSource, *, separator: str = ",", base: str = "", name: str = ""
) -> Edit:
    """Make rows of a text that lists values: `red,green` becomes two rows of a new table, numbered in that order.

    The column moves, and a check says that a value holds no separator; a migration takes the lists apart by it. In an
    entity the attribute has several values from then on. Raises Refused, naming what cannot be carried over.
    """
    attribute = design.get(column)
    if isinstance(attribute, Attribute):
        label = f"Let {called(design, attribute)} have several values"
        return edit(design, label, [replace(attribute, multivalued=True)])
    old = get(design, column, Column)
    table = get(design, old.parent or "", Table)
    if separator not in SEPARATORS:
        raise Refused("say what stands between the values: a comma, semicolon, bar, slash, space or line", "separator")
    taking = _taking(design, table, [[column]], ids)
    value = base.strip() or singular(old.name)
    made = _table(taking, value, name)
    _columns(taking, made, [column], [value])
    quoted = dialect_at(design, table).quote(value)
    text = f"{quoted} NOT LIKE '%{separator}%'"
    taking.parts.add(Check(id=taking.ids(), parent=made.id, expr=Expr(text, (Use(0, len(quoted), column),))))
    _without_unique(taking, {column})
    follow(taking)
    _known(taking)
    placed_beside(design, table.id, [made.id], taking.parts, ids)
    return taking.parts.edit(design, f"Make rows of the lists in {called(design, old)}")


def dialect_at(design: Design, table: Table) -> Dialect:
    """Return the database of a table's model."""
    model = design.model_of(table)
    return dialect_of(model.target if model is not None and model.target else "postgresql")


def _taking(design: Design, table: Table, rows: Sequence[Sequence[Id]], ids: IdSource) -> Taking:
    check_table(design, table)
    key = primary_key(design, table.id)
    if key is None or not key.columns:
        raise Refused(f"{called(design, table)} has no primary key for the rows to refer to; give it one first")
    series = [each for row in rows for each in row]
    if any(get(design, each, Column).parent != table.id for each in series) or set(series) & set(key.columns):
        raise Refused(f"choose columns of {called(design, table)} that are not in its primary key", "columns")
    whole = [column.id for column in design.of(Column, table.id)]
    stays = tuple(each for each in whole if each not in series)
    plan = Plan(table.id, Part(stays, (key.columns,)), (Part((*key.columns, *rows[0]), (key.columns,)),))
    taking = Taking(design, table, plan, ids, tables=[table], maps=[{each: each for each in stays}])
    taking.copies.update(each for row in rows[1:] for each in row)
    taking.parts.gone.update(dict.fromkeys(each for row in rows[1:] for each in row))
    return taking


def _table(taking: Taking, base: str, name: str) -> Table:
    design, old = taking.design, taking.table
    taken = names_taken(design, old.parent or "")
    wanted = name.strip() or fixes_names.free(design, old, f"{singular(old.name)}_{fixes_names.plural(base)}", taken)
    if fixes_names.is_taken(design, old, wanted, taken):
        raise Refused(f"there is a table named {wanted} already; choose another name", "name")
    made = Table(
        id=taking.ids(), parent=old.parent, name=wanted, order=last_order(design, old.parent or "", Table),
        persistence=old.persistence, extra=shared_options(old),
    )  # fmt: skip
    taking.tables.append(made)
    taking.parts.add(made)
    return made


def _columns(taking: Taking, table: Table, first: Sequence[Id], parts: Sequence[str]) -> None:
    """Put the key of the old table, a number, and the columns of the first row; and say how they belong together."""
    own, key = taking.own, taking.plan.parts[0].keys[0]
    orders = sequence(len(key) + 1 + len(first))
    known: dict[Id, Id] = {}
    taken: set[str] = set(parts)
    for each, order in zip(key, orders, strict=False):
        wanted = own[each].name if own[each].name.lower() != "id" else f"{singular(taking.table.name)}_id"
        copy = Column(id=taking.ids(), parent=table.id, name=free_name(wanted, taken), nullable=False, order=order)
        taken.add(copy.name)
        taking.parts.add(replace(copy, extra=own[each].extra, **type_like(own[each])))
        known[each] = copy.id
    place = _place(taking, table, free_name(_PLACE, taken), orders[len(key)])
    for each, name, order in zip(first, parts, orders[len(key) + 1 :], strict=True):
        alone = len(first) == 1
        taking.parts.add(replace(own[each], parent=table.id, name=name, order=order, default=None, not_null_name="",
                                 nullable=own[each].nullable and not alone))  # fmt: skip
        known[each] = each
    taking.maps.append(known)
    referring = tuple(known[each] for each in key)
    taking.parts.add(
        Key(id=taking.ids(), parent=table.id, primary=True, columns=(*referring, place.id)),
        ForeignKey(id=taking.ids(), parent=table.id, columns=referring, ref_table=taking.table.id, ref_columns=key,
                   on_delete="cascade"),
    )  # fmt: skip


def _place(taking: Taking, table: Table, name: str, order: str) -> Column:
    dialect = dialect_at(taking.design, taking.table)
    raw, _ = raw_type("integer", dialect)
    made = Column(
        id=taking.ids(), parent=table.id, name=name, type=raw, logical=logical_type(raw, dialect), nullable=False,
        order=order,
    )  # fmt: skip
    taking.parts.add(made)
    return made


def _without_unique(taking: Taking, series: set[Id]) -> None:
    """What was unique in one column need not be so among all rows: that is for people to say."""
    keys = [(each.id, set(each.columns)) for each in taking.design.of(Key, taking.table.id)]
    indexes = [each for each in taking.design.of(Index, taking.table.id) if each.unique]
    keys += [(each.id, {part.column or "" for part in each.parts}) for each in indexes]
    for each, columns in keys:
        if columns & series:
            record = taking.design[each]
            taking.parts.note("unique", each, f"{the(taking.design, record)} goes; say anew what is unique")
            taking.parts.drop(record)


def _known(taking: Taking) -> None:
    """Dependencies of columns that are rows now say nothing any more; an assessment is left with the others."""
    series = taking.leaving
    for stored in taking.design.of(Dependency, taking.table.id):
        if series & {*stored.determinant, *stored.dependent}:
            taking.parts.drop(stored)
    for word in taking.design.of(Assessment, taking.table.id):
        taking.parts.add(replace(word, columns=tuple(each for each in word.columns if each not in series)))


def _multivalued(design: Design, owner: Id, rows: Sequence[Sequence[Id]], base: str, ids: IdSource) -> Edit:
    """Make one attribute with several values of those of an entity; a composite one where it has several parts."""
    entity, series = get(design, owner, Entity), [each for row in rows for each in row]
    first = [get(design, each, Attribute) for each in rows[0]]
    gone: Ids = tuple(each for each in series if each not in rows[0])
    others = names_in(design, owner, (Attribute,)) - {get(design, each, Attribute).name for each in series}
    name = free_name(base, others)
    label = f"Make one attribute of {names(design, series)} of {called(design, entity)}"
    if len(first) == 1:
        return edit(design, label, [replace(first[0], name=name, multivalued=True)], gone)
    whole = Attribute(
        id=ids(), parent=owner, name=name, multivalued=True, order=first[0].order,
        optional=all(each.optional for each in first),
    )  # fmt: skip
    return edit(design, label, [whole, *(replace(each, parent=whole.id) for each in first)], gone)
