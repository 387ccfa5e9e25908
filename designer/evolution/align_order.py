"""Order keys of the new side: those of the old one as far as the order is the same, or means nothing."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from itertools import pairwise

import msgspec

from designer.schema import Column, Id, Record, Table, kind_of
from designer.schema.order import between


def in_old_order(records: Mapping[Id, Record], old: Mapping[Id, Record], dialect: str) -> dict[Id, Record]:
    """Return the records, which have the order keys of the new side, with those of the old side.

    Where columns changed places all of their table keep the keys of the new side. So do the constraints of SQLite,
    which numbers them as they stand in the text.
    """
    after = dict(records)
    rows: dict[Hashable, list[Record]] = {}
    for each in records.values():
        rows.setdefault(_row(each, records, dialect), []).append(each)
    for row, siblings in rows.items():
        siblings.sort(key=lambda one: (one.order, one.id))
        for each, key in _keys(siblings, old, strict=isinstance(siblings[0], Column) or isinstance(row, str)):
            if each.order != key:
                after[each.id] = msgspec.structs.replace(each, order=key)
    return after


def _row(record: Record, records: Mapping[Id, Record], dialect: str) -> Hashable:
    """Return what a record stands in one row with."""
    if dialect == "sqlite" and record.parent and isinstance(records.get(record.parent), Table):
        return record.parent
    return record.parent, kind_of(record)


def _keys(row: list[Record], old: Mapping[Id, Record], *, strict: bool) -> Iterable[tuple[Record, str]]:
    """Return the records of a row, in their order on the new side, with their keys."""
    known = [old[each.id].order if each.id in old else None for each in row]
    said = [key for key in known if key is not None]
    if all(said) and all(one < two for one, two in pairwise(said)):
        return zip(row, _filled(known), strict=True)
    if strict:
        return [(each, each.order) for each in row]
    return [(each, key if key is not None else each.order) for each, key in zip(row, known, strict=True)]


def _filled(known: list[str | None]) -> list[str]:
    """Return keys with new ones where there are none."""
    found: list[str] = []
    for at, key in enumerate(known):
        last = found[-1] if found else None
        found.append(key or between(last, next((later for later in known[at:] if later is not None), None)))
    return found
