"""WK601: an entity whose instances cannot be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import ENTITY_LEVELS, WARNING, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Attribute, Entity, Generalization, Id, Identifier, Model, Relationship

_MODEL = Model(id="m", name="Concepts", level="conceptual")
_ENTITY = Entity(id="e", parent="m", name="Customer")
_EMAIL = Attribute(id="a", parent="e", name="email")


def _check(subject: Subject) -> Iterator[Found]:
    inherited = {each for one in subject.of(Generalization) for each in one.subtypes} | _identified(subject)
    for entity in subject.of(Entity):
        if entity.id in inherited or not subject.inside(Attribute, entity.id):
            continue
        if not subject.inside(Identifier, entity.id):
            yield Found(entity.id, f"{subject.called(entity)} has attributes and no identifier")


def _identified(subject: Subject) -> set[Id]:
    """Return the entities that take part in an identifying relationship; the other end's key is theirs."""
    identifying = [each for each in subject.of(Relationship) if any(end.identifying for end in each.ends)]
    return {end.entity for each in identifying for end in each.ends if not end.identifying}


RULE = Rule(
    code="WK601",
    name="entity-without-identifier",
    title="An entity has no identifier",
    severity=WARNING,
    help="Nothing says which attributes tell two of them apart, so no key can be derived for its table. Mark the "
    "attributes that identify it, or draw the identifying relationship that it depends on.",
    firing=Example("The entity Customer with the attribute email.", records=(_MODEL, _ENTITY, _EMAIL)),
    silent=Example(
        "The entity Customer with the attribute email, which is its identifier.",
        records=(_MODEL, _ENTITY, _EMAIL, Identifier(id="i", parent="e", primary=True, attributes=("a",))),
    ),
    check=_check,
    levels=ENTITY_LEVELS,
)
