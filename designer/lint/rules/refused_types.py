"""WK201: a foreign key between columns whose types the server does not compare."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ERROR, Example, Found, Rule
from designer.lint.pairs import pairs, refused, told
from designer.lint.retyping import retyping
from designer.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Found]:
    for key in subject.foreign_keys:
        wrong = [pair for pair in pairs(subject, key) if refused(subject, pair)]
        if wrong:
            message = f"{subject.dialect.title} refuses this foreign key: {told(subject, wrong[0])}"
            columns = tuple(column.id for column, _ in wrong)
            yield Found(key.id, message, columns, retyping(subject, wrong))


RULE = Rule(
    code="WK201",
    name="refused-types",
    title="A foreign key pairs types that the server refuses",
    severity=ERROR,
    help="PostgreSQL needs an equality between the two types; MySQL and MariaDB need the same integer type with "
    "the same sign. Give the column the type of the key that it refers to.",
    firing=Example(
        "CREATE TABLE users (id uuid PRIMARY KEY);\n"
        "CREATE TABLE logins (id int PRIMARY KEY, user_id bigint REFERENCES users);\n"
        "CREATE INDEX ON logins (user_id);"
    ),
    silent=Example(
        "CREATE TABLE users (id uuid PRIMARY KEY);\n"
        "CREATE TABLE logins (id int PRIMARY KEY, user_id uuid REFERENCES users);\n"
        "CREATE INDEX ON logins (user_id);"
    ),
    check=_check,
    targets=("postgresql", "mysql", "mariadb"),
)
