"""What a picture is like, in numbers: crossings, long lines, room that stays empty, tables on one another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from designer.layout.box import Box, grown, union
from designer.layout.edges import Edge
from designer.layout.route import Placed, Route
from designer.layout.spatial_index import SpatialIndex
from designer.schema import Id

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """Tables where they stand, and their lines as they run."""

    NAMES: ClassVar[tuple[str, ...]] = (
        "picture", "aspect", "full", "px a line", "crossings", "over tables", "overlaps",
    )  # fmt: skip
    placed: Mapping[Id, Placed]
    edges: Sequence[Edge]
    routes: Mapping[str, Route]

    def measures(self) -> list[object]:
        """Return the numbers that NAMES names."""
        bounds = union(each.box for each in self.placed.values()) or Box(0, 0, 1, 1)
        filled = sum(each.shape.w * each.shape.h for each in self.placed.values())
        length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for route in self.routes.values() for a, b in _parts(route))
        return [
            f"{bounds.w:.0f} × {bounds.h:.0f}",
            f"{bounds.w / bounds.h:.2f}",
            f"{filled / (bounds.w * bounds.h):.0%}",
            round(length / max(1, len(self.routes))),
            self.crossings(),
            self.over_tables(),
            self.overlaps(),
        ]

    def crossings(self) -> int:
        """Return how often an upright part of a line crosses a level one of another line."""
        parts = [(key, *part) for key, route in self.routes.items() for part in _parts(route)]
        level = sorted((a[1], min(a[0], b[0]), max(a[0], b[0]), key) for key, a, b in parts if a[1] == b[1])
        heights = [each[0] for each in level]
        found = 0
        for key, a, b in parts:
            if a[0] == b[0]:
                low, high = sorted((a[1], b[1]))
                between = level[bisect_right(heights, low) : bisect_left(heights, high)]
                found += sum(1 for _, left, right, other in between if left < a[0] < right and other != key)
        return found

    def over_tables(self) -> int:
        """Return how often a line runs over a table that it does not end at."""
        index = SpatialIndex()
        for key, each in self.placed.items():
            index.insert(key, grown(each.box, -2))
        found = 0
        for edge in self.edges:
            hit = {
                key
                for a, b in _parts(self.routes[edge.id])
                for key in index.query(
                    Box(min(a[0], b[0]), min(a[1], b[1]), max(1, abs(a[0] - b[0])), max(1, abs(a[1] - b[1])))
                )
            }
            found += len(hit - {edge.source.element, edge.target.element})
        return found

    def overlaps(self) -> int:
        """Return how many pairs of tables lie on one another."""
        index = SpatialIndex()
        found = 0
        for key, each in self.placed.items():
            found += len(index.query(each.box))
            index.insert(key, each.box)
        return found


def _parts(route: Route) -> Iterator[tuple[Point, Point]]:
    return zip(route.points, route.points[1:], strict=False)
