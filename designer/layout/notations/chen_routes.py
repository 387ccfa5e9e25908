"""The lines of a diagram in Chen's notation: straight, with a diamond in the middle, or a circle for a specialization.

A line that would run through the ovals of its own entity starts elsewhere or turns beside them. Diamonds of several
relationships between the same two entities stand side by side. `chen_routes.js` holds the twin; both are run on
`tests/cases/geometry/chen_routes.json` and give the same whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from designer.layout.box import Box, union
from designer.layout.edges import Edge
from designer.layout.metrics import LABEL_SIZE
from designer.layout.notations.chen_box import diamond_of
from designer.layout.notations.chen_lines import ChenEdge, Side
from designer.layout.notations.chen_plane import XY, core_of, exit_of, leg, length, reach_of, rounded
from designer.layout.route import Placed, Point, Route, RouteEnd
from designer.layout.spatial_index import SpatialIndex
from designer.layout.text import text_width, visible
from designer.schema import Id

CIRCLE = 26
CIRCLE_OFF = 46
LOOP_OFF = 34
LOOP_APART = 14
BETWEEN = 16
CLEAR = 6
TEXT_H = 14
TEXT_OFF = 5
TEXT_ALONG = 24
SUBSET_REACH = 8
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
    """A route with its figure at point `middle` (-1 is none); `doubles` says whether the parts before and after are."""

    middle: int
    figure: Figure | None
    doubles: tuple[bool, bool]
    texts: tuple[Text, ...]
    subset: Subset | None

    def extent(self) -> Box:
        """Return the box round the line with its figure and texts."""
        x, y = self.label
        boxes = [Box(*point, 0, 0) for point in self.points]
        if self.figure:
            boxes.append(Box(x - self.figure.w / 2, y - self.figure.h / 2, self.figure.w, self.figure.h))
        for text in self.texts:
            w = text_width(text.text, LABEL_SIZE)
            boxes.append(Box(x + text.dx - w / 2, y + text.dy - TEXT_H / 2, w, TEXT_H))
        return union(boxes) or Box(x, y, 0, 0)


@dataclass(slots=True)
class _Plane:
    placed: Mapping[Id, Placed]
    boxes: SpatialIndex
    figures: SpatialIndex

    def is_free(self, x: float, y: float, figure: Figure) -> bool:
        """Tell whether a figure may stand round a point."""
        w, h = figure.w + 2 * CLEAR, figure.h + 2 * CLEAR
        area = Box(x - w / 2, y - h / 2, w, h)
        return not self.boxes.query(area) and not self.figures.query(area)


def chen_routes(edges: Iterable[Edge], placed: Mapping[Id, Placed]) -> dict[str, Route]:
    """Return the routes of edges by id. Edges with an end that is not placed are left out."""
    known = sorted(
        (edge for edge in edges if edge.source.element in placed and edge.target.element in placed),
        key=lambda edge: edge.id,
    )
    plane = _Plane(placed, SpatialIndex(), SpatialIndex())
    for key, each in placed.items():
        plane.boxes.insert(key, each.box)
    chen = [each if isinstance(each, ChenEdge) else _plain(each) for each in known]
    places = _places(chen)
    routes: dict[str, Route] = {}
    circles = _circles(chen, plane)
    for edge in chen:
        routes[edge.id] = _route(edge, places.get(edge.id, (0, 1)), circles, plane)
    return routes


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


def _places(edges: Sequence[ChenEdge]) -> dict[str, tuple[int, int]]:
    """Return the place of each edge with a diamond among those between the same two elements, and how many they are."""
    pairs: dict[tuple[Id, ...], list[str]] = {}
    for edge in edges:
        if edge.symbol in ("diamond", "identifying"):
            pairs.setdefault(tuple(sorted((edge.source.element, edge.target.element))), []).append(edge.id)
    return {each: (at, len(ids)) for ids in pairs.values() for at, each in enumerate(ids)}


def _circles(edges: Sequence[ChenEdge], plane: _Plane) -> dict[str, Point]:
    """Return where the circle of each specialization stands: between the supertype and its subtypes."""
    groups: dict[str, list[ChenEdge]] = {}
    for edge in edges:
        if edge.symbol == "circle":
            groups.setdefault(edge.group, []).append(edge)
    return {key: _circle(group, plane) for key, group in groups.items()}


def _circle(edges: Sequence[ChenEdge], plane: _Plane) -> Point:
    top = plane.placed[edges[0].target.element]
    start = core_of(top)[:2]
    middles = [core_of(plane.placed[edge.source.element])[:2] for edge in edges]
    aim = (sum(x for x, _ in middles) / len(edges), sum(y for _, y in middles) / len(edges))
    way = length(aim[0] - start[0], aim[1] - start[1])
    if not way:
        return rounded(start[0], plane.placed[edges[0].target.element].box.bottom + CIRCLE_OFF)
    out = exit_of(top, start, aim) * way
    nearest = min(_entry(plane.placed[edge.source.element], start) for edge in edges)
    at = out + min(CIRCLE_OFF, max(0.0, (nearest - out) / 2))
    at = max(at, out + CIRCLE / 2 + BETWEEN) if nearest - out > CIRCLE + 2 * BETWEEN else at
    return rounded(start[0] + (aim[0] - start[0]) * at / way, start[1] + (aim[1] - start[1]) * at / way)


def _entry(placed: Placed, aim: XY) -> float:
    """Return how far from `aim` the footprint begins on the way to its figure."""
    start = core_of(placed)[:2]
    return length(aim[0] - start[0], aim[1] - start[1]) * (1 - min(1.0, exit_of(placed, start, aim)))


def _route(edge: ChenEdge, place: tuple[int, int], circles: Mapping[str, Point], plane: _Plane) -> ChenRoute:
    if edge.symbol in ("diamond", "identifying"):
        figure = _diamond(edge)
        if edge.source.element == edge.target.element:
            return _loop(edge, figure, place[0], plane)
        return _through(edge, figure, _spot(edge, figure, place, plane), plane)
    if edge.symbol == "circle":
        return _through(edge, _circle_figure(edge.word), circles[edge.group], plane)
    return _straight(edge, plane)


def _diamond(edge: ChenEdge) -> Figure:
    lines, w, h = diamond_of(edge.word, edge.symbol == "identifying")
    return Figure(edge.symbol, lines, w, h)


def _spot(edge: ChenEdge, figure: Figure, place: tuple[int, int], plane: _Plane) -> Point:
    """Return where a diamond stands: in the middle of what is free between the footprints, or near it."""
    first, second = sorted((edge.source.element, edge.target.element))
    a, b = plane.placed[first], plane.placed[second]
    start, end = core_of(a)[:2], core_of(b)[:2]
    dx, dy = end[0] - start[0], end[1] - start[1]
    way = length(dx, dy)
    ux, uy = (dx / way, dy / way) if way else (0.0, 1.0)
    low, high = exit_of(a, start, end), 1 - exit_of(b, end, start)
    middle, free = ((low + high) / 2, high - low) if low < high else (0.5, 0.0)
    step = abs(uy) * (figure.w + BETWEEN) + abs(ux) * (figure.h + BETWEEN)
    own = (place[0] - (place[1] - 1) / 2) * step
    found = None
    for aside in ASIDE:
        for along in ALONG if free else ALONG[:1]:
            at, off = middle + along * free, own + aside * step
            spot = rounded(start[0] + dx * at - uy * off, start[1] + dy * at + ux * off)
            if plane.is_free(*spot, figure):
                return _taken(edge, spot, figure, plane)
            found = found or spot
    return _taken(edge, found or rounded(*start), figure, plane)


def _taken(edge: ChenEdge, spot: Point, figure: Figure, plane: _Plane) -> Point:
    box = Box(spot[0] - figure.w / 2, spot[1] - figure.h / 2, figure.w, figure.h)
    plane.figures.insert(edge.id, box)
    return spot


def _through(edge: ChenEdge, figure: Figure, spot: Point, plane: _Plane) -> ChenRoute:
    """Return the line through a figure that stands at `spot`."""
    before = leg(plane.placed[edge.source.element], spot)
    after = leg(plane.placed[edge.target.element], spot)
    points = [*before, spot, *reversed(after)]
    texts = [
        *_text(edge.near, before[-1], spot, plane.placed[edge.source.element], figure),
        *_text(edge.far, after[-1], spot, plane.placed[edge.target.element], figure),
    ]
    subset = _subset(before[-1], spot, plane.placed[edge.source.element]) if figure.shape == "circle" else None
    return _made(edge, points, len(before), figure, texts, subset)


def _loop(edge: ChenEdge, figure: Figure, at: int, plane: _Plane) -> ChenRoute:
    """Return the line of an entity with itself: the diamond right of it, then left, then below these."""
    placed = plane.placed[edge.source.element]
    cx, cy, hw, _ = core_of(placed)
    side = 1 if at % 2 == 0 else -1
    x = (placed.box.right if side > 0 else placed.box.x) + side * (LOOP_OFF + figure.w / 2)
    spot = _taken(edge, rounded(x, cy + at // 2 * (figure.h + BETWEEN)), figure, plane)
    upper, lower = (cx + side * hw, cy - LOOP_APART), (cx + side * hw, cy + LOOP_APART)
    above, below = (spot[0], spot[1] - figure.h / 2), (spot[0], spot[1] + figure.h / 2)
    texts = [*_text(edge.near, upper, above, placed, None), *_text(edge.far, lower, below, placed, None)]
    return _made(edge, [upper, above, spot, below, lower], 2, figure, texts, None)


def _straight(edge: ChenEdge, plane: _Plane) -> ChenRoute:
    """Return a line without a figure: of a diamond that is a box itself, of a view, of a table that inherits."""
    a, b = plane.placed[edge.source.element], plane.placed[edge.target.element]
    after = leg(b, core_of(a)[:2])
    before = leg(a, after[-1])
    after = leg(b, before[-1])
    texts = [*_text(edge.near, before[-1], after[-1], a, None, b), *_text(edge.far, after[-1], before[-1], b, None, a)]
    subset = _subset(before[-1], after[-1], a, b) if edge.symbol == "subset" else None
    return _made(edge, [*before, *reversed(after)], -1, None, texts, subset)


def _made(
    edge: ChenEdge, points: Sequence[XY], middle: int, figure: Figure | None, texts: list[_Said], subset: _Sign | None
) -> ChenRoute:
    whole = tuple(rounded(*point) for point in points)
    x, y = whole[middle] if middle >= 0 else _middle(whole)
    return ChenRoute(
        edge.id, whole, _end(whole[0], whole[1]), _end(whole[-1], whole[-2]), (x, y), middle, figure,
        (edge.near.total, edge.far.total),
        tuple(Text(text, tx - x, ty - y) for text, tx, ty in texts),
        Subset(subset[0] - x, subset[1] - y, subset[2], subset[3]) if subset else None,
    )  # fmt: skip


_Said = tuple[str, int, int]
_Sign = tuple[int, int, float, float]


def _middle(points: Sequence[Point]) -> Point:
    """Return the middle of the longest part of a line."""
    pairs = list(zip(points, points[1:], strict=False))
    (x1, y1), (x2, y2) = max(pairs, key=lambda pair: length(pair[1][0] - pair[0][0], pair[1][1] - pair[0][1]))
    return rounded((x1 + x2) / 2, (y1 + y2) / 2)


def _end(point: Point, after: Point) -> RouteEnd:
    """Return where a line meets a figure, with the direction away from it as a unit vector."""
    dx, dy = after[0] - point[0], after[1] - point[1]
    way = length(dx, dy)
    return RouteEnd(point, (dx / way, dy / way) if way else (1, 0))


def _free(start: XY, end: XY, a: Placed, figure: Figure | None, b: Placed | None) -> tuple[float, float, float]:
    """Return where the part of a segment between footprint and figure begins and ends, and its length."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    way = length(dx, dy)
    low = _leaving(a, start, end) * way
    high = way
    if figure:
        high -= min(1.0, reach_of(figure.shape != "circle", figure.w / 2, figure.h / 2, dx, dy)) * way
    if b:
        high -= _leaving(b, end, start) * way
    return (low, high, way) if low < high else (0.0, way, way)


def _leaving(placed: Placed, start: XY, end: XY) -> float:
    """Return the part of a segment that lies in the footprint where it starts; none where it turned outside."""
    box = placed.box
    inside = box.x <= start[0] <= box.right and box.y <= start[1] <= box.bottom
    return min(1.0, exit_of(placed, start, end)) if inside else 0.0


def _text(side: Side, start: XY, end: XY, a: Placed, figure: Figure | None, b: Placed | None = None) -> Iterable[_Said]:
    """Return the text of an end beside its line, just outside the footprint, above or to the right of the line."""
    if not side.text:
        return []
    low, high, way = _free(start, end, a, figure, b)
    if not way:
        return []
    ux, uy = (end[0] - start[0]) / way, (end[1] - start[1]) / way
    w = text_width(visible(side.text), LABEL_SIZE) / 2
    along = low + min(TEXT_ALONG + abs(ux) * w - 10, (high - low) / 2)
    off = abs(uy) * w + abs(ux) * TEXT_H / 2 + TEXT_OFF
    nx, ny = (uy, -ux) if ux > 0 or (ux == 0 and uy > 0) else (-uy, ux)
    x, y = rounded(start[0] + ux * along + nx * off, start[1] + uy * along + ny * off)
    return [(visible(side.text), x, y)]


def _subset(start: XY, end: XY, a: Placed, b: Placed | None = None) -> _Sign | None:
    """Return the sign on the way from a subtype: in the middle of what is free, open toward the supertype."""
    circle = None if b else _circle_figure("")
    low, high, way = _free(start, end, a, circle, b)
    if not way:
        return None
    ux, uy = (end[0] - start[0]) / way, (end[1] - start[1]) / way
    at = (low + high) / 2
    x, y = rounded(start[0] + ux * at, start[1] + uy * at)
    return x, y, ux, uy
