"""WK102: a unique key over several columns, one of which may be NULL."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Key


def _check(subject: Subject) -> Iterator[Found]:
    for key in subject.of(Key):
        if key.primary or key.nulls_not_distinct or len(key.columns) < 2:
            continue
        loose = [column for column in subject.columns(key.columns) if column.nullable]
        if loose:
            names = ", ".join(column.name for column in loose)
            message = f"rows of {subject.called(key.parent or '')} without {names} may be there twice in spite of"
            yield Found(key.id, f"{message} the unique key ({subject.names(key.columns)})", tuple(c.id for c in loose))


RULE = Rule(
    code="WK102",
    name="null-in-unique",
    title="A unique key over several columns has one that may be NULL",
    severity=INFO,
    help="Two NULLs count as different, so rows that are equal in the other columns are let in as often as one "
    "likes. Make the column NOT NULL, or in PostgreSQL say NULLS NOT DISTINCT, unless that is what is meant.",
    firing=Example("CREATE TABLE seats (id int PRIMARY KEY, hall int NOT NULL, row_no int, UNIQUE (hall, row_no));"),
    silent=Example(
        "CREATE TABLE seats (id int PRIMARY KEY, hall int NOT NULL, row_no int NOT NULL, UNIQUE (hall, row_no));"
    ),
    check=_check,
)
