"""3NF or BCNF: the choice, only where there is one, with what each of the two costs."""

from __future__ import annotations

from dataclasses import dataclass

from designer.dependencies.columns import names
from designer.dependencies.fixes_plan import Plan, planned
from designer.dependencies.subject import Subject, subject_of
from designer.normalization.closure import Closure
from designer.normalization.contract import Budget, Decomposition
from designer.normalization.splitting import bcnf
from designer.normalization.synthesis import third_nf
from designer.schema import Design, Id


@dataclass(frozen=True, slots=True)
class Card:
    """One of two ways. `repeats` are columns that may still repeat, `lost` rules that a trigger has to check.

    `plan` is None where the table can stay as it is.
    """

    form: str
    text: str
    decomposition: Decomposition
    plan: Plan | None
    repeats: tuple[Id, ...] = ()
    lost: tuple[str, ...] = ()


def choices(design: Design, owner: Id, budget: Budget | None = None) -> tuple[Card, ...]:
    """Return a card for 3NF and one for BCNF where they differ; none where there is nothing to choose."""
    subject = subject_of(design, owner)
    third, best = third_nf(subject.relation, budget), bcnf(subject.relation, budget)
    if _schemas(third) == _schemas(best) or (best.preserving and _is_best(third)):
        return ()
    return _third(design, subject, third), _best(design, subject, best)


def _schemas(decomposition: Decomposition) -> set[int]:
    return {each.columns for each in decomposition.fragments}


def _is_best(third: Decomposition) -> bool:
    return all(each.form in ("BCNF", "4NF", "5NF") for each in third.fragments)


def _plan(design: Design, subject: Subject, decomposition: Decomposition) -> Plan | None:
    return planned(design, subject, decomposition) if len(decomposition.fragments) > 1 else None


def _third(design: Design, subject: Subject, third: Decomposition) -> Card:
    repeats = 0
    for fragment in third.fragments:
        closure = Closure(fragment.fds, len(subject.columns))
        for fd in fragment.fds:
            if fragment.columns & ~closure.of(fd.left):
                repeats |= fd.right & ~fd.left
    columns = subject.ids_of(repeats)
    said = f"{names(design, columns)} may repeat" if columns else "some facts may repeat"
    return Card("3NF", f"Keeps all rules; {said}.", third, _plan(design, subject, third), columns)


def _best(design: Design, subject: Subject, best: Decomposition) -> Card:
    lost = tuple(f"{subject.names(fd.left)} → {subject.names(fd.right)}" for fd in best.lost)
    text = "No fact repeats; keeps all rules."
    if lost:
        many = "the rules" if len(lost) > 1 else "the rule"
        text = f"No fact repeats; {many} {'; '.join(lost)} must be checked by a trigger."
    return Card("BCNF", text, best, _plan(design, subject, best), (), lost)
