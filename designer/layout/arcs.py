"""Arcs across the lines of exclusive relationships, as Barker draws them: round the box, with a dot on each line.

`static/designer/geometry/arcs.js` holds the twin; both are run on `tests/cases/geometry/arcs.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from designer.layout.box import Box
from designer.layout.edges import Edge
from designer.layout.ends import Point
from designer.layout.route import Placed, Route, RouteEnd
from designer.schema import Arc, Design, Id, Model

AWAY = 21
"""How far from its box an arc runs, in pixels; marks at the ends of lines stay inside."""
OVER = 12
"""How far it reaches beyond its outermost lines."""
BENT = 7
"""How far its ends are bent towards the box."""
LEAST = 2


@dataclass(frozen=True, slots=True)
class ArcShape:
    """An arc as it is drawn: its corners, and where it crosses its lines. `lines` are their ids."""

    id: Id
    points: tuple[Point, ...]
    dots: tuple[Point, ...]
    dashed: bool
    lines: tuple[Id, ...]


def arcs_of(
    design: Design, model: Model, edges: Sequence[Edge], routes: Mapping[Id, Route], placed: Mapping[Id, Placed]
) -> list[ArcShape]:
    """Return the arcs of a model that cross two lines or more of what is drawn."""
    return [
        shape
        for arc in design.of(Arc)
        if design.model_of(arc) == model and arc.parent in placed
        if (shape := _shape(arc, edges, routes, placed[arc.parent or ""].box)) is not None
    ]


def _shape(arc: Arc, edges: Sequence[Edge], routes: Mapping[Id, Route], box: Box) -> ArcShape | None:
    ends = _ends(arc, edges, routes)
    if len(ends) < LEAST:
        return None
    points, dots = round_box(box, [end for _, end in ends])
    return ArcShape(arc.id, points, dots, not arc.mandatory, tuple(line for line, _ in ends))


def _ends(arc: Arc, edges: Sequence[Edge], routes: Mapping[Id, Route]) -> list[tuple[Id, RouteEnd]]:
    found: list[tuple[Id, RouteEnd]] = []
    for edge in edges:
        if edge.kind == "relationship" and edge.id.partition(".")[0] in arc.relationships and edge.id in routes:
            route = routes[edge.id]
            if edge.target.element == arc.parent:
                found.append((edge.id, route.target))
            elif edge.source.element == arc.parent:
                found.append((edge.id, route.source))
    return found


def round_box(box: Box, ends: Sequence[RouteEnd]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    """Return the corners of the arc round a box that crosses lines near their ends, and its dots.

    Of the two ways round it takes the one that leaves out the widest gap.
    """
    left, top, w, h = box.x - AWAY, box.y - AWAY, box.w + 2 * AWAY, box.h + 2 * AWAY
    whole = 2 * (w + h)

    def place(way: float, inset: float = 0) -> Point:
        return _place(way % whole, left, top, w, h, inset)

    ways = sorted(_way(end, left, top, w, h) for end in ends)
    gaps = [(ways[(at + 1) % len(ways)] - way) % whole for at, way in enumerate(ways)]
    last = max(range(len(ways)), key=lambda at: (gaps[at], -at))
    start = ways[(last + 1) % len(ways)] - OVER
    length = whole - gaps[last] + 2 * OVER if gaps[last] else 2.0 * OVER
    corners = [turn for lap in (0, whole) for turn in (lap, lap + w, lap + w + h, lap + 2 * w + h)]
    first = start % whole
    passed = [turn for turn in corners if first < turn < first + length]
    points = [place(start, BENT), place(start), *map(place, passed), place(start + length), place(start + length, BENT)]
    return tuple(points), tuple(place(way) for way in ways)


def _way(end: RouteEnd, left: float, top: float, w: float, h: float) -> float:
    """Return how far round the box, clockwise from its upper left, a line crosses."""
    (x, y), (dx, dy) = end.point, end.direction
    if abs(dx) >= abs(dy):
        return w + (y - top) if dx > 0 else 2 * w + h + (top + h - y)
    return w + h + (left + w - x) if dy > 0 else x - left


def _place(way: float, left: float, top: float, w: float, h: float, inset: float) -> Point:
    sides: tuple[Callable[[float], Point], ...] = (
        lambda at: (left + at, top + inset),
        lambda at: (left + w - inset, top + at),
        lambda at: (left + w - at, top + h - inset),
        lambda at: (left + inset, top + h - at),
    )
    for side, length in zip(sides, (w, h, w, h), strict=True):
        if way <= length:
            return side(way)
        way -= length
    return sides[0](0)
