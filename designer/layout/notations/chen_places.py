"""Where the diamonds and circles on the lines of Chen's notation stand.

`static/designer/geometry/notations/chen_places.js` holds the twin.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from designer.layout.box import Box, grown
from designer.layout.edges import Edge
from designer.layout.notations.chen_box import diamond_of
from designer.layout.notations.chen_legs import Plane
from designer.layout.notations.chen_lines import ChenEdge
from designer.layout.notations.chen_plane import XY, core_of, exit_of, length, middle_of, rounded
from designer.layout.route import Placed, Point
from designer.schema import Id

CIRCLE = 26
CIRCLE_OFF = 46
LOOP_OFF = 34
LOOPS = 3
BETWEEN = 16
CLEAR = 6
ALONG = (0.0, -0.125, 0.125, -0.25, 0.25, -0.375, 0.375)
"""Where on the free part of a line a diamond may stand, from its middle."""
ASIDE = (0, 1, -1, 2, -2)
DIAMONDS = ("diamond", "identifying")


@dataclass(frozen=True, slots=True)
class Figure:
    """A symbol on a line: diamond, identifying or circle; with its lines of text."""

    shape: str
    lines: tuple[str, ...]
    w: int
    h: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An edge with its figure and where that stands."""

    edge: ChenEdge
    figure: Figure | None = None
    spot: Point = (0, 0)
    loop: tuple[int, int] | None = None  # the side of the entity on which it stands


def drawn_of(edges: Sequence[ChenEdge], plane: Plane) -> list[Drawn]:
    """Find a place for each figure, circles and loops before diamonds that can stand anywhere on their line."""
    found = {each.edge.id: each for each in (*_circles(edges, plane), *_loops(edges, plane))}
    found.update({each.edge.id: each for each in _diamonds(edges, plane)})
    return [found.get(edge.id) or Drawn(edge) for edge in edges]


def figures_between(edges: Iterable[Edge]) -> tuple[dict[str, tuple[int, int]], list[tuple[str, str]]]:
    """Return the sizes of diamonds and circles by an id of their own, and the links between elements by way of them."""
    sizes: dict[str, tuple[int, int]] = {}
    links: dict[tuple[str, str], None] = {}
    for edge in edges:
        chen = edge if isinstance(edge, ChenEdge) else plain_edge(edge)
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


def plain_edge(edge: Edge) -> ChenEdge:
    """Return an edge that is drawn as a line."""
    return ChenEdge(edge.id, edge.source, edge.target, edge.kind, edge.identifying, edge.label)


def _circles(edges: Sequence[ChenEdge], plane: Plane) -> list[Drawn]:
    """Return the circle of each specialization, between the supertype and its subtypes."""
    groups: dict[str, list[ChenEdge]] = {}
    for edge in edges:
        if edge.symbol == "circle":
            groups.setdefault(edge.group, []).append(edge)
    found = []
    for key, group in groups.items():
        figure, spot = _circle_figure(group[0].word), _circle_spot(group, plane)
        plane.take(key, around(spot, figure.w, figure.h))
        found += [Drawn(edge, figure, spot) for edge in group]
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


def _loops(edges: Sequence[ChenEdge], plane: Plane) -> list[Drawn]:
    """Return the diamonds of entities with themselves: beside, above or below, where there is room."""
    found = []
    for edge in edges:
        if edge.symbol in DIAMONDS and edge.source.element == edge.target.element:
            figure = _diamond(edge)
            spots = list(_beside(plane.placed[edge.source.element], figure))
            side, spot = next((each for each in spots if _fits(each[1], figure, plane)), spots[0])
            plane.take(edge.id, around(spot, figure.w, figure.h))
            found.append(Drawn(edge, figure, spot, side))
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


def _diamonds(edges: Sequence[ChenEdge], plane: Plane) -> list[Drawn]:
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
            plane.take(edge.id, around(spot, figure.w, figure.h))
            found.append(Drawn(edge, figure, spot))
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
    return plane.is_free(grown(around(spot, figure.w, figure.h), CLEAR))


def around(spot: XY, w: float, h: float) -> Box:
    """Return the box of a size round a point."""
    return Box(spot[0] - w / 2, spot[1] - h / 2, w, h)
