"""Where there is room: the nearest place at which a block of boxes lies on nothing."""

from __future__ import annotations

from collections.abc import Iterable

from designer.layout.box import Box, grown, union
from designer.layout.spatial_index import SpatialIndex

MOST_HOSTS = 60


def shift_to_room(block: Box, obstacles: Iterable[Box], gap: int) -> tuple[int, int]:
    """Return by how much to move a block, at least `gap` from every obstacle; (0, 0) where it has that room already.

    Tried are the places beside the obstacles near by, the nearest first, and then those beside all of them.
    """
    boxes = list(obstacles)
    index = SpatialIndex()
    for at, box in enumerate(boxes):
        index.insert(str(at), box)
    bounds = union(boxes)
    if bounds is None or not index.query(grown(block, gap)):
        return 0, 0
    hosts = [*sorted(boxes, key=lambda box: _apart(block, box))[:MOST_HOSTS], bounds]
    across = _shifts(block.x, block.right, [(host.x, host.right) for host in hosts], gap)
    along = _shifts(block.y, block.bottom, [(host.y, host.bottom) for host in hosts], gap)
    for dx, dy in sorted(((dx, dy) for dx in across for dy in along), key=lambda way: (abs(way[0]) + abs(way[1]), way)):
        if not index.query(grown(Box(block.x + dx, block.y + dy, block.w, block.h), gap)):
            return dx, dy
    raise AssertionError("beside everything there is always room")


def _shifts(low: float, high: float, hosts: Iterable[tuple[float, float]], gap: int) -> list[int]:
    """Return the moves along one axis that end beside a host, and none at all."""
    found = {0}
    for begins, ends in hosts:
        found.add(int(ends - low) + gap + 1)
        found.add(int(begins - high) - gap - 1)
    return sorted(found)


def _apart(a: Box, b: Box) -> float:
    return abs(a.x + a.w / 2 - b.x - b.w / 2) + abs(a.y + a.h / 2 - b.y - b.h / 2)
