"""The tables and entities of a design as relations, with what is known of their dependencies."""

from __future__ import annotations

from collections.abc import Iterator

from designer.dependencies.assess import CLEAN, NOT_ASSESSED, SUSPECTED, VIOLATION, State, owners, state_of
from designer.dependencies.evidence import used
from designer.dependencies.finding import settled_by
from designer.dependencies.subject import Origin, Subject, subject_of
from designer.normalization.analysis import analyse
from designer.normalization.contract import JD, Violation
from designer.normalization.report.entry import Entry
from designer.normalization.report.words import dependency_of
from designer.schema import Design, Id, Table

KNOWN_ONLY = "not assessed: only keys are known"


def entries_of(design: Design, model: Id | None) -> Iterator[Entry]:
    """Yield the tables and entities of a design, or of one of its models, each with its relation analysed."""
    for owner in owners(design, model):
        yield _entry(design, owner)


def _entry(design: Design, owner: Id) -> Entry:
    subject, state = subject_of(design, owner), state_of(design, owner)
    of_model = design.model_of(design[owner])
    place: dict[str, object] = {
        "kind": "table" if isinstance(design[owner], Table) else "entity",
        "id": owner,
        "model": of_model.name if of_model else "",
        "assessed": state.state in (CLEAN, VIOLATION),
        "state": state.state,
        "about": state.text,
    }
    stated = any(each.source != "model" for each in (*subject.origins, *subject.many_origins))
    analysis = analyse(subject.relation)
    return Entry(
        subject.relation.name,
        analysis,
        place=place,
        caution=_caution(state, stated=stated),
        origins=tuple(_why(each) for each in subject.origins),
        many_origins=tuple(_why(each) for each in subject.many_origins),
        settled=tuple(_settled(subject, each) for each in analysis.verdict.violations),
    )


def _settled(subject: Subject, violation: Violation) -> str:
    """Return why nothing needs to be done about a violation: it is waived, or the database keeps its copies equal."""
    found = dependency_of(violation)
    return "" if isinstance(found, JD) else settled_by(used(subject, found))


def _caution(state: State, *, stated: bool) -> str:
    """Return why the verdict is not to be relied on, for a table of which nobody has said that all is known."""
    if state.state not in (NOT_ASSESSED, SUSPECTED):
        return ""
    if state.state == SUSPECTED:
        return f"suspected: {state.text.rstrip('.')}; {'not all is' if stated else 'only keys are'} known"
    return f"not assessed: {state.text.rstrip('.')}" if stated else KNOWN_ONLY


def _why(origin: Origin) -> str:
    return origin.reason if origin.state != "waived" else f"{origin.reason}, waived"
