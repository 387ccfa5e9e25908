"""WK401: a table or column that is called by a reserved word."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Named, Table, View


def _check(subject: Subject) -> Iterator[Found]:
    reserved = subject.dialect.reserved
    named: list[Named] = [*subject.of(Table), *subject.of(View), *subject.of(Column)]
    for record in named:
        if record.name.lower() in reserved:
            words = f"{subject.called(record)}: {record.name} is a reserved word of {subject.dialect.title}"
            yield Found(record.id, f"{words}, so every query must quote it")


RULE = Rule(
    code="WK401",
    name="reserved-word",
    title="A name is a reserved word",
    severity=INFO,
    help="The DDL quotes it, but everybody who writes a query by hand must do so too, and will forget. In "
    "PostgreSQL an unquoted user is even somebody else: the one who is logged in. A plural or a longer name "
    "is free.",
    firing=Example('CREATE TABLE "user" (id int PRIMARY KEY);'),
    silent=Example("CREATE TABLE users (id int PRIMARY KEY);"),
    check=_check,
)
