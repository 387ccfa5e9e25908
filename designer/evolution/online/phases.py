"""What an online migration takes away stands as late as it may: behind what programs are waiting for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from designer.evolution.contract import Migration, Step
from designer.schema import Index, Table

_EARLY = "it stands here since steps of other stages need it done: by now no program may need what goes"
_BESIDE = frozenset({
    "add column", "create index", "set default", "drop default", "add check", "add foreign key", "validate", "comment",
    "set not null", "drop not null",
})  # fmt: skip
"""Changes of a table that an index or a view of it does not mind."""


_IN_BETWEEN = frozenset({"trigger", "policy", "rule", "view", "materialized view"})
"""Kinds of which one can be dropped while an index that should have gone before is still there."""
_LAST_NAME = re.compile(r'("(?:[^"]|"")+"|\w+)\s*;\s*\Z')


def late(migration: Migration) -> Iterator[Step]:
    """Yield the steps with those that contract as late as may be; one that others behind it need done says so.

    Indexes and the views that stand for renamed tables are moved. Whatever else goes stands where the server needs it:
    a name may have to be free, a type to be without columns.
    """
    found = list(migration.steps)
    for place in reversed(range(len(found))):
        step = found[place]
        if step.stage == "contract" and _may_wait(step, migration):
            behind = next((at for at in range(place + 1, len(found)) if _is_held(step, found[at])), len(found))
            found.insert(behind - 1, found.pop(place))
    others = [place for place, step in enumerate(found) if step.stage != "contract" and step.operation != "session"]
    last = max(others, default=-1)
    for place, step in enumerate(found):
        early = step.stage == "contract" and place < last
        yield replace(step, reason="; ".join(filter(None, (step.reason, _EARLY)))) if early else step


def _may_wait(step: Step, migration: Migration) -> bool:
    """Say whether a step takes away what is in nobody's way.

    A unique index is, since new rows may be alike; that of a partition may become part of one over all of them.
    """
    if step.operation == "drop index":
        tables = [side.get(step.table or "") for side in (migration.old, migration.new)]
        is_part = any(isinstance(each, Table) and each.partition_of for each in tables)
        return isinstance(step.old, Index) and not step.old.unique and not is_part
    return step.operation == "drop" and step.kind == "view" and step.old is None


def _is_held(step: Step, other: Step) -> bool:
    """Say whether a step has to come before another one: what is about the same table, or says the name of what goes.

    What is dropped may be what an index is made of.
    """
    if other.stage == "contract" or (other.operation == "drop" and other.kind not in _IN_BETWEEN):
        return True
    is_beside = other.operation in _BESIDE or (other.operation == "rename" and other.kind != "table")
    if other.table is not None and other.table == (step.table or step.about) and not is_beside:
        return True
    name = _LAST_NAME.search(step.sql)
    bare = name[1].strip('"') if name is not None else ""
    return re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", other.sql) is not None
