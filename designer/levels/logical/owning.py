"""Which entities are identified by the keys of others, and through which relationships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from designer.levels.contract import Note
from designer.levels.logical.resolving import Piece, Resolved
from designer.levels.logical.sides import is_one_to_one, is_single
from designer.levels.logical.upper import Upper
from designer.schema import Id, Identifier

Through = Mapping[Id, tuple[Piece, ...]]
"""What stands for an entity below -> the relationships by which others identify it."""

At = Mapping[tuple[Id, Id], tuple[Piece, ...]]
"""(entity, relationship above) -> what became of it, as seen from the entity that refers to others in it."""


def pieces_at(resolved: Iterable[Resolved]) -> At:
    """Return what each entity refers to others by, for identifiers that name relationships."""
    found: dict[tuple[Id, Id], tuple[Piece, ...]] = {}
    for piece in (each for one in resolved for each in one.pieces):
        for seen in _either_way(piece):
            key = (seen.child, seen.record.id)
            found[key] = (*found.get(key, ()), seen)
    return found


def _either_way(piece: Piece) -> tuple[Piece, ...]:
    """Return a relationship as its child sees it; of one to one, either entity may be the child."""
    if is_one_to_one(piece.ends) and piece.nodes[0] != piece.nodes[1]:
        return (piece, replace(piece, parent=1 - piece.parent))
    return (piece,)


def primary_of(above: Upper, entity: Id) -> Identifier | None:
    """Return the identifier that is primary, or the first where none is said to be."""
    found = above.identifiers.get(entity, [])
    return next((each for each in found if each.primary), found[0] if found else None)


def owning(above: Upper, resolved: Sequence[Resolved], at: At, notes: list[Note]) -> Through:
    """Return which relationships identify which entities, as marked at their ends or named by the primary identifier.

    An entity that would identify itself, directly or through others, is not identified by that relationship.
    """
    found: dict[Id, dict[Id, Piece]] = {}
    for piece in (each for one in resolved for each in one.pieces if each.identifies):
        found.setdefault(piece.child, {})[piece.id] = piece
    for entity in above.entities:
        primary = primary_of(above, entity)
        for piece in (
            each for record in (primary.relationships if primary else ()) for each in at.get((entity, record), ())
        ):
            found.setdefault(entity, {})[piece.id] = piece
    through = _without_circles(found, above, notes)
    for entity, pieces in _linking(above, at).items():
        through.setdefault(entity, pieces)
    _tell(above, resolved, through, notes)
    return through


def _without_circles(
    found: Mapping[Id, Mapping[Id, Piece]], above: Upper, notes: list[Note]
) -> dict[Id, tuple[Piece, ...]]:
    owners = {child: {piece.owner for piece in pieces.values()} for child, pieces in found.items()}
    through: dict[Id, tuple[Piece, ...]] = {}
    for child, pieces in found.items():
        kept = [piece for piece in pieces.values() if child not in _above(piece.owner, owners)]
        if len(kept) < len(pieces) and child in above.entities:
            text = (
                f"{above.entities[child].name} would identify itself; that relationship is left out of its identifier."
            )
            notes.append(Note("identifies-itself", child, text))
        if kept:
            through[child] = tuple(sorted(kept, key=lambda piece: (piece.order, piece.id)))
    return through


def _above(node: Id, owners: Mapping[Id, set[Id]]) -> set[Id]:
    """Return a node and all that identify it, through any number of steps."""
    found: set[Id] = set()
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += owners.get(each, ())
    return found


def _linking(above: Upper, at: At) -> dict[Id, tuple[Piece, ...]]:
    """Return what identifies associative entities that were drawn by hand without saying so: those they link."""
    found: dict[Id, tuple[Piece, ...]] = {}
    for (node, _), pieces in at.items():
        entity = above.entities.get(node)
        if entity is not None and entity.nature == "associative" and not above.identifiers.get(node):
            found[node] = (*found.get(node, ()), *(each for each in pieces if _links(each)))
    return {node: pieces for node, pieces in found.items() if len(pieces) > 1}


def _links(piece: Piece) -> bool:
    """Return whether each child has exactly one owner, and an owner any number of children."""
    return piece.ends[piece.parent].min > 0 and not is_single(piece.ends[1 - piece.parent])


def _tell(above: Upper, resolved: Sequence[Resolved], through: Through, notes: list[Note]) -> None:
    for one in resolved:
        if one.associative and any(end.identifying for end in one.record.ends):
            name = one.record.name or "A relationship"
            text = f"{name} is marked as identifying, but an owner is one, not many; it identifies nothing."
            notes.append(Note("owner-of-many", one.record.id, text))
    for entity in above.entities.values():
        if entity.nature == "weak" and entity.id not in through:
            text = (
                f"{entity.name} is weak, but no relationship identifies it; mark the one to its owner as identifying."
            )
            notes.append(Note("weak-without-owner", entity.id, text))


def tells_apart(pieces: Sequence[Piece]) -> bool:
    """Return whether owners alone identify an entity: one to one with its owner, or by two owners together."""
    return len(pieces) > 1 or any(is_single(piece.ends[1 - piece.parent]) for piece in pieces)
