"""How a table stands: not assessed, suspected, violation proved, or clean by somebody's word.

A table of which only the keys are known is in no way broken, and in no way sound: nobody has asked. So it is "not
assessed", and never clean, until somebody says that all its dependencies are known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from designer.dependencies.deliberate import COPIES, FORMS, marked, why
from designer.dependencies.entities import column_ids
from designer.dependencies.evidence import used
from designer.dependencies.finding import BEFORE, broken, rule_of, settled_by
from designer.dependencies.first_form import first_form
from designer.dependencies.sample import Sample
from designer.dependencies.subject import HOLDING, Origin, Subject, subject_of
from designer.dependencies.suggested import suggested
from designer.normalization.analysis import analyse
from designer.normalization.contract import Relation
from designer.schema import Assessment, Column, Dependency, Design, Entity, Id, Named, Table

NOT_ASSESSED, SUSPECTED, VIOLATION, CLEAN = "not assessed", "suspected", "violation", "clean"
STATES = (VIOLATION, SUSPECTED, NOT_ASSESSED, CLEAN)
"""The worst first."""


@dataclass(frozen=True, slots=True)
class State:
    """How one table or entity stands.

    `form` is the highest normal form that what is known leaves it in, waived dependencies aside; it is empty where
    nobody has said anything, for then it means nothing. `text` is one sentence. `decided` is False where a budget ran
    out before the form was certain.
    """

    owner: Id
    state: str
    text: str
    form: str = ""
    violations: int = 0
    suspicions: int = 0
    settled: int = 0  # violations that are waived, or that the database keeps from harm
    by: str = ""
    on: str = ""
    unseen: tuple[Id, ...] = ()  # columns that came after the assessment
    decided: bool = True

    def below(self, form: str) -> bool:
        """Whether it is proved not to be in that form."""
        return self.state == VIOLATION and _rank(self.form) < _rank(form)


def _rank(form: str) -> int:
    return ("", "1NF", "2NF", "3NF", "EKNF", "BCNF", "4NF", "5NF").index(form)


def states(design: Design, model: Id | None = None) -> dict[Id, State]:
    """Return how all tables and entities of a design stand, or those of one model.

    Partitions are left out: they stand as the table that they belong to.
    """
    return {owner: state_of(design, owner) for owner in owners(design, model)}


def owners(design: Design, model: Id | None = None) -> Iterator[Id]:
    """Yield the tables and entities that can be assessed."""
    for record in (*design.of(Table), *design.of(Entity)):
        if isinstance(record, Table) and record.partition_of is not None:
            continue
        found = design.model_of(record) if model is not None else None
        if model is None or (found is not None and found.id == model):
            yield record.id


def state_of(design: Design, owner: Id, sample: Sample | None = None) -> State:
    """Return how a table or an entity stands; with rows, what their values look like counts as well."""
    stored = design.of(Dependency, owner)
    said = any(each.state in HOLDING for each in stored)
    judged = _judged_of(design, subject_of(design, owner)) if said else _Judged()
    word = next(iter(design.of(Assessment, owner)), None)
    unseen = _unseen(design, owner, word) if word else ()
    proposed = sum(1 for each in stored if each.state == "proposed")
    covered = word is not None and not unseen
    doubts = 0 if covered or judged.active else _doubts(design, owner, sample)
    state, text = _spoken(design, judged, word, unseen, proposed, doubts)
    return State(
        owner, state, text, judged.form or (_CLEAN_FORM if covered else ""), judged.active, proposed + doubts,
        judged.settled, word.decided_by if word else "", word.decided_on if word else "", unseen, judged.decided,
    )  # fmt: skip


_CLEAN_FORM = "BCNF"
"""What a table is in whose keys are all that determines anything."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is known of a relation: how many violations are open and settled, and the worst one in words."""

    form: str = ""
    active: int = 0
    settled: int = 0
    worst: str = ""
    decided: bool = True


def _judged_of(design: Design, subject: Subject) -> _Judged:
    meant = subject.set_of(marked(design, subject.owner, subject.columns, COPIES))
    return _judged(subject.relation, subject.origins, subject.many_origins, meant)


@lru_cache(maxsize=4096)  # an edit changes one table of a design, and all of them are shown
def _judged(relation: Relation, origins: tuple[Origin, ...], many_origins: tuple[Origin, ...], meant: int) -> _Judged:
    subject = Subject("", relation, (), origins, many_origins)
    analysis = analyse(relation)
    found = broken(analysis)
    active = [each for each in found if each.right & ~meant and not settled_by(used(subject, each.dependency))]
    settled = len(found) - len(active)
    if not active:
        form = analysis.verdict.form if not found else _CLEAN_FORM
        return _Judged(form, 0, settled, decided=analysis.verdict.decided)
    worst = rule_of(subject, analysis, active[0])
    return _Judged(BEFORE[active[0].form], len(active), settled, worst, analysis.verdict.decided)


def _unseen(design: Design, owner: Id, word: Assessment) -> tuple[Id, ...]:
    """Return the columns that were not there, or not shown, when somebody gave the word."""
    relation = column_ids(design, owner) if isinstance(design[owner], Entity) else design.of(Column, owner)
    ids = relation if isinstance(relation, dict) else [column.id for column in relation]
    return tuple(each for each in ids if each not in word.columns)


def _doubts(design: Design, owner: Id, sample: Sample | None) -> int:
    """Return how many questions names and values raise that are worth a mark on the picture."""
    names = sum(1 for each in suggested(design, owner) if not each.weak)
    values = {each: [row[0] for row in sample.of((each,))] for each in sample.columns} if sample else {}
    asked = [each for each in first_form(design, owner, values) if each.strength != "hint"]
    return names + sum(1 for each in asked if not why(design, owner, each.columns, FORMS))


def _spoken(
    design: Design, judged: _Judged, word: Assessment | None, unseen: tuple[Id, ...], proposed: int, doubts: int
) -> tuple[str, str]:
    """Return the state and the sentence about it."""
    if judged.active:
        more = f" {judged.active - 1} more." if judged.active > 1 else ""
        return VIOLATION, f"{judged.worst}{more}"
    if word and not unseen and not proposed:
        by = f" by {word.decided_by}" if word.decided_by else ""
        on = f" on {word.decided_on}" if word.decided_on else ""
        kept = f" {judged.settled} left as it is, with a reason." if judged.settled else ""
        return CLEAN, f"Nothing else determines anything: confirmed{by}{on}.{kept}"
    if proposed or doubts:
        questions = proposed + doubts
        return SUSPECTED, f"{questions} {'question' if questions == 1 else 'questions'} to answer."
    if word:
        names = ", ".join(_named(design, each) for each in unseen)
        return NOT_ASSESSED, f"Confirmed before {names} came; look at it again."
    if judged.form:
        return NOT_ASSESSED, "What is known breaks nothing; nobody has said that it is all."
    return NOT_ASSESSED, "Only the keys are known; nobody has said that nothing else determines anything."


def _named(design: Design, column: Id) -> str:
    record = design[column]
    return record.name if isinstance(record, Named) else "a column"
