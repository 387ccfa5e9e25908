"""WK207: a column that is named like a reference and is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.foreign_keys import add_foreign_key
from designer.commands.names import singular
from designer.commands.types_of import referring_type
from designer.lint.contract import INFO, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Design, Id, IdSource, Table

_REFERENCE = re.compile(r"^(.+?)(?:_id|_ID|Id|ID)$", re.DOTALL)


def _check(subject: Subject) -> Iterator[Found]:
    named = _by_name(subject)
    held = {column for key in subject.foreign_keys for column in key.columns}
    for table in subject.tables:
        columns = subject.inside(Column, table.id)
        names = {column.name.lower() for column in columns}
        for column in columns:
            found = None if column.id in held else _REFERENCE.match(column.name)
            if found and f"{found[1].lower()}_type" not in names:
                target = _target(named, table, found[1].lower())
                key = _single_key(subject, target)
                if target and key and _same_type(column, key):
                    yield _found(subject, column, target, key)


def _by_name(subject: Subject) -> dict[str, list[Table]]:
    named: dict[str, list[Table]] = {}
    for table in subject.tables:
        for name in {table.name.lower(), singular(table.name).lower()}:
            named.setdefault(name, []).append(table)
    return named


def _target(named: dict[str, list[Table]], table: Table, stem: str) -> Table | None:
    """Return the one other table of that name, the one of the same schema before others."""
    found = [each for each in named.get(stem, ()) if each.id != table.id]
    near = [each for each in found if each.parent == table.parent] or found
    return near[0] if len(near) == 1 else None


def _single_key(subject: Subject, table: Table | None) -> Column | None:
    key = subject.primary_key(table.id) if table else None
    columns = subject.columns(key.columns) if key else []
    return columns[0] if len(columns) == 1 else None


def _same_type(column: Column, key: Column) -> bool:
    same = referring_type(column.logical) == referring_type(key.logical) != ""
    return same and ("unsigned" in column.type.lower()) == ("unsigned" in key.type.lower())


def _found(subject: Subject, column: Column, target: Table, key: Column) -> Found:
    name = subject.called(target)
    fix = Fix(f"Add a foreign key to {name}", partial(_add, column=column, target=target.id, key=key.id))
    return Found(column.id, f"{subject.called(column)} looks like a reference to {name}", (target.id,), fix)


def _add(design: Design, ids: IdSource, column: Column, target: Id, key: Id) -> Edit:
    return add_foreign_key(design, column.parent or "", [column.id], target, [key], ids)


RULE = Rule(
    code="WK207",
    name="missing-foreign-key",
    title="A column is named like a reference but has no foreign key",
    severity=INFO,
    help="Nothing keeps such a column from naming a row that is not there, and the picture does not show the "
    "relationship. Add the foreign key, or call the column something else.",
    firing=Example(
        "CREATE TABLE artists (id int PRIMARY KEY);\nCREATE TABLE albums (id int PRIMARY KEY, artist_id int NOT NULL);"
    ),
    silent=Example(
        "CREATE TABLE artists (id int PRIMARY KEY);\n"
        "CREATE TABLE albums (id int PRIMARY KEY, artist_id int NOT NULL REFERENCES artists);\n"
        "CREATE INDEX ON albums (artist_id);"
    ),
    check=_check,
)
