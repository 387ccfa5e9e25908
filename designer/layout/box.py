"""Rectangles: where they meet and what encloses them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """An upright rectangle; (x, y) is its top left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The x of its right side."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The y of its lower side."""
        return self.y + self.h


def intersects(a: Box, b: Box) -> bool:
    """Tell whether two boxes share more than an edge."""
    ax, ay, aw, ah = a
    bx, by, bw, bh = b
    return ax < bx + bw and bx < ax + aw and ay < by + bh and by < ay + ah


def contains(outer: Box, inner: Box) -> bool:
    """Tell whether `inner` lies in `outer`, edges included."""
    return (
        outer.x <= inner.x
        and outer.y <= inner.y
        and inner.x + inner.w <= outer.x + outer.w
        and inner.y + inner.h <= outer.y + outer.h
    )


def contains_point(box: Box, x: float, y: float) -> bool:
    """Tell whether a point lies in a box, edges included."""
    return box.x <= x <= box.x + box.w and box.y <= y <= box.y + box.h


def union(boxes: Iterable[Box]) -> Box | None:
    """Return the smallest box round all of them; None where there are none."""
    all_boxes = list(boxes)
    if not all_boxes:
        return None
    x = min(box.x for box in all_boxes)
    y = min(box.y for box in all_boxes)
    right = max(box.x + box.w for box in all_boxes)
    bottom = max(box.y + box.h for box in all_boxes)
    return Box(x, y, right - x, bottom - y)


def grown(box: Box, by: float) -> Box:
    """Return the box with `by` added on all four sides."""
    return Box(box.x - by, box.y - by, box.w + 2 * by, box.h + 2 * by)
