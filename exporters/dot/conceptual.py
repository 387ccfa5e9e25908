"""A conceptual or logical model as a picture: entities with attributes, relationships, subtypes."""

from __future__ import annotations

from collections.abc import Iterator

from designer.schema import Attribute, Entity, Generalization, Id, Identifier, Relationship
from designer.schema import End as ErEnd
from exporters.contract import Note
from exporters.dot.drawing import Box, Drawing, End, Line, Row
from exporters.dot.relational import MANY
from exporters.selection import Selection, arcs_in, words_in


def draw(selection: Selection) -> Drawing:
    """Return the picture of the entities of a selection."""
    design, model = selection.design, selection.model
    drawing = Drawing()
    entities = [entity for entity in design.of(Entity, model.id) if selection.shows(entity.id)]
    drawing.groups[""] = [_box(selection, entity) for entity in entities]
    drawn = {entity.id for entity in entities}
    for relationship in design.of(Relationship, model.id):
        if relationship.ends and all(end.entity in drawn for end in relationship.ends):
            _draw_relationship(drawing, relationship)
        else:
            message = f"the relationship {relationship.name!r} is left out: not all its entities are in the picture"
            drawing.notes.append(Note(message, relationship.id, "outside"))
    for generalization in design.of(Generalization, model.id):
        drawing.lines += _generalization(generalization, drawn)
    drawing.notes += _notes(selection)
    return drawing


def _box(selection: Selection, entity: Entity) -> Box:
    design = selection.design
    identifiers = design.of(Identifier, entity.id)
    primary = {each for identifier in identifiers if identifier.primary for each in identifier.attributes}
    unique = {i.attributes[0] for i in identifiers if not i.primary and len(i.attributes) == 1}
    return Box(entity.id, entity.name, tuple(_rows(selection, entity.id, "", primary, unique)))


def _rows(selection: Selection, parent: Id, prefix: str, primary: set[Id], unique: set[Id]) -> Iterator[Row]:
    for attribute in selection.design.of(Attribute, parent):
        marks = (("PK", primary), ("UK", unique))
        keys = ", ".join(mark for mark, marked in marks if attribute.id in marked)
        name = prefix + attribute.name
        yield Row(attribute.id, name + (" *" if attribute.multivalued else ""), attribute.type, keys)
        yield from _rows(selection, attribute.id, name + ".", primary, unique)


def _draw_relationship(drawing: Drawing, relationship: Relationship) -> None:
    if len(relationship.ends) == 2:
        left, right = relationship.ends
        identifying = left.identifying or right.identifying
        line = Line(_end(left), _end(right), relationship.name, identifying)
        drawing.lines.append(line)
    else:
        drawing.diamonds.append(Box(relationship.id, relationship.name or " "))
        drawing.lines += (Line(_end(end), End(relationship.id), end.role) for end in relationship.ends)


def _end(end: ErEnd) -> End:
    return End(end.entity, None, MANY[min(end.min, 1), 1 if end.max == 1 else None])


def _generalization(generalization: Generalization, drawn: set[Id]) -> Iterator[Line]:
    if generalization.supertype in drawn:
        for subtype in generalization.subtypes:
            if subtype in drawn:
                yield Line(End(generalization.supertype, None, "onormal"), End(subtype))


def _notes(selection: Selection) -> Iterator[Note]:
    design = selection.design
    own = sum(len(design.of(Attribute, each.id)) for each in design.of(Relationship, selection.model.id))
    if own:
        yield Note(f"Graphviz cannot say: {own} attributes of relationships", code="no-relationship-attribute")
    if selection.model.comment or any(entity.comment for entity in design.of(Entity, selection.model.id)):
        yield Note("Graphviz cannot say: definitions of entities", code="no-entity-comment")
    if arcs := arcs_in(selection):
        yield Note(f"Graphviz cannot say: {arcs} exclusive arcs", code="no-arc")
    if words := words_in(selection):
        yield Note(f"Graphviz cannot say: {words} terms, rules and access patterns", code="no-words")
