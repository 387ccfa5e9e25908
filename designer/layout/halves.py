"""A line in two halves, for notations that say something by each.

`static/designer/geometry/halves.js` holds the twin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

Line = tuple[tuple[int, int], ...]


def halves_of(points: Sequence[tuple[int, int]]) -> tuple[Line, Line]:
    """Return the points of the half at the source and of the half at the target, cut at half of the length."""
    lengths = [math.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    left = sum(lengths) / 2
    for index, length in enumerate(lengths, 1):
        if length >= left or index == len(lengths):
            cut = _part(points[index - 1], points[index], left / length if length else 0)
            return (*points[:index], cut), (cut, *points[index:])
        left -= length
    return tuple(points), tuple(points)


def _part(a: tuple[int, int], b: tuple[int, int], part: float) -> tuple[int, int]:
    return math.floor(a[0] + (b[0] - a[0]) * part), math.floor(a[1] + (b[1] - a[1]) * part)
