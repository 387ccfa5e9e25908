"""WK402: a name that is longer than the server keeps."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ERROR, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Check, Column, EnumType, ForeignKey, Index, Key, Named, Schema, Sequence, Table, View

_KINDS: tuple[type[Named], ...] = (Schema, Table, View, Column, Key, ForeignKey, Check, Index, EnumType, Sequence)
_SHOWN = 40


def _check(subject: Subject) -> Iterator[Found]:
    dialect = subject.dialect
    if not dialect.identifier_limit:
        return
    for kind in _KINDS:
        for record in subject.of(kind):
            if dialect.too_long(record.name):
                limit = f"{dialect.identifier_limit} {dialect.identifier_limit_unit}"
                short = f"{record.name[:_SHOWN]}…"
                yield Found(record.id, f"the name {short} is longer than the {limit} that {dialect.title} keeps")


RULE = Rule(
    code="WK402",
    name="name-too-long",
    title="A name is longer than the database keeps",
    severity=ERROR,
    help="MySQL and MariaDB refuse it. PostgreSQL cuts it off, so that the database has another name than the "
    "design, and two long names may become one. Choose a shorter name.",
    firing=Example(
        "CREATE TABLE measurements_of_the_temperature_and_pressure_of_the_air_all_around (id int PRIMARY KEY);",
        "mysql",
    ),
    silent=Example("CREATE TABLE measurements_of_the_air_outside (id int PRIMARY KEY);", "mysql"),
    check=_check,
)
