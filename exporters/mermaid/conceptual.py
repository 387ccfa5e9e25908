"""A conceptual or logical model as an erDiagram."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from designer.schema import Attribute, Domain, End, Entity, Generalization, Id, Identifier, Relationship
from exporters.contract import Note
from exporters.mermaid.drawing import Box, Drawing, Line, Many, Row
from exporters.selection import Distinct, Selection, arcs_in, words_in

_LOSSES = {
    "optional": "{} optional attributes: Mermaid shows all attributes alike",
    "derived": "{} derived attributes: Mermaid shows all attributes alike",
    "multivalued": "{} multivalued attributes: Mermaid shows all attributes alike",
    "identifier": "{} alternate identifiers of several attributes: Mermaid marks single attributes only",
    "role": "{} roles: Mermaid has one label for a relationship",
    "range": "{} ends with numbers other than zero, one and many: Mermaid has no numbers",
    "n-ary": "{} relationships of more than two entities or with attributes are drawn as an entity",
    "generalization": "{} generalizations are drawn as relationships `is a`: Mermaid has no subtypes",
    "untyped": "{} attributes without a type are written as `any`: Mermaid needs one",
    "entity-comment": "{} definitions of entities: Mermaid has no comment on an entity",
    "arc": "{} exclusive arcs: Mermaid cannot say that only one of several relationships holds",
    "words": "{} terms, rules and access patterns: a diagram has no place for them",
}


def draw(selection: Selection) -> Drawing:
    """Return the drawing of the entities of a selection, with notes on all that it leaves out."""
    return _Painter(selection).paint()


class _Painter:
    """Draws one selection, counting what gets lost on the way."""

    def __init__(self, selection: Selection):
        self.selection = selection
        self.design = selection.design
        self.drawing = Drawing()
        self.lost: Counter[str] = Counter()
        self.distinct = Distinct()
        self.names: dict[Id, str] = {}

    def paint(self) -> Drawing:
        for entity in self.design.of(Entity, self.selection.model.id):
            if self.selection.shows(entity.id):
                self._entity(entity)
        for relationship in self.design.of(Relationship, self.selection.model.id):
            self._relationship(relationship)
        for generalization in self.design.of(Generalization, self.selection.model.id):
            self._generalization(generalization)
        self.lost["arc"] += arcs_in(self.selection)
        self.lost["words"] += words_in(self.selection)
        self.drawing.notes += [
            Note(text.format(self.lost[code]), code=f"no-{code}") for code, text in _LOSSES.items() if self.lost[code]
        ]
        return self.drawing

    def _entity(self, entity: Entity) -> None:
        name = self.names[entity.id] = self.distinct(entity.name or " ")
        if name != entity.name:
            self.drawing.notes.append(Note(f"the entity {entity.name!r} is drawn as {name!r}", entity.id, "renamed"))
        self.lost["entity-comment"] += bool(entity.comment)
        self.drawing.boxes.append(Box(name, list(self._rows(entity.id, "", self._marks(entity)))))

    def _marks(self, entity: Entity) -> dict[Id, list[str]]:
        marks: dict[Id, list[str]] = {}
        for identifier in self.design.of(Identifier, entity.id):
            if identifier.primary or len(identifier.attributes) == 1:
                for attribute in identifier.attributes:
                    marks.setdefault(attribute, []).append("PK" if identifier.primary else "UK")
            else:
                self.lost["identifier"] += 1
        return marks

    def _rows(self, parent: Id, prefix: str, marks: dict[Id, list[str]]) -> Iterator[Row]:
        for attribute in self.design.of(Attribute, parent):
            name = prefix + attribute.name
            parts = list(self._rows(attribute.id, name + ".", marks))
            keys = tuple(sorted(set(marks.get(attribute.id, ()))))
            yield Row(name, "composite" if parts else self._type(attribute), keys, attribute.comment)
            yield from parts
            self.lost.update(flag for flag in ("optional", "derived", "multivalued") if getattr(attribute, flag))

    def _type(self, attribute: Attribute) -> str:
        domain = self.design.get(attribute.domain or "")
        type_ = attribute.type or (domain.name if isinstance(domain, Domain) else "")
        self.lost["untyped"] += not type_
        return type_

    def _relationship(self, relationship: Relationship) -> None:
        outside = [end for end in relationship.ends if end.entity not in self.names]
        if outside or not relationship.ends:
            text = f"the relationship {relationship.name!r} is left out: not all its entities are in the diagram"
            self.drawing.notes.append(Note(text, relationship.id, "outside"))
            return
        self.lost["role"] += sum(1 for end in relationship.ends if end.role)
        self.lost["range"] += sum(1 for end in relationship.ends if end.min > 1 or (end.max or 0) > 1)
        rows = list(self._rows(relationship.id, "", {}))
        if len(relationship.ends) == 2 and not rows:
            self._binary(relationship, *relationship.ends)
        else:
            self._node(relationship, rows)

    def _binary(self, relationship: Relationship, left: End, right: End) -> None:
        identifying = left.identifying or right.identifying
        self._line(left.entity, _many(left), _many(right), right.entity, relationship.name, identifying)

    def _line(self, left: Id, left_many: Many, right_many: Many, right: Id, label: str, identifying: bool) -> None:
        line = Line(self.names[left], left_many, right_many, self.names[right], label, identifying)
        self.drawing.lines.append(line)

    def _node(self, relationship: Relationship, rows: list[Row]) -> None:
        """Draw a relationship as an entity: each of its instances has exactly one of every entity that takes part."""
        self.lost["n-ary"] += 1
        self.names[relationship.id] = self.distinct(relationship.name or "relationship")
        self.drawing.boxes.append(Box(self.names[relationship.id], rows))
        for place, end in enumerate(relationship.ends):
            other = relationship.ends[1 - place] if len(relationship.ends) == 2 else None
            many = _many(other) if other is not None else Many.ZERO_OR_MORE
            self._line(end.entity, Many.EXACTLY_ONE, many, relationship.id, end.role, True)

    def _generalization(self, generalization: Generalization) -> None:
        if generalization.supertype not in self.names:
            return
        self.lost["generalization"] += 1
        for subtype in generalization.subtypes:
            if subtype in self.names:
                self._line(
                    generalization.supertype, Many.EXACTLY_ONE, Many.ZERO_OR_ONE, subtype, "is a", identifying=True
                )


def _many(end: End) -> Many:
    return Many.of(end.min, end.max)
