"""Texts on lines: the verb of a relationship, and what a notation writes at the ends.

Each has a few places that suit it and takes the first that is free of boxes and of other labels, else the one with the
least in its way; so the cost of a label does not grow with the picture. This is the greedy point-feature labelling of
Christensen, Marks and Shieber, "An Empirical Study of Algorithms for Point-Feature Label Placement" (1995).
`static/designer/geometry/labels.js` holds the twin.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from designer.layout.box import Box
from designer.layout.edges import Edge
from designer.layout.metrics import LABEL_SIZE
from designer.layout.notations import Notation
from designer.layout.route import Route, RouteEnd
from designer.layout.spatial_index import SpatialIndex
from designer.layout.text import ellipsize, text_width, visible

LABEL_H = 12
_MOST_W = 160
_PADDING = 4
_OFF_MARK = 6
_OFF_LINE = 2
_FARTHER = 16
_BESIDE = 15

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Label:
    """The box round a text, and whether a line runs under it."""

    text: str
    x: int
    y: int
    w: int
    h: int
    on_line: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A text with the places of its top left corner that suit it, best first."""

    text: str
    w: int
    on_line: bool
    places: tuple[Point, ...]


def labels_of(
    edges: Iterable[Edge], routes: Mapping[str, Route], notation: Notation, boxes: Iterable[Box]
) -> list[Label]:
    """Return the labels of all lines; ends at one point share what they say."""
    if notation.straight:
        return []
    standing, placed = SpatialIndex(), SpatialIndex()
    for at, box in enumerate(boxes):
        standing.insert(f"{at}", box)
    found: dict[str, Label] = {}
    for wish in _in_turn(edges, routes, notation):
        key = f"{wish.text}@{wish.places[0]}"
        if key not in found:
            x, y = _freest(wish, standing, placed)
            found[key] = Label(wish.text, x, y, wish.w, LABEL_H, wish.on_line)
            placed.insert(key, Box(x, y, wish.w, LABEL_H))
    return list(found.values())


def _in_turn(edges: Iterable[Edge], routes: Mapping[str, Route], notation: Notation) -> list[Wish]:
    """Return the wishes of all lines: what stands at an end has few places, a verb finds one among what is left."""
    ordered = sorted(edges, key=lambda each: each.id)
    wishes = [wish for edge in ordered for wish in wishes_of(edge, routes[edge.id], notation)]
    return sorted(wishes, key=lambda each: each.on_line)


def _freest(wish: Wish, standing: SpatialIndex, placed: SpatialIndex) -> Point:
    best, least = wish.places[0], math.inf
    for x, y in wish.places:
        box = Box(x, y, wish.w, LABEL_H)
        hits = len(standing.query(box)) + len(placed.query(box))
        if hits < least:
            best, least = (x, y), hits
        if least == 0:
            break
    return best


def wishes_of(edge: Edge, route: Route, notation: Notation) -> Iterator[Wish]:
    """Yield the texts of a line, each with the places that suit it."""
    if edge.label:
        yield _verb(edge.label, route.points)
    for each in notation.end_texts(edge):
        source = each.end == "source"
        end, at = (edge.source, route.source) if source else (edge.target, route.target)
        mark = notation.mark_of(end, at.point, at.direction, edge)
        yield _beside(each.text, at, mark.length, _turn(route.points if source else route.points[::-1]))


def _sized(given: str) -> tuple[str, int]:
    shown = ellipsize(visible(given), LABEL_SIZE, False, _MOST_W)
    return shown, text_width(shown, LABEL_SIZE) + 2 * _PADDING


def _verb(given: str, points: Sequence[Point]) -> Wish:
    """A verb sits on its line: on the longest level segment, on another, beside it, or on an upright one."""
    shown, w = _sized(given)
    segments = sorted(pairwise(points), key=_worth, reverse=True)
    on = [_middle(a, b, w) for a, b in segments]
    a, b = segments[0]
    level = a[1] == b[1]
    along = (b[0] - a[0] if level else b[1] - a[1]) // 4
    aside = w // 2 + _OFF_LINE
    shifts = (
        ((along, 0), (-along, 0), (0, -_BESIDE), (0, _BESIDE))
        if level
        else ((0, along), (0, -along), (aside, 0), (-aside, 0))
    )
    x, y = on[0]
    return Wish(shown, w, True, (on[0], *((x + dx, y + dy) for dx, dy in shifts), *on[1:]))


def _worth(segment: tuple[Point, Point]) -> int:
    """Level segments first, then long ones."""
    a, b = segment
    return abs(b[0] - a[0]) + abs(b[1] - a[1]) + (1_000_000 if a[1] == b[1] else 0)


def _middle(a: Point, b: Point, w: int) -> Point:
    return (a[0] + b[0]) // 2 - w // 2, (a[1] + b[1]) // 2 - LABEL_H // 2


def _turn(points: Sequence[Point]) -> int:
    """Return -1 where a line turns up after it left its end, 1 where it turns down, 0 where it runs on."""
    if len(points) < 3:
        return 0
    return (points[2][1] > points[0][1]) - (points[2][1] < points[0][1])


def _beside(given: str, at: RouteEnd, length: int, turn: int) -> Wish:
    """A text at an end stands beyond the mark, on the side to which the line does not turn."""
    shown, w = _sized(given)
    off = length + _OFF_MARK - _PADDING
    places = _beside_upright(at, w, off) if at.direction[0] == 0 else _beside_level(at, w, off, turn)
    return Wish(shown, w, False, tuple(places))


def _beside_level(at: RouteEnd, w: int, off: int, turn: int) -> Iterator[Point]:
    (x, y), right = at.point, at.direction[0] > 0
    above, below = y - _OFF_LINE - LABEL_H, y + _OFF_LINE
    for away in (off, off + _FARTHER, off + w + _PADDING):
        for top in (below, above) if turn < 0 else (above, below):
            yield (x + away if right else x - away - w), top


def _beside_upright(at: RouteEnd, w: int, off: int) -> Iterator[Point]:
    x, y = at.point
    for away in (off, off + _FARTHER):
        top = y + away if at.direction[1] > 0 else y - away - LABEL_H
        yield x + _OFF_LINE, top
        yield x - _OFF_LINE - w, top
