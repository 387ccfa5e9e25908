"""How each database makes a UUID for a new row, the ones that sort by time first."""

from __future__ import annotations

import re

from designer.levels.contract import Note
from designer.levels.physical.writing import Writing
from designer.schema import Expr

_SORTED = {"postgresql": ((18,), "uuidv7()"), "mariadb": ((11, 7), "uuid_v7()")}
"""From which version on a database makes UUIDs that sort by time, and how."""
_NUMBERS = re.compile(r"\d+")


def unique_id(writing: Writing, notes: list[Note]) -> Expr:
    """Return the default of a key that is a UUID; where it will not sort by time, a note says so once."""
    dialect = writing.dialect
    since, call = _SORTED.get(dialect.name, ((), ""))
    version = tuple(int(each) for each in _NUMBERS.findall(writing.model.version or dialect.default_version))
    if call and version >= since:
        return Expr(call)
    newer = f" before version {'.'.join(map(str, since))}" if call else ""
    note = Note("uuid-not-sorted", None, f"{dialect.title}{newer} makes no UUIDs that sort by time; they are random")
    if note not in notes:
        notes.append(note)
    return Expr(dialect.words["uuid"])
