"""The matrix: left sides by columns, for reviewing many dependencies at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.dependencies.subject import Subject
from designer.normalization.closure import Closure
from designer.schema import Dependency, Design, Id

FROM = 5
"""So many open proposals are reviewed better in a matrix than one by one."""
MOST_LEFTS = 60
MOST_COLUMNS = 40
MARKS = {
    "own": "", "key": "K", "implied": "·", "confirmed": "✓", "refuted": "×", "waived": "–", "proposed": "?", "": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Square:
    """Where a left side meets a column. `dependency` is the record that says so; `about` is read out."""

    state: str
    mark: str
    about: str
    dependency: Id = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A left side with what is known of each column."""

    name: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The left sides of what is stored, by all columns; `more` left sides or columns are left out."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    more: int
    open: int


def matrix(design: Design, subject: Subject) -> Matrix:
    """Return the matrix of a table or an entity. What follows from what holds is marked as well."""
    relation = subject.relation
    closure = Closure(relation.fds, len(relation.attributes))
    stored: dict[int, dict[int, Dependency]] = {}
    for each in design.of(Dependency, subject.owner):
        if each.multivalued or not {*each.determinant, *each.dependent} <= subject.numbers.keys():
            continue
        row = stored.setdefault(subject.set_of(each.determinant), {})
        for column in each.dependent:
            row[subject.numbers[column]] = each
    shown = range(min(len(relation.attributes), MOST_COLUMNS))
    lefts = sorted(stored, key=lambda left: (left.bit_count(), left))
    rows = tuple(_row(subject, left, stored[left], closure.of(left), shown) for left in lefts[:MOST_LEFTS])
    more = max(0, len(lefts) - MOST_LEFTS) + len(relation.attributes) - len(shown)
    waiting = sum(each.state == "proposed" for each in design.of(Dependency, subject.owner))
    return Matrix(tuple(relation.attributes[each] for each in shown), rows, more, waiting)


def _row(subject: Subject, left: int, known: dict[int, Dependency], closed: int, shown: Sequence[int]) -> MatrixRow:
    names = subject.names(left) or "{}"
    squares = tuple(_square(subject, names, left, each, known.get(each), closed) for each in shown)
    return MatrixRow(names, squares)


def _square(subject: Subject, names: str, left: int, column: int, known: Dependency | None, closed: int) -> Square:
    about = f"{names} → {subject.relation.attributes[column]}"
    if left >> column & 1:
        return Square("own", MARKS["own"], "")
    if known is not None:
        return Square(known.state, MARKS.get(known.state, "?"), f"{about}: {known.state}", known.id)
    if closed == subject.relation.every:
        return Square("key", MARKS["key"], f"{about}: the left side is a key")
    if closed >> column & 1:
        return Square("implied", MARKS["implied"], f"{about}: follows from others")
    return Square("", "", f"{about}: nothing is known")
