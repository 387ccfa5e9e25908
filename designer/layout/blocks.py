"""Blocks: parts of a picture that are drawn and then put together as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from designer.layout.box import Box, grown, union
from designer.layout.layers import Size
from designer.layout.spatial_index import SpatialIndex

Corner = tuple[int, int]
Positions = dict[str, Corner]
ROUNDS = 3


@dataclass(slots=True)
class Block:
    """A part that is drawn: where its boxes stand within it, and how large it is.

    `parts` are rectangles that hold all of its boxes; between them there may be room for others.
    """

    corners: Positions
    w: int
    h: int
    parts: Sequence[Box] = ()

    def moved(self, corner: Corner) -> Positions:
        """Return where its boxes stand when it begins at a corner."""
        return {key: (x + corner[0], y + corner[1]) for key, (x, y) in self.corners.items()}


def block_of(corners: Positions, sizes: Mapping[str, Size]) -> Block:
    """Return the block of these boxes, moved so that it begins at (0, 0)."""
    if not corners:
        return Block({}, 0, 0)
    x = min(corner[0] for corner in corners.values())
    y = min(corner[1] for corner in corners.values())
    right = max(corner[0] + sizes[key][0] for key, corner in corners.items())
    bottom = max(corner[1] + sizes[key][1] for key, corner in corners.items())
    moved = {key: (cx - x, cy - y) for key, (cx, cy) in corners.items()}
    return Block(moved, right - x, bottom - y, [Box(0, 0, right - x, bottom - y)])


def overlaps(corners: Positions, sizes: Mapping[str, Size]) -> bool:
    """Tell whether any two boxes share more than an edge."""
    index = SpatialIndex()
    for key, corner in corners.items():
        box = Box(*corner, *sizes[key])
        if index.query(box):
            return True
        index.insert(key, box)
    return False


def settled(blocks: Sequence[Block], corners: Sequence[Corner], sizes: Mapping[str, Size], gap: int) -> list[Corner]:
    """Return corners with which the blocks stand closer: each slides towards the middle until a box is `gap` away.

    Blocks are packed as rectangles, but few fill theirs. None turns or passes another, so that what was near stays so.
    """
    return _Settling(blocks, corners, sizes, gap).run()


class _Settling:
    def __init__(self, blocks: Sequence[Block], corners: Sequence[Corner], sizes: Mapping[str, Size], gap: int):
        self._blocks = blocks
        self._corners = list(corners)
        self._sizes = sizes
        self._gap = gap
        self._index = SpatialIndex()
        self._home = {key: at for at, block in enumerate(blocks) for key in block.corners}
        self._boxes: dict[str, Box] = {}
        for at in range(len(blocks)):
            self._stand(at)

    def _stand(self, at: int) -> None:
        for key, corner in self._blocks[at].moved(self._corners[at]).items():
            self._boxes[key] = Box(*corner, *self._sizes[key])
            self._index.insert(key, self._boxes[key])

    def run(self) -> list[Corner]:
        """Return where the blocks end."""
        for _ in range(ROUNDS):
            middle = self._middle()
            if not sum([self._slide(at, middle) for at in self._inside_out(middle)]):
                break
        return self._corners

    def _middle(self) -> tuple[float, float]:
        bounds = union(self._boxes.values()) or Box(0, 0, 0, 0)
        return bounds.x + bounds.w / 2, bounds.y + bounds.h / 2

    def _centre(self, at: int) -> tuple[float, float]:
        block, (x, y) = self._blocks[at], self._corners[at]
        return x + block.w / 2, y + block.h / 2

    def _inside_out(self, middle: tuple[float, float]) -> list[int]:
        def distance(at: int) -> float:
            x, y = self._centre(at)
            return abs(x - middle[0]) + abs(y - middle[1])

        return sorted(range(len(self._blocks)), key=lambda at: (distance(at), at))

    def _slide(self, at: int, middle: tuple[float, float]) -> bool:
        """Slide a block along each axis as far as the middle of the picture; tell whether it moved."""
        before = self._corners[at]
        for axis in (0, 1):
            wanted = round(middle[axis] - self._centre(at)[axis])
            way = self._free_way(at, axis, wanted)
            if way:
                x, y = self._corners[at]
                self._corners[at] = (x + way, y) if axis == 0 else (x, y + way)
                self._stand(at)
        return self._corners[at] != before

    def _free_way(self, at: int, axis: int, wanted: int) -> int:
        """Return how far of the wanted way no box of the block comes too close to one of another block."""
        left = abs(wanted)
        for key in self._blocks[at].corners:
            if left == 0:
                break
            box = self._boxes[key]
            swept = grown(_swept(box, axis, left if wanted > 0 else -left), self._gap)
            for other in self._index.query(swept):
                if self._home[other] != at:
                    left = min(left, max(0, int(_distance(box, self._boxes[other], axis, wanted)) - self._gap))
        return left if wanted > 0 else -left


def _swept(box: Box, axis: int, way: int) -> Box:
    if axis == 0:
        return Box(min(box.x, box.x + way), box.y, box.w + abs(way), box.h)
    return Box(box.x, min(box.y, box.y + way), box.w, box.h + abs(way))


def _distance(box: Box, other: Box, axis: int, way: int) -> float:
    """Return the room between two boxes on an axis, in the direction of the way; none for one that lies behind."""
    if axis == 0:
        return other.x - box.right if way > 0 else box.x - other.right
    return other.y - box.bottom if way > 0 else box.y - other.bottom
