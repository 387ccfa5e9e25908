"""Putting finished blocks together: near what they are linked to, compactly, or simply in a neat grid."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from designer.layout.box import Box, grown
from designer.layout.layers import Size
from designer.layout.spatial_index import SpatialIndex
from designer.layout.style import ASPECT

K = TypeVar("K", bound=Hashable)
Corner = tuple[int, int]
Links = Mapping[str, Mapping[str, int]]

MOST_HOSTS = 200
COMPACTNESS = 3.0


def packed_by_links(
    sizes: Mapping[str, Size],
    links: Links,
    gap: int,
    standing: Mapping[str, Box] | None = None,
    aspect: float = ASPECT,
) -> dict[str, Corner]:
    """Return a corner for each block so that linked blocks are near one another and none overlap.

    Blocks are placed one by one, the one with most links to what already stands first, each at the best of the places
    beside a standing block. `standing` are boxes that stay where they are; links may name them.
    """
    packer = _Packer(sizes, links, gap, standing or {}, aspect)
    waiting = dict.fromkeys(sizes)
    while waiting:
        key = packer.next_of(waiting)
        del waiting[key]
        packer.place(key)
    return packer.corners


class _Packer:
    def __init__(self, sizes: Mapping[str, Size], links: Links, gap: int, standing: Mapping[str, Box], aspect: float):
        self._aspect = aspect
        self._sizes = sizes
        self._links = links
        self._gap = gap
        self._boxes: dict[str, Box] = dict(standing)
        self._index = SpatialIndex(2048)
        self._bounds: Box | None = None
        self.corners: dict[str, Corner] = {}
        self._pull = dict.fromkeys(sizes, 0)
        for key, box in standing.items():
            self._stand(key, box)

    def _stand(self, key: str, box: Box) -> None:
        self._boxes[key] = box
        self._index.insert(key, box)
        self._bounds = box if self._bounds is None else _around(self._bounds, box)
        for other, weight in self._links.get(key, {}).items():
            if other in self._pull:
                self._pull[other] += weight

    def next_of(self, waiting: Mapping[str, None]) -> str:
        """Return the block with most links to what stands; of equals, the largest, then the first."""
        return max(waiting, key=lambda key: (self._pull[key], self._sizes[key][0] * self._sizes[key][1]))

    def place(self, key: str) -> None:
        """Put a block where it costs least."""
        w, h = self._sizes[key]
        linked = {other: weight for other, weight in self._links.get(key, {}).items() if other in self._boxes}
        best: tuple[float, Corner] | None = None
        for corner in self._candidates(linked, w, h):
            box = Box(*corner, w, h)
            if best is not None and self._cost(box, linked) >= best[0]:
                continue
            if not self._index.query(grown(box, self._gap - 1)):
                best = (self._cost(box, linked), corner)
        corner = best[1] if best is not None else (0, 0)
        self.corners[key] = corner
        self._stand(key, Box(*corner, w, h))

    def _candidates(self, linked: Mapping[str, int], w: int, h: int) -> list[Corner]:
        """Return the places beside what stands, aligned with an edge or the middle of it."""
        if self._bounds is None:
            return []
        hosts = [self._boxes[key] for key in linked]
        hosts += list(self._boxes.values())[-MOST_HOSTS:]
        hosts.append(self._bounds)
        found: dict[Corner, None] = {}
        for host in hosts:
            x, y, right, bottom = int(host.x), int(host.y), int(host.right), int(host.bottom)
            middle_x, middle_y = (x + right - w) // 2, (y + bottom - h) // 2
            for across in (y, middle_y, bottom - h):
                found[right + self._gap, across] = None
                found[x - self._gap - w, across] = None
            for along in (x, middle_x, right - w):
                found[along, bottom + self._gap] = None
                found[along, y - self._gap - h] = None
        return list(found)

    def _cost(self, box: Box, linked: Mapping[str, int]) -> float:
        """Return the mean distance to what the block is linked to, and how far the whole picture spreads."""
        bounds = _around(self._bounds, box) if self._bounds is not None else box
        wide = bounds.w / self._aspect
        spread = max(wide, bounds.h) + 0.1 * (wide + bounds.h)
        weight = sum(linked.values())
        if not weight:
            return spread
        distance = sum(_distance(box, self._boxes[other]) * each for other, each in linked.items()) / weight
        return distance + COMPACTNESS * spread


def _around(a: Box, b: Box) -> Box:
    x, y = min(a.x, b.x), min(a.y, b.y)
    return Box(x, y, max(a.right, b.right) - x, max(a.bottom, b.bottom) - y)


def _distance(a: Box, b: Box) -> float:
    return abs(a.x + a.w / 2 - b.x - b.w / 2) + abs(a.y + a.h / 2 - b.y - b.h / 2)


def grid(sizes: Sequence[Size], gap: int, *, aspect: float = ASPECT, width: int | None = None) -> list[Corner]:
    """Return corners in columns of one width, each thing below the shortest column: things of one size stand in rows.

    Without a `width` there are as many columns as give the wanted aspect ratio.
    """
    if not sizes:
        return []
    cell = max(w for w, _ in sizes) + gap
    height = sum(h + gap for _, h in sizes) / len(sizes)
    wanted = math.sqrt(len(sizes) * height * aspect / cell) if width is None else (width + gap) // cell
    bottoms = [0] * max(1, min(len(sizes), round(wanted)))
    corners: list[Corner] = []
    for _, h in sizes:
        at = bottoms.index(min(bottoms))
        corners.append((at * cell, bottoms[at]))
        bottoms[at] += h + gap
    return corners
