"""WK208: a foreign key that sets a mandatory column to NULL."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ERROR, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import ForeignKey, Id


def _check(subject: Subject) -> Iterator[Found]:
    for key in subject.foreign_keys:
        fixed = [column for column in subject.columns(_emptied(key)) if not column.nullable]
        if fixed:
            names = ", ".join(column.name for column in fixed)
            message = f"{subject.called(key.parent or '')} sets {names} to NULL, which it may not be, when the row of"
            ids = tuple(column.id for column in fixed)
            yield Found(key.id, f"{message} {subject.called(key.ref_table or '')} goes or changes", ids)


def _emptied(key: ForeignKey) -> tuple[Id, ...]:
    """Return the columns that an action of the foreign key sets to NULL."""
    if key.on_update == "set null":
        return key.columns
    return (key.on_delete_columns or key.columns) if key.on_delete == "set null" else ()


RULE = Rule(
    code="WK208",
    name="set-null-on-not-null",
    title="A foreign key sets a NOT NULL column to NULL",
    severity=ERROR,
    help="The action cannot be done: MySQL refuses the foreign key, the others refuse the deletion. Let the column "
    "be NULL, or choose CASCADE or RESTRICT.",
    firing=Example(
        "CREATE TABLE clubs (id int PRIMARY KEY);\n"
        "CREATE TABLE members (id int PRIMARY KEY, club_id int NOT NULL REFERENCES clubs ON DELETE SET NULL);\n"
        "CREATE INDEX ON members (club_id);"
    ),
    silent=Example(
        "CREATE TABLE clubs (id int PRIMARY KEY);\n"
        "CREATE TABLE members (id int PRIMARY KEY, club_id int REFERENCES clubs ON DELETE SET NULL);\n"
        "CREATE INDEX ON members (club_id);"
    ),
    check=_check,
)
