"""WK103: SQLite lets NULL into a primary key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.contract import edit, get, replace
from designer.commands.names import called
from designer.lint.contract import INFO, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Design, Id, IdSource, Table


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        key = subject.primary_key(table.id)
        if key is None or not table.extra.keys().isdisjoint(("strict", "without_rowid")):
            continue
        loose = [column for column in subject.columns(key.columns) if column.nullable]
        if not loose or (len(key.columns) == 1 and loose[0].type.lower() == "integer"):
            continue
        names = ", ".join(column.name for column in loose)
        fix = Fix("Make it NOT NULL", partial(_forbid, columns=tuple(column.id for column in loose)))
        yield Found(table.id, f"SQLite lets NULL into {names}, of the primary key of {subject.called(table)}", fix=fix)


def _forbid(design: Design, _ids: IdSource, columns: tuple[Id, ...]) -> Edit:
    found = [get(design, each, Column) for each in columns]
    table = get(design, found[0].parent or "", Table)
    label = f"Forbid NULL in the primary key of {called(design, table)}"
    return edit(design, label, [replace(column, nullable=False) for column in found])


RULE = Rule(
    code="WK103",
    name="null-in-primary-key",
    title="SQLite lets NULL into this primary key",
    severity=INFO,
    help="For the sake of old files SQLite takes NULL, any number of times, in a primary key that is not a single "
    "INTEGER. Say NOT NULL for each of its columns, or make the table STRICT or WITHOUT ROWID.",
    firing=Example("CREATE TABLE words (word text PRIMARY KEY);", "sqlite"),
    silent=Example("CREATE TABLE words (word text NOT NULL PRIMARY KEY);", "sqlite"),
    check=_check,
    targets=("sqlite",),
)
