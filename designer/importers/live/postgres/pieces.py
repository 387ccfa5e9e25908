"""A statement of the script with what it needs, and the order of all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from heapq import heappop, heappush


class Rank(IntEnum):
    """The order of kinds of objects where nothing else decides: that of pg_dump."""

    SCHEMA = 1
    EXTENSION = 2
    LANGUAGE = 3
    COLLATION = 4
    TYPE = 5
    CAST = 6
    ROUTINE = 7
    AGGREGATE = 8
    ACCESS_METHOD = 9
    OPERATOR = 10
    OPERATOR_FAMILY = 11
    CONVERSION = 12
    TEXT_SEARCH = 13
    FOREIGN_SERVER = 14
    TABLE = 15
    ATTACH = 16
    DEFAULT = 17
    VIEW = 18
    CONSTRAINT = 20
    INDEX = 21
    INDEX_ATTACH = 22
    STATISTICS = 23
    AFTER_INDEX = 24
    RULE = 25
    TRIGGER = 26
    FOREIGN_KEY = 27
    POLICY = 28
    PUBLICATION = 29
    PRIVILEGE = 30
    EVENT_TRIGGER = 31


Split = Callable[[set[str]], "list[Piece]"]
"""Given the keys that cannot come first, returns pieces in another one's place that say it without them."""


@dataclass(slots=True)
class Piece:
    """Statements that belong together: an object with its comments and states.

    `key` is its catalog's letter and its oid (`c16412`), as in the section of dependencies; `needs` are keys.
    """

    key: str
    rank: Rank
    name: str  # decides among pieces of one rank
    text: str
    needs: set[str] = field(default_factory=set)
    split: Split | None = None


def ordered(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces so that each stands after what it needs, otherwise by rank and name.

    Where pieces need each other in a circle, one of them is split: a default or a check is said later, a view first
    stands in with its columns only. Circles are broken before anything is placed, so that their pieces, too, stand
    where their rank says.
    """
    waiting: dict[str, Piece] = {piece.key: piece for piece in pieces}
    while True:
        placed = list(_Queue(waiting).drain())
        if len(placed) == len(waiting):
            return placed
        _break_circle(waiting, waiting.keys() - {piece.key for piece in placed})


class _Queue:
    """The pieces that need nothing any more, the first by rank and name on top."""

    def __init__(self, waiting: dict[str, Piece]):
        self._waiting = waiting
        self._open: dict[str, int] = {}
        self._needed_by: dict[str, list[str]] = {}
        self._heap: list[tuple[int, str, str]] = []
        for piece in waiting.values():
            open_needs = {need for need in piece.needs if need in waiting and need != piece.key}
            self._open[piece.key] = len(open_needs)
            for need in open_needs:
                self._needed_by.setdefault(need, []).append(piece.key)
            if not open_needs:
                self._push(piece)

    def _push(self, piece: Piece) -> None:
        heappush(self._heap, (piece.rank, piece.name, piece.key))

    def drain(self) -> Iterator[Piece]:
        """Yield the pieces in order, down to those that need each other."""
        while self._heap:
            key = heappop(self._heap)[2]
            yield self._waiting[key]
            for other in self._needed_by.get(key, ()):
                self._open[other] -= 1
                if not self._open[other]:
                    self._push(self._waiting[other])


def _break_circle(waiting: dict[str, Piece], stuck: set[str]) -> None:
    circle = _circle(waiting, stuck)
    by_rank = sorted((waiting[key] for key in circle), key=lambda each: (each.rank, each.name))
    for piece in by_rank:
        if piece.split is not None:
            del waiting[piece.key]
            waiting.update((part.key, part) for part in piece.split(set(circle)))
            return
    by_rank[0].needs = by_rank[0].needs - set(circle)


def _circle(waiting: dict[str, Piece], stuck: set[str]) -> list[str]:
    """Return the keys of pieces that need each other in a circle; every piece that is stuck leads to one."""
    at = min(stuck)
    path: dict[str, int] = {}
    while at not in path:
        path[at] = len(path)
        at = min(need for need in waiting[at].needs if need in stuck and need != at)
    return list(path)[path[at] :]
