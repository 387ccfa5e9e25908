"""Which object of one side is which of the other: by name, and where nobody gave one, by what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from designer.compare.difference import Verdict
from designer.compare.thing import Thing
from designer.compare.things import by_place

Pair = tuple[Thing | None, Thing | None]
Likeness = Callable[[Thing, Thing], Verdict]
MOST_TRIED = 200_000
"""How many pairs of objects without a name are looked at in one place, before they are told apart as they stand."""


def pairs(left: list[Thing], right: list[Thing], likeness: Likeness) -> Iterator[Pair]:
    """Yield each object with its partner, None where it has none. Partners are of one kind and in one place."""
    ours, theirs = by_place(left), by_place(right)
    for place in {**ours, **theirs}:
        yield from _in_place(ours.get(place, []), theirs.get(place, []), likeness)


def _in_place(left: list[Thing], right: list[Thing], likeness: Likeness) -> Iterator[Pair]:
    named: dict[str, list[Thing]] = {}
    for thing in reversed(right):
        named.setdefault(thing.name, []).append(thing)
    rest: list[Thing] = []
    paired: set[int] = set()
    for thing in left:
        others = named.get(thing.name) if thing.name else None
        if others:
            paired.add(id(others[-1]))
            yield thing, others.pop()
        else:
            rest.append(thing)
    yield from _by_what_they_say(rest, [thing for thing in right if id(thing) not in paired], likeness)


def _by_what_they_say(left: list[Thing], right: list[Thing], likeness: Likeness) -> Iterator[Pair]:
    """Pair what says the same first, then what says it in other words; a name on both sides keeps two apart."""
    tried = 0
    for wanted in (Verdict.EQUAL, Verdict.SPELLED):
        unpaired: list[Thing] = []
        for thing in left:
            found = None
            for other in right:
                if (thing.name and other.name) or tried > MOST_TRIED:
                    continue
                tried += 1
                if likeness(thing, other) <= wanted:
                    found = other
                    break
            if found is None:
                unpaired.append(thing)
            else:
                right = [each for each in right if each is not found]
                yield thing, found
        left = unpaired
    yield from _rest(left, right)


def _rest(left: list[Thing], right: list[Thing]) -> Iterator[Pair]:
    """Where one is left on each side and not both have names, they are the same one, changed."""
    single = len(left) == len(right) == 1 and not (left[0].name and right[0].name) and left[0].kind != "statement"
    if single:
        yield left[0], right[0]
        return
    yield from ((thing, None) for thing in left)
    yield from ((None, thing) for thing in right)
