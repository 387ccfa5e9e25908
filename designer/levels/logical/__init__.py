"""Conceptual to logical: every relationship of two and to one, every attribute of one value, every key spelt out.

After Elmasri and Navathe, Fundamentals of Database Systems, chapter 9, and Teorey, Yang and Fry, "A Logical Design
Methodology for Relational Databases Using the Extended Entity-Relationship Model" (1986). Foreign keys are not drawn
as attributes: a relationship implies them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from designer.levels.contract import Note, Result, Settings
from designer.levels.logical.identifiers import Identifiers
from designer.levels.logical.owning import At, Through, owning, pieces_at
from designer.levels.logical.resolving import Piece, Resolved, associative_names, resolve
from designer.levels.logical.several import Attributes, Owner, speaking_as
from designer.levels.logical.upper import Upper, upper
from designer.levels.marks import derived_id
from designer.schema import (
    Arc,
    Attribute,
    Dependency,
    Design,
    Entity,
    Generalization,
    Id,
    Model,
    Record,
    Relationship,
    kind_of,
)  # fmt: skip

R = TypeVar("R", bound=Record)


def logical(design: Design, source: Id, model: Model, settings: Settings) -> Result:
    """Return the logical form of the model `source`, as records of `model`, which need not be in the design.

    Kept are entities, attributes, identifiers, domains, subtypes, arcs, dependencies and access patterns. Terms and
    business rules stay on their level. A logical model may be given too: it comes back the same, with what it has of
    many resolved.
    """
    return _Making(upper(design, source, settings), model.id, settings).result()


class _Making:
    def __init__(self, above: Upper, model: Id, settings: Settings):
        self.above = above
        self.model = model
        self.notes: list[Note] = []
        self.records: list[Record] = []
        self.resolved: list[Resolved] = resolve(model, above, settings, self.notes)
        self.became: dict[Id, Resolved] = {each.record.id: each for each in self.resolved}
        self.names = associative_names(self.resolved, above)
        self.attributes = Attributes(model, above, settings, self.notes)
        self.at: At = pieces_at(self.resolved)
        self.through: Through = {}

    def result(self) -> Result:
        self.records += [self._same(each) for each in self.above.domains.values()]
        self._entities()
        self._relationship_attributes()
        self.records += self.attributes.records
        self.through = owning(self.above, self.resolved, self.at, self.notes)
        self._identifiers()
        self.records += self._relationships()
        self._generalizations()
        self._arcs()
        self._dependencies()
        self._assessments()
        self._patterns()
        return Result(tuple(self.records), tuple(self.notes))

    def _id(self, kind: str, *about: Id) -> Id:
        return derived_id(self.model, kind, *about)

    def _same(self, record: R, **changes: Any) -> R:
        """Return a record as it stands in the model below, with what refers to others changed."""
        made: dict[str, Any] = {
            "id": self._id(kind_of(record), record.id), "parent": self.model, "origin": record.id, **changes
        }  # fmt: skip
        return msgspec.structs.replace(record, **made)

    def _owner(self, node: Id) -> Owner:
        """Return the entity below that stands for an entity, or for a relationship of many."""
        entity = self.above.entities.get(node)
        if entity is not None:
            return Owner(self._id("entity", node), entity.name, entity.order)
        return Owner(self._id("entity", node), self.names[node], "z" + (self.became[node].record.order or "V"))

    def _entities(self) -> None:
        for entity in self.above.entities.values():
            self.records.append(self._same(entity))
            self.attributes.carry(self.above.attributes.get(entity.id, ()), self._owner(entity.id))
        for each in self.resolved:
            if each.associative:
                owner = self._owner(each.record.id)
                made = Entity(id=owner.id, parent=self.model, name=owner.name, nature="associative", order=owner.order)
                self.records.append(speaking_as(each.record, made))

    def _relationship_attributes(self) -> None:
        """Give the attributes of relationships to the entity that holds them."""
        taken = self._names_of_attributes()
        for each in self.resolved:
            own = self.above.attributes.get(each.record.id, ())
            if own:
                moved = own if each.associative else [_moved(one, each, taken[each.home]) for one in own]
                self.attributes.carry(moved, self._owner(each.home), optional=each.optional)

    def _names_of_attributes(self) -> dict[Id, Counter[str]]:
        """Return how often each name would stand in an entity, if attributes of relationships came as they are."""
        found: dict[Id, Counter[str]] = {}
        for each in self.above.entities:
            found[each] = Counter(one.name.casefold() for one in self.above.attributes.get(each, ()))
        for resolved in self.resolved:
            own = self.above.attributes.get(resolved.record.id, ())
            found.setdefault(resolved.home, Counter()).update(one.name.casefold() for one in own)
        return found

    def _identifiers(self) -> None:
        making = Identifiers(self.model, self.above, self.at, self.through, self.attributes.home, self.notes)
        for entity in self.above.entities.values():
            self.records += making.of(entity)
        for each in self.resolved:
            if each.associative:
                self.records += making.of_relationship(each)

    def _relationships(self) -> Iterable[Relationship]:
        owners = {(piece.id, piece.parent) for pieces in self.through.values() for piece in pieces}
        for one in self.resolved:
            for piece in one.pieces:
                ends = tuple(
                    msgspec.structs.replace(end, identifying=(piece.id, at) in owners)
                    for at, end in enumerate(piece.ends)
                )
                if piece.record.id == one.home or len(one.pieces) > 1:
                    yield self._part(piece, ends)
                else:
                    yield self._same(one.record, ends=ends)

    def _part(self, piece: Piece, ends: Sequence[Any]) -> Relationship:
        """Return one of the relationships that one of many became; the entity is not said again at each of them."""
        name = piece.record.name
        said = self.names.get(piece.record.id, "").casefold() == name.casefold()
        return Relationship(
            id=piece.id, parent=self.model, origin=piece.record.id, name="has" if said else name, order=piece.order,
            ends=tuple(ends),
        )  # fmt: skip

    def _entity(self, above: Id | None) -> Id | None:
        return self._id("entity", above) if above in self.above.entities else None

    def _generalizations(self) -> None:
        for each in self.above.generalizations:
            supertype = self._entity(each.supertype)
            subtypes = tuple(found for one in each.subtypes if (found := self._entity(one)))
            if supertype and subtypes:
                discriminator = self._discriminator(each, supertype)
                self.records.append(
                    self._same(each, supertype=supertype, subtypes=subtypes, discriminator=discriminator)
                )

    def _discriminator(self, generalization: Generalization, supertype: Id) -> Id | None:
        above = generalization.discriminator
        if above is None:
            return None
        if self.attributes.home.get(above) == supertype:
            return self._id("attribute", above)
        text = "What tells the subtypes apart is no single attribute of the supertype, so that none says the kind."
        self.notes.append(Note("discriminator-elsewhere", generalization.id, text))
        return None

    def _arcs(self) -> None:
        for entity in self.above.entities.values():
            for arc in self.above.arcs.get(entity.id, ()):
                self.records.append(self._arc(arc, entity))

    def _arc(self, arc: Arc, entity: Entity) -> Arc:
        relationships = tuple(piece.id for each in arc.relationships for piece in self._taking_part(each, entity.id))
        return self._same(arc, parent=self._id("entity", entity.id), relationships=relationships)

    def _taking_part(self, record: Id, entity: Id) -> list[Piece]:
        """Return what a relationship became, as far as an entity has to do with it."""
        found = self.became.get(record)
        return [piece for piece in (found.pieces if found else ()) if entity in piece.nodes]

    def _dependencies(self) -> None:
        home = self.attributes.home
        for each in self.above.dependencies:
            named = (*each.determinant, *each.dependent)
            if named and all(home.get(one) == self._id("entity", each.parent or "") for one in named):
                self.records.append(self._dependency(each))
            else:
                text = "A dependency names what has several values; it holds by the entity that these became."
                self.notes.append(Note("dependency-apart", each.id, text))

    def _dependency(self, dependency: Dependency) -> Dependency:
        return self._same(
            dependency, parent=self._id("entity", dependency.parent or ""),
            determinant=self._below(dependency.determinant), dependent=self._below(dependency.dependent),
        )  # fmt: skip

    def _assessments(self) -> None:
        for each in self.above.assessments:
            parent = self._id("entity", each.parent or "")
            self.records.append(self._same(each, parent=parent, columns=self._below(each.columns)))

    def _patterns(self) -> None:
        for each in self.above.patterns:
            self.records.append(self._same(each, reads=self._below(each.reads), by=self._below(each.by)))

    def _below(self, elements: Iterable[Id]) -> tuple[Id, ...]:
        """Return what stands below for elements above, without those that nothing stands for."""
        found = (self._stands_for(each) for each in elements)
        return tuple(dict.fromkeys(each for each in found if each is not None))

    def _stands_for(self, element: Id) -> Id | None:
        if element in self.above.entities:
            return self._id("entity", element)
        if element in self.attributes.home:
            return self._id("attribute", element)
        if element in self.attributes.become:
            return self.attributes.become[element]
        became = self.became.get(element)
        if became is not None:
            return self._id("entity", element) if became.associative else became.pieces[0].id
        return self._id("domain", element) if element in self.above.domains else None


def _moved(attribute: Attribute, resolved: Resolved, taken: Counter[str]) -> Attribute:
    """Return an attribute of a relationship as its entity has it: after its own, with the verb where names clash."""
    name = attribute.name
    if taken[name.casefold()] > 1 and resolved.record.name:
        name = f"{resolved.record.name} {name}"
    return msgspec.structs.replace(attribute, name=name, order=f"zz{resolved.record.order}{attribute.order}")
