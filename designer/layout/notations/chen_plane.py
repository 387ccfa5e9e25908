"""Straight lines to the figures of Chen's notation: where they end, what they run through, how a double one runs.

Coordinates are floats until a point is kept; both languages then round the same way, half up. `chen_plane.js` holds
the twin.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from designer.layout.box import Box
from designer.layout.notations.chen_box import ChenShape
from designer.layout.route import Placed, Point

XY = tuple[float, float]

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


def middle_of(placed: Placed) -> XY:
    """Return the middle of a figure."""
    return core_of(placed)[:2]


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


def crosses(box: Box, start: XY, end: XY) -> bool:
    """Tell whether a segment runs through a box (Liang and Barsky 1984)."""
    (x1, y1), (x2, y2) = start, end
    x, y, w, h = box
    right, bottom = x + w, y + h
    if (
        (x1 <= x and x2 <= x)
        or (x1 >= right and x2 >= right)
        or (y1 <= y and y2 <= y)
        or (y1 >= bottom and y2 >= bottom)
    ):
        return False
    dx, dy = x2 - x1, y2 - y1
    low, high = 0.0, 1.0
    if dx:
        enter, leave = ((x - x1) / dx, (right - x1) / dx) if dx > 0 else ((right - x1) / dx, (x - x1) / dx)
        low, high = max(low, enter), min(high, leave)
    if dy:
        enter, leave = ((y - y1) / dy, (bottom - y1) / dy) if dy > 0 else ((bottom - y1) / dy, (y - y1) / dy)
        low, high = max(low, enter), min(high, leave)
    return low < high


def cut(points: Sequence[XY], middle: XY, shape: str, w: float, h: float) -> list[XY]:
    """Return a line that ends at the middle of a diamond or circle, ended at its border instead."""
    (x, y), (mx, my) = points[-2], middle
    way = length(x - mx, y - my)
    if shape == "circle":
        part = min(1.0, w / 2 / way) if way else 0.0
    else:
        part = min(1.0, reach_of(True, w / 2, h / 2, x - mx, y - my))
    return [*points[:-1], (mx + (x - mx) * part, my + (y - my) * part)]


def single_or_double(points: Sequence[XY], double: bool) -> list[list[XY]]:
    """Return a line, or the two that run beside it."""
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
