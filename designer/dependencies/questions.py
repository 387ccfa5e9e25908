"""What to ask about a table next: few questions, the ones that tell most first, with two rows to look at.

Nobody can state "the functional dependencies"; everybody can say whether two rows with the same zip and different
cities could be there. No means that the dependency holds, yes that it does not, and the two rows are kept so that it is
never asked again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from designer.dependencies.candidates import Candidate, candidates
from designer.dependencies.columns import owner_of
from designer.dependencies.invented import value_of
from designer.dependencies.known import Known
from designer.dependencies.sample import Row, Sample
from designer.dependencies.seen import Seen, seen
from designer.dependencies.stating import Proposal
from designer.dependencies.subject import Subject, subject_of
from designer.dependencies.thorough import MOST, alone
from designer.normalization.closure import Closure
from designer.normalization.keys import expand, keys_of
from designer.schema import Design, Id

FEW = 5
_LEAST = 30.0  # worth; below that a question is not worth the reader's time
_SHOWN = 6  # columns of the two rows


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a table, to be answered yes, no or not sure.

    `kind` is "dependency" or "key" (no: `determinant -> dependent` holds), "alone" (yes: it holds for none of the
    dependent columns; no: for at least one, so each is asked about next) or "sets" (yes: `determinant ->> dependent`
    holds). `rows` are two rows of `columns`; `real` says that they are in the data, so that "no" needs another look.
    """

    owner: Id
    kind: str
    text: str
    reason: str
    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    columns: tuple[Id, ...]
    rows: tuple[Row, ...]
    real: bool = False
    worth: float = 0.0
    record: Id = ""
    strength: str = "question"  # or suggestion: data says so, with rows enough, and it would save much

    @property
    def counterexample(self) -> tuple[Row, ...]:
        """The two rows as `stating.answer` keeps them: the determinant, then what depends."""
        places = [self.columns.index(each) for each in (*self.determinant, *self.dependent)]
        return tuple(tuple(row[place] for place in places) for row in self.rows)


def questions(design: Design, owner: Id, sample: Sample | None = None, limit: int = FEW) -> tuple[Question, ...]:
    """Return what to ask about a table or an entity, the most telling first; nothing that is settled already.

    A column is asked about once at a time. Raises KeyError where there is no such table.
    """
    subject = subject_of(design, owner)
    known = Known(design, owner_of(design, owner))
    closure = Closure(subject.relation.fds, len(subject.columns))
    found = sorted(_open(design, subject, known, closure), key=lambda each: -each.worth)
    if len(found) < MOST:
        found += islice(alone(design, subject, known, closure), MOST - len(found))
    asked: dict[tuple[str, tuple[Id, ...]], Candidate] = {}
    for each in found:
        about = ("", each.dependent) if each.kind == "dependency" else (each.kind, each.determinant)
        asked.setdefault(about, each)
    return questions_about(design, subject, list(asked.values())[:limit], sample)


def questions_about(
    design: Design, subject: Subject, chosen: Iterable[Candidate], sample: Sample | None = None
) -> tuple[Question, ...]:
    """Return the questions about some candidates, with rows to look at."""
    shown = _Rows(design, subject, sample or Sample())
    return tuple(shown.question(each) for each in chosen)


def _open(design: Design, subject: Subject, known: Known, closure: Closure) -> list[Candidate]:
    """Return the candidates that nothing is known about."""
    told = _dependent(subject)
    found = []
    for each in candidates(design, subject):
        if not {*each.determinant, *each.dependent} <= subject.numbers.keys():
            continue
        left, right = subject.set_of(each.determinant), subject.set_of(each.dependent)
        many = each.kind == "sets"
        settled = not each.record and known.settles(each.determinant, each.dependent, multivalued=many)
        follows = not many and not right & ~closure.of(left)
        follows = follows or (each.kind == "dependency" and not each.record and not right & ~told)
        if not settled and not follows and (each.worth >= _LEAST or each.record):
            found.append(each)
    return found


def _differ(one: Row, other: Row) -> bool:
    return all(value != there for value, there in zip(one, other, strict=True))


def _dependent(subject: Subject) -> int:
    """Return the columns of which is known what they depend on besides the keys."""
    told = 0
    for fd, origin in zip(subject.relation.fds, subject.origins, strict=True):
        told |= 0 if origin.kept or fd.left | fd.right == subject.relation.every else fd.right & ~fd.left
    return told


def one_by_one(owner: Id, determinant: tuple[Id, ...], dependent: Iterable[Id]) -> list[Proposal]:
    """Return the proposals to ask about after a no to a question of kind "alone": one for each column."""
    reason = "something depends on it, by an answer before"
    return [Proposal(owner, determinant, (each,), "person", reason=reason) for each in dependent]


class _Rows:
    """Makes the two rows that a question shows."""

    def __init__(self, design: Design, subject: Subject, sample: Sample):
        self.subject = subject
        self.sample = sample
        self.columns = {each.id: each for each in seen(design, subject.owner)}
        keys = expand(keys_of(subject.relation), 1)
        self.key = subject.ids_of(keys[0]) if keys else ()

    def question(self, candidate: Candidate) -> Question:
        """Return the question about a candidate."""
        columns = self._shown(candidate)
        rows = self._real(candidate, columns)
        real = bool(rows)
        return Question(
            self.subject.owner, candidate.kind, self._text(candidate), candidate.reason, candidate.determinant,
            candidate.dependent, columns, rows or self._invented(candidate, columns), real, candidate.worth,
            candidate.record, candidate.strength,
        )  # fmt: skip

    def _text(self, candidate: Candidate) -> str:
        left, right = self._names(candidate.determinant, "and"), self._names(candidate.dependent, "or")
        if candidate.kind == "key":
            return f"Can two rows have the same {left}?"
        if candidate.kind == "sets":
            rest = [each for each in self.columns if each not in (*candidate.determinant, *candidate.dependent)]
            return f"For one {left}, does every {right} go with every {self._names(tuple(rest), 'and')}?"
        if candidate.kind == "alone":
            return f"Can two rows have the same {left} and differ in {self._others(candidate)}?"
        if not left:
            return f"Can two rows have different {right}?"
        but = ", but" if len(candidate.determinant) > 1 else " and"
        return f"Can two rows have the same {left}{but} different {right}?"

    def _others(self, candidate: Candidate) -> str:
        """Return what a column that stands alone may settle, in as few words as say it."""
        named = {*candidate.determinant, *candidate.dependent}
        left_out = tuple(each for each in self.columns if each not in named)
        if not left_out:
            return "everything else"
        if len(left_out) < len(candidate.dependent) > _SHOWN:
            return f"everything else but {self._names(left_out, 'and')}"
        return f"all of {self._names(candidate.dependent, 'and')}"

    def _names(self, ids: tuple[Id, ...], last: str) -> str:
        names = [self.columns[each].name for each in ids]
        return f" {last} ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    def _shown(self, candidate: Candidate) -> tuple[Id, ...]:
        wanted = list(dict.fromkeys((*candidate.determinant, *candidate.dependent, *self.key)))
        rest = [each for each in self.columns if each not in wanted]
        chosen = {*wanted, *rest[: max(0, _SHOWN - len(wanted))]} if candidate.kind == "sets" else set(wanted)
        return tuple(each for each in self.columns if each in chosen)

    def _real(self, candidate: Candidate, columns: tuple[Id, ...]) -> tuple[Row, ...]:
        """Return two rows of the data that agree on the determinant and differ in what depends, if there are any."""
        if candidate.kind == "sets" or not self.sample.holds(columns):
            return ()
        told = self.sample.of(candidate.dependent)
        shown = self.sample.of(columns)
        for rows in self.sample.groups(candidate.determinant).values():
            other = next((row for row in rows if _differ(told[row], told[rows[0]])), None)
            if other is not None:
                return shown[rows[0]], shown[other]
        return ()

    def _invented(self, candidate: Candidate, columns: tuple[Id, ...]) -> tuple[Row, ...]:
        """Return two rows that differ in the key and in what depends, of values in the data where there are enough."""
        if candidate.kind == "sets":
            return self._combined(candidate, columns)
        same = set(candidate.determinant)
        first = tuple(self._value(self.columns[each], 0) for each in columns)
        second = tuple(self._value(self.columns[each], 0 if each in same else 1) for each in columns)
        return first, second

    def _combined(self, candidate: Candidate, columns: tuple[Id, ...]) -> tuple[Row, ...]:
        """Return the two rows that two other ones would ask for: each of the pairs crossed."""
        crossed = set(candidate.dependent)
        whole = [
            [self._value(self.columns[each], 0 if each in candidate.determinant else number) for each in columns]
            for number in (0, 1)
        ]
        mixed = [
            tuple(whole[1 - number][at] if each in crossed else whole[number][at] for at, each in enumerate(columns))
            for number in (0, 1)
        ]
        return (*(tuple(row) for row in whole), *mixed)

    def _value(self, column: Seen, number: int) -> str:
        if self.sample.holds((column.id,)):
            there = list(dict.fromkeys(row[0] for row in self.sample.of((column.id,)) if row[0]))
            if len(there) > number:
                return there[number] or ""
        return value_of(column, number)
