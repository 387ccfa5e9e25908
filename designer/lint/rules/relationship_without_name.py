"""WK602: a relationship that does not say what it means."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import End, Entity, Model, Relationship

_RECORDS = (
    Model(id="m", name="Concepts", level="conceptual"),
    Entity(id="c", parent="m", name="Customer"),
    Entity(id="o", parent="m", name="Order"),
)
_ENDS = (End(entity="c", min=1, max=1), End(entity="o"))


def _check(subject: Subject) -> Iterator[Found]:
    for relationship in subject.of(Relationship):
        if not relationship.name.strip() and not any(end.role for end in relationship.ends):
            names = " and ".join(subject.called(end.entity) for end in relationship.ends)
            yield Found(relationship.id, f"the relationship of {names} has no name")


RULE = Rule(
    code="WK602",
    name="relationship-without-name",
    title="A relationship has no name",
    severity=INFO,
    help="A conceptual model is read aloud: a customer places orders. A line without a verb, or a role at its end, "
    "can mean anything. Name it.",
    firing=Example(
        "The entities Customer and Order, joined by a relationship without a name.",
        records=(*_RECORDS, Relationship(id="r", parent="m", ends=_ENDS)),
    ),
    silent=Example(
        "The entities Customer and Order, joined by the relationship places.",
        records=(*_RECORDS, Relationship(id="r", parent="m", name="places", ends=_ENDS)),
    ),
    check=_check,
    levels=("conceptual",),
)
