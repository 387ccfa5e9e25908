"""WK606: subtypes that have no key to take over."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ENTITY_LEVELS, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Attribute, Entity, Generalization, Id, Identifier, Model, Relationship

_RECORDS = (
    Model(id="m", name="Concepts", level="conceptual"),
    Entity(id="p", parent="m", name="Person"),
    Entity(id="s", parent="m", name="Student"),
    Generalization(id="g", parent="m", supertype="p", subtypes=("s",)),
)
_NUMBER = Attribute(id="n", parent="p", name="person no")


def _check(subject: Subject) -> Iterator[Found]:
    groups = subject.of(Generalization)
    identified = _identified(subject)
    below = {each for group in groups for each in group.subtypes}
    for supertype in dict.fromkeys(group.supertype for group in groups if group.supertype):
        if supertype in below or supertype in identified or subject.inside(Identifier, supertype):
            continue
        subtypes = [each for group in groups if group.supertype == supertype for each in group.subtypes]
        names = ", ".join(subject.called(each) for each in subtypes)
        yield Found(
            supertype, f"{subject.called(supertype)} has no identifier that {names} could take over", tuple(subtypes)
        )


def _identified(subject: Subject) -> set[Id]:
    """Return the entities that take part in an identifying relationship; the other end's key is theirs."""
    identifying = [each for each in subject.of(Relationship) if any(end.identifying for end in each.ends)]
    return {end.entity for each in identifying for end in each.ends if not end.identifying}


RULE = Rule(
    code="WK606",
    name="supertype-without-identifier",
    title="A supertype has no identifier",
    severity=WARNING,
    help="A subtype is identified by what identifies its supertype: a student is a person with that person's "
    "number. Without an identifier there, the tables of the subtypes have nothing to share. Mark what identifies the "
    "supertype.",
    firing=Example("Student is a subtype of Person, which has no identifier.", records=_RECORDS),
    silent=Example(
        "Student is a subtype of Person, which is identified by person no.",
        records=(*_RECORDS, _NUMBER, Identifier(id="i", parent="p", primary=True, attributes=("n",))),
    ),
    check=_check,
    levels=ENTITY_LEVELS,
)
