"""Merging two tables that a foreign key joins: details into their table, or a parent into its child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from designer.commands.carrying import Parts, parts_of, the
from designer.commands.contract import Edit, Refused, get, replace
from designer.commands.keys import primary_key
from designer.commands.moving import last_column, suffixed
from designer.commands.names import called, names_in, singular
from designer.commands.remapping import renumbered
from designer.commands.types_of import referring_type
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
    Placement,
    Record,
    Routine,
    Table,
    View,
)
from designer.schema.order import between

_KEPT = (Key, ForeignKey, Index, Check, Exclusion, Dependency)
_TEXTS = (View, Routine)


@dataclass(frozen=True, slots=True)
class _Join:
    """How the rows of two tables belong together."""

    keep: Table
    gone: Table
    same: dict[Id, Id]
    """Columns of the table that goes -> those that hold the same values in the one that stays."""
    optional: bool
    """Whether a row of the table that stays may have no partner."""
    single: bool
    """Whether a row of the table that goes ends up in one row at most."""

    @property
    def now(self) -> dict[Id, Id]:
        return {**self.same, self.gone.id: self.keep.id}


def merge_tables(design: Design, into: Id, other: Id) -> Edit:
    """Merge the table `other` into the table `into`; a foreign key of one to the other says which rows belong together.

    Columns that hold the same values become one; the others move, with their keys, indexes and checks. Foreign keys
    between the two go, those of other tables follow. Refused where one row of `into` would need many of `other`.
    """
    keep, gone = get(design, into, Table), get(design, other, Table)
    _check_mergeable(design, keep, gone)
    join = _join(design, keep, gone)
    parts = Parts()
    _columns(design, join, parts)
    _belongings(design, join, parts)
    _references(design, join, parts)
    _mentions(design, join, parts)
    _places(design, join, parts)
    parts.add(replace(keep, comment="\n".join(text for text in (keep.comment, gone.comment) if text)))
    parts.drop(gone)
    return parts.edit(design, f"Merge {called(design, gone)} into {called(design, keep)}")


def _check_mergeable(design: Design, keep: Table, gone: Table) -> None:
    if keep.id == gone.id:
        raise Refused("choose two tables to merge", "other")
    for table in (keep, gone):
        derived = any(isinstance(design[each], Table) for each in design.referrers(table.id))
        if table.inherits or table.partition_of or derived or design.of(Partitioning, table.id):
            raise Refused(f"{called(design, table)} is partitioned or inherits; merge what it consists of first")


def _join(design: Design, keep: Table, gone: Table) -> _Join:
    down = [key for key in design.of(ForeignKey, gone.id) if key.ref_table == keep.id and key.columns]
    single = next((key for key in down if _unique(design, key)), None)
    if single is not None:
        pairs = zip(single.columns, _targets(design, single), strict=False)
        return _Join(keep, gone, dict(pairs), optional=True, single=True)
    up = next((key for key in design.of(ForeignKey, keep.id) if key.ref_table == gone.id and key.columns), None)
    if up is not None:
        pairs = zip(_targets(design, up), up.columns, strict=False)
        optional = any(get(design, each, Column).nullable for each in up.columns)
        return _Join(keep, gone, dict(pairs), optional=optional, single=_unique(design, up))
    if down:
        raise Refused(
            f"{called(design, keep)} may have many {called(design, gone)}, which one row cannot hold; "
            f"merge {called(design, keep)} into {called(design, gone)} instead"
        )
    raise Refused(
        f"no foreign key joins {called(design, keep)} and {called(design, gone)}, so nothing says which rows belong "
        "together; draw one first"
    )


def _unique(design: Design, key: ForeignKey) -> bool:
    columns = set(key.columns)
    return any(each.columns and set(each.columns) <= columns for each in design.of(Key, key.parent or ""))


def _targets(design: Design, key: ForeignKey) -> tuple[Id, ...]:
    primary = primary_key(design, key.ref_table or "")
    return key.ref_columns or (primary.columns if primary is not None else ())


def _columns(design: Design, join: _Join, parts: Parts) -> None:
    """Move the columns that have no counterpart; those that have one go."""
    taken = names_in(design, join.keep.id, (Column,))
    order = last_column(design, join.keep.id)
    renamed, emptied = [], []
    for column in design.of(Column, join.gone.id):
        if column.id in join.same:
            parts.drop(column)
            continue
        order = between(order, None)
        name = suffixed(column.name, join.gone.name, taken)
        taken.add(name)
        moved = renumbered(column, join.now)
        parts.add(replace(moved, name=name, order=order, **_as_guest(join, column)))
        renamed += [name] if name != column.name else []
        emptied += [name] if join.optional and not column.nullable else []
    if renamed:
        parts.note("renamed", join.keep.id, f"renamed, as the names were taken: {', '.join(renamed)}")
    if emptied:
        why = f"as not every row has a {singular(join.gone.name)}"
        parts.note("nullable", join.keep.id, f"may be empty now, {why}: {', '.join(emptied)}")


def _as_guest(join: _Join, column: Column) -> dict[str, Any]:
    """A column that moves counts no more by itself, and is empty in rows without a partner."""
    nullable = column.nullable or join.optional
    return {
        "identity": "", "identity_options": "", "nullable": nullable,
        "not_null_name": "" if nullable else column.not_null_name,
        "type": referring_type(column.type), "logical": referring_type(column.logical),
    }  # fmt: skip


def _belongings(design: Design, join: _Join, parts: Parts) -> None:
    for record in parts_of(design, join.keep.id):
        if isinstance(record, ForeignKey) and record.ref_table == join.gone.id:
            parts.drop(record)
    known = {frozenset(key.columns) for key in design.of(Key, join.keep.id)}
    for record in parts_of(design, join.gone.id):
        if isinstance(record, Column):
            continue
        if not isinstance(record, _KEPT):
            parts.drop(record)
            parts.note("lost", record.id, f"{the(design, record)} is left out; write it anew")
        elif isinstance(record, ForeignKey) and record.ref_table == join.keep.id:
            parts.drop(record)
        else:
            _keep(design, join, record, known, parts)


def _keep(design: Design, join: _Join, record: Record, known: set[frozenset[Id]], parts: Parts) -> None:
    """Keep what belongs to the table that goes, over the columns as they are now."""
    now = renumbered(record, join.now)
    if isinstance(now, Key):
        now = replace(now, columns=tuple(dict.fromkeys(now.columns)))
        covered = frozenset(now.columns) in known
        known.add(frozenset(now.columns))
        if covered or not join.single:
            parts.drop(record)
            if not covered:
                parts.note("unique", record.id, f"{the(design, record)} goes, as its values repeat now")
            return
        primary = now.primary and not join.optional and primary_key(design, join.keep.id) is None
        now = replace(now, primary=primary)
    if isinstance(now, Index) and now.unique and not join.single:
        parts.note("unique", record.id, f"{the(design, record)} is not unique any more, as its values repeat now")
        now = replace(now, unique=False)
    if isinstance(now, Exclusion) and not join.single:
        parts.drop(record)
        parts.note("unique", record.id, f"{the(design, record)} goes, as its values repeat now")
        return
    parts.add(now)


def _references(design: Design, join: _Join, parts: Parts) -> None:
    """Let foreign keys of other tables refer to the one that stays, where their target is still unique."""
    for each in sorted(design.referrers(join.gone.id)):
        key = design[each]
        if (
            not isinstance(key, ForeignKey)
            or key.ref_table != join.gone.id
            or key.parent in (join.keep.id, join.gone.id)
        ):
            continue
        if join.single:
            parts.add(renumbered(replace(key, ref_columns=_targets(design, key)), join.now))
        else:
            parts.drop(key)
            parts.note("unique", each, f"{the(design, key)} goes, as what it refers to is not unique any more")


def _mentions(design: Design, join: _Join, parts: Parts) -> None:
    """SQL and lists that name what goes name what stays."""
    named = {each for old in join.now for each in design.referrers(old)}
    for each in sorted(named):
        record = design[each]
        inside = each in parts.put or each in parts.gone or record.parent == join.gone.id
        if inside or each == join.gone.id or isinstance(record, Placement | ForeignKey | Key):
            continue
        now = renumbered(record, join.now)
        if isinstance(now, View):
            now = replace(now, depends_on=tuple(dict.fromkeys(now.depends_on)))
        parts.add(now)
        if isinstance(record, _TEXTS):
            message = f"{the(design, record)} reads {join.keep.name} in place of {join.gone.name}; look at its SQL"
            parts.note("reads", each, message)


def _places(design: Design, join: _Join, parts: Parts) -> None:
    """On a diagram where only the table that goes stood, the other one takes its place."""
    shown = {design[each].parent for each in design.referrers(join.keep.id) if isinstance(design[each], Placement)}
    for each in sorted(design.referrers(join.gone.id)):
        place = design[each]
        if isinstance(place, Placement):
            if place.parent in shown:
                parts.drop(place)
            else:
                parts.add(replace(place, element=join.keep.id))
