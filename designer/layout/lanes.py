"""Lanes: parallel segments of lines are kept apart.

Lines that lie on each other read as a relationship that is not there. Lines of one bundle (to the same row of the
same table) may share a lane: they mean the same end. `static/designer/geometry/lanes.js` holds the twin.
"""

from __future__ import annotations

from dataclasses import dataclass

LANE = 8
APART = 6
MOST = 24


@dataclass(frozen=True, slots=True)
class Free:
    """A segment of a sketch that may move: from point `at` to the next, between `low` and `high`.

    `step` is the direction in which to look first for a free lane.
    """

    at: int
    low: int
    high: int
    step: int


class Lanes:
    """The segments of one direction, vertical or horizontal, by the lane they run in."""

    def __init__(self) -> None:
        self._taken: dict[int, list[tuple[int, int, str]]] = {}

    def take(self, wanted: int, free: Free, start: int, end: int, bundle: str) -> int:
        """Take a lane for a segment from `start` to `end` and return its coordinate, `wanted` where all are full."""
        low, high = min(start, end), max(start, end)
        lane = self._free(wanted, free, low, high, bundle)
        key = wanted // LANE if lane is None else lane
        self._taken.setdefault(key, []).append((low, high, bundle))
        return wanted if lane is None else lane * LANE

    def _free(self, wanted: int, free: Free, low: int, high: int, bundle: str) -> int | None:
        first = (wanted + LANE // 2) // LANE
        for away in range(MOST + 1):
            for sign in (1, -1) if away else (1,):
                lane = first + sign * free.step * away
                if free.low <= lane * LANE <= free.high and self._is_free(lane, low, high, bundle):
                    return lane
        return None

    def _is_free(self, lane: int, low: int, high: int, bundle: str) -> bool:
        return not any(
            other != bundle and low < bottom + APART and top < high + APART
            for top, bottom, other in self._taken.get(lane, ())
        )
