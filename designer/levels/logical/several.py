"""Attributes in the model below: parts stay parts, and what has several values becomes an entity of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from designer.levels.contract import Note, Settings
from designer.levels.logical.upper import Upper
from designer.levels.marks import derived_id
from designer.schema import Attribute, End, Entity, Id, Identifier, Record, Relationship


@dataclass(frozen=True, slots=True)
class Owner:
    """What attributes hang on: an entity of the model below, with its name and place."""

    id: Id
    name: str
    order: str


@dataclass(slots=True)
class Attributes:
    """Makes attributes; what is made is in `records`.

    `home` says for each attribute above which entity below it belongs to, where it is still an attribute; `become`
    which entity stands for one that is not.
    """

    model: Id
    above: Upper
    settings: Settings
    notes: list[Note]
    records: list[Record] = field(default_factory=list)
    home: dict[Id, Id] = field(default_factory=dict)
    become: dict[Id, Id] = field(default_factory=dict)

    def below(self, attribute: Id) -> Id:
        """Return the id that an attribute has in the model below."""
        return derived_id(self.model, "attribute", attribute)

    def carry(
        self, attributes: Sequence[Attribute], owner: Owner, parent: Id = "", *, optional: bool = False
    ) -> list[Attribute]:
        """Make attributes of `owner`, or parts of its attribute `parent`; returns those that are not entities now."""
        made = []
        for each in attributes:
            if each.multivalued and not self._stays(each):
                self._child(each, owner, optional=optional)
            else:
                made.append(self._one(each, owner, parent, optional=optional))
        return made

    def _stays(self, attribute: Attribute) -> bool:
        if attribute.id in self.above.arrays and not self.settings.choice(attribute.id, "multivalued"):
            return True
        return self.settings.choice(attribute.id, "multivalued", "multivalued") == "array"

    def _one(self, attribute: Attribute, owner: Owner, parent: Id, *, optional: bool) -> Attribute:
        made = msgspec.structs.replace(
            attribute, id=self.below(attribute.id), parent=parent or owner.id, origin=attribute.id,
            optional=attribute.optional or (optional and not parent),
            domain=self._domain(attribute.domain),
        )  # fmt: skip
        self.records.append(made)
        self.home[attribute.id] = owner.id
        self.carry(self.above.attributes.get(attribute.id, ()), owner, made.id, optional=optional or made.optional)
        return made

    def _domain(self, domain: Id | None) -> Id | None:
        """Return the domain below; one that belongs to another model stays."""
        return derived_id(self.model, "domain", domain) if domain in self.above.domains else domain

    def _child(self, attribute: Attribute, owner: Owner, *, optional: bool) -> None:
        """Make an entity of the values of an attribute: its owner and the value identify each of them."""
        if attribute.derived:
            text = f"{attribute.name} of {owner.name} has several values that follow from others; it gets no entity."
            self.notes.append(Note("derived-several", attribute.id, text))
            return
        name = f"{owner.name} {attribute.name}".strip()
        child = Owner(derived_id(self.model, "entity", attribute.id), name, owner.order + (attribute.order or "V"))
        self.become[attribute.id] = child.id
        self.records.append(_entity(attribute, self.model, child))
        link = self._link(attribute, owner, child, optional=optional or attribute.optional)
        self.records.append(link)
        keys = self._values(attribute, child)
        self.records.append(
            Identifier(
                id=derived_id(self.model, "identifier", attribute.id), parent=child.id, origin=attribute.id,
                primary=True, attributes=tuple(each.id for each in keys), relationships=(link.id,),
            )
        )  # fmt: skip

    def _values(self, attribute: Attribute, child: Owner) -> list[Attribute]:
        """Make the value, or its parts; returns what tells the values of one owner apart."""
        parts = self.above.attributes.get(attribute.id, [])
        if not parts:
            value = msgspec.structs.replace(attribute, multivalued=False, optional=False)
            return [self._one(value, child, "", optional=False)]
        made = self.carry(parts, child)
        if made and not self._may_lack(attribute.id):
            return [each for each in made if not each.derived]
        return [self._number(attribute, child, {each.name.casefold() for each in parts})]

    def _may_lack(self, attribute: Id) -> bool:
        """Return whether not all parts of an attribute have exactly one value: then they do not identify it."""
        parts = [each for each in self.above.attributes.get(attribute, ()) if not each.derived]
        return not parts or any(
            each.optional or each.multivalued or (each.id in self.above.attributes and self._may_lack(each.id))
            for each in parts
        )

    def _number(self, attribute: Attribute, child: Owner, taken: set[str]) -> Attribute:
        """Number the values of an owner, where a part may be lacking and so cannot identify them."""
        text = f"The values of {child.name} are numbered, since not every part of them has exactly one value."
        self.notes.append(Note("numbered", attribute.id, text))
        made = Attribute(
            id=derived_id(self.model, "attribute", attribute.id, "number"), parent=child.id, origin=attribute.id,
            name="position" if "number" in taken else "number", type="integer", order="0V",
        )  # fmt: skip
        self.records.append(made)
        return made

    def _link(self, attribute: Attribute, owner: Owner, child: Owner, *, optional: bool) -> Relationship:
        return Relationship(
            id=derived_id(self.model, "relationship", attribute.id), parent=self.model, origin=attribute.id,
            name="has", order=attribute.order,
            ends=(
                End(entity=owner.id, min=1, max=1, identifying=True),
                End(entity=child.id, min=0 if optional else 1),
            ),
        )  # fmt: skip


def _entity(attribute: Attribute, model: Id, child: Owner) -> Entity:
    return speaking_as(attribute, Entity(id=child.id, parent=model, name=child.name, nature="weak", order=child.order))


def speaking_as(record: Record, made: Entity) -> Entity:
    """Return an entity with what the element that it is made of says of itself: definition, owner, protection, tags."""
    return msgspec.structs.replace(
        made, origin=record.id, comment=record.comment, owner=record.owner, classification=record.classification,
        pii=record.pii, retention=record.retention, tags=record.tags,
    )  # fmt: skip
