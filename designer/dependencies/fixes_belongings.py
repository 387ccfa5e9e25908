"""What belongs to a table that is taken apart, and what of others names its columns."""

from __future__ import annotations

import re

from designer.commands.carrying import parts_of, the
from designer.commands.contract import Refused, replace
from designer.commands.names import called
from designer.commands.remapping import renumbered
from designer.dependencies.columns import names
from designer.dependencies.fixes_taking import Taking
from designer.schema import (
    Check,
    Column,
    Design,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Partitioning,
    Policy,
    Publication,
    Record,
    Routine,
    Statement,
    Table,
    Trigger,
    View,
)
from designer.schema.references import referred_ids

_OF_COLUMNS = (Key, ForeignKey, Index, Check, Exclusion)
_GRANT = re.compile(r"\s*grant\b", re.IGNORECASE)


def check_table(design: Design, table: Table) -> None:
    """Raise Refused for a table that cannot be taken apart, whatever its columns."""
    name = called(design, table)
    if table.partition_of or design.of(Partitioning, table.id):
        raise Refused(f"{name} is partitioned, so its columns have to stay together; keep it as it is")
    heirs = [each for each in design.referrers(table.id) if isinstance(design[each], Table)]
    if table.inherits or table.of_type or heirs:
        raise Refused(f"{name} shares its columns with other tables by inheritance or a type; restructure these first")
    if table.row_security or design.of(Policy, table.id):
        raise Refused(
            f"{name} is protected row by row, and a new table beside it would show what its policies hide; "
            "drop the policies first and write them anew behind"
        )
    if any("versioning" in key or "period_for" in key for key in table.extra):
        raise Refused(f"{name} keeps its history by itself, and that of columns that leave it would be lost")


def follow(taking: Taking) -> None:
    """Let what belongs to the table go where its columns go. Raises Refused, naming what cannot be carried over."""
    for record in parts_of(taking.design, taking.table.id):
        if record.id in taking.parts.gone:
            continue
        if isinstance(record, _OF_COLUMNS) and _columns_of(taking, record) & taking.copies:
            taking.parts.drop(record)
            taking.parts.note("copy", record.id, f"{the(taking.design, record)} goes with a column that is dropped")
        elif isinstance(record, Key):
            _key(taking, record)
        elif isinstance(record, ForeignKey):
            _foreign_key(taking, record)
        elif isinstance(record, Index):
            _index(taking, record)
        elif isinstance(record, Check | Exclusion):
            _rule(taking, record)
        elif isinstance(record, Trigger | Statement):
            _text(taking, record)
    _generated(taking)
    _referring(taking)
    _readers(taking)


def _columns_of(taking: Taking, record: Record) -> set[Id]:
    """Return the columns of the table that a record of it is about."""
    if isinstance(record, ForeignKey):
        return {*record.columns, *record.on_delete_columns}
    return referred_ids(record) & taking.own.keys()


def _key(taking: Taking, key: Key) -> None:
    at = taking.home(_columns_of(taking, key))
    if at is None:
        _lost_key(taking, key)
    elif at:
        known = {frozenset(each) for each in taking.plan.fragments[at].keys}
        if frozenset(key.columns) in known:
            taking.parts.drop(key)  # the new table says it by a key of its own
        else:
            taking.parts.add(replace(renumbered(key, taking.renumbering(at)), primary=False))


def _lost_key(taking: Taking, key: Key) -> None:
    """A primary key that no fragment holds gives way to that of the rest; a unique one cannot be said any more."""
    rest = taking.plan.rest.keys[0]
    said = f"{the(taking.design, key)} spans two tables now"
    if not key.primary:
        taking.parts.drop(key)
        taking.parts.note("spans", key.id, f"{said}, so no key can say it; a trigger can")
        return
    empty = [each for each in rest if taking.own[each].nullable]
    taking.parts.add(replace(key, columns=rest, include=(), parts=(), primary=not empty))
    what = "may be NULL, so it is a unique key" if empty else "is the primary key in its place"
    taking.parts.note("key", key.id, f"{said}; ({names(taking.design, rest)}) {what}")


def _foreign_key(taking: Taking, key: ForeignKey) -> None:
    at = taking.home(_columns_of(taking, key))
    if at is None:
        raise taking.torn(key, f"goes from ({names(taking.design, key.columns)})")
    maps = taking.maps[at]
    now = replace(
        key, parent=taking.tables[at].id, columns=taking.there(at, key.columns),
        on_delete_columns=tuple(maps[each] for each in key.on_delete_columns),
    )  # fmt: skip
    taking.parts.add(_repointed(taking, key, now) if key.ref_table == taking.table.id else now)


def _index(taking: Taking, index: Index) -> None:
    at = taking.home(_columns_of(taking, index))
    if at is None:
        taking.parts.drop(index)
        what = "so it is left out"
        if index.unique:
            what = "so nothing keeps it unique; a trigger can"
        taking.parts.note("spans", index.id, f"{the(taking.design, index)} names columns of two tables, {what}")
    elif at:
        taking.parts.add(renumbered(index, taking.renumbering(at)))


def _rule(taking: Taking, rule: Check | Exclusion) -> None:
    named = _columns_of(taking, rule)
    at = taking.home(named)
    if at is None:
        order = [each for each in taking.own if each in named]
        raise taking.torn(rule, f"looks at {names(taking.design, order)} together")
    if at:
        taking.parts.add(renumbered(rule, taking.renumbering(at)))


def _text(taking: Taking, record: Trigger | Statement) -> None:
    gone = [each for each in taking.own if each in referred_ids(record) & taking.leaving]
    if gone:
        raise taking.torn(record, f"names {names(taking.design, gone)}")
    if isinstance(record, Statement):
        _grant(taking, record)


def _grant(taking: Taking, statement: Statement) -> None:
    """Who may use the table may use what comes out of it, as long as the statement names nothing else."""
    named = {use.id for use in statement.text.uses}
    if not _GRANT.match(statement.text.text) or named != {taking.table.id}:
        return
    for table in taking.tables[1:]:
        made = renumbered(replace(statement, id=taking.ids()), {taking.table.id: table.id})
        taking.parts.add(made)


def _generated(taking: Taking) -> None:
    """A column is computed from columns of its own row only."""
    homes = taking.plan.homes()
    for column in taking.own.values():
        if column.id in taking.copies:
            continue
        used = {use.id for use in column.generated.uses} & taking.own.keys() if column.generated else set()
        at = homes.get(column.id, 0)
        if not used:
            continue
        if not used <= set(taking.plan.fragments[at].columns):
            order = [each for each in taking.own if each in used]
            raise taking.torn(column, f"is computed from {names(taking.design, order)}")
        now = taking.parts.put.get(column.id, column)
        if at and isinstance(now, Column):
            maps = {each: taking.maps[at][each] for each in used if each != column.id}
            taking.parts.add(renumbered(now, maps))


def _referring(taking: Taking) -> None:
    """Let foreign keys of other tables refer to where the columns are that they refer to."""
    table = taking.table.id
    for each in sorted(taking.design.referrers(table)):
        key = taking.design[each]
        if isinstance(key, ForeignKey) and key.ref_table == table and key.parent != table:
            now = _repointed(taking, key, key)
            if now is not key:
                taking.parts.add(now)


def _repointed(taking: Taking, key: ForeignKey, now: ForeignKey) -> ForeignKey:
    """Return a foreign key to the table as it refers to the fragment that holds what it refers to."""
    primary = next((each.columns for each in taking.design.of(Key, taking.table.id) if each.primary), ())
    wanted = key.ref_columns or primary
    known = [{frozenset(one) for one in part.keys} for part in taking.plan.fragments]
    kept = {frozenset(each.columns) for each in taking.design.of(Key, taking.table.id)}
    if set(wanted) <= set(taking.plan.rest.columns) and frozenset(wanted) in known[0] | kept:
        return replace(now, ref_columns=wanted) if wanted != key.ref_columns else now
    at = next((at for at, keys in enumerate(known) if frozenset(wanted) in keys), None)
    if at is None or not wanted:
        child = called(taking.design, taking.design[key.parent or ""])
        raise Refused(
            f"{child} refers to ({names(taking.design, wanted)}) of {called(taking.design, taking.table)}, which would "
            "be no key of any table; change that foreign key first, or keep the table as it is"
        )
    return replace(now, ref_table=taking.tables[at].id, ref_columns=taking.there(at, wanted))


def _readers(taking: Taking) -> None:
    """Raise Refused for views and programs that name columns which leave; tell of those that may."""
    design, table = taking.design, taking.table
    named = {each for column in taking.leaving for each in design.referrers(column)}
    for each in sorted(named | design.referrers(table.id)):
        record = design[each]
        if record.parent == table.id or each in taking.parts.put:
            continue
        gone = [column for column in taking.own if column in referred_ids(record) & taking.leaving]
        if isinstance(record, View | Routine | Trigger | Policy | Statement) and gone:
            raise taking.torn(record, f"reads {names(design, gone)}")
        if isinstance(record, View) and not referred_ids(record) & taking.own.keys():
            raise taking.torn(record, "reads all columns")
        if isinstance(record, Statement):
            _grant(taking, record)
        if isinstance(record, Publication):
            taking.parts.note("reads", each, f"{the(design, record)} does not publish the new tables; add them")
        if isinstance(record, Routine) and _may_read(taking, record.text.text):
            taking.parts.note("reads", each, f"{the(design, record)} names {table.name}; look at its SQL")


def _may_read(taking: Taking, text: str) -> bool:
    gone = {taking.own[each].name.lower() for each in taking.leaving}
    return bool(gone & set(re.findall(r"\w+", text.lower())))
