"""WK503: a moment that is kept as text."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import WARNING, Example, Found, Rule
from designer.lint.name_words import words_of
from designer.lint.subject import Subject
from designer.schema import Column, Table

_TEXTS = ("string", "char", "text")
_MOMENTS = ("date", "datetime", "timestamp")
_PLACES = ("located", "look", "looked", "works", "lives", "stays", "held", "found", "what")
"""What stands before an `at` that means a place."""


def _check(subject: Subject) -> Iterator[Found]:
    for column in subject.of(Column):
        if column.logical.split("(", 1)[0] not in _TEXTS or column.logical.endswith("[]"):
            continue
        if not _is_moment(words_of(column.name)):
            continue
        if isinstance(subject.design.get(column.parent or ""), Table):
            yield Found(column.id, f"{subject.called(column)} looks like a moment and is {column.type}")


def _is_moment(words: tuple[str, ...]) -> bool:
    if words[-1:] == ("at",):
        return len(words) > 1 and words[-2] not in _PLACES
    return bool(words) and words[-1] in _MOMENTS


RULE = Rule(
    code="WK503",
    name="date-as-text",
    title="A date is kept as text",
    severity=WARNING,
    help="Text takes 31 February, sorts 9.1. after 10.1., and knows no differences between dates. Use date, or a "
    "timestamp with a time zone.",
    firing=Example("CREATE TABLE members (id int PRIMARY KEY, birth_date varchar(10));"),
    silent=Example("CREATE TABLE members (id int PRIMARY KEY, birth_date date, date_format text);"),
    check=_check,
    targets=("postgresql", "mysql", "mariadb"),
)
