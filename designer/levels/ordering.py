"""The order of siblings in a three-way merge: sequences are united, not the keys that spell them.

A derivation numbers the columns of a table anew when one comes in between. Taken field by field, every column that
somebody has moved would be a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from designer.levels.baseline import Records
from designer.schema import Id, Record
from designer.schema.order import between, sequence

Group = tuple[Id | None, type[Record]]


def lined_up(old: Records, here: Records, fresh: Records) -> tuple[Records, Records, Records]:
    """Return the three sides with order keys that cannot contradict one another.

    Where nobody has moved or added siblings, the new derivation's order holds. What was added stays behind what it
    stood behind; where people have moved something, their order holds, and what is new stands behind what it is
    derived behind.
    """
    moved = {_group(record) for record in fresh.values() if _is_moved(record, old)}
    if not moved:
        return old, here, fresh
    old, here, fresh = dict(old), dict(here), dict(fresh)
    sides = [_siblings(records, moved) for records in (old, here, fresh)]
    for group in moved:
        before, ours, theirs = (side.get(group, []) for side in sides)
        if _is_touched(ours, old):
            places = _united(before, ours, theirs, old)
            here.update({each.id: _at(each, places[each.id]) for each in ours if each.id not in old})
            old.update({each.id: _at(old[each.id], each.order) for each in ours if each.id in old})
            fresh.update({each.id: _at(each, places[each.id]) for each in theirs if each.id in places})
    return old, here, fresh


def _group(record: Record) -> Group:
    return record.parent, type(record)


def _is_moved(record: Record, old: Mapping[Id, Record]) -> bool:
    before = old.get(record.id)
    return bool(record.order) and before is not record and (before is None or before.order != record.order)


def _siblings(records: Records, groups: set[Group]) -> dict[Group, list[Record]]:
    found: dict[Group, list[Record]] = {}
    for record in records.values():
        if (group := _group(record)) in groups:
            found.setdefault(group, []).append(record)
    return {group: sorted(members, key=_place) for group, members in found.items()}


def _place(record: Record) -> tuple[str, str]:
    return record.order, record.id


def _is_touched(ours: Iterable[Record], old: Records) -> bool:
    return any(each.id not in old or old[each.id].order != each.order for each in ours)


def _united(before: Sequence[Record], ours: Sequence[Record], theirs: Sequence[Record], old: Records) -> dict[Id, str]:
    """Return the order key of each sibling that is there afterwards."""
    held = {each.id for each in ours}
    was = [each.id for each in before if each.id in held]
    is_now = [each.id for each in ours if each.id in old and each.id in set(was)]
    kept = [each for each in theirs if each.id in held or each.id not in old]
    if was == is_now:
        return _spread(_with_others(kept, ours), {each.id: each.order for each in kept})
    return _spread(_with_others(ours, kept), {each.id: each.order for each in ours})


def _with_others(first: Sequence[Record], others: Sequence[Record]) -> list[Id]:
    """Return the ids of `first`, with each of the others behind the one that it stands behind among its own."""
    line = [each.id for each in first]
    known = set(line)
    last = ""
    for each in others:
        if each.id not in known:
            line.insert(line.index(last) + 1 if last else 0, each.id)
            known.add(each.id)
        last = each.id
    return line


def _spread(line: Sequence[Id], orders: Mapping[Id, str]) -> dict[Id, str]:
    """Return ascending keys for a line of siblings of which some have one; all anew where there is no room."""
    found: dict[Id, str] = {}
    low: str | None = None
    try:
        for at, each in enumerate(line):
            high = next((orders[later] for later in line[at + 1 :] if later in orders), None)
            low = found[each] = orders[each] if each in orders else between(low, high)
    except ValueError:
        return dict(zip(line, sequence(len(line)), strict=True))
    return found


def _at(record: Record, order: str) -> Record:
    return record if record.order == order else msgspec.structs.replace(record, order=order)
