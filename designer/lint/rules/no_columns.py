"""WK104: a table without columns."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects.features import EMPTY_TABLES
from designer.lint.contract import ERROR, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column


def _check(subject: Subject) -> Iterator[Found]:
    severity = WARNING if subject.dialect.supports(EMPTY_TABLES) else ERROR
    for table in subject.tables:
        if not subject.inside(Column, table.id) and not table.inherits:
            yield Found(table.id, f"{subject.called(table)} has no columns", severity=severity)


RULE = Rule(
    code="WK104",
    name="no-columns",
    title="A table has no columns",
    severity=WARNING,
    help="A table without columns can hold nothing, and only PostgreSQL takes it. Add its columns, or delete it.",
    firing=Example("CREATE TABLE drafts ();"),
    silent=Example("CREATE TABLE drafts (id int PRIMARY KEY);"),
    check=_check,
)
