"""Which records need no reading, since the other side has the same: what is left is what an edit has touched.

Two states of one design share their ids, and a record that is equal on both sides is equal in all that it says, unless
what it names was renamed or moved. Two designs that share nothing are paired by their names first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from designer.compare.pairing import Pairing
from designer.compare.side import Side
from designer.schema import Id, Model, Publication, Record, Schema, Sequence, Statement, Table, View
from designer.schema.kinds import RELATIONAL
from designer.schema.references import referred_ids

_MOST = 0.3
"""Where more than this part of the records is touched, all are read."""
_TOGETHER = (Statement, Publication)
"""What may only be understood with its like: a privilege is granted here and taken away there."""
_RELATIONS = (Schema, Table, View, Sequence)
_RELATIONAL = frozenset(RELATIONAL)


@dataclass(slots=True)
class Touched:
    """The records to read: ids of the left side and of the right one."""

    left: set[Id] = field(default_factory=set)
    right: set[Id] = field(default_factory=set)
    born: set[Id] = field(default_factory=set)  # those of either that the other side does not have under this name


def unread(left: Side, right: Side) -> tuple[Touched, dict[Id, Id]] | None:
    """Return the records to read of two sides that share no ids, and the partners, left to right, of all others.

    None where all have to be read, or nearly.
    """
    if left.model is None or right.model is None:
        return None
    ours, theirs = _records(left), _records(right)
    pairing = Pairing(left, right)
    read = _by_pairing(left, right, ours, theirs, pairing)
    if read is None:
        return None
    partner = pairing.partner.items()
    return read, {one: two for one, two in partner if one not in read.left and two not in read.right}


def touched(left: Side, right: Side) -> Touched | None:
    """Return the records of both sides that have to be read; None where that is all of them, or nearly."""
    if left.model is None or right.model is None:
        return None
    ours, theirs = _records(left), _records(right)
    if left.model.id == right.model.id:
        changed = {key for key, each in ours.items() if (other := theirs.get(key)) is not each and other != each}
        if len(changed) <= _MOST * len(ours):
            return _of_one_design(left, right, ours, theirs, changed)
    return _by_names(left, right, ours, theirs)


def _records(side: Side) -> dict[Id, Record]:
    """Return what a side says; its default schema goes without saying."""
    default = side.dialect.default_schema
    return {
        each.id: each
        for each in side.design.records()
        if (kind := type(each)) in _RELATIONAL and not (kind is Schema and each.name == default)  # type: ignore[attr-defined]
    }


def _of_one_design(
    left: Side, right: Side, ours: dict[Id, Record], theirs: dict[Id, Record], changed: set[Id]
) -> Touched | None:
    changed |= theirs.keys() - ours.keys()
    moved = {key for key in changed if _place(ours.get(key)) != _place(theirs.get(key))}
    if moved:
        for side in (left, right):
            moved |= set(_below(side, moved))
        changed |= moved
        for records in (ours, theirs):
            changed |= {key for key, each in records.items() if not moved.isdisjoint(referred_ids(each))}
    born = {key for key in changed if key not in ours or key not in theirs} | moved
    return _widened(left, right, Touched(changed & ours.keys(), changed & theirs.keys(), born), None)


def _place(record: Record | None) -> tuple[type, str, Id | None] | None:
    return (type(record), getattr(record, "name", ""), record.parent) if record is not None else None


def _by_names(left: Side, right: Side, ours: dict[Id, Record], theirs: dict[Id, Record]) -> Touched | None:
    return _by_pairing(left, right, ours, theirs, Pairing(left, right))


def _by_pairing(
    left: Side, right: Side, ours: dict[Id, Record], theirs: dict[Id, Record], pairing: Pairing
) -> Touched | None:
    differing = pairing.differing()
    gone, come = ours.keys() - pairing.partner.keys(), theirs.keys() - set(pairing.partner.values())
    if len(differing | gone) > _MOST * len(ours):
        return None
    other = {pairing.partner[key] for key in differing}
    return _widened(left, right, Touched(differing | gone, other | come, gone | come), pairing.partner)


def _widened(left: Side, right: Side, changed: Touched, partner: dict[Id, Id] | None) -> Touched | None:
    """Return all that stands with what has changed: whole tables, their children by inheritance, their sequences."""
    tops = _tops(left, changed.left)
    others = _tops(right, changed.right)
    before = -1
    back = {two: one for one, two in partner.items()} if partner is not None else None
    while before != len(tops) + len(others):
        before = len(tops) + len(others)
        tops |= _heirs(left, tops)
        others |= _heirs(right, others)
        others |= {
            each for key in tops if (each := partner.get(key, "") if partner is not None else key) in right.design
        }
        tops |= {each for key in others if (each := back.get(key, "") if back is not None else key) in left.design}
    found = Touched(_whole(left, tops), _whole(right, others))
    if _shakes_statements(left, changed) or _shakes_statements(right, changed):
        found.left |= _all_together(left)
        found.right |= _all_together(right)
    return found if len(found.left) <= 2 * _MOST * len(left.design) else None


def _tops(side: Side, records: Iterable[Id]) -> set[Id]:
    """Return the objects of schemas that records are parts of; the table that owns a sequence stands with it."""
    found: set[Id] = set()
    for key in records:
        record = side.design.get(key)
        if isinstance(record, Sequence) and record.owned_by and record.owned_by in side.design:
            found |= _tops(side, (record.owned_by,))
        while record is not None:
            parent = side.design.get(record.parent) if record.parent else None
            if parent is None or isinstance(parent, Schema | Model):
                found.add(record.id)
                break
            record = parent
    return found


def _heirs(side: Side, tables: set[Id]) -> set[Id]:
    """Return the tables that have something from one of these."""
    return {each.id for each in side.heirs() if each.partition_of in tables or not tables.isdisjoint(each.inherits)}


def _whole(side: Side, tops: set[Id]) -> set[Id]:
    return tops | set(_below(side, (each for each in tops if not isinstance(side.design[each], Schema))))


def _below(side: Side, records: Iterable[Id]) -> Iterator[Id]:
    waiting = list(records)
    while waiting:
        children = side.design.children(waiting.pop())
        yield from children
        waiting += children


def _shakes_statements(side: Side, changed: Touched) -> bool:
    """Say whether statements have to be read: one has changed, or GRANT … ON ALL TABLES is about other relations."""
    records = (side.design.get(key) for key in changed.left | changed.right)
    born = (side.design.get(key) for key in changed.born)
    return any(isinstance(each, _TOGETHER) for each in records) or any(isinstance(each, _RELATIONS) for each in born)


def _all_together(side: Side) -> set[Id]:
    return {each.id for kind in _TOGETHER for each in side.design.of(kind)}
