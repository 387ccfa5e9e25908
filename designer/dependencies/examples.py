"""Example rows that allow just what is known to be allowed: "would a row like the fourth be possible?"

The rows satisfy every dependency that is known and no other one (an Armstrong relation). Where somebody says that such
a row is impossible, a dependency is missing, and the columns on which it agrees with the first row are its left side.
"""

from __future__ import annotations

from dataclasses import dataclass

from designer.dependencies.candidates import Candidate
from designer.dependencies.invented import value_of
from designer.dependencies.questions import Question, questions_about
from designer.dependencies.seen import seen
from designer.dependencies.subject import Subject, subject_of
from designer.normalization.armstrong import armstrong
from designer.normalization.contract import Undecided, bits
from designer.schema import Design, Id

MOST = 40
"""Rows that a person may be asked to look at."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row. It agrees with the first row on `agree`, and differs from it in all other columns."""

    number: int  # from 1
    values: tuple[str, ...]
    agree: tuple[Id, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Examples:
    """The rows of a table, or why there are none (`why`); `more` were left out."""

    columns: tuple[Id, ...] = ()
    rows: tuple[Example, ...] = ()
    more: int = 0
    why: str = ""


def examples(design: Design, owner: Id) -> Examples:
    """Return rows that show what the known dependencies allow. Raises KeyError where there is no such table."""
    subject = subject_of(design, owner)
    found = armstrong(subject.relation)
    if isinstance(found, Undecided):
        return Examples(why=found.why)
    columns = seen(design, owner)
    ranks = [{value: rank for rank, value in enumerate(dict.fromkeys(values))} for values in zip(*found, strict=True)]
    rows = []
    for number, row in enumerate(found[:MOST], 1):
        values = tuple(value_of(columns[at], ranks[at][value]) for at, value in enumerate(row))
        rows.append(Example(number, values, subject.ids_of(_agree(row)), _text(subject, number, _agree(row))))
    return Examples(subject.columns, tuple(rows), max(0, len(found) - MOST))


def _agree(row: tuple[int, ...]) -> int:
    return sum(1 << column for column, value in enumerate(row) if value == 0)


def _text(subject: Subject, number: int, agree: int) -> str:
    if number == 1:
        return "The row that the others are held against."
    differ = subject.relation.every & ~agree
    if not agree:
        return f"Row {number} has nothing in common with row 1."
    if differ.bit_count() <= agree.bit_count():
        return f"Row {number} is row 1 with another {subject.names(differ)}."
    return f"Row {number} has the same {subject.names(agree)} as row 1, and all else differs."


def missing_because_of(design: Design, owner: Id, agree: tuple[Id, ...], limit: int = 5) -> tuple[Question, ...]:
    """Return what to ask somebody who says that a row with just that in common with the first one is impossible."""
    subject = subject_of(design, owner)
    differ = subject.relation.every & ~subject.set_of(agree)
    reason = "you said that such a row cannot be"
    return questions_about(
        design, subject, [Candidate(agree, subject.ids_of(1 << each), 50.0, reason) for each in bits(differ)][:limit]
    )
