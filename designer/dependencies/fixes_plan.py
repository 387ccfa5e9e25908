"""How a table or entity is to be taken apart: which columns stay, which go where, and who refers to whom.

A plan knows columns by id and nothing of records; `fixes_tables` and `fixes_entities` make an edit of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_values
from itertools import islice

from designer.commands.contract import Refused
from designer.commands.keys import primary_key
from designer.commands.names import called
from designer.dependencies.columns import names, names_in, ordered, owner_of, parts_of
from designer.dependencies.subject import Subject
from designer.normalization.contract import FD, Decomposition, Fragment
from designer.normalization.keys import expand
from designer.normalization.projection import project
from designer.schema import Design, Entity, ForeignKey, Id, Identifier, Relationship

Ids = tuple[Id, ...]
MOST_KEYS = 5
"""So many candidate keys of a fragment become constraints; nobody wants an index for each of a hundred."""


@dataclass(frozen=True, slots=True)
class Part:
    """One fragment: its columns in order, its candidate keys (the first becomes primary) and a name.

    An empty name is one that is to be proposed. `into` is the table that the first key refers to already, where there
    is one: what depends on the key is at home there, and no second table is made.
    """

    columns: Ids
    keys: tuple[Ids, ...]
    name: str = ""
    into: Id = ""
    rules: tuple[tuple[Ids, Ids], ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """The fragment `child` refers to the fragment `parent` by a key of that; numbers as in `Plan.fragments`."""

    child: int
    parent: int
    columns: Ids


@dataclass(frozen=True, slots=True)
class Plan:
    """A decomposition of `owner`: `rest` stays what it is, each of `parts` becomes one of its own.

    `lost` are dependencies, as pairs of columns, that no fragment can check any more.
    """

    owner: Id
    rest: Part
    parts: tuple[Part, ...]
    form: str = ""  # that all are in; empty for the fix of one dependency
    lost: tuple[tuple[Ids, Ids], ...] = ()

    @property
    def fragments(self) -> tuple[Part, ...]:
        """All fragments, the rest first."""
        return self.rest, *self.parts

    def named(self, wanted: Sequence[str]) -> Plan:
        """Return the plan with names for its parts; an empty one is proposed."""
        given = [*wanted, *[""] * len(self.parts)]
        parts = tuple(
            part if part.into else with_values(part, name=name.strip())
            for part, name in zip(self.parts, given, strict=False)
        )
        return with_values(self, parts=parts)

    def homes(self) -> dict[Id, int]:
        """Return the part that each column moves to; one that stays has none.

        In a part where it is no part of the key it refers, so it goes there; the key gets a copy.
        """
        found: dict[Id, int] = {}
        for plain in (True, False):
            for number, part in enumerate(self.parts, 1):
                for each in part.columns:
                    if each not in self.rest.columns and each not in found and (each in part.keys[0]) != plain:
                        found[each] = number
        return found

    def references(self) -> tuple[Reference, ...]:
        """Return which fragments refer to which; never in a circle, and none that follows from two others."""
        found: list[Reference] = []
        for child, one in enumerate(self.fragments):
            for parent, other in enumerate(self.fragments):
                shared = _held(one, other) if child != parent else ()
                if shared and not self._other_way(child, parent) and not _reaches(found, parent, child):
                    found.append(Reference(child, parent, shared))
        return tuple(each for each in found if not _follows(each, found))

    def _other_way(self, child: int, parent: int) -> bool:
        """Where both could refer to the other, the part that came later does."""
        return child < parent and bool(_held(self.fragments[parent], self.fragments[child]))


def _held(one: Part, other: Part) -> Ids:
    """Return the first key of `other` that lies in `one`; nothing where none does."""
    return next((key for key in other.keys if key and set(key) <= set(one.columns)), ())


def _reaches(known: Iterable[Reference], start: int, goal: int) -> bool:
    links = list(known)
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        fresh = [each.parent for each in links if each.child == at and each.parent not in seen]
        seen.update(fresh)
        waiting += fresh
    return False


def _follows(reference: Reference, known: Sequence[Reference]) -> bool:
    """Whether a fragment refers to the parent by way of another one, over columns that hold these."""
    return any(
        first.child == reference.child
        and first.parent != reference.parent
        and set(reference.columns) <= set(first.columns)
        and any(second.child == first.parent and second.parent == reference.parent for second in known)
        for first in known
    )


def planned(design: Design, subject: Subject, decomposition: Decomposition) -> Plan:
    """Return the plan of a decomposition. Raises Refused where there is nothing to take apart."""
    owner = owner_of(design, subject.owner)
    found = [_part(subject, each) for each in decomposition.fragments]
    if len(found) < 2:
        raise Refused(f"{called(design, owner)} is in {decomposition.form} as it is; there is nothing to take apart")
    stays = max(found, key=lambda part: _weight(design, subject.owner, part))
    stays = with_values(stays, keys=_own_key_first(design, subject.owner, stays))
    lost = tuple((subject.ids_of(fd.left), subject.ids_of(fd.right)) for fd in decomposition.lost)
    parts = tuple(part for part in found if part.columns != stays.columns)
    return _at_home(design, Plan(subject.owner, stays, parts, decomposition.form, lost))


def _at_home(design: Design, plan: Plan) -> Plan:
    """Return the plan with those parts in tables that are there already, whose key refers to these."""
    homes = plan.homes()
    taken: set[Id] = set()
    parts = []
    for number, part in enumerate(plan.parts, 1):
        into, key = _referred_by(design, plan.owner, part)
        moves = [each for each in part.columns if each not in key]
        if into and into not in taken and all(homes.get(each) == number for each in moves):
            taken.add(into)
            parts.append(with_values(part, keys=(key,), name="", into=into))
        else:
            parts.append(part)
    return with_values(plan, parts=tuple(parts))


def _referred_by(design: Design, owner: Id, part: Part) -> tuple[Id, Ids]:
    """Return the table or entity that the whole of a key refers to, with that key; nothing where there is none."""
    for each in part.keys:
        verb = design.get(each[0]) if len(each) == 1 else None
        others = [end.entity for end in verb.ends if end.entity != owner] if isinstance(verb, Relationship) else []
        if len(others) == 1:
            return others[0], each
    for key in design.of(ForeignKey, owner):
        if key.ref_table and key.ref_table != owner and any(set(key.columns) == set(each) for each in part.keys):
            return key.ref_table, key.columns
    return "", ()


def _part(subject: Subject, fragment: Fragment) -> Part:
    keys = tuple(subject.ids_of(key) for key in expand(fragment.keys, MOST_KEYS))
    if not all(keys):
        names_ = subject.names(fragment.columns)
        raise Refused(f"{names_} can have one row at most; take the constant columns out first", "columns")
    return Part(subject.ids_of(fragment.columns), keys, rules=_rules(subject, fragment.fds))


def _rules(subject: Subject, fds: Iterable[FD]) -> tuple[tuple[Ids, Ids], ...]:
    return tuple((subject.ids_of(fd.left), subject.ids_of(fd.right & ~fd.left)) for fd in fds)


def _rules_within(subject: Subject, columns: Ids) -> tuple[tuple[Ids, Ids], ...]:
    return _rules(subject, project(subject.relation, subject.set_of(columns)).fds)


def _weight(design: Design, owner: Id, part: Part) -> tuple[bool, int, int]:
    """Say how much speaks for a fragment to stay: the primary key, references of others, then its size."""
    own = set(part.columns)
    primary = _primary(design, owner)
    others = [design[each] for each in design.referrers(owner)]
    references = sum(
        isinstance(each, ForeignKey) and each.ref_table == owner and set(each.ref_columns) <= own for each in others
    )
    return bool(primary) and set(primary) <= own, references, len(own)


def _primary(design: Design, owner: Id) -> Ids:
    if isinstance(design.get(owner), Entity):
        own = next((each for each in design.of(Identifier, owner) if each.primary), None)
        known = names_in(design, owner)
        found = (
            (*(leaf for each in own.attributes for leaf in parts_of(design, each, known)), *own.relationships)
            if own
            else ()
        )
        return tuple(each for each in known if each in found)
    key = primary_key(design, owner)
    return key.columns if key is not None else ()


def _own_key_first(design: Design, owner: Id, part: Part) -> tuple[Ids, ...]:
    primary = _primary(design, owner)
    if not primary or not set(primary) <= set(part.columns):
        return part.keys
    return (primary, *(key for key in part.keys if set(key) != set(primary)))


def extraction(
    design: Design, subject: Subject, determinant: Sequence[Id], dependent: Sequence[Id], name: str = ""
) -> Plan:
    """Return the plan that takes one dependency out: its columns become a table, and the determinant refers to it."""
    owner = owner_of(design, subject.owner)
    left = ordered(design, owner, determinant)
    right = tuple(each for each in ordered(design, owner, dependent) if each not in left)
    if not left:
        raise Refused(
            f"{names(design, right)} is the same in all rows; that makes no table that rows could refer to", "columns"
        )
    if not right:
        raise Refused("choose the columns that depend", "dependent")
    whole = tuple(names_in(design, subject.owner))
    stays = tuple(each for each in whole if each not in right)
    if stays == left:
        raise Refused(f"{names(design, left)} is the key of {called(design, owner)}, so nothing has to leave it")
    both = tuple(each for each in whole if each in left or each in right)
    rest = Part(stays, _keys_without(design, subject, left, right, stays), rules=_rules_within(subject, stays))
    part = Part(both, (left,), name, rules=_rules_within(subject, both))
    return _at_home(design, Plan(subject.owner, rest, (part,)))


def _keys_without(design: Design, subject: Subject, left: Ids, right: Ids, stays: Ids) -> tuple[Ids, ...]:
    """Return the keys of what stays; where the primary key loses a column, the determinant stands in for it."""
    primary = _primary(design, subject.owner)
    if primary and not set(primary) & set(right):
        return (primary,)
    known = next((ids for key in islice(_declared(subject), MOST_KEYS) if set(ids := key) <= set(stays)), ())
    stand_in = {*primary, *left} - set(right) if primary else set(stays)
    return (known or tuple(each for each in stays if each in stand_in),)


def _declared(subject: Subject) -> Iterable[Ids]:
    """Yield the keys that the model itself says, which every row has."""
    every = subject.relation.every
    for fd, origin in zip(subject.relation.fds, subject.origins, strict=True):
        if origin.kept and fd.left | fd.right == every:
            yield subject.ids_of(fd.left)
