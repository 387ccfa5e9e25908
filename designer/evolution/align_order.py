"""Order keys of the new side: those of the old one as far as the order is the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import msgspec

from designer.schema import Column, Id, Record
from designer.schema.order import between


def in_old_order(records: Mapping[Id, Record], old: Mapping[Id, Record]) -> dict[Id, Record]:
    """Return the records with the order keys of the old side, new ones between them.

    Where columns changed places they keep the keys of the new side, all of one table together.
    """
    after = dict(records)
    columns: dict[Id | None, list[Record]] = {}
    for each in records.values():
        if isinstance(each, Column):
            columns.setdefault(each.parent, []).append(each)
    for siblings in columns.values():
        for each, key in _keys(sorted(siblings, key=lambda one: (one.order, one.id)), old):
            if each.order != key:
                after[each.id] = msgspec.structs.replace(each, order=key)
    return after


def _keys(columns: list[Record], old: Mapping[Id, Record]) -> Iterable[tuple[Record, str]]:
    """Return the columns of one table, in their order on the new side, with their keys."""
    known = [old[each.id].order if each.id in old else None for each in columns]
    said = [key for key in known if key is not None]
    if not all(said) or any(one >= two for one, two in pairwise(said)):
        return [(each, each.order) for each in columns]
    found: list[tuple[Record, str]] = []
    last: str | None = None
    for at, (each, key) in enumerate(zip(columns, known, strict=True)):
        last = key or between(last, next((later for later in known[at:] if later is not None), None))
        found.append((each, last))
    return found
