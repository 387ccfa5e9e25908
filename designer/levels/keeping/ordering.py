"""The order of siblings in a three-way merge: sequences are united, not the keys that spell them.

A derivation numbers the columns of a table anew when one comes in between. Taken field by field, every column that
somebody has moved would be a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from designer.levels.keeping.baseline import Records
from designer.schema import Id, Record
from designer.schema.order import between, sequence

Group = tuple[Id | None, type[Record]]


def lined_up(old: Records, here: Records, fresh: Records) -> tuple[Records, Records, Records]:
    """Return the three sides with order keys that cannot contradict one another.

    Where nobody has moved or added siblings, the new derivation's order holds. What was added stays behind what it
    stood behind; where people have moved something, their order holds, and what is new stands behind what it is
    derived behind.
    """
    groups = {_group(record) for record in fresh.values() if _is_moved(record, old)}
    if not groups:
        return old, here, fresh
    old, here, fresh = dict(old), dict(here), dict(fresh)
    sides = [_siblings(records, groups) for records in (old, here, fresh)]
    for group in groups:
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
    orders = {each.id: each.order for each in ours}
    if was != is_now:
        return _spread(_with_others(ours, kept), orders)
    line = _with_others(kept, ours)
    stand = [each for each in line if each in orders]
    if stand == sorted(stand, key=lambda each: (orders[each], each)):
        return _spread(line, orders)
    return _spread(line, {each.id: each.order for each in kept})


def moved(old: Records, here: Records) -> set[Id]:
    """Return the records that people put to another place among their siblings, as far as these were derived."""
    both = {each for each in old if each in here and old[each].parent == here[each].parent}
    before, after = (_followers({each: side[each] for each in both}) for side in (old, here))
    return {each for each in both if here[each].order not in ("", old[each].order) and before[each] != after[each]}


def _followers(records: Records) -> dict[Id, Id | None]:
    """Return for each record the sibling that it stands behind."""
    found: dict[Id, Id | None] = {}
    for line in _siblings(records, {_group(record) for record in records.values()}).values():
        found.update(zip((each.id for each in line), (None, *(each.id for each in line)), strict=False))
    return found


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
