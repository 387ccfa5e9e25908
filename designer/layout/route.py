"""Orthogonal routes of lines between boxes.

A line leaves and enters at the left or right side, at the middle of its row (of the header where the row is not
shown). Of a few simple shapes the one that runs through the fewest other boxes is taken, then its free segments are
put into lanes. This is the cheap end of what Wybrow, Marriott and Stuckey describe in "Orthogonal Connector Routing"
(2009): no shortest paths, but thousands of lines in the time of a few frames. `static/designer/geometry/route.js`
holds the twin; both are run on `tests/cases/geometry/route.json` and give the same whole numbers.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from designer.layout.box import Box, union
from designer.layout.edges import Edge, End
from designer.layout.lanes import REACH, Free, Keys, Lanes, Room, Way, gaps, lane_beyond
from designer.layout.metrics import Shape
from designer.layout.spatial_index import SpatialIndex

Point = tuple[int, int]

STUB = 24
TIGHT = 12
CLEAR = 4
SIDE_CLEAR = 18
CORNER_IN = 36
FROM_ABOVE = 0
OUTWARD = 200
INWARD = 8
AROUND = 600
"""How far above and below its ends a line looks for a free band."""
BANDS = 3
FIELD = 12_000
"""A line over a wider or taller field than this finds no free band in it, and would look long."""
SPREADS = ((0,), (-6, 6), (-8, 0, 8))
"""How far ends are moved from the middle of their row where one, two, three unlike marks meet there."""
OWN_LOOK = "own "
SLOT = 20
"""How far apart relationships at one side of a box are, where it has room."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A shape and where it stands."""

    x: int
    y: int
    shape: Shape

    @property
    def box(self) -> Box:
        """The rectangle it covers."""
        return Box(self.x, self.y, self.shape.w, self.shape.h)


@dataclass(frozen=True, slots=True)
class RouteEnd:
    """Where a line meets a box, and the unit vector away from the box."""

    point: Point
    direction: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an edge, from its source to its target, and where its label sits well.

    Draw it from its target, so that the dashes of lines which share a lane fall on one another.
    """

    id: str
    points: tuple[Point, ...]
    source: RouteEnd
    target: RouteEnd
    label: Point

    def extent(self) -> Box:
        """Return the box round everything that is drawn of the line."""
        return union(Box(x, y, 0, 0) for x, y in self.points) or Box(*self.label, 0, 0)


@dataclass(frozen=True, slots=True)
class _Sketch:
    points: tuple[Point, ...]
    free: tuple[Free, ...]
    out_of: int  # 1 leaves to the right, -1 to the left
    into: int  # the same for the other end; FROM_ABOVE enters at the top


@dataclass(frozen=True, slots=True)
class _Ends:
    a: Box
    b: Box
    ay: int
    by: int
    own: tuple[str, str]
    top: int  # of the frame of the first


@dataclass(slots=True)
class _Plane:
    boxes: dict[str, Box]
    index: SpatialIndex
    lanes: Lanes = field(default_factory=Lanes)

    def in_way(self, areas: Iterable[Box], own: tuple[str, str]) -> list[Box]:
        """Return the boxes in some areas, other than a line's own two, sorted by key."""
        hit: set[str] = set()
        for area in areas:
            hit.update(self.index.query(area))
        return [self.boxes[key] for key in sorted(hit.difference(own))]


def route_all(edges: Iterable[Edge], placed: Mapping[str, Placed]) -> dict[str, Route]:
    """Return the routes of `edges` by id. Edges with an end that is not in `placed` are left out."""
    boxes = {key: each.box for key, each in placed.items()}
    plane = _Plane(boxes, SpatialIndex())
    for key, box in boxes.items():
        plane.index.insert(key, box)
    known = [edge for edge in edges if edge.source.element in placed and edge.target.element in placed]
    known.sort(key=lambda edge: edge.id)
    sketches = [_sketch(edge, placed, plane) for edge in known]
    spread = _spread(known, sketches, placed)
    routes = {
        edge.id: _finished(edge, sketch, plane) for edge, sketch in sorted(zip(known, spread, strict=True), key=_turn)
    }
    return {edge.id: routes[edge.id] for edge in known}


def _turn(sketched: tuple[Edge, _Sketch]) -> tuple[bool, int, str]:
    """Return when a line takes its lanes: after the straight ones, and so that lines with one step nest uncrossed."""
    edge, sketch = sketched
    (start, *_), (*_, end) = sketch.points, sketch.points
    falling = end[1] > start[1]
    return len(sketch.points) > 2, start[1] if falling else -start[1], edge.id


def anchor_y(placed: Placed, rows: Sequence[str]) -> int:
    """Return the y at which a line holds on: the middle of the first of `rows` that is shown, else the anchor."""
    for wanted in rows:
        for row in placed.shape.rows:
            if row.id == wanted:
                return placed.y + row.y + row.h // 2
    return placed.y + placed.shape.anchor_y


def _sketch(edge: Edge, placed: Mapping[str, Placed], plane: _Plane) -> _Sketch:
    source, target = edge.source.element, edge.target.element
    ends = _Ends(
        plane.boxes[source],
        plane.boxes[target],
        anchor_y(placed[source], edge.source.rows),
        anchor_y(placed[target], edge.target.rows),
        (source, target),
        placed[source].y + placed[source].shape.body_y,
    )
    return _loop(ends) if source == target else _best(ends, plane)


def _spread(edges: Sequence[Edge], sketches: Sequence[_Sketch], placed: Mapping[str, Placed]) -> list[_Sketch]:
    """Return the sketches with ends that meet at one place moved apart where they must not be taken for one another.

    Unlike marks are moved so that each can be read, and relationships because each has a verb of its own.
    """
    meeting: dict[_Place, dict[str, int]] = {}
    for edge, sketch in zip(edges, sketches, strict=True):
        for end in _ends_of(edge, sketch):
            meeting.setdefault(end.place, {})[end.look] = end.other_y
    found: list[_Sketch] = []
    for edge, sketch in zip(edges, sketches, strict=True):
        by_source, by_target = (
            _offset(meeting[end.place], end.look, placed[end.place[0]].shape.anchor_room)
            for end in _ends_of(edge, sketch)
        )
        found.append(_shifted(sketch, by_source, by_target))
    return found


_Place = tuple[str, int, int]  # element, side, y


@dataclass(frozen=True, slots=True)
class _Meeting:
    """An end of a line: where it is, how it looks there (alike ends may be one), and the y at which it ends."""

    place: _Place
    look: str
    other_y: int


def _ends_of(edge: Edge, sketch: _Sketch) -> tuple[_Meeting, _Meeting]:
    start, end = sketch.points[0][1], sketch.points[-1][1]
    return (
        _Meeting((edge.source.element, sketch.out_of, start), _look(edge, edge.source), end),
        _Meeting((edge.target.element, sketch.into, end), _look(edge, edge.target), start),
    )


def _look(edge: Edge, end: End) -> str:
    if edge.kind == "relationship":
        return f"{OWN_LOOK}{edge.id}"
    if end.shape != "foot":
        return end.shape
    return f"foot {'1' if end.min > 0 else '0'}{'n' if end.max is None or end.max > 1 else '1'}"


def _offset(meeting: Mapping[str, int], look: str, room: int) -> int:
    """Return how far an end is moved: by its look, or among relationships by where their other ends are."""
    if any(each.startswith(OWN_LOOK) for each in meeting):
        looks = sorted(meeting, key=lambda each: (meeting[each], each))
        step = min(SLOT, room // max(1, len(looks) - 1))
        return looks.index(look) * step - (len(looks) - 1) * step // 2
    looks = sorted(meeting)
    return SPREADS[min(len(looks), len(SPREADS)) - 1][min(looks.index(look), len(SPREADS) - 1)]


def _shifted(sketch: _Sketch, by_source: int, by_target: int) -> _Sketch:
    if by_source == 0 and by_target == 0:
        return sketch
    points = list(sketch.points)
    if len(points) == 2:
        start, end = (points[0][0], points[0][1] + by_source), (points[1][0], points[1][1] + by_target)
        return _between(sketch.out_of, start, end, (start[0] + end[0]) // 2)
    moves = [(0, by_source), (1, by_source)]
    if sketch.into != FROM_ABOVE:
        moves += [(-2, by_target), (-1, by_target)]
    for at, by in moves:
        points[at] = (points[at][0], points[at][1] + by)
    return replace(sketch, points=tuple(points))


def _finished(edge: Edge, sketch: _Sketch, plane: _Plane) -> Route:
    room = _room(plane, (edge.source.element, edge.target.element))
    points = simplified(plane.lanes.settle(_ways(sketch, plane), _keys(edge, sketch, plane), room))
    inward = (0, -1) if sketch.into == FROM_ABOVE else (sketch.into, 0)
    start, end = RouteEnd(points[0], (sketch.out_of, 0)), RouteEnd(points[-1], inward)
    return Route(edge.id, tuple(points), start, end, _label_point(points))


def _ways(sketch: _Sketch, plane: _Plane) -> Iterator[Way]:
    """Yield the ways in which a line may run: as sketched, or at another level where its own is taken."""
    yield sketch.points, sketch.free
    (start, *_), (*_, end) = sketch.points, sketch.points
    side = sketch.out_of
    if sketch.into == -side and (end[0] - start[0]) * side >= 2 * STUB:
        for band in _levels(start, end, side, plane):
            way = _detour(side, start, end, band)
            yield way.points, way.free


def _keys(edge: Edge, sketch: _Sketch, plane: _Plane) -> Keys:
    """Return by what a line shares lanes: its ends by where they are on their boxes, its middle by its last end."""
    source, target = edge.source.element, edge.target.element
    start = f"{source} {sketch.out_of} {sketch.points[0][1] - int(plane.boxes[source].y)}"
    end = f"{target} {sketch.into} {sketch.points[-1][1] - int(plane.boxes[target].y)}"
    return Keys(start, edge.id if edge.kind == "relationship" else f"{end} {int(edge.identifying)}", end)


def _loop(ends: _Ends) -> _Sketch:
    """Return a loop for a table that refers to itself: on the right side, or round the corner from header to header."""
    right, top = int(ends.a.right), ends.top
    if ends.ay != ends.by:
        return _around(1, (right, ends.ay), (right, ends.by), right + STUB)
    x, y = right + STUB, top - STUB
    points = ((right, ends.ay), (x, ends.ay), (x, y), (right - CORNER_IN, y), (right - CORNER_IN, top))
    return _Sketch(points, (Free(1, x, x + OUTWARD, 1), Free(2, y - OUTWARD, y, -1)), 1, FROM_ABOVE)


def _best(ends: _Ends, plane: _Plane) -> _Sketch:
    side = _facing(ends.a, ends.b)
    return _best_between(ends, side, plane) if side else _best_around(ends, plane)


def _facing(a: Box, b: Box) -> int:
    """Return 1 where `b` stands to the right of `a` with room between them, -1 to the left, 0 where neither."""
    apart = a.bottom <= b.y or b.bottom <= a.y
    room = 2 * STUB if apart else 1
    if b.x - a.right >= room:
        return 1
    return -1 if a.x - b.right >= room else 0


def _side_x(box: Box, side: int) -> int:
    return int(box.x + box.w if side > 0 else box.x)


def _best_between(ends: _Ends, side: int, plane: _Plane) -> _Sketch:
    """Return a line in the gap between two boxes: straight, with one step, or round what stands in its way."""
    start = (_side_x(ends.a, side), ends.ay)
    end = (_side_x(ends.b, -side), ends.by)
    middle = (start[0] + end[0]) // 2
    wide = (end[0] - start[0]) * side >= 2 * STUB
    xs = [end[0] - side * STUB, middle, start[0] + side * STUB] if wide else [middle]
    sketch, hits = _fewest_hits((_between(side, start, end, x) for x in xs), ends, plane)
    if not hits or not wide:
        return sketch
    detours = [_detour(side, start, end, band) for band in _levels(start, end, side, plane) or _outside(hits)]
    return _fewest_hits([sketch, *detours], ends, plane)[0]


def _levels(start: Point, end: Point, side: int, plane: _Plane) -> list[tuple[int, int]]:
    """Return the nearest free bands, from top to bottom, in which a line can run past all boxes between its ends."""
    left, right = sorted((start[0] + side * STUB, end[0] - side * STUB))
    top, bottom = sorted((start[1], end[1]))
    area = Box(left, top - AROUND, right - left, bottom - top + 2 * AROUND)
    if area.w + area.h > FIELD:
        return []
    taken = sorted((int(box.y) - TIGHT, int(box.bottom) + TIGHT) for box in plane.index.boxes_in(area))
    bands = gaps(taken, top - AROUND, bottom + AROUND)
    return sorted(bands, key=lambda each: (max(top - each[1], each[0] - bottom, 0), abs(each[0] - end[1]), each))[
        :BANDS
    ]


def _outside(hits: Sequence[Box]) -> list[tuple[int, int]]:
    """Return the bands above and below all that stands in the way."""
    top = int(min(box.y for box in hits)) - TIGHT
    bottom = int(max(box.bottom for box in hits)) + TIGHT
    return [(top - AROUND, top), (bottom, bottom + AROUND)]


def _best_around(ends: _Ends, plane: _Plane) -> _Sketch:
    """Return a line that leaves and enters on the same side: the side with fewer hits, then the shorter."""
    a, b = ends.a, ends.b
    right_first = abs(a.right - b.right) <= abs(a.x - b.x)
    sketches: list[_Sketch] = []
    for side in (1, -1) if right_first else (-1, 1):
        near_x = max(side * _side_x(a, side), side * _side_x(b, side)) * side + side * STUB
        start, end = (_side_x(a, side), ends.ay), (_side_x(b, side), ends.by)
        near = _around(side, start, end, near_x)
        hits = _hits(near, ends, plane)
        if not hits:
            return near
        beyond = max(side * _side_x(box, side) for box in hits) + STUB
        sketches += [near, _around(side, start, end, max(beyond, side * near_x) * side)]
    sketches += _crossings(ends)
    return _fewest_hits(sketches, ends, plane)[0]


def _crossings(ends: _Ends) -> list[_Sketch]:
    """Return the lines that pass between two boxes which are above one another, from one side to the opposite one."""
    a, b = ends.a, ends.b
    low, high = int(min(a.bottom, b.bottom)), int(max(a.y, b.y))
    if high - low < 2 * TIGHT:
        return []
    y = (low + high) // 2
    return [
        _crossing(
            side, (_side_x(a, side), ends.ay), (_side_x(b, -side), ends.by), y, Free(2, low + CLEAR, high - CLEAR, 1)
        )
        for side in (1, -1)
    ]


def _crossing(side: int, start: Point, end: Point, y: int, level: Free) -> _Sketch:
    x1, x2 = lane_beyond(start[0] + side * STUB, side), lane_beyond(end[0] - side * STUB, -side)
    return _Sketch(
        (start, (x1, start[1]), (x1, y), (x2, y), (x2, end[1]), end),
        (level, _outward(1, x1, side), _outward(3, x2, -side)),
        side,
        -side,
    )


def _outward(at: int, x: int, side: int) -> Free:
    return Free(at, x - INWARD, x + OUTWARD, 1) if side > 0 else Free(at, x - OUTWARD, x + INWARD, -1)


def _between(side: int, start: Point, end: Point, x: int) -> _Sketch:
    if start[1] == end[1]:
        return _Sketch((start, end), (), side, -side)
    low, high = min(start[0], end[0]) + TIGHT, max(start[0], end[0]) - TIGHT
    return _Sketch((start, (x, start[1]), (x, end[1]), end), (Free(1, low, high, -side),), side, -side)


def _around(side: int, start: Point, end: Point, beyond: int) -> _Sketch:
    x = lane_beyond(beyond, side)
    return _Sketch((start, (x, start[1]), (x, end[1]), end), (_outward(1, x, side),), side, side)


def _detour(side: int, start: Point, end: Point, band: tuple[int, int]) -> _Sketch:
    """Return a line that crosses over in a free band, as near to its end as that goes."""
    low, high = min(start[0], end[0]) + TIGHT, max(start[0], end[0]) - TIGHT
    x1, x2 = start[0] + side * STUB, end[0] - side * STUB
    y = min(max(end[1], band[0]), band[1])
    return _Sketch(
        (start, (x1, start[1]), (x1, y), (x2, y), (x2, end[1]), end),
        (Free(2, *band, 1 if y == band[0] else -1), Free(1, low, high, side), Free(3, low, high, -side)),
        side,
        -side,
    )


def _fewest_hits(sketches: Iterable[_Sketch], ends: _Ends, plane: _Plane) -> tuple[_Sketch, list[Box]]:
    """Return the sketch with the fewest boxes in its way, then the shortest, then the first; and those boxes."""
    tried: list[tuple[_Sketch, list[Box]]] = []
    for sketch in sketches:
        hits = _hits(sketch, ends, plane)
        if not hits:
            return sketch, hits
        tried.append((sketch, hits))
    return min(tried, key=lambda each: (len(each[1]), _length(each[0].points)))


def _hits(sketch: _Sketch, ends: _Ends, plane: _Plane) -> list[Box]:
    """Return the boxes, other than its own two, that a line runs through or grazes, sorted by key."""
    corridors = [_corridor(start, end) for start, end in itertools.pairwise(sketch.points)]
    return plane.in_way(corridors, ends.own)


def _corridor(start: Point, end: Point) -> Box:
    """Return the space a segment wants for itself; an upright one also keeps off the marks beside other boxes."""
    beside = SIDE_CLEAR if start[0] == end[0] else CLEAR
    return Box(
        min(start[0], end[0]) - beside,
        min(start[1], end[1]) - CLEAR,
        abs(end[0] - start[0]) + 2 * beside,
        abs(end[1] - start[1]) + 2 * CLEAR,
    )


def _length(points: Sequence[Point]) -> int:
    return sum(abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in itertools.pairwise(points))


def _room(plane: _Plane, own: tuple[str, str]) -> Room:
    """Return what tells how far a segment can be moved before it runs into a box that is not its own."""

    def room(start: Point, end: Point, free: Free) -> tuple[int, int]:
        low, high = sorted((start, end))
        if start[0] == end[0]:
            left, right = max(free.low, start[0] - REACH), min(free.high, start[0] + REACH)
            area = Box(left - TIGHT, low[1] - CLEAR, right - left + 2 * TIGHT, high[1] - low[1] + 2 * CLEAR)
            found = [(int(box.x), int(box.right)) for box in plane.in_way([area], own)]
            return _clear_of(found, start[0], left, right)
        top, bottom = max(free.low, start[1] - REACH), min(free.high, start[1] + REACH)
        area = Box(low[0] - CLEAR, top - TIGHT, high[0] - low[0] + 2 * CLEAR, bottom - top + 2 * TIGHT)
        found = [(int(box.y), int(box.bottom)) for box in plane.in_way([area], own)]
        return _clear_of(found, start[1], top, bottom)

    return room


def _clear_of(intervals: Iterable[tuple[int, int]], wanted: int, low: int, high: int) -> tuple[int, int]:
    for first, last in intervals:
        if last <= wanted:
            low = max(low, last + TIGHT)
        elif first >= wanted:
            high = min(high, first - TIGHT)
    return low, high


def simplified(points: Sequence[Point]) -> list[Point]:
    """Return the points without those that lie on a straight line between their neighbours."""
    kept: list[Point] = []
    for at, point in enumerate(points):
        if kept and at + 1 < len(points) and _on_one_line(kept[-1], point, points[at + 1]):
            continue
        kept.append(point)
    return kept


def _on_one_line(a: Point, b: Point, c: Point) -> bool:
    return a[0] == b[0] == c[0] or a[1] == b[1] == c[1]


def _label_point(points: Sequence[Point]) -> Point:
    """Return the middle of the longest level segment, or of the longest where none is level."""
    segments = list(itertools.pairwise(points))
    a, b = max(segments, key=lambda each: _length(each) + (1_000_000 if each[0][1] == each[1][1] else 0))
    return (a[0] + b[0]) // 2, (a[1] + b[1]) // 2


Command = tuple[str, tuple[float, ...]]


def rounded_path(points: Sequence[Point], radius: float) -> list[Command]:
    """Return the drawing commands of a line with rounded corners: M and L with (x, y), Q with (cx, cy, x, y).

    A corner between short segments gets the radius that fits.
    """
    commands: list[Command] = [("M", points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        reach = min(radius, _length((before, corner)) / 2, _length((corner, after)) / 2)
        commands.append(("L", _toward(corner, before, reach)))
        commands.append(("Q", (*corner, *_toward(corner, after, reach))))
    commands.append(("L", points[-1]))
    return commands


def _toward(start: Point, end: Point, reach: float) -> tuple[float, float]:
    return start[0] + _sign(end[0] - start[0]) * reach, start[1] + _sign(end[1] - start[1]) * reach


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
