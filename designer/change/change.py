"""The Change: everything that ever happens to a design, as a value. Rules V1 to C1 of docs/change-algebra.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from designer.schema.base import Id, Record
from designer.schema.design import Design
from designer.schema.kinds import kind_of

Pair = tuple[Any, Any]
"""(old, new) value of a field."""
Fields = dict[str, Pair]


@dataclass(frozen=True, slots=True)
class Change:
    """Records added and removed, and fields set from an old to a new value. Treat the dicts as read-only."""

    added: Mapping[Id, Record] = field(default_factory=dict)
    removed: Mapping[Id, Record] = field(default_factory=dict)
    changed: Mapping[Id, Fields] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)

    def touched(self) -> set[Id]:
        """Return the ids of all records that the change is about."""
        return {*self.added, *self.removed, *self.changed}


EMPTY = Change()


class ChangeConflict(Exception):
    """A change does not fit the design it is applied to. Names the record and, where it is one, the field."""

    def __init__(self, record: Id, message: str, field: str = ""):
        super().__init__(f"{message} (record {record}{', field ' + field if field else ''})")
        self.record = record
        self.field = field


_NAMES: dict[type, tuple[str, ...]] = {}


def field_names(cls: type[Record]) -> tuple[str, ...]:
    """Return the fields of a kind that can change: all but the id."""
    names = _NAMES.get(cls)
    if names is None:
        names = _NAMES[cls] = tuple(name for name in cls.__struct_fields__ if name != "id")
    return names


def differences(old: Record, new: Record) -> Fields:
    """Return the fields in which two records of one kind differ."""
    found: Fields = {}
    for name in field_names(type(old)):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found[name] = (before, after)
    return found


def with_fields(record: Record, values: Mapping[str, Any]) -> Record:
    """Return the record with some fields set. Raises ChangeConflict for a field that the kind does not have."""
    unknown = [name for name in values if name not in field_names(type(record))]
    if unknown:
        raise ChangeConflict(record.id, f"a {kind_of(record)} has no field {unknown[0]!r}", unknown[0])
    return msgspec.structs.replace(record, **values)


def diff(old: Mapping[Id, Record], new: Mapping[Id, Record], ids: Iterable[Id] | None = None) -> Change:
    """Return the change from `old` to `new` (D1); with `ids`, only what concerns these."""
    added: dict[Id, Record] = {}
    removed: dict[Id, Record] = {}
    changed: dict[Id, Fields] = {}
    for each in {*old, *new} if ids is None else ids:
        before, after = old.get(each), new.get(each)
        if before is after or before == after:
            continue
        if before is not None and after is not None and type(before) is type(after):
            changed[each] = differences(before, after)
            continue
        if before is not None:
            removed[each] = before
        if after is not None:
            added[each] = after
    return Change(added, removed, changed)


def apply(design: Design, change: Change) -> Design:
    """Return the design after the change (A1). Raises ChangeConflict where it does not fit (A2)."""
    for each, record in change.removed.items():
        if design.get(each) != record:
            state = "differs from what the change expects" if each in design else "is not there"
            raise ChangeConflict(each, f"the {kind_of(record)} to remove {state}")
    for each in change.added:
        if each in design and each not in change.removed:
            raise ChangeConflict(each, f"a {kind_of(design[each])} with this id is there already")
    put = [*change.added.values(), *(_set_fields(design, each, fields) for each, fields in change.changed.items())]
    return design.changed(change.removed, put)


def _set_fields(design: Design, each: Id, fields: Fields) -> Record:
    record = design.get(each)
    if record is None:
        raise ChangeConflict(each, "the record to change is not there")
    for name, (old, _) in fields.items():
        if getattr(record, name, None) != old:
            raise ChangeConflict(each, f"the old value of {name} is another one", name)
    return with_fields(record, {name: new for name, (_, new) in fields.items()})


def invert(change: Change) -> Change:
    """Return the change that takes back `change` (I1)."""
    turned = {
        each: {name: (new, old) for name, (old, new) in fields.items()} for each, fields in change.changed.items()
    }
    return Change(change.removed, change.added, turned)


def compose(first: Change, second: Change) -> Change:
    """Return the one change that does `first` and then `second` (C1)."""
    before, after = _ends_of(first, second)
    changed: dict[Id, Fields] = {}
    for each in {*first.changed, *second.changed}:
        if each in before or each in after:
            continue
        fields = _chain(first.changed.get(each, {}), second.changed.get(each, {}))
        if fields:
            changed[each] = fields
    rest = diff(before, after)
    return Change(rest.added, rest.removed, {**changed, **rest.changed})


def _ends_of(first: Change, second: Change) -> tuple[dict[Id, Record], dict[Id, Record]]:
    """Return the whole records that are known before and after both, of those that come or go in either."""
    before: dict[Id, Record] = dict(first.removed)
    after: dict[Id, Record] = dict(second.added)
    for each, record in first.added.items():
        if each not in second.removed:
            after[each] = with_fields(record, {n: new for n, (_, new) in second.changed.get(each, {}).items()})
    for each, record in second.removed.items():
        if each not in first.added:
            before[each] = with_fields(record, {n: old for n, (old, _) in first.changed.get(each, {}).items()})
    return before, after


def _chain(first: Fields, second: Fields) -> Fields:
    chained: Fields = {}
    for name in {**first, **second}:
        old = first[name][0] if name in first else second[name][0]
        new = second[name][1] if name in second else first[name][1]
        if old != new:
            chained[name] = (old, new)
    return chained
