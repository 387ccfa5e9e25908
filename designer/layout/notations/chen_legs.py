"""The way of a line from a figure to a point: straight where it can be, round ovals and other elements where not.

`chen_legs.js` holds the twin.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from designer.layout.box import Box
from designer.layout.notations.chen_box import Oval
from designer.layout.notations.chen_plane import XY, core_of, crosses, is_diamond, length, reach_of
from designer.layout.route import Placed
from designer.layout.spatial_index import SpatialIndex
from designer.schema import Id

BEYOND = 14
"""How far outside of a footprint a line turns that goes round it."""
KEEP_OFF = 3
AIM_STEP = 14
AIM_IN = 10
SLOT = 9
PIECE = 400
"""A long line is looked up in pieces, since the box round a slanted one holds much that it does not meet."""
MOST_STARTS = 4
MOST_IN_THE_WAY = 6
"""Where more elements than these are in the way, no single turn helps."""


@dataclass(slots=True)
class Plane:
    """What stands in a diagram: elements, diamonds and circles on lines, texts."""

    placed: Mapping[Id, Placed]
    standing: SpatialIndex = field(default_factory=SpatialIndex)
    texts: SpatialIndex = field(default_factory=SpatialIndex)
    figure_boxes: dict[str, Box] = field(default_factory=dict)
    exits: dict[tuple[Id, int], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find elements by place."""
        for key, each in self.placed.items():
            self.standing.insert(key, each.box)

    def is_free(self, area: Box) -> bool:
        """Tell whether neither an element nor a figure nor a text stands in an area."""
        return not (self.standing.holds(area) or self.texts.holds(area))

    def take(self, key: str, box: Box) -> None:
        """Keep a place for a figure."""
        self.standing.insert(key, box)
        self.figure_boxes[key] = box

    def box_of(self, key: str) -> Box:
        """Return the box of an element or a figure."""
        return self.figure_boxes.get(key) or self.placed[key].box

    def slot(self, key: Id, side: int, other: str, half: float) -> int:
        """Return how far from the middle of a figure's side a line leaves that goes round ovals; each has its own."""
        others = self.exits.setdefault((key, side), [])
        if other not in others:
            others.append(other)
        at = others.index(other)
        away = (at + 1) // 2 * SLOT
        return 0 if away > half - SLOT / 2 else away * (1 if at % 2 else -1)

    def in_the_way(self, start: XY, end: XY, own: Iterable[str]) -> list[str]:
        """Return the elements and figures that a segment runs through, sorted, besides its own."""
        found: set[str] = set()
        dx, dy = end[0] - start[0], end[1] - start[1]
        count = max(1, math.ceil(max(abs(dx), abs(dy)) / PIECE))
        for at in range(count):
            x1, y1 = start[0] + dx * at / count, start[1] + dy * at / count
            x2, y2 = start[0] + dx * (at + 1) / count, start[1] + dy * (at + 1) / count
            area = _round(x1, y1, x2, y2)
            found.update(self.standing.query(area))
        return sorted(each for each in found.difference(own) if crosses(self.box_of(each), start, end))


def _round(x1: float, y1: float, x2: float, y2: float) -> Box:
    x, y = min(x1, x2), min(y1, y2)
    return Box(x - 1, y - 1, abs(x2 - x1) + 2, abs(y2 - y1) + 2)


def leg(key: Id, aim: XY, other: str, plane: Plane) -> list[XY]:
    """Return the points at which a line from an element to `aim` starts and turns; `aim` itself is left out.

    It starts straight toward `aim` where nothing is in the way, else from another place of the figure's border, else it
    goes round what is in the way. `other` is the element or the figure at its other end.
    """
    placed, own = plane.placed[key], {key, other}
    clear = (start for start in _starts(placed, aim) if is_clear(placed, start, aim))
    first: XY | None = None
    for start in itertools.islice(clear, MOST_STARTS):
        if not plane.in_the_way(start, aim, own):
            return [start]
        first = first or start
    if first is None:
        return _round_own(key, aim, other, plane)
    return _detour(placed, first, aim, plane.in_the_way(first, aim, own), own, plane)


def _starts(placed: Placed, aim: XY) -> Iterator[XY]:
    """Yield the places of a figure's border from which a line may start, the best first."""
    cx, cy, hw, hh = core_of(placed)
    dx, dy = aim[0] - cx, aim[1] - cy
    reach = reach_of(is_diamond(placed), hw, hh, dx, dy)
    yield cx + dx * reach, cy + dy * reach
    up = cy - hh if dy < 0 else cy + hh
    if abs(dy) > hh:
        if is_diamond(placed):
            yield cx, up
        else:
            yield from ((x, up) for x in _across(cx, hw))
    if abs(dx) > hw:
        yield cx + (hw if dx > 0 else -hw), cy


def _across(cx: float, hw: float) -> Iterator[float]:
    step = 0
    while step <= hw - AIM_IN:
        yield cx + step
        if step:
            yield cx - step
        step += AIM_STEP


def is_clear(placed: Placed, start: XY, end: XY) -> bool:
    """Tell whether a segment keeps off the ovals of a footprint."""
    rows = placed.shape.rows
    if not rows:
        return True
    dx, dy = placed.x - KEEP_OFF, placed.y - KEEP_OFF
    left, right = (start[0], end[0]) if start[0] < end[0] else (end[0], start[0])
    top, bottom = (start[1], end[1]) if start[1] < end[1] else (end[1], start[1])
    return not any(
        isinstance(oval, Oval)
        and right > dx + oval.x
        and bottom > dy + oval.y
        and left < dx + oval.x + oval.w + 2 * KEEP_OFF
        and top < dy + oval.y + oval.h + 2 * KEEP_OFF
        and crosses(Box(dx + oval.x, dy + oval.y, oval.w + 2 * KEEP_OFF, oval.h + 2 * KEEP_OFF), start, end)
        for oval in rows
    )


def _round_own(key: Id, aim: XY, other: str, plane: Plane) -> list[XY]:
    """Return the way out to the left or right, where no ovals stand, and past the corner of the footprint."""
    placed = plane.placed[key]
    cx, cy, hw, hh = core_of(placed)
    box = placed.box
    side = 1 if aim[0] >= cx else -1
    y = cy + (0 if is_diamond(placed) else plane.slot(key, side, other, hh))
    start = (cx + side * hw, y)
    beside = ((box.right if side > 0 else box.x) + side * BEYOND, y)
    if is_clear(placed, beside, aim):
        return [start, beside]
    return [start, beside, (beside[0], box.y - BEYOND if aim[1] < cy else box.bottom + BEYOND)]


def _detour(placed: Placed, start: XY, aim: XY, hits: Sequence[Id], own: set[Id], plane: Plane) -> list[XY]:
    """Return the shortest way with one turn at a corner of what is in the way; straight on where there is none."""
    found: tuple[float, list[XY]] | None = None
    for turn in _corners(hits, plane) if len(hits) <= MOST_IN_THE_WAY else ():
        way = _by_way_of(placed, turn, aim, own, plane)
        if way and (found is None or way[0] < found[0]):
            found = way
    return found[1] if found else [start]


def _corners(hits: Sequence[Id], plane: Plane) -> Iterator[XY]:
    for key in hits:
        box = plane.box_of(key)
        for x in (box.x - BEYOND, box.right + BEYOND):
            for y in (box.y - BEYOND, box.bottom + BEYOND):
                yield x, y


def _by_way_of(placed: Placed, turn: XY, aim: XY, own: set[Id], plane: Plane) -> tuple[float, list[XY]] | None:
    """Return length and points of a way with a turn; None where something is in its way."""
    if not is_clear(placed, turn, aim) or plane.in_the_way(turn, aim, own):
        return None
    for start in _starts(placed, turn):
        if is_clear(placed, start, turn) and not plane.in_the_way(start, turn, own):
            way = length(turn[0] - start[0], turn[1] - start[1]) + length(aim[0] - turn[0], aim[1] - turn[1])
            return way, [start, turn]
    return None
