"""The lines of a diagram in Chen's notation: straight, with a diamond in the middle, or a circle for a specialization.

A line that would run through the ovals of its own entity starts elsewhere or turns beside them. Diamonds of several
relationships between the same two entities stand side by side. `chen_routes.js` holds the twin; both are run on
`tests/cases/geometry/chen.json` and give the same whole numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from designer.layout.box import Box, union
from designer.layout.edges import Edge
from designer.layout.notations.chen_legs import Plane, leg
from designer.layout.notations.chen_lines import ChenEdge, Side
from designer.layout.notations.chen_places import Drawn, Figure, around, drawn_of, plain_edge
from designer.layout.notations.chen_plane import (
    XY,
    core_of,
    crosses,
    cut,
    exit_of,
    length,
    middle_of,
    reach_of,
    rounded,
    single_or_double,
)
from designer.layout.route import Placed, Point, Route, RouteEnd
from designer.layout.text import text_width, visible
from designer.schema import Id

LOOP_APART = 14
TEXT_H = 13
TEXT_SIZE = 12
TEXT_OFF = 4
TEXT_STEP = 8
TEXT_STEPS = 12
SUBSET_REACH = 7


@dataclass(frozen=True, slots=True)
class Text:
    """A text at an end; its middle is (dx, dy) from the route's `label`."""

    text: str
    dx: int
    dy: int


@dataclass(frozen=True, slots=True)
class Subset:
    """The sign that subtypes are part of their supertype: (dx, dy) from the route's `label`, open toward (ux, uy)."""

    dx: int
    dy: int
    ux: float
    uy: float


@dataclass(frozen=True, slots=True)
class ChenRoute(Route):
    """A route with its figure at point `middle` (-1 is none); `doubles` says whether the parts before and after are.

    Where the part after it and the figure are `shared`, the route of another subtype draws them.
    """

    middle: int
    figure: Figure | None
    doubles: tuple[bool, bool]
    shared: bool
    texts: tuple[Text, ...]
    subset: Subset | None

    def strokes(self) -> list[list[XY]]:
        """Return the lines to draw: the parts before and after the figure, each single or double, up to its border."""
        if self.figure is None:
            return single_or_double(self.points, any(self.doubles))
        found = []
        parts = [self.points[: self.middle + 1]] + ([] if self.shared else [self.points[self.middle :][::-1]])
        for part, double in zip(parts, self.doubles, strict=False):
            whole = cut(part, self.label, self.figure.shape, self.figure.w, self.figure.h)
            found += single_or_double(whole, double)
        return found

    def extent(self) -> Box:
        """Return the box round the line with its figure and texts."""
        x, y = self.label
        boxes = [Box(*point, 0, 0) for point in self.points]
        if self.figure:
            boxes.append(Box(x - self.figure.w / 2, y - self.figure.h / 2, self.figure.w, self.figure.h))
        for text in self.texts:
            w = text_width(text.text, TEXT_SIZE)
            boxes.append(Box(x + text.dx - w / 2, y + text.dy - TEXT_H / 2, w, TEXT_H))
        return union(boxes) or Box(x, y, 0, 0)


def chen_routes(edges: Iterable[Edge], placed: Mapping[Id, Placed]) -> dict[str, Route]:
    """Return the routes of edges by id. Edges with an end that is not placed are left out.

    First each figure finds its place, then the lines find their way to them, and last the texts a place beside them.
    """
    known = sorted(
        (edge for edge in edges if edge.source.element in placed and edge.target.element in placed),
        key=lambda edge: edge.id,
    )
    plane = Plane(placed)
    drawn = drawn_of([each if isinstance(each, ChenEdge) else plain_edge(each) for each in known], plane)
    lines = [_line(each, plane) for each in drawn]
    near = _segments(drawn, lines)
    leaders = {each.edge.group: each.edge.id for each in reversed(drawn) if each.edge.group}
    return {
        each.edge.id: _route(each, line, leaders.get(each.edge.group, each.edge.id) != each.edge.id, near, plane)
        for each, line in zip(drawn, lines, strict=True)
    }


@dataclass(frozen=True, slots=True)
class _Line:
    """The points of a line; the figure is at `middle`. `source` and `target` are the parts beside which texts stand."""

    points: tuple[XY, ...]
    middle: int
    source: Stretch
    target: Stretch


def _line(drawn: Drawn, plane: Plane) -> _Line:
    if drawn.figure is None:
        return _straight(drawn.edge, plane)
    if drawn.loop:
        return _loop(drawn.edge, drawn.figure, drawn.spot, drawn.loop, plane)
    return _through(drawn.edge, drawn.figure, drawn.spot, plane)


def _through(edge: ChenEdge, figure: Figure, spot: Point, plane: Plane) -> _Line:
    """Return the line through a figure that stands at `spot`."""
    source, target, own = edge.source.element, edge.target.element, edge.group or edge.id
    before, after = leg(source, spot, own, plane), leg(target, spot, own, plane)
    return _Line(
        (*before, spot, *reversed(after)), len(before),
        Stretch(before[-1], spot, source, None, figure), Stretch(after[-1], spot, target, None, figure),
    )  # fmt: skip


def _loop(edge: ChenEdge, figure: Figure, spot: Point, side: tuple[int, int], plane: Plane) -> _Line:
    """Return the line of an entity with itself: two lines from one side to two corners of the diamond."""
    key = edge.source.element
    cx, cy, hw, hh = core_of(plane.placed[key])
    sx, sy = side
    starts = [(cx + sx * hw - sy * by, cy + sy * hh + sx * by) for by in (-LOOP_APART, LOOP_APART)]
    corners = [(spot[0] - sy * by * figure.w / 2, spot[1] + sx * by * figure.h / 2) for by in (-1, 1)]
    stretches = [Stretch(start, corner, key, None, None) for start, corner in zip(starts, corners, strict=True)]
    return _Line((starts[0], corners[0], spot, corners[1], starts[1]), 2, *stretches)


def _straight(edge: ChenEdge, plane: Plane) -> _Line:
    """Return a line without a figure: of a diamond that is a box itself, of a view, of a table that inherits."""
    source, target = edge.source.element, edge.target.element
    after = leg(target, middle_of(plane.placed[source]), source, plane)
    before = leg(source, after[-1], target, plane)
    after = after if len(before) > 1 else leg(target, before[-1], source, plane)
    return _Line(
        (*before, *reversed(after)), -1,
        Stretch(before[-1], after[-1], source, target, None), Stretch(after[-1], before[-1], target, source, None),
    )  # fmt: skip


def _segments(drawn: Sequence[Drawn], lines: Sequence[_Line]) -> dict[Id, list[tuple[XY, XY]]]:
    """Return the segments of the lines at each element: its texts keep off them."""
    found: dict[Id, list[tuple[XY, XY]]] = {}
    for each, line in zip(drawn, lines, strict=True):
        segments = list(itertools.pairwise(line.points))
        for key in {each.edge.source.element, each.edge.target.element}:
            found.setdefault(key, []).extend(segments)
    return found


def _route(
    drawn: Drawn, line: _Line, shared: bool, near: Mapping[Id, Sequence[tuple[XY, XY]]], plane: Plane
) -> ChenRoute:
    edge = drawn.edge
    texts = _text(edge.near, line.source, near, plane)
    texts += [] if shared else _text(edge.far, line.target, near, plane)
    subset = _subset(line.source, plane) if edge.symbol in ("circle", "subset") else None
    points = tuple(rounded(*point) for point in line.points)
    x, y = label = points[line.middle] if line.middle >= 0 else _middle(points)
    return ChenRoute(
        edge.id, points, _end(points[0], points[1]), _end(points[-1], points[-2]), label,
        line.middle, drawn.figure, (edge.near.total, edge.far.total), shared,
        tuple(Text(text, tx - x, ty - y) for text, (tx, ty) in texts),
        Subset(subset[0][0] - x, subset[0][1] - y, *subset[1]) if subset else None,
    )  # fmt: skip


def _middle(points: Sequence[Point]) -> Point:
    """Return the middle of the longest part of a line."""
    (x1, y1), (x2, y2) = max(
        itertools.pairwise(points), key=lambda pair: length(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1])
    )
    return rounded((x1 + x2) / 2, (y1 + y2) / 2)


def _end(point: Point, after: Point) -> RouteEnd:
    """Return where a line meets a figure, with the direction away from it as a unit vector."""
    dx, dy = after[0] - point[0], after[1] - point[1]
    way = length(dx, dy)
    return RouteEnd(point, (dx / way, dy / way) if way else (1.0, 0.0))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last segment of a line from an element to a figure, or to another element."""

    start: XY
    end: XY
    key: Id
    other: Id | None
    figure: Figure | None

    def free(self, plane: Plane) -> tuple[float, float, float]:
        """Return where what lies outside of footprints and figures begins and ends, and the length of all."""
        dx, dy = self.end[0] - self.start[0], self.end[1] - self.start[1]
        way = length(dx, dy)
        low, high = _leaving(plane.placed[self.key], self.start, self.end) * way, way
        if self.figure:
            diamond = self.figure.shape != "circle"
            high -= min(1.0, reach_of(diamond, self.figure.w / 2, self.figure.h / 2, dx, dy)) * way
        if self.other:
            high -= _leaving(plane.placed[self.other], self.end, self.start) * way
        return (low, high, way) if low < high else (0.0, way, way)


def _leaving(placed: Placed, start: XY, end: XY) -> float:
    """Return the part of a segment that lies in the footprint where it starts; none where it turned outside."""
    box = placed.box
    inside = box.x <= start[0] <= box.right and box.y <= start[1] <= box.bottom
    return min(1.0, exit_of(placed, start, end)) if inside else 0.0


def _text(
    side: Side, stretch: Stretch, near: Mapping[Id, Sequence[tuple[XY, XY]]], plane: Plane
) -> list[tuple[str, Point]]:
    """Return the text of an end with its place beside the line: near the entity, where nothing else stands."""
    low, high, way = stretch.free(plane)
    if not side.text or not way:
        return []
    text = visible(side.text)
    w = text_width(text, TEXT_SIZE)
    spot = _text_spot(_beside_line(stretch, (low, high, way), w), w, near[stretch.key], plane)
    plane.texts.insert(f"{spot[0]} {spot[1]}", around(spot, w, TEXT_H))
    return [(text, spot)]


def _text_spot(spots: Iterable[Point], w: int, lines: Sequence[tuple[XY, XY]], plane: Plane) -> Point:
    """Return the first place where nothing stands and no line runs, else where nothing stands, else the first."""
    found: list[Point] = []
    free: Point | None = None
    for spot in spots:
        found.append(spot)
        area = around(spot, w, TEXT_H)
        if plane.is_free(area):
            if not any(crosses(area, *line) for line in lines):
                return spot
            free = free or spot
    return free or found[0]


def _beside_line(stretch: Stretch, free: tuple[float, float, float], w: int) -> Iterable[Point]:
    """Yield the places for a text, first above or to the right of the line, near its start."""
    (x, y), (ex, ey) = stretch.start, stretch.end
    low, high, way = free
    ux, uy = (ex - x) / way, (ey - y) / way
    off = abs(uy) * w / 2 + abs(ux) * TEXT_H / 2 + TEXT_OFF
    nx, ny = (uy, -ux) if ux > 0 or (ux == 0 and uy > 0) else (-uy, ux)
    first = min(abs(ux) * w / 2 + abs(uy) * TEXT_H / 2 + TEXT_OFF, (high - low) / 2)
    for step in range(TEXT_STEPS):
        along = low + first + step * TEXT_STEP
        if step and along > high:
            return
        for side in (1, -1):
            yield rounded(x + ux * along + side * nx * off, y + uy * along + side * ny * off)


def _subset(stretch: Stretch, plane: Plane) -> tuple[Point, XY] | None:
    """Return the sign on the way from a subtype: in the middle of what is free, open toward the supertype."""
    low, high, way = stretch.free(plane)
    if not way:
        return None
    (x, y), (ex, ey) = stretch.start, stretch.end
    ux, uy = (ex - x) / way, (ey - y) / way
    at = (low + high) / 2
    return rounded(x + ux * at, y + uy * at), (ux, uy)
