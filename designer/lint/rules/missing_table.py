"""WK204: a foreign key to a table that is not in the design."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import ForeignKey


def _check(subject: Subject) -> Iterator[Found]:
    for key in subject.of(ForeignKey):
        if key.ref_table is None and key.missing_table:
            words = f"{subject.called(key.parent or '')} refers to {key.missing_table}, which is not in the design"
            yield Found(key.id, words, key.columns)


RULE = Rule(
    code="WK204",
    name="missing-table",
    title="A foreign key refers to a table that is not in the design",
    severity=INFO,
    help="A part of a schema was imported, or the table has another name. The foreign key is kept as it was "
    "written, but it draws no line. Import the other table too, or let the foreign key refer to one that is "
    "here.",
    firing=Example("CREATE TABLE notes (id int PRIMARY KEY, author int REFERENCES people (id));"),
    silent=Example(
        "CREATE TABLE people (id int PRIMARY KEY);\n"
        "CREATE TABLE notes (id int PRIMARY KEY, author int REFERENCES people (id));\n"
        "CREATE INDEX ON notes (author);"
    ),
    check=_check,
)
