"""WK604: an arc over fewer than two relationships."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ENTITY_LEVELS, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Arc, End, Entity, Model, Relationship

_RECORDS = (
    Model(id="m", name="Concepts", level="conceptual"),
    Entity(id="b", parent="m", name="Bill"),
    Entity(id="i", parent="m", name="Insurer"),
    Entity(id="p", parent="m", name="Person"),
    Relationship(id="r", parent="m", name="is paid by insurer", ends=(End(entity="i", max=1), End(entity="b"))),
    Relationship(id="s", parent="m", name="is paid by person", ends=(End(entity="p", max=1), End(entity="b"))),
)


def _check(subject: Subject) -> Iterator[Found]:
    for entity in subject.of(Entity):
        for arc in subject.inside(Arc, entity.id):
            if len(set(arc.relationships)) < 2:
                yield Found(
                    entity.id, f"an arc at {subject.called(entity)} spans fewer than two relationships", (arc.id,)
                )


RULE = Rule(
    code="WK604",
    name="short-arc",
    title="An arc spans fewer than two relationships",
    severity=WARNING,
    help="An arc says that only one of several relationships holds at a time (Barker 1990). With one relationship "
    "or none there is nothing to choose from: often the other one has been deleted. Let it span another one, or "
    "delete it.",
    firing=Example(
        "An arc at Bill over nothing but is paid by insurer.",
        records=(*_RECORDS, Arc(id="a", parent="b", relationships=("r",))),
    ),
    silent=Example(
        "An arc at Bill over is paid by insurer and is paid by person.",
        records=(*_RECORDS, Arc(id="a", parent="b", relationships=("r", "s"))),
    ),
    check=_check,
    levels=ENTITY_LEVELS,
)
