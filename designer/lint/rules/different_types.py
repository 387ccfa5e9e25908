"""WK202: a foreign key whose types differ from those of the key, although the server takes it."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import WARNING, Example, Found, Rule
from designer.lint.pairs import different, pairs, told
from designer.lint.retyping import retyping
from designer.lint.subject import Subject


def _check(subject: Subject) -> Iterator[Found]:
    for key in subject.foreign_keys:
        wrong = [pair for pair in pairs(subject, key) if different(subject, pair)]
        if wrong:
            message = f"a foreign key joins different types: {told(subject, wrong[0])}"
            yield Found(key.id, message, tuple(column.id for column, _ in wrong), retyping(subject, wrong))


RULE = Rule(
    code="WK202",
    name="different-types",
    title="A foreign key joins different types",
    severity=WARNING,
    help="A smaller type runs out before the key does, and a different one costs a cast in every join. Give the "
    "column the type of the key that it refers to.",
    firing=Example(
        "CREATE TABLE orders (id bigint PRIMARY KEY);\n"
        "CREATE TABLE parcels (id bigint PRIMARY KEY, order_id int REFERENCES orders);\n"
        "CREATE INDEX ON parcels (order_id);"
    ),
    silent=Example(
        "CREATE TABLE orders (id bigserial PRIMARY KEY);\n"
        "CREATE TABLE parcels (id bigint PRIMARY KEY, order_id bigint REFERENCES orders);\n"
        "CREATE INDEX ON parcels (order_id);"
    ),
    check=_check,
)
