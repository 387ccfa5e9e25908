"""What was made below and is derived now: the same thing, met again under one name."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from designer.change.change import field_names
from designer.levels.keeping.baseline import Records
from designer.schema import Id, Key, Named, Record, kind_of
from designer.schema.kinds import defaults_of

_Place = tuple[str, Id | None, str]


def met(old: Records, here: Records, fresh: Iterable[Record]) -> dict[Id, Id]:
    """Return new derived record -> record made below, where both are of one kind and name under one parent.

    Somebody added a column `email` to a table; later the entity gets an attribute `email`: it is that column.
    """
    new = [record for record in fresh if record.id not in old and record.id not in here]
    known = {record.id for record in fresh}
    if not new:
        return {}
    local = {
        _place(each, each.parent): each.id for each in here.values() if each.id not in old and each.id not in known
    }
    found: dict[Id, Id] = {}
    waiting = new
    while waiting:
        pairs = [
            (record, local.get(_place(record, found.get(record.parent or "", record.parent)))) for record in waiting
        ]
        more = {record.id: each for record, each in pairs if each and record.id not in found}
        more = {one: other for one, other in more.items() if other not in found.values()}
        found |= more
        waiting = [record for record in new if record.id not in found and record.parent in more]
    return found


def _place(record: Record, parent: Id | None) -> _Place:
    name = record.name if isinstance(record, Named) else ""
    if isinstance(record, Key) and record.primary:
        return "primary key", parent, ""
    return (kind_of(record), parent, name) if name else ("", None, record.id)


def common(ours: Record, theirs: Record) -> Record | None:
    """Return a base for two records that nobody derived from one another: what they agree on, and defaults elsewhere.

    So what only one of them says holds, and where they differ there is a question. None for records of two kinds.
    """
    if type(ours) is not type(theirs):
        return None
    defaults = defaults_of(kind_of(ours))
    differing = [name for name in field_names(type(ours)) if getattr(ours, name) != getattr(theirs, name)]
    return msgspec.structs.replace(ours, **{name: defaults[name] for name in differing})
