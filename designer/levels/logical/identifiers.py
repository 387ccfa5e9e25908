"""The identifiers of the model below: attributes that are still there, and the relationships that take part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from designer.levels.contract import Note
from designer.levels.logical.owning import At, Through, primary_of, tells_apart
from designer.levels.logical.resolving import Piece, Resolved
from designer.levels.logical.sides import is_single
from designer.levels.logical.upper import Upper
from designer.levels.marks import derived_id
from designer.schema import Entity, Id, Identifier


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What is needed to carry identifiers. `home` says where each attribute is; see `several.Attributes`."""

    model: Id
    above: Upper
    at: At
    through: Through
    home: Mapping[Id, Id]
    notes: list[Note]

    def of(self, entity: Entity) -> list[Identifier]:
        """Return the identifiers of an entity; one that relationships alone give is added where none is drawn."""
        below = derived_id(self.model, "entity", entity.id)
        primary = primary_of(self.above, entity.id)
        found = []
        for each in self.above.identifiers.get(entity.id, ()):
            made = self._carried(each, entity, below, is_primary=each is primary)
            found += [made] if made is not None else []
        through = self.through.get(entity.id, ())
        if primary is None and through and self._enough((), through, entity):
            found.append(self._by_owners(entity, below, through))
        return found

    def _carried(self, identifier: Identifier, entity: Entity, below: Id, *, is_primary: bool) -> Identifier | None:
        attributes = tuple(
            derived_id(self.model, "attribute", each) for each in identifier.attributes if self.home.get(each) == below
        )
        if len(attributes) < len(identifier.attributes):
            text = f"An identifier of {entity.name} names what has several values; it goes without that."
            self._note("identifier-of-several", identifier.id, text)
        pieces = self.through.get(entity.id, ()) if is_primary else self._named(identifier, entity)
        if not attributes and not self._enough(attributes, pieces, entity):
            return None
        return msgspec.structs.replace(
            identifier, id=derived_id(self.model, "identifier", identifier.id), parent=below, origin=identifier.id,
            attributes=attributes, relationships=tuple(each.id for each in pieces),
        )  # fmt: skip

    def _named(self, identifier: Identifier, entity: Entity) -> tuple[Piece, ...]:
        found = [self.at.get((entity.id, each), ()) for each in identifier.relationships]
        if not all(found):
            text = f"An identifier of {entity.name} names a relationship without a single owner; it goes without that."
            self._note("identifier-without", identifier.id, text)
        return tuple(piece for pieces in found for piece in pieces)

    def _enough(self, attributes: Sequence[Id], pieces: Sequence[Piece], entity: Entity) -> bool:
        if attributes or tells_apart(pieces):
            return True
        if pieces:
            text = f"Nothing tells the {entity.name} of one owner apart; identify it by an attribute that does, too."
            self._note("weak-without-partial-key", entity.id, text)
        return False

    def _by_owners(self, entity: Entity, below: Id, through: Sequence[Piece]) -> Identifier:
        """Return the identifier of an entity that needs no attribute: its owner has one of it, or owners share it."""
        alone = [piece for piece in through if is_single(piece.ends[1 - piece.parent])]
        return Identifier(
            id=derived_id(self.model, "identifier", entity.id), parent=below, origin=entity.id, primary=True,
            relationships=tuple(each.id for each in alone[:1] or through),
        )  # fmt: skip

    def of_relationship(self, resolved: Resolved) -> list[Identifier]:
        """Return the candidate keys of an associative entity; each is a set of its ends."""
        record, below = resolved.record, derived_id(self.model, "entity", resolved.record.id)
        return [
            Identifier(
                id=derived_id(self.model, "identifier", record.id, *(() if first else _left_out(resolved, key))),
                parent=below, origin=record.id, primary=first,
                relationships=tuple(resolved.pieces[at].id for at in key),
            )
            for first, key in ((number == 0, key) for number, key in enumerate(resolved.keys))
        ]  # fmt: skip

    def _note(self, code: str, about: Id, text: str) -> None:
        self.notes.append(Note(code, about, text))


def _left_out(resolved: Resolved, key: Sequence[int]) -> tuple[str, ...]:
    """Return what tells a candidate key from the others: the relationship that it does without."""
    return tuple(each.id for at, each in enumerate(resolved.pieces) if at not in key)
