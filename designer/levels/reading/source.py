"""The model that is read, with the marks of its elements and what each of them truly is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from designer.levels.contract import Note, Settings
from designer.levels.logical import logical
from designer.levels.marks import derived_id
from designer.schema import Attribute, Design, Entity, Id, Model, Relationship, kind_of


@dataclass(frozen=True, slots=True)
class Source:
    """A model whose relationships are all from one child to one parent.

    Where the model itself has others, `design` and `model` are those of its logical form, made for reading only;
    `truth` then says which element of the real model each record stands for, and `marks` how it is called in ids.
    """

    design: Design
    model: Id
    truth: Mapping[Id, Id | None] = field(default_factory=dict)
    marks: Mapping[Id, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def true(self, element: Id) -> Id | None:
        """Return the element of the real model that a record stands for."""
        return self.truth.get(element, element)

    def mark(self, element: Id) -> str:
        """Return the mark of an element."""
        return self.marks.get(element, element)


def source_of(design: Design, model: Model, settings: Settings) -> Source:
    """Return a model ready to be read: a conceptual one, and one with relationships of many, in its logical form."""
    if model.level == "logical" and not _has_many(design, model):
        return Source(design, model.id)
    return _resolved(design, model, settings)


def is_left_out(settings: Settings, entity: Id | None) -> bool:
    """Say whether somebody chose that an entity gets no table."""
    return settings.choice(entity, "derive") == "no"


def left_out(design: Design, model: Model, settings: Settings) -> Iterator[Note]:
    """Yield what has no table, and the relationships that go with it."""
    gone = {each.id: each for each in design.of(Entity, model.id) if is_left_out(settings, each.id)}
    for entity in gone.values():
        yield Note("left-out", entity.id, f"{entity.name} has no table, as was chosen")
    for each in design.of(Relationship, model.id) if gone else ():
        lost = next((gone[end.entity].name for end in each.ends if end.entity in gone), None)
        if lost is not None:
            yield Note(
                "link-left-out", each.id, f"{each.name or 'a relationship'} is left out, since {lost} has no table"
            )


def _has_many(design: Design, model: Model) -> bool:
    """Say whether a model has what no foreign key can hold: pairs, several values, attributes of a relationship."""
    if any(_is_of_many(each) or design.children(each.id) for each in design.of(Relationship, model.id)):
        return True
    return any(
        isinstance(each := design[attribute], Attribute) and each.multivalued
        for entity in design.of(Entity, model.id)
        for attribute in design.children(entity.id)
    )


def _is_of_many(relationship: Relationship) -> bool:
    return len(relationship.ends) != 2 or all(end.max != 1 for end in relationship.ends)


def _resolved(design: Design, model: Model, settings: Settings) -> Source:
    """Return the logical form of a model. What is only carried over keeps its mark, so that it keeps its ids."""
    form = Model(id=derived_id(model.id, "form"), level="logical")
    result = logical(design, model.id, form, settings)
    marks = {
        each.id: each.origin
        for each in result.records
        if each.origin and each.id == derived_id(form.id, kind_of(each), each.origin)
    }
    truth = {each.id: each.origin for each in result.records}
    return Source(Design([form, *result.records]), form.id, truth, marks, result.notes)
