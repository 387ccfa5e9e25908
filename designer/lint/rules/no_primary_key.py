"""WK101: a table without a primary key."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from designer.commands import Edit
from designer.commands.contract import edit, replace
from designer.commands.names import called
from designer.lint.contract import WARNING, Example, Fix, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Design, IdSource, Key, Table


def _check(subject: Subject) -> Iterator[Found]:
    for table in subject.tables:
        if subject.primary_key(table.id) is None and subject.inside(Column, table.id) and not table.inherits:
            yield _found(subject, table)


def _found(subject: Subject, table: Table) -> Found:
    candidates = [key for key in subject.inside(Key, table.id) if _identifies(subject, key)]
    name = subject.called(table)
    if len(candidates) != 1:
        return Found(table.id, f"{name} has no primary key")
    words = subject.names(candidates[0].columns)
    fix = Fix(f"Make {words} the primary key", partial(_promote, key=candidates[0]))
    return Found(table.id, f"{name} has no primary key; its key {words} could be it", fix=fix)


def _identifies(subject: Subject, key: Key) -> bool:
    columns = subject.columns(key.columns)
    special = key.parts or key.nulls_not_distinct
    return bool(columns) and not special and not any(column.nullable for column in columns)


def _promote(design: Design, _ids: IdSource, key: Key) -> Edit:
    return edit(design, f"Make {called(design, key)} the primary key", [replace(key, primary=True)])


RULE = Rule(
    code="WK101",
    name="no-primary-key",
    title="A table has no primary key",
    severity=WARNING,
    help="Without a primary key the same row can be there twice, nothing can refer to one row, and replication and "
    "most tools cannot tell which row changed. Choose the columns that identify a row, or add a column for "
    "that.",
    firing=Example("CREATE TABLE visits (page text NOT NULL, seen_on date NOT NULL);"),
    silent=Example("CREATE TABLE visits (page text, seen_on date, PRIMARY KEY (page, seen_on));"),
    check=_check,
)
