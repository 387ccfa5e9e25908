"""One thing that is wrong with a record."""

from __future__ import annotations

from dataclasses import dataclass

from designer.schema.base import Id, Named, Record
from designer.schema.ids import ID_PATTERN
from designer.schema.kinds import kind_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a record: `message` is a sentence with the place and the remedy.

    A `serious` problem breaks the design for all that reads it, such as a reference to nothing. The others make a
    sound design that no database would take, such as two primary keys of one table.
    """

    record_id: Id
    kind: str
    field: str
    message: str
    serious: bool = True


def problem(record: Record, field: str, message: str, *, serious: bool = True) -> Problem:
    """Return a problem of `record` with its place put before the message."""
    return Problem(record.id, kind_of(record), field, f"{place_of(record)}, {field}: {message}", serious)


def place_of(record: Record) -> str:
    """Return the words that name a record to a person: its kind, its name and its id."""
    named = f" {record.name!r}" if isinstance(record, Named) and record.name else ""
    id_ = record.id if ID_PATTERN.fullmatch(record.id) else repr(record.id)
    return f"{kind_of(record).replace('_', ' ')}{named} ({id_})"
