"""Lanes: segments of lines that run side by side are kept apart.

Lines that lie on each other read as a relationship that is not there. Only lines that meet at an end may run together
toward it, as branches of one tree. `static/designer/geometry/lanes.js` holds the twin.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LANE = 8
APART = 6
"""Closer than this, two segments are taken for one."""
MOST = 24
REACH = MOST * LANE
"""How far a segment is moved at most."""
EASY = 6
"""So far a segment moves without coming near a box, because its sketch kept clear of them."""
STRIP = 16
STRETCH = 1024

Point = tuple[int, int]
Span = tuple[int, int, int, str]  # coordinate, from, to, key
Room = Callable[[Point, Point, "Free"], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Free:
    """A segment of a sketch that may move: from point `at` to the next, between `low` and `high`.

    `step` is the direction in which to look first for a free lane.
    """

    at: int
    low: int
    high: int
    step: int

    def places(self, wanted: int) -> Iterator[int]:
        """Return the lanes where the segment may go, the nearest to `wanted` first."""
        first = (wanted + LANE // 2) // LANE
        for away in range(MOST + 1):
            for sign in (1, -1) if away else (1,):
                at = (first + sign * self.step * away) * LANE
                if self.low <= at <= self.high:
                    yield at


Way = tuple[Sequence[Point], Sequence[Free]]


@dataclass(frozen=True, slots=True)
class Keys:
    """Who may share a lane: those that meet at the first end, at the last one, and in between."""

    source: str
    middle: str
    target: str

    def of(self, segment: int, last: int) -> str:
        """Return the key of a segment of a line; `last` is the number of its last one."""
        if segment == last:
            return self.target
        return self.source if segment == 0 else self.middle


class Segments:
    """The segments of one direction, level or upright, by where they run."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Span]] = {}

    def add(self, at: int, start: int, end: int, key: str) -> None:
        """Take the place from `start` to `end` at the coordinate `at`."""
        low, high = min(start, end), max(start, end)
        for stretch in range(low // STRETCH, high // STRETCH + 1):
            self._cells.setdefault((at // STRIP, stretch), []).append((at, low, high, key))

    def free(self, at: int, start: int, end: int, key: str) -> bool:
        """Tell whether nothing with another key runs close by."""
        low, high = min(start, end) - APART, max(start, end) + APART
        for strip in range((at - APART + 1) // STRIP, (at + APART - 1) // STRIP + 1):
            for stretch in range(low // STRETCH, high // STRETCH + 1):
                for other, first, last, owner in self._cells.get((strip, stretch), ()):
                    if owner != key and abs(other - at) < APART and first < high and low < last:
                        return False
        return True


@dataclass(slots=True)
class Lanes:
    """All segments that have their place."""

    level: Segments = field(default_factory=Segments)
    upright: Segments = field(default_factory=Segments)

    def settle(self, ways: Iterable[Way], keys: Keys, room: Room) -> list[Point]:
        """Return the points of the first of some ways of a line that finds a place for all of it, or of the first.

        Its free segments are put into lanes, which are taken. `room` tells between which coordinates a segment can be
        moved before it runs into a box.
        """
        first: list[Point] = []
        for points, free in ways:
            found = self._tried(points, free, keys, room)
            if self._holds(found, keys):
                first = found
                break
            first = first or found
        self._take(first, keys)
        return first

    def _tried(self, points: Sequence[Point], free: Sequence[Free], keys: Keys, room: Room) -> list[Point]:
        found = list(points)
        for done, each in enumerate(free, start=1):
            waiting = {later.at for later in free[done:]}
            at = self._lane(found, each, waiting, keys, room)
            upright = found[each.at][0] == found[each.at + 1][0]
            for end in (each.at, each.at + 1):
                found[end] = (at, found[end][1]) if upright else (found[end][0], at)
        return found

    def _holds(self, points: Sequence[Point], keys: Keys) -> bool:
        """Tell whether no segment of a line would lie on one that has its place."""
        return all((self.upright if upright else self.level).free(*each) for upright, each in _parts(points, keys))

    def _lane(self, points: Sequence[Point], free: Free, waiting: set[int], keys: Keys, room: Room) -> int:
        """Return where to put a segment: where it and its neighbours are free, or it alone, or as sketched."""
        start, end = points[free.at], points[free.at + 1]
        fixed = 0 if start[0] == end[0] else 1
        lanes = (self.upright, self.level)[fixed]
        key = keys.of(free.at, len(points) - 2)
        bounds: tuple[int, int] | None = None
        alone: int | None = None
        for at in free.places(start[fixed]):
            if not lanes.free(at, start[1 - fixed], end[1 - fixed], key):
                continue
            if abs(at - start[fixed]) > EASY:
                bounds = bounds or room(start, end, free)
                if not bounds[0] <= at <= bounds[1]:
                    continue
            if self._neighbours_free(points, free.at, at, waiting, keys):
                return at
            alone = at if alone is None else alone
        return start[fixed] if alone is None else alone

    def _neighbours_free(self, points: Sequence[Point], which: int, at: int, waiting: set[int], keys: Keys) -> bool:
        """Tell whether the segments before and after would be free, were segment `which` at the coordinate `at`."""
        fixed = 0 if points[which][0] == points[which + 1][0] else 1
        lanes = (self.level, self.upright)[fixed]
        last = len(points) - 2
        for segment, near, far in ((which - 1, which, which - 1), (which + 1, which + 1, which + 2)):
            if segment in waiting or not 0 <= segment <= last:
                continue
            if not lanes.free(points[near][1 - fixed], points[far][fixed], at, keys.of(segment, last)):
                return False
        return True

    def _take(self, points: Sequence[Point], keys: Keys) -> None:
        for upright, each in _parts(points, keys):
            (self.upright if upright else self.level).add(*each)


def _parts(points: Sequence[Point], keys: Keys) -> Iterator[tuple[bool, Span]]:
    """Yield of each segment whether it is upright, and its coordinate, ends and key; a straight line has two."""
    last = len(points) - 2
    if last == 0:
        (x1, y), (x2, _) = points
        middle = (x1 + x2) // 2
        yield False, (y, x1, middle, keys.source)
        yield False, (y, middle, x2, keys.target)
        return
    for segment, ((x1, y1), (x2, y2)) in enumerate(itertools.pairwise(points)):
        if x1 != x2:
            yield False, (y1, x1, x2, keys.of(segment, last))
        elif y1 != y2:
            yield True, (x1, y1, y2, keys.of(segment, last))


def gaps(taken: Iterable[tuple[int, int]], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield what is free from `low` to `high` between intervals sorted by where they begin."""
    for first, last in taken:
        if first > low:
            yield low, first
        low = max(low, last)
    if high > low:
        yield low, high


def lane_beyond(x: int, side: int) -> int:
    """Return the first lane at or beyond `x`, away from the boxes."""
    return -(-side * x // LANE) * LANE * side
