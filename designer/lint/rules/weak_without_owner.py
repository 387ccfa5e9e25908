"""WK603: a weak entity that depends on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ENTITY_LEVELS, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import End, Entity, Model, Relationship

_RECORDS = (
    Model(id="m", name="Concepts", level="conceptual"),
    Entity(id="o", parent="m", name="Order"),
    Entity(id="l", parent="m", name="Order line", nature="weak"),
)


def _has(identifying: bool) -> Relationship:
    ends = (End(entity="o", min=1, max=1, identifying=identifying), End(entity="l"))
    return Relationship(id="r", parent="m", name="has", ends=ends)


def _check(subject: Subject) -> Iterator[Found]:
    weak = [entity for entity in subject.of(Entity) if entity.nature == "weak"]
    identifying = [each for each in subject.of(Relationship) if any(end.identifying for end in each.ends)]
    owned = {end.entity for each in identifying for end in each.ends}
    for entity in weak:
        if entity.id not in owned:
            yield Found(entity.id, f"{subject.called(entity)} is weak and has no identifying relationship")


RULE = Rule(
    code="WK603",
    name="weak-without-owner",
    title="A weak entity has no owner",
    severity=WARNING,
    help="A weak entity is told apart only together with the one that it depends on (Chen 1976). Mark the "
    "relationship to its owner as identifying, or make the entity strong.",
    firing=Example(
        "The weak entity Order line, joined to Order by a relationship that is not identifying.",
        records=(*_RECORDS, _has(False)),
    ),
    silent=Example(
        "The weak entity Order line, joined to Order by an identifying relationship.", records=(*_RECORDS, _has(True))
    ),
    check=_check,
    levels=ENTITY_LEVELS,
)
