"""Making sure that every thing has a key that ends: none without one, none that leads in a circle, none too wide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from designer.dialects.base import Dialect
from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Ident, Thing
from designer.levels.physical.key_sizes import most

_WIDEST = {"postgresql": 32, "mysql": 16, "mariadb": 32}
"""How many columns a key may have."""
WIDEST_ANYWHERE = 64
_OWN_WIDTH = (1, 146)
"""Columns and bytes of a key of its own, if it is a UUID in letters."""


def widest(dialect: Dialect) -> int:
    """Return how many columns a key of the database may have; where it has no limit, as many as anybody could want."""
    return _WIDEST.get(dialect.name, WIDEST_ANYWHERE)


def settled(er: Er, settings: Settings, dialect: Dialect, size: Callable[[Field], int] = lambda _: 0) -> Er:
    """Return the model with exactly one primary key for each thing: an identifier, or a key of its own.

    `size` says how many bytes a field takes in a key, where the target has a limit.
    """
    return _Settling(er, settings, dialect, size).er_after()


class _Settling:
    def __init__(self, er: Er, settings: Settings, dialect: Dialect, size: Callable[[Field], int]):
        self.er = er
        self.things = dict(er.things)
        self.surrogate = settings.option("surrogate")
        self.widest = widest(dialect)
        self.largest = most(dialect)
        self.size = size
        self.notes: list[Note] = []

    def er_after(self) -> Er:
        for thing in self.er.things.values():
            self.things[thing.mark] = self._with_one(thing)
        for mark in sorted(self._circular()):
            self._own_key(mark, "circle", "identify each other in a circle; {} gets a key of its own")
        self._narrow()
        return replace(self.er, things=self.things, notes=(*self.er.notes, *self.notes))

    def _with_one(self, thing: Thing) -> Thing:
        links = self.er.links
        idents = tuple(
            replace(each, through=tuple(mark for mark in each.through if mark in links)) for each in thing.idents
        )
        idents = tuple(each for each in idents if each.fields or each.through)
        first = next((each for each in idents if each.primary), None)
        if thing.surrogate or first is None:
            if not idents and thing.nature != "lookup":
                self._note("no-identifier", thing, f"nothing identifies {thing.words}; it gets a key of its own")
            idents = tuple(replace(each, primary=False) for each in idents)
            return replace(thing, idents=idents, surrogate=thing.surrogate or self.surrogate)
        return replace(thing, idents=tuple(replace(each, primary=each is first) for each in idents))

    def _own_key(self, mark: str, code: str, why: str) -> None:
        thing = self.things[mark]
        idents = tuple(replace(each, primary=False) for each in thing.idents)
        self.things[mark] = replace(thing, idents=idents, surrogate=self.surrogate)
        text = f"{thing.words}: {why.format(thing.words)}" if "{}" not in why else why.format(thing.words)
        self._note(code, thing, text)

    def _note(self, code: str, thing: Thing, text: str) -> None:
        self.notes.append(Note(code, thing.origin, text))

    def _parents(self, thing: Thing) -> list[str]:
        first = primary(thing)
        return [self.er.links[mark].parent for mark in first.through] if first else []

    def _circular(self) -> set[str]:
        """Return the things that identify themselves, by way of others."""
        parents = {mark: self._parents(thing) for mark, thing in self.things.items()}
        left = _without_leaves(parents)
        return {mark for mark in left if _reaches(parents, left, mark)}

    def _narrow(self) -> None:
        """Give a key of its own to what would have more key columns, or larger ones, than the database can have."""
        width: dict[str, tuple[int, int]] = {}
        for mark in _parents_first({mark: self._parents(thing) for mark, thing in self.things.items()}):
            thing = self.things[mark]
            first = primary(thing)
            if first is None:
                width[mark] = _OWN_WIDTH
                continue
            leaves = [leaf for field in thing.fields for leaf in _leaves(field, first.fields)]
            above = [width[self.er.links[each].parent] for each in first.through]
            columns = sum(each[0] for each in above) + len(leaves)
            size = sum(each[1] for each in above) + (sum(map(self.size, leaves)) if self.largest else 0)
            width[mark] = (columns, size)
            if columns > self.widest or size > self.largest > 0:
                said = f"{columns} columns" if columns > self.widest else "columns of more bytes than fit in one"
                self._own_key(mark, "key-too-wide", f"the key of {{}} would have {said}; it gets a key of its own")
                width[mark] = _OWN_WIDTH


def primary(thing: Thing) -> Ident | None:
    """Return the identifier that is the primary key of a thing, or None where it has a key of its own."""
    return next((each for each in thing.idents if each.primary), None) if not thing.surrogate else None


def _leaves(field: Field, marks: Sequence[str] | None) -> list[Field]:
    """Return the leaves of a field that stand for one of the marks, or for any where None are given."""
    within = None if marks is None or field.mark in marks else marks
    if field.parts:
        return [leaf for part in field.parts for leaf in _leaves(part, within)]
    return [field] if within is None else []


def _without_leaves(parents: Mapping[str, list[str]]) -> set[str]:
    """Return what is left when everything that leads to an end is taken away."""
    return set(parents) - set(_parents_first(parents))


def _parents_first(parents: Mapping[str, list[str]]) -> list[str]:
    """Return the things in an order in which parents come first; those in circles, or behind them, are not in it."""
    open_parents = {mark: len(each) for mark, each in parents.items()}
    children: dict[str, list[str]] = defaultdict(list)
    for mark, each in parents.items():
        for parent in each:
            children[parent].append(mark)
    ready = [mark for mark, count in open_parents.items() if not count]
    for mark in ready:
        for child in children[mark]:
            open_parents[child] -= 1
            if not open_parents[child]:
                ready.append(child)
    return ready


def _reaches(parents: Mapping[str, Iterable[str]], among: set[str], mark: str) -> bool:
    seen: set[str] = set()
    ahead = [each for each in parents[mark] if each in among]
    while ahead:
        each = ahead.pop()
        if each == mark:
            return True
        if each not in seen:
            seen.add(each)
            ahead += [parent for parent in parents[each] if parent in among]
    return False
