"""Which strategy each generalization is folded by, and in which order: not every strategy goes with every other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Thing
from designer.levels.folding.work import listed
from designer.schema import Generalization, Id

CLASS, SINGLE, CONCRETE = "class", "single", "concrete"


@dataclass(frozen=True, slots=True)
class Kind:
    """A generalization between things. `discriminator` is the mark of a field of the parent, or empty."""

    id: Id
    name: str
    parent: str
    children: tuple[str, ...]
    disjoint: bool
    total: bool
    discriminator: str
    strategy: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The generalizations in the order in which they are folded.

    Tables of their own come first, from the top: what is below a subtype then refers to it, and goes where it goes.
    What is put into one table follows from the bottom, and what is copied down comes last, from the top.
    """

    kinds: tuple[Kind, ...]
    notes: tuple[Note, ...]

    def root(self, thing: str) -> str:
        """Return the thing at the top whose key a thing has: that of its first supertype, where it has several."""
        above = [each.parent for each in self.kinds if thing in each.children and each.strategy != CONCRETE]
        return self.root(above[0]) if above else thing


def planned(er: Er, settings: Settings) -> Plan:
    """Return how the generalizations of a model are folded."""
    work = _Planning(er, settings)
    return Plan(work.ordered(work.fitting(work.kinds())), tuple(work.notes))


class _Planning:
    def __init__(self, er: Er, settings: Settings):
        self.er = er
        self.settings = settings
        self.notes: list[Note] = []
        self.by_origin = {each.origin: each.mark for each in er.things.values() if each.origin}
        self.things: Mapping[str, Thing] = er.things

    def _mark(self, element: Id | None) -> str:
        return element if element and element in self.things else self.by_origin.get(element or "", "")

    def kinds(self) -> list[Kind]:
        """Return the generalizations that have something to fold, without circles."""
        found: list[Kind] = []
        for each in self.er.kinds:
            parent = self._mark(each.supertype)
            below = dict.fromkeys(self._mark(one) for one in each.subtypes)
            children = tuple(one for one in below if one and self._may_be_under(each, one, parent, found))
            if parent and children:
                found.append(self._kind(each, parent, children))
        return found

    def _kind(self, record: Generalization, parent: str, children: tuple[str, ...]) -> Kind:
        places = self.er.where.get(record.discriminator or "", ())
        chosen = self.settings.choice(record.id, "subtypes", "subtypes")
        return Kind(
            record.id, record.name, parent, children, record.disjoint, record.total,
            next((mark for thing, mark in places if thing == parent), ""),
            chosen if chosen in (SINGLE, CONCRETE) else CLASS,
        )  # fmt: skip

    def _may_be_under(self, record: Generalization, child: str, parent: str, kinds: list[Kind]) -> bool:
        if not parent or child not in _above(parent, kinds):
            return True
        words = self.things[child].words
        text = f"{words} would be a subtype of itself over {self.things[parent].words}; that is left out"
        self.notes.append(Note("circular-subtype", record.id, text))
        return False

    def fitting(self, kinds: list[Kind]) -> list[Kind]:
        """Return the generalizations with strategies that go together; a note says where another one was taken."""
        kinds = self._with_several_supertypes(kinds)
        alone = {each.id for each in kinds if each.strategy == CONCRETE and not self._stands_alone(each, kinds)}
        return [replace(each, strategy=CLASS) if each.id in alone else each for each in kinds]

    def _with_several_supertypes(self, kinds: list[Kind]) -> list[Kind]:
        count = Counter(child for each in kinds for child in each.children)
        found = []
        for each in kinds:
            several = [self.things[child].words for child in each.children if count[child] > 1]
            if several and each.strategy != CLASS:
                parent = self.things[each.parent].words
                text = f"{listed(several)}: of several supertypes, and so the subtypes of {parent} get a table each"
                self.notes.append(Note("several-supertypes", each.id, text))
                each = replace(each, strategy=CLASS)  # noqa: PLW2901
            found.append(each)
        return found

    def _stands_alone(self, kind: Kind, kinds: list[Kind]) -> bool:
        """Whether the supertype can be copied down: nothing else needs it to have a table of its own."""
        words = self.things[kind.parent].words
        if any(each.id != kind.id and each.parent == kind.parent and each.strategy != SINGLE for each in kinds):
            why = f"{words} has other subtypes that refer to its table"
        elif any(kind.parent in each.children and each.strategy == SINGLE for each in kinds):
            why = f"{words} itself is stored in the table of its supertype"
        else:
            return True
        text = f"{why}, and so its subtypes get a table each that shares its key"
        self.notes.append(Note("strategy-not-possible", kind.id, text))
        return False

    def ordered(self, kinds: list[Kind]) -> tuple[Kind, ...]:
        """Return the generalizations in the order of folding."""
        depth = {each.id: len(_above(each.parent, kinds)) for each in kinds}
        place = {CLASS: 0, SINGLE: 1, CONCRETE: 2}

        def key(kind: Kind) -> tuple[int, int]:
            return place[kind.strategy], -depth[kind.id] if kind.strategy == SINGLE else depth[kind.id]

        return tuple(sorted(kinds, key=key))


def _above(thing: str, kinds: list[Kind]) -> frozenset[str]:
    """Return a thing and everything that it is a subtype of."""
    found, todo = {thing}, [thing]
    while todo:
        below = todo.pop()
        fresh = {each.parent for each in kinds if below in each.children} - found
        found |= fresh
        todo += sorted(fresh)
    return frozenset(found)
