"""WK701: a deliberate deviation of which nobody says why."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ENTITY_LEVELS, PHYSICAL, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Column, Deviation, Key, Model, Table

RECORDS = (
    Model(id="m", name="Shop", level="physical", target="postgresql"),
    Table(id="t", parent="m", name="posts"),
    Column(id="ca", parent="t", name="id", type="bigint", logical="bigint", nullable=False, order="a"),
    Column(id="cb", parent="t", name="comments_count", type="integer", logical="integer", nullable=False, order="b"),
    Key(id="k", parent="t", name="pk_posts", primary=True, columns=("ca",)),
)
KEPT = "a nightly job counts again"


def _check(subject: Subject) -> Iterator[Found]:
    for each in subject.of(Deviation):
        if not each.reason.strip() and each.parent is not None:
            name = subject.called(each.parent)
            yield Found(each.parent, f"{name} is marked as deliberate, and nobody says why", (each.id,))


RULE = Rule(
    code="WK701",
    name="deviation-without-reason",
    title="A deliberate deviation has no reason",
    severity=WARNING,
    help="Whoever reads the model next cannot tell a decision from a mistake, and will repair it or fear to touch it. "
    "Say what was measured, what is read so often, or who asked for it, or take the mark back.",
    firing=Example(
        "A table posts whose column comments_count is marked as a counter cache, without a reason.",
        records=(
            *RECORDS,
            Deviation(id="d", parent="cb", deviation="counter_cache", kept_true_by=KEPT, sources=("t",)),
        ),
    ),
    silent=Example(
        "The same column, marked because lists of posts are read a thousand times as often as comments are written.",
        records=(
            *RECORDS,
            Deviation(
                id="d", parent="cb", deviation="counter_cache", reason="lists are read a thousand times as often",
                kept_true_by=KEPT, sources=("t",),
            ),
        ),
    ),
    check=_check,
    levels=(*PHYSICAL, *ENTITY_LEVELS),
)  # fmt: skip
