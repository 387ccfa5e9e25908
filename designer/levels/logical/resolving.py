"""Relationships of any degree as relationships of two with at most one on one side, by way of associative entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from designer.levels.contract import Note, Settings
from designer.levels.logical import sides
from designer.levels.logical.upper import Upper
from designer.levels.marks import derived_id
from designer.schema import End, Entity, Id, Relationship
from designer.schema.order import DIGITS


@dataclass(frozen=True, slots=True)
class Piece:
    """A relationship of two in the model below.

    `nodes` are what its ends stand for above: entities, and the relationship itself where it becomes an entity.
    `parent` is the end that the child (the other end) refers to. `identifies`: its key is part of the child's.
    """

    id: Id
    record: Relationship
    nodes: tuple[Id, Id]
    ends: tuple[End, End]
    parent: int
    identifies: bool
    order: str

    @property
    def owner(self) -> Id:
        """The node that is referred to."""
        return self.nodes[self.parent]

    @property
    def child(self) -> Id:
        """The node that refers to the owner."""
        return self.nodes[1 - self.parent]


@dataclass(frozen=True, slots=True)
class Resolved:
    """What becomes of one relationship.

    `home` is the node that takes its attributes, which are `optional` where that node may be without the relationship.
    `keys` are the candidate keys of an associative entity, as positions in `pieces`, the primary one first; none where
    no entity is made.
    """

    record: Relationship
    pieces: tuple[Piece, ...]
    home: Id
    optional: bool = False
    keys: tuple[tuple[int, ...], ...] = ()

    @property
    def associative(self) -> bool:
        """Whether an entity is made of it."""
        return bool(self.keys)


def resolve(model: Id, above: Upper, settings: Settings, notes: list[Note]) -> list[Resolved]:
    """Return what becomes of each relationship of a model that can be derived, in order; says why one cannot."""
    found = []
    for record in above.relationships:
        if _stands(record, above, notes):
            found.append(_resolved(model, record, above, settings))
            notes += _bounds(record, found[-1])
    return found


def _stands(record: Relationship, above: Upper, notes: list[Note]) -> bool:
    """Return whether all entities of a relationship are derived, and there are two ends at least."""
    if any(end.entity not in above.entities for end in record.ends):
        if not any(end.entity in above.left_out for end in record.ends):
            notes.append(
                Note("end-elsewhere", record.id, f"{_said(record)} has an end in another model; it is left out.")
            )
        return False
    if len(record.ends) < 2:
        notes.append(Note("one-end", record.id, f"{_said(record)} has fewer than two ends; it is left out."))
    return len(record.ends) >= 2


def _said(record: Relationship) -> str:
    return f"The relationship {record.name}" if record.name else "A relationship without a name"


def _resolved(model: Id, record: Relationship, above: Upper, settings: Settings) -> Resolved:
    if sides.is_direct(record.ends):
        return _direct(model, record, settings.choice(record.id, "side"))
    dependent = _dependent(record, above.entities)
    if dependent is not None:
        return _owned(model, record, dependent)
    return _associative(model, record, above)


def _direct(model: Id, record: Relationship, chosen: str) -> Resolved:
    one, other = record.ends
    child = sides.child(record, chosen)
    owning = sides.owners(record.ends)
    # Of one to one, the mark decides who is identified, whatever side was chosen to hold attributes.
    parent = owning.index(True) if sides.is_one_to_one(record.ends) and owning.count(True) == 1 else 1 - child
    piece = Piece(
        derived_id(model, "relationship", record.id), record, (one.entity, other.entity),
        (_below(model, one), _below(model, other)), parent, owning[parent], record.order,
    )  # fmt: skip
    return Resolved(record, (piece,), piece.nodes[child], optional=record.ends[1 - child].min == 0)


def _below(model: Id, end: End) -> End:
    return End(entity=derived_id(model, "entity", end.entity), role=end.role, min=end.min, max=end.max)


def is_associative(record: Relationship, entities: Mapping[Id, Entity]) -> bool:
    """Return whether a relationship becomes an entity."""
    return not sides.is_direct(record.ends) and _dependent(record, entities) is None


def _dependent(record: Relationship, entities: Mapping[Id, Entity]) -> int | None:
    """Return the end of the weak entity that a relationship of many identifies: all other ends are marked."""
    free = [at for at, end in enumerate(record.ends) if not end.identifying]
    if len(record.ends) < 3 or len(free) != 1 or entities[record.ends[free[0]].entity].nature == "strong":
        return None
    return free[0]


def _owned(model: Id, record: Relationship, at: int) -> Resolved:
    weak = record.ends[at]
    pieces = [
        _piece(model, record, number, weak.entity, End(entity="", role=weak.role), identifies=True)
        for number in range(len(record.ends))
        if number != at
    ]
    return Resolved(record, tuple(pieces), weak.entity)


def _associative(model: Id, record: Relationship, above: Upper) -> Resolved:
    keys = candidate_keys(record.ends)
    pieces = tuple(
        _piece(model, record, at, record.id, _counted(record.ends, at), at in keys[0], _role(record, at, above))
        for at in range(len(record.ends))
    )
    return Resolved(record, pieces, record.id, keys=keys)


def candidate_keys(ends: Sequence[End]) -> tuple[tuple[int, ...], ...]:
    """Return the candidate keys of the entity that stands for a relationship of many, as positions of ends.

    An end of at most one is determined by all others together, so that these are a key (Teorey, Yang and Fry 1986;
    Elmasri and Navathe). Where several ends are, each gives a key; primary is the one without the last of them. Where
    none is, all ends together are the only key. That is all that the numbers say: every dependency of them is a key's.
    """
    every = range(len(ends))
    single = [at for at in every if sides.is_single(ends[at])]
    if not single:
        return (tuple(every),)
    return tuple(tuple(each for each in every if each != at) for at in reversed(single))


def _counted(ends: Sequence[End], at: int) -> End:
    """Return the end of an associative entity: how many of it one entity has.

    Of two ends that is how many of the other it has. Of more, the numbers count combinations, and say no more than
    that there may be many.
    """
    return End(entity="", min=ends[1 - at].min, max=ends[1 - at].max) if len(ends) == 2 else End(entity="")


def _role(record: Relationship, at: int, above: Upper) -> str:
    """Return the role of an end; the second end of the same entity without one is the `other`."""
    end = record.ends[at]
    nth = sides.marks(record.ends)[at][1]
    name = above.entities[end.entity].name
    return end.role or ("" if nth == "0" else f"other {name}" if nth == "1" else f"other {name} {nth}")


def _piece(
    model: Id, record: Relationship, at: int, child: Id, end: End, identifies: bool, role: str | None = None
) -> Piece:
    """Return the relationship between what stands for a relationship of many and the entity at one of its ends."""
    owner = record.ends[at]
    mark = sides.marks(record.ends)[at]
    ends = (
        End(entity=derived_id(model, "entity", owner.entity), role=owner.role if role is None else role, min=1, max=1),
        End(entity=derived_id(model, "entity", child), role=end.role, min=end.min, max=end.max),
    )
    return Piece(
        derived_id(model, "relationship", record.id, *mark), record, (owner.entity, child), ends, 0, identifies,
        record.order + DIGITS[min(at + 1, len(DIGITS) - 1)],
    )  # fmt: skip


def _bounds(record: Relationship, resolved: Resolved) -> list[Note]:
    """Say which numbers of a relationship no table keeps by itself."""
    bounded = [end for end in record.ends if end.min > 1 or (end.max is not None and end.max > 1)]
    combined = resolved.associative and len(record.ends) > 2 and any(end.min > 0 for end in record.ends)
    found = [
        Note("bounds", record.id, f"{_said(record)} counts {_range(end)}; keys alone do not keep that.")
        for end in bounded
    ]
    if combined:
        text = f"{_said(record)} must be there for every combination of the others; keys alone do not keep that."
        found.append(Note("combination-minimum", record.id, text))
    return found


def _range(end: End) -> str:
    return f"{end.min} to {'many' if end.max is None else end.max}"


_EMPTY_VERBS = frozenset(
    {
        "has", "have", "has_a", "contains", "contain", "includes", "include", "is", "of", "in", "is_in", "is_of",
        "is_part_of", "part_of", "belongs_to", "belongs", "for", "on", "with", "to", "and", "relates_to", "related_to",
        "is_related_to", "related", "relates", "refers_to", "rel", "relationship",
    }
)  # fmt: skip
_NOUN_ENDINGS = ("ment", "tion", "sion", "ship", "ance", "ence", "ing", "ity")


def associative_names(resolved: Sequence[Resolved], above: Upper) -> dict[Id, str]:
    """Return the name of the entity that each relationship of many becomes.

    A relationship that is called by a noun (`Enrolment`, `WORKS_ON`) gives its own name, as textbooks do it. A verb
    makes a sentence with its entities: `Student takes Section`, which says in the list of tables what it links and
    stays unique where the same two are linked twice. A verb that says nothing (`has`) is left out: `Student Section`.
    A relationship of an entity with itself is named by its one role: `Course prerequisite`.
    """
    made = [each.record for each in resolved if each.associative]
    short = {each.id: _noun(each.name) for each in made}
    taken = [entity.name.casefold() for entity in above.entities.values()]
    taken += [name.casefold() for name in short.values() if name]
    return {
        each.id: name
        if (name := short[each.id]) and taken.count(name.casefold()) == 1
        else _sentence(each, [above.entities[end.entity] for end in each.ends])
        for each in made
    }


def _noun(name: str) -> str:
    """Return the name of a relationship where it can name a thing; empty where it is a verb."""
    if _is_empty(name):
        return ""
    if name[:1].isupper():
        return name
    return name[:1].upper() + name[1:] if name.isalpha() and name.endswith(_NOUN_ENDINGS) else ""


def _is_empty(name: str) -> bool:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split()) in ("", *_EMPTY_VERBS)


def _sentence(record: Relationship, entities: Sequence[Entity]) -> str:
    own = entities[0].name.casefold()
    roles = [end.role for end in record.ends if end.role and own not in end.role.casefold()]
    if len({end.entity for end in record.ends}) == 1 and len(roles) == 1:
        return f"{entities[0].name} {roles[0]}"
    verb = "" if _is_empty(record.name) else record.name
    words = (entities[0].name, verb, *(each.name for each in entities[1:]))
    return " ".join(word for word in words if word)
