"""WK703: a copy of something that is not named, or not there any more."""

from __future__ import annotations

from collections.abc import Iterator

from designer.levels.tracing.deviating import REPEATS
from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.rules.deviation_without_reason import KEPT, RECORDS
from designer.lint.subject import Subject
from designer.schema import Deviation, View

_REASON = "lists are read a thousand times as often"


def _check(subject: Subject) -> Iterator[Found]:
    for each in subject.of(Deviation):
        if each.deviation in REPEATS and each.parent is not None and not _has_source(subject, each):
            name = subject.called(each.parent)
            message = f"{name} is a deliberate copy of something that is not named, or not there any more"
            yield Found(each.parent, message, (each.id,))


def _has_source(subject: Subject, deviation: Deviation) -> bool:
    """Whether it is known what is repeated: a view says it itself."""
    owner = subject.design.get(deviation.parent or "")
    if isinstance(owner, View):
        return bool(owner.depends_on)
    return any(each in subject.design for each in deviation.sources)


RULE = Rule(
    code="WK703",
    name="deviation-without-source",
    title="A deliberate copy does not say what it repeats",
    severity=INFO,
    help="Without its source nobody can check the copy, and a change of the source cannot warn of it. Where the source "
    "was dropped, the copy is now the only place of that fact: then it is no copy, and the mark should go.",
    firing=Example(
        "A table posts whose column comments_count is a deliberate counter cache of nothing that is named.",
        records=(
            *RECORDS,
            Deviation(id="d", parent="cb", deviation="counter_cache", reason=_REASON, kept_true_by=KEPT),
        ),
    ),
    silent=Example(
        "The same column, which says what it counts.",
        records=(
            *RECORDS,
            Deviation(
                id="d", parent="cb", deviation="counter_cache", reason=_REASON, kept_true_by=KEPT, sources=("ca",)
            ),
        ),
    ),
    check=_check,
)
