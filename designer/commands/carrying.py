"""What follows columns that move to another table: their keys, indexes and checks, and the foreign keys to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from dataclasses import replace as with_values

from designer.change.rebase import RebaseNote
from designer.commands.contract import Edit, Refused, edit, get, replace
from designer.commands.keys import primary_key
from designer.commands.names import called, word
from designer.schema import (
    Check,
    Column,
    Dependency,
    Design,
    Exclusion,
    ForeignKey,
    Id,
    Index,
    Key,
    Partitioning,
    Policy,
    Record,
    Routine,
    Statement,
    Table,
    Trigger,
    View,
)
from designer.schema.references import referred_ids

_FOLLOWS = (Key, ForeignKey, Index, Check, Exclusion, Dependency)
"""What belongs to a table because of its columns, and so goes where these go."""
_TEXTS = (View, Routine, Trigger, Policy, Statement)
"""What names columns inside SQL that nobody but its author can rewrite."""


@dataclass(slots=True)
class Parts:
    """Records to put and to remove, and what the author of the edit should know."""

    put: dict[Id, Record] = field(default_factory=dict)
    gone: dict[Id, None] = field(default_factory=dict)
    notes: list[RebaseNote] = field(default_factory=list)

    def add(self, *records: Record) -> None:
        """Put records, in the place of those with their ids."""
        self.put.update((record.id, record) for record in records)

    def drop(self, record: Record) -> None:
        """Remove a record."""
        self.put.pop(record.id, None)
        self.gone[record.id] = None

    def note(self, code: str, about: Id, message: str) -> None:
        """Tell the author something about a record."""
        self.notes.append(RebaseNote(code, about, message))

    def edit(self, design: Design, label: str) -> Edit:
        """Return the edit that all of it makes."""
        made = edit(design, label, list(self.put.values()), tuple(self.gone))
        return with_values(made, notes=(*self.notes, *made.notes))


def parts_of(design: Design, table: Id) -> list[Record]:
    """Return what belongs to a table, in order."""
    return sorted((design[each] for each in design.children(table)), key=lambda record: (record.order, record.id))


def moving_columns(design: Design, columns: Sequence[Id]) -> tuple[Table, list[Column]]:
    """Return the table of some columns, and these from left to right. Raises Refused where they cannot leave it."""
    found = [get(design, each, Column) for each in columns]
    if not found:
        raise Refused("choose at least one column to move", "columns")
    table = get(design, found[0].parent or "", Table)
    if any(column.parent != table.id for column in found):
        raise Refused("the columns must all be of one table; choose columns of one table", "columns")
    _check_may_leave(design, table, found)
    return table, [column for column in design.of(Column, table.id) if column in found]


def _check_may_leave(design: Design, table: Table, columns: list[Column]) -> None:
    if table.partition_of or table.inherits:
        raise Refused(f"{called(design, table)} takes its columns from another table; restructure that one")
    wanted = {column.id for column in columns}
    primary = primary_key(design, table.id)
    for column in columns:
        if primary is not None and column.id in primary.columns:
            raise Refused(f"{called(design, column)} is part of the primary key, which has to stay", "columns")
    if any(referred_ids(each) & wanted for each in design.of(Partitioning, table.id)):
        raise Refused(f"{called(design, table)} is partitioned by one of these columns, so it has to stay", "columns")
    if len(wanted) == len(design.of(Column, table.id)):
        raise Refused(f"{called(design, table)} would have no column left; let one stay", "columns")


def carry(design: Design, source: Table, columns: Sequence[Column], target: Table) -> Parts:
    """Return what follows `columns` of `source` into `target`; the columns themselves are for the caller to move.

    What concerns moved columns only moves along. What spans both tables cannot be said any more: it is removed, with a
    note. Foreign keys to moved keys follow, and SQL that names moved columns is told of.
    """
    parts = Parts()
    moved = {column.id for column in columns}
    own = {column.id for column in design.of(Column, source.id)}
    for record in parts_of(design, source.id):
        if isinstance(record, _FOLLOWS):
            _follow(design, record, _named(record) & own, moved, target, parts)
    _redirect(design, source, moved, target, parts)
    _generated(design, source, moved, parts)
    _told(design, source, moved, target, parts)
    return parts


def _named(record: Record) -> set[Id]:
    """Return the columns of its own table that a record is about."""
    if isinstance(record, ForeignKey):
        return {*record.columns, *record.on_delete_columns}
    return referred_ids(record)


def _follow(design: Design, record: Record, named: set[Id], moved: set[Id], target: Table, parts: Parts) -> None:
    if named and named <= moved:
        parts.add(replace(record, parent=target.id))
    elif named & moved:
        parts.drop(record)
        parts.note("spans", record.id, f"{the(design, record)} names columns of both tables and is left out")


def the(design: Design, record: Record) -> str:
    """Return a record as people say it inside a sentence: `the index users.idx_mail`, `the key of users on email`."""
    name = called(design, record)
    if not name.startswith("the "):
        return f"the {word(record)} {name}"
    columns = record.columns if isinstance(record, Key | ForeignKey) else ()
    return f"{name} on {', '.join(get(design, each, Column).name for each in columns)}" if columns else name


def _redirect(design: Design, source: Table, moved: set[Id], target: Table, parts: Parts) -> None:
    """Let foreign keys to moved columns refer to the table where these are now."""
    keys = {each: design[each] for column in moved for each in design.referrers(column)}
    for each in sorted(keys):
        key = parts.put.get(each, keys[each])
        if not isinstance(key, ForeignKey) or key.ref_table != source.id or each in parts.gone:
            continue
        referred = set(key.ref_columns)
        if referred <= moved:
            parts.add(replace(key, ref_table=target.id))
        elif referred & moved:
            parts.drop(key)
            parts.note("spans", each, f"{the(design, key)} refers to columns of both tables and is left out")


def _generated(design: Design, source: Table, moved: set[Id], parts: Parts) -> None:
    """A column is computed from columns of its own row only."""
    for column in design.of(Column, source.id):
        used = {use.id for use in column.generated.uses} if column.generated else set()
        if used and ((column.id in moved and not used <= moved) or (column.id not in moved and used & moved)):
            parts.add(replace(column, generated=None, generated_kind=""))
            message = f"{called(design, column)} was computed from columns of both tables; it is an ordinary column now"
            parts.note("spans", column.id, message)


def _told(design: Design, source: Table, moved: set[Id], target: Table, parts: Parts) -> None:
    """Tell of SQL that names a moved column; a view comes after the table that it has to read as well."""
    named = {each for column in moved for each in design.referrers(column)}
    own = {column.id for column in design.of(Column, source.id)}
    blind = {each for each in design.referrers(source.id) if _reads_all(design[each], own)}
    for each in sorted(named | blind):
        record = design[each]
        if isinstance(record, View):
            parts.add(replace(record, depends_on=tuple(dict.fromkeys((*record.depends_on, target.id)))))
        if isinstance(record, _TEXTS):
            message = f"{the(design, record)} reads columns that moved to {target.name}; look at its SQL"
            parts.note("reads", each, message)


def _reads_all(record: Record, own: set[Id]) -> bool:
    """Whether a view reads a table, and names none of its columns: `SELECT *`."""
    return isinstance(record, View) and not referred_ids(record) & own
