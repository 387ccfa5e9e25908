"""Straight lines to the figures of Chen's notation: where they end, what they run through. `chen_plane.js` holds the twin.

Coordinates are floats until a point is kept; both languages then round the same way, half up.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

from designer.layout.notations.chen_box import ChenShape
from designer.layout.route import Placed, Point

XY = tuple[float, float]

BEYOND = 10
"""How far outside a footprint a line turns that has to go round ovals."""
KEEP_OFF = 3
AIM_STEP = 14
AIM_IN = 10
GAP = 2.0
"""Half of the distance between the two lines of a double one."""
DIAMONDS = frozenset({"relationship", "identifying"})


def rounded(x: float, y: float) -> Point:
    """Return the nearest whole point."""
    return math.floor(x + 0.5), math.floor(y + 0.5)


def length(dx: float, dy: float) -> float:
    """Return the length of a vector, computed alike in both languages."""
    return math.sqrt(dx * dx + dy * dy)


def core_of(placed: Placed) -> tuple[float, float, float, float]:
    """Return the middle of a figure, and half of its width and height."""
    shape = placed.shape
    if not isinstance(shape, ChenShape):
        return placed.x + shape.w / 2, placed.y + shape.h / 2, shape.w / 2, shape.h / 2
    core = shape.core
    return placed.x + core.x + core.w / 2, placed.y + core.y + core.h / 2, core.w / 2, core.h / 2


def is_diamond(placed: Placed) -> bool:
    """Tell whether the figure is a diamond."""
    return isinstance(placed.shape, ChenShape) and placed.shape.figure in DIAMONDS


def reach_of(diamond: bool, hw: float, hh: float, dx: float, dy: float) -> float:
    """Return the part of the vector (dx, dy) at which it leaves a rectangle or diamond round its start."""
    if dx == 0 and dy == 0:
        return 0.0
    across, along = abs(dx) / hw, abs(dy) / hh
    return 1 / (across + along) if diamond else 1 / max(across, along)


def exit_of(placed: Placed, start: XY, aim: XY) -> float:
    """Return the part of the way from `start`, inside the footprint, to `aim` at which the footprint ends."""
    dx, dy = aim[0] - start[0], aim[1] - start[1]
    box = placed.box
    ends = []
    if dx:
        ends.append(((box.right if dx > 0 else box.x) - start[0]) / dx)
    if dy:
        ends.append(((box.bottom if dy > 0 else box.y) - start[1]) / dy)
    return max(0.0, min(ends)) if ends else 0.0


def crosses(x: float, y: float, w: float, h: float, start: XY, end: XY) -> bool:
    """Tell whether a segment runs through a box (Liang and Barsky 1984)."""
    low, high = 0.0, 1.0
    for at, by, least, most in (
        (start[0], end[0] - start[0], x, x + w),
        (start[1], end[1] - start[1], y, y + h),
    ):
        if by == 0:
            if at <= least or at >= most:
                return False
            continue
        first, second = (least - at) / by, (most - at) / by
        low, high = max(low, min(first, second)), min(high, max(first, second))
    return low < high


def is_clear(placed: Placed, start: XY, end: XY) -> bool:
    """Tell whether a segment keeps off the ovals of a footprint."""
    shape = placed.shape
    for oval in shape.rows if isinstance(shape, ChenShape) else ():
        x, y = placed.x + oval.x, placed.y + oval.y
        if crosses(x - KEEP_OFF, y - KEEP_OFF, oval.w + 2 * KEEP_OFF, oval.h + 2 * KEEP_OFF, start, end):
            return False
    return True


def leg(placed: Placed, aim: XY) -> list[XY]:
    """Return the points at which a line from a figure to `aim` starts and turns; `aim` itself is left out.

    It starts straight toward `aim` where no oval is in the way, else from another place of the figure's border, else
    it goes round the footprint.
    """
    for start in _starts(placed, aim):
        if is_clear(placed, start, aim):
            return [start]
    return _round(placed, aim)


def _starts(placed: Placed, aim: XY) -> Iterable[XY]:
    cx, cy, hw, hh = core_of(placed)
    diamond = is_diamond(placed)
    reach = reach_of(diamond, hw, hh, aim[0] - cx, aim[1] - cy)
    yield cx + (aim[0] - cx) * reach, cy + (aim[1] - cy) * reach
    up = cy - hh if aim[1] < cy else cy + hh
    beside = abs(aim[1] - cy) > hh
    if diamond or not beside:
        if beside:
            yield cx, up
    else:
        step = AIM_STEP
        while step <= hw - AIM_IN:
            yield cx + step, up
            yield cx - step, up
            step += AIM_STEP
    if abs(aim[0] - cx) > hw:
        yield cx + hw if aim[0] > cx else cx - hw, cy


def _round(placed: Placed, aim: XY) -> list[XY]:
    cx, cy, hw, _ = core_of(placed)
    box = placed.box
    side = 1 if aim[0] >= cx else -1
    start = (cx + side * hw, cy)
    beside = ((box.right if side > 0 else box.x) + side * BEYOND, cy)
    if is_clear(placed, beside, aim):
        return [start, beside]
    return [start, beside, (beside[0], box.y - BEYOND if aim[1] < cy else box.bottom + BEYOND)]


def strokes_of(points: Sequence[XY], middle: int, doubles: tuple[bool, bool]) -> list[list[XY]]:
    """Return the lines to draw of a route: the parts before and after the point `middle`, each single or double."""
    if middle < 0:
        return _single_or_double(points, any(doubles))
    before, after = points[: middle + 1], points[middle:]
    return [*_single_or_double(before, doubles[0]), *_single_or_double(after, doubles[1])]


def _single_or_double(points: Sequence[XY], double: bool) -> list[list[XY]]:
    return [_beside(points, GAP), _beside(points, -GAP)] if double else [list(points)]


def _beside(points: Sequence[XY], by: float) -> list[XY]:
    """Return the line that runs `by` to the left of another, with its corners mitred."""
    normals = [_normal(start, end) for start, end in itertools.pairwise(points)]
    found = []
    for at, (x, y) in enumerate(points):
        nx, ny = normals[max(0, at - 1)]
        mx, my = normals[min(at, len(normals) - 1)]
        share = max(0.5, 1 + nx * mx + ny * my)
        found.append((x + (nx + mx) / share * by, y + (ny + my) / share * by))
    return found


def _normal(start: XY, end: XY) -> XY:
    dx, dy = end[0] - start[0], end[1] - start[1]
    way = length(dx, dy)
    return (dy / way, -dx / way) if way else (0.0, 0.0)
