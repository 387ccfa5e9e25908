"""WK702: a copy that nothing keeps true."""

from __future__ import annotations

from collections.abc import Iterator

from designer.levels.tracing.deviating import COPIES
from designer.lint.contract import WARNING, Example, Found, Rule
from designer.lint.rules.deviation_without_reason import KEPT, RECORDS
from designer.lint.subject import Subject
from designer.schema import Column, Deviation, Trigger

_REASON = "lists are read a thousand times as often"


def _check(subject: Subject) -> Iterator[Found]:
    for each in subject.of(Deviation):
        if each.deviation in COPIES and each.parent is not None and not _computed(subject, each):
            problem = _problem(subject, each)
            if problem:
                yield Found(
                    each.parent, f"{subject.called(each.parent)} is a deliberate copy, and {problem}", (each.id,)
                )


def _computed(subject: Subject, deviation: Deviation) -> bool:
    """Whether the database computes it itself."""
    column = subject.design.get(deviation.parent or "")
    return isinstance(column, Column) and column.generated is not None


def _problem(subject: Subject, deviation: Deviation) -> str:
    keepers = [subject.design.get(each) for each in deviation.kept_by]
    if any(keeper is None for keeper in keepers):
        return "what kept it true is gone"
    stopped = [each for each in keepers if isinstance(each, Trigger) and each.enabled == "disabled"]
    if stopped and len(stopped) == len(keepers):
        return f"the trigger {stopped[0].name} that keeps it true is disabled"
    return "" if keepers or deviation.kept_true_by.strip() else "nothing keeps it true"


RULE = Rule(
    code="WK702",
    name="deviation-not-kept-true",
    title="Nothing keeps a deliberate copy true",
    severity=WARNING,
    help="A counter, a repeated column or a materialised view is wrong after the first change of what it repeats, "
    "unless something follows: a trigger, a refresh, a job that counts again. Name the trigger, or say in words who "
    "sees to it. A trigger that was dropped or disabled keeps nothing. A snapshot should not follow and is never "
    "reported.",
    firing=Example(
        "A table posts whose column comments_count is a deliberate counter cache, of which nobody says what counts.",
        records=(
            *RECORDS,
            Deviation(id="d", parent="cb", deviation="counter_cache", reason=_REASON, sources=("t",)),
        ),
    ),
    silent=Example(
        "The same column, of which somebody says that a nightly job counts again.",
        records=(
            *RECORDS,
            Deviation(
                id="d", parent="cb", deviation="counter_cache", reason=_REASON, kept_true_by=KEPT, sources=("t",)
            ),
        ),
    ),
    check=_check,
)
