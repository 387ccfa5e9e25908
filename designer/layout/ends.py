"""The marks at the ends of a line: crow's feet, the triangle of a supertype, an arrow head.

`point` is where the line meets the box and `direction` the unit vector that points away from the box. Crow's foot
notation after Everest, "Basic Data Structure Models Explained with a Common Example" (1976).
"""

from __future__ import annotations

from dataclasses import dataclass

Point = tuple[float, float]
Line = tuple[float, float, float, float]

FOOT_LENGTH = 12
FOOT_HALF = 6
BAR_ONE = 7
BAR_SECOND = 12
BAR_MANY = 16
RING_RADIUS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """What to draw at an end: lines, and a ring and a closed outline filled with the background.

    They are filled with the colour of the line where `filled`; `length` is the extent of all.
    """

    lines: tuple[Line, ...] = ()
    ring: tuple[float, float, float] | None = None  # centre x, centre y, radius
    outline: tuple[Point, ...] = ()
    length: int = 0
    filled: bool = False


def at(point: Point, direction: Point, along: float, across: float) -> Point:
    """Return the point so far along the line, away from the box, and so far across it."""
    return (
        point[0] + direction[0] * along - direction[1] * across,
        point[1] + direction[1] * along + direction[0] * across,
    )


def bar(point: Point, direction: Point, along: float, half: float = FOOT_HALF) -> Line:
    """Return the stroke across a line, so far along it."""
    return (*at(point, direction, along, -half), *at(point, direction, along, half))


def foot_of(point: Point, direction: Point, minimum: int, maximum: int | None) -> Mark:
    """Return the crow's foot for "from `minimum` to `maximum`"; None is many, and so is every number above one."""
    many = maximum is None or maximum > 1
    lines: list[Line] = []
    if many:
        lines += toes_of(point, direction)
    else:
        lines.append(bar(point, direction, BAR_ONE))
    if minimum > 0:
        second = BAR_MANY if many else BAR_SECOND
        return Mark((*lines, bar(point, direction, second)), length=second)
    centre = (FOOT_LENGTH if many else BAR_ONE) + RING_RADIUS + (0 if many else 1)
    ring = (*at(point, direction, centre, 0), RING_RADIUS)
    return Mark(tuple(lines), ring=ring, length=centre + RING_RADIUS)


def toes_of(point: Point, direction: Point) -> list[Line]:
    """Return the two spread lines of a crow's foot."""
    tip = at(point, direction, FOOT_LENGTH, 0)
    return [(*tip, *at(point, direction, 0, side)) for side in (-FOOT_HALF, FOOT_HALF)]


def triangle_of(point: Point, direction: Point) -> Mark:
    """Return the hollow triangle at a supertype or a parent table."""
    corners = (point, at(point, direction, 13, -7), at(point, direction, 13, 7))
    return Mark(outline=corners, length=13)


def arrow_of(point: Point, direction: Point) -> Mark:
    """Return the open arrow head at what a view reads."""
    lines = tuple((*point, *at(point, direction, 9, side)) for side in (-5, 5))
    return Mark(lines=lines)


def mark_of(shape: str, point: Point, direction: Point, minimum: int, maximum: int | None) -> Mark:
    """Return the mark of an end by its shape: foot, triangle, arrow, or nothing."""
    if shape == "foot":
        return foot_of(point, direction, minimum, maximum)
    if shape == "triangle":
        return triangle_of(point, direction)
    return arrow_of(point, direction) if shape == "arrow" else Mark()
