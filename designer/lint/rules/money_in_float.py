"""WK501: money in a binary fraction."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dialects.base import words
from designer.lint.contract import WARNING, Example, Found, Rule
from designer.lint.name_words import words_of
from designer.lint.subject import Subject
from designer.schema import Column, Table

_MONEY = words(
    """
    price prices amount cost costs salary wage fee fees balance tax vat revenue subtotal refund payment money budget
    discount
"""
)
_NO_MONEY = words(
    """
    rate ratio percent percentage pct factor score weight index share probability distance quantity hours days function
"""
)


def _check(subject: Subject) -> Iterator[Found]:
    for column in subject.of(Column):
        if column.logical in ("real", "double") and isinstance(subject.design.get(column.parent or ""), Table):
            said = set(words_of(column.name))
            if said & _MONEY and not said & _NO_MONEY:
                yield Found(column.id, f"{subject.called(column)} looks like money and is {column.type}")


RULE = Rule(
    code="WK501",
    name="money-in-float",
    title="Money is kept in a binary fraction",
    severity=WARNING,
    help="A float cannot hold 0.10, so sums drift by cents and comparisons fail. Keep money as numeric with the "
    "digits that the currency has, or as a whole number of its smallest unit.",
    firing=Example("CREATE TABLE bills (id int PRIMARY KEY, amount double precision);"),
    silent=Example("CREATE TABLE bills (id int PRIMARY KEY, amount numeric(12,2), tax_rate double precision);"),
    check=_check,
    targets=("postgresql", "mysql", "mariadb"),
)
