"""What a command returns, and how it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import msgspec

from designer.change import Change, complete
from designer.change.change import differences
from designer.change.rebase import RebaseNote
from designer.schema import Design, Id, Record

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change and how the history tells it. `made` are the ids of new records, the main one first."""

    change: Change
    label: str
    made: tuple[Id, ...] = ()
    notes: tuple[RebaseNote, ...] = ()


class Refused(Exception):
    """A command that cannot be done, in one sentence that says why and what to do. `field` names the bad argument."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.message = message
        self.field = field


def get(design: Design, record: Id, kind: type[R]) -> R:
    """Return the record of that kind. Raises Refused where it is not there any more."""
    found = design.get(record)
    if not isinstance(found, kind):
        raise Refused(f"this {kind.__name__.lower()} is not there any more; somebody may have removed it")
    return found


def edit(design: Design, label: str, put: list[Record], removed: tuple[Id, ...] = ()) -> Edit:
    """Return the edit that adds or replaces the records `put` and removes others, with all that follows from it."""
    added = {record.id: record for record in put if record.id not in design}
    changed = {
        record.id: fields
        for record in put
        if record.id in design and (fields := differences(design[record.id], record))
    }
    whole = complete(design, Change(added, {each: design[each] for each in removed if each in design}, changed))
    made = tuple(record.id for record in put if record.id in added)
    return Edit(whole.change, label, made, whole.notes)


replace = msgspec.structs.replace
