"""The lines of a diagram in Chen's notation: straight, with a diamond in the middle, or a circle for a specialization.

A line that would run through the ovals of its own entity starts elsewhere or turns beside them. Diamonds of several
relationships between the same two entities stand side by side. `chen_routes.js` holds the twin; both are run on
`tests/cases/geometry/chen_routes.json` and give the same whole numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from designer.layout.box import Box, grown, union
from designer.layout.edges import Edge
from designer.layout.notations.chen_box import diamond_of
from designer.layout.notations.chen_legs import Plane, leg
from designer.layout.notations.chen_lines import ChenEdge, Side
from designer.layout.notations.chen_plane import XY, core_of, crosses, exit_of, length, middle_of, reach_of, rounded
from designer.layout.route import Placed, Point, Route, RouteEnd
from designer.layout.text import text_width, visible
from designer.schema import Id

CIRCLE = 26
CIRCLE_OFF = 46
LOOP_OFF = 34
LOOP_APART = 14
BETWEEN = 16
CLEAR = 6
TEXT_H = 13
TEXT_SIZE = 12
TEXT_OFF = 4
TEXT_STEP = 8
TEXT_STEPS = 12
SUBSET_REACH = 7
LOOPS = 3
DIAMONDS = ("diamond", "identifying")
ALONG = (0.0, -0.125, 0.125, -0.25, 0.25, -0.375, 0.375)
"""Where on the free part of a line a diamond may stand, from its middle."""
ASIDE = (0, 1, -1, 2, -2)


@dataclass(frozen=True, slots=True)
class Figure:
    """A symbol on a line: diamond, identifying or circle; it stands round the route's `label`."""

    shape: str
    lines: tuple[str, ...]
    w: int
    h: int


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


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An edge with its figure and where that stands."""

    edge: ChenEdge
    figure: Figure | None = None
    spot: Point = (0, 0)
    loop: tuple[int, int] | None = None  # the side of the entity on which it stands


def chen_routes(edges: Iterable[Edge], placed: Mapping[Id, Placed]) -> dict[str, Route]:
    """Return the routes of edges by id. Edges with an end that is not placed are left out.

    First each figure finds its place, circles and loops before diamonds that can stand anywhere on their line; then the
    lines find their way to them, and last the texts a place beside the lines.
    """
    known = sorted(
        (edge for edge in edges if edge.source.element in placed and edge.target.element in placed),
        key=lambda edge: edge.id,
    )
    plane = Plane(placed)
    chen = [each if isinstance(each, ChenEdge) else _plain(each) for each in known]
    drawn = [*_circles(chen, plane), *_loops(chen, plane), *_diamonds(chen, plane)]
    with_figure = {each.edge.id for each in drawn}
    drawn += [_Drawn(edge) for edge in chen if edge.id not in with_figure]
    drawn.sort(key=lambda each: each.edge.id)
    lines = [_line(each, plane) for each in drawn]
    near = _segments(drawn, lines)
    leaders = {each.edge.group: each.edge.id for each in reversed(drawn) if each.edge.group}
    return {
        each.edge.id: _route(each, line, leaders.get(each.edge.group, each.edge.id) != each.edge.id, near, plane)
        for each, line in zip(drawn, lines, strict=True)
    }


def figures_between(edges: Iterable[Edge]) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
    """Return the sizes of diamonds and circles by an id of their own, and the links between elements by way of them."""
    sizes: dict[str, tuple[int, int]] = {}
    links: dict[tuple[str, str], None] = {}
    for edge in edges:
        chen = edge if isinstance(edge, ChenEdge) else _plain(edge)
        source, target = edge.source.element, edge.target.element
        if source == target or not chen.symbol or chen.symbol == "subset":
            links[source, target] = None
            continue
        key = f"{chen.group or edge.id}~"
        figure = _circle_figure(chen.word) if chen.symbol == "circle" else _diamond(chen)
        sizes[key] = (figure.w, figure.h)
        links[source, key] = links[key, target] = None
    return sizes, list(links)


def _circle_figure(word: str) -> Figure:
    return Figure("circle", (word,), CIRCLE, CIRCLE)


def _plain(edge: Edge) -> ChenEdge:
    return ChenEdge(edge.id, edge.source, edge.target, edge.kind, edge.identifying, edge.label)


def _circles(edges: Sequence[ChenEdge], plane: Plane) -> list[_Drawn]:
    """Return the circle of each specialization, between the supertype and its subtypes."""
    groups: dict[str, list[ChenEdge]] = {}
    for edge in edges:
        if edge.symbol == "circle":
            groups.setdefault(edge.group, []).append(edge)
    found = []
    for key, group in groups.items():
        figure, spot = _circle_figure(group[0].word), _circle_spot(group, plane)
        plane.take(key, _around(spot, figure.w, figure.h))
        found += [_Drawn(edge, figure, spot) for edge in group]
    return found


def _circle_spot(edges: Sequence[ChenEdge], plane: Plane) -> Point:
    top = plane.placed[edges[0].target.element]
    start = middle_of(top)
    middles = [middle_of(plane.placed[edge.source.element]) for edge in edges]
    aim = (sum(x for x, _ in middles) / len(edges), sum(y for _, y in middles) / len(edges))
    dx, dy = aim[0] - start[0], aim[1] - start[1]
    way = length(dx, dy)
    if not way:
        return rounded(start[0], top.box.bottom + CIRCLE_OFF)
    out = exit_of(top, start, aim) * way
    free = min(_entry(plane.placed[edge.source.element], start) for edge in edges) - out
    at = out + max(0.0, min(CIRCLE_OFF, free / 2))
    return rounded(start[0] + dx * at / way, start[1] + dy * at / way)


def _entry(placed: Placed, aim: XY) -> float:
    """Return how far from `aim` the footprint begins on the way to its figure."""
    start = middle_of(placed)
    return length(aim[0] - start[0], aim[1] - start[1]) * (1 - min(1.0, exit_of(placed, start, aim)))


def _loops(edges: Sequence[ChenEdge], plane: Plane) -> list[_Drawn]:
    """Return the diamonds of entities with themselves: beside, above or below, where there is room."""
    found = []
    for edge in edges:
        if edge.symbol in DIAMONDS and edge.source.element == edge.target.element:
            figure = _diamond(edge)
            spots = list(_beside(plane.placed[edge.source.element], figure))
            side, spot = next((each for each in spots if _fits(each[1], figure, plane)), spots[0])
            plane.take(edge.id, _around(spot, figure.w, figure.h))
            found.append(_Drawn(edge, figure, spot, side))
    return found


def _beside(placed: Placed, figure: Figure) -> Iterable[tuple[tuple[int, int], Point]]:
    """Yield the places of a loop's diamond with their sides: below and above only where no ovals stand."""
    cx, cy, _, hh = core_of(placed)
    box = placed.box
    below, above = box.bottom <= cy + hh, box.y >= cy - hh
    for away in range(LOOPS):
        x = LOOP_OFF + figure.w / 2 + away * (figure.w + BETWEEN)
        y = LOOP_OFF + figure.h / 2 + away * (figure.h + BETWEEN)
        if below:
            yield (0, 1), rounded(cx, box.bottom + y)
        yield (1, 0), rounded(box.right + x, cy)
        yield (-1, 0), rounded(box.x - x, cy)
        if above:
            yield (0, -1), rounded(cx, box.y - y)


def _diamonds(edges: Sequence[ChenEdge], plane: Plane) -> list[_Drawn]:
    """Return the diamonds of all other lines; those between the same two elements stand side by side."""
    pairs: dict[tuple[Id, ...], list[ChenEdge]] = {}
    for edge in edges:
        if edge.symbol in DIAMONDS and edge.source.element != edge.target.element:
            pairs.setdefault(tuple(sorted((edge.source.element, edge.target.element))), []).append(edge)
    found = []
    for (first, second), group in pairs.items():
        for at, edge in enumerate(group):
            figure = _diamond(edge)
            spot = _diamond_spot(figure, first, second, at - (len(group) - 1) / 2, plane)
            plane.take(edge.id, _around(spot, figure.w, figure.h))
            found.append(_Drawn(edge, figure, spot))
    return found


def _diamond(edge: ChenEdge) -> Figure:
    lines, w, h = diamond_of(edge.word, edge.symbol == "identifying")
    return Figure(edge.symbol, lines, w, h)


def _diamond_spot(figure: Figure, first: Id, second: Id, place: float, plane: Plane) -> Point:
    """Return where a diamond stands: in the middle of what is free between the footprints, or near it."""
    a, b = plane.placed[first], plane.placed[second]
    start, end = middle_of(a), middle_of(b)
    dx, dy = end[0] - start[0], end[1] - start[1]
    way = length(dx, dy)
    ux, uy = (dx / way, dy / way) if way else (0.0, 1.0)
    low, high = exit_of(a, start, end), 1 - exit_of(b, end, start)
    middle, free = ((low + high) / 2, high - low) if low < high else (0.5, 0.0)
    step = abs(uy) * (figure.w + BETWEEN) + abs(ux) * (figure.h + BETWEEN)
    spots = []
    for aside in ASIDE:
        for along in ALONG if free else ALONG[:1]:
            at, off = middle + along * free, (place + aside) * step
            spots.append(rounded(start[0] + dx * at - uy * off, start[1] + dy * at + ux * off))
    return next((spot for spot in spots if _fits(spot, figure, plane)), spots[0])


def _fits(spot: Point, figure: Figure, plane: Plane) -> bool:
    return plane.is_free(grown(_around(spot, figure.w, figure.h), CLEAR))


def _around(spot: XY, w: float, h: float) -> Box:
    return Box(spot[0] - w / 2, spot[1] - h / 2, w, h)


@dataclass(frozen=True, slots=True)
class _Line:
    """The points of a line; the figure is at `middle`. `source` and `target` are the parts beside which texts stand."""

    points: tuple[XY, ...]
    middle: int
    source: Stretch
    target: Stretch


def _line(drawn: _Drawn, plane: Plane) -> _Line:
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


def _segments(drawn: Sequence[_Drawn], lines: Sequence[_Line]) -> dict[Id, list[tuple[XY, XY]]]:
    """Return the segments of the lines at each element: its texts keep off them."""
    found: dict[Id, list[tuple[XY, XY]]] = {}
    for each, line in zip(drawn, lines, strict=True):
        segments = list(itertools.pairwise(line.points))
        for key in {each.edge.source.element, each.edge.target.element}:
            found.setdefault(key, []).extend(segments)
    return found


def _route(
    drawn: _Drawn, line: _Line, shared: bool, near: Mapping[Id, Sequence[tuple[XY, XY]]], plane: Plane
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
    spots = list(_beside_line(stretch, (low, high, way), w))
    lines = near[stretch.key]
    free = [each for each in spots if plane.is_free(_around(each, w, TEXT_H))]
    bare = (each for each in free if not any(crosses(_around(each, w, TEXT_H), *line) for line in lines))
    spot = next(bare, (free or spots)[0])
    plane.texts.insert(f"{spot[0]} {spot[1]}", _around(spot, w, TEXT_H))
    return [(text, spot)]


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
