"""A uniform grid over the plane: which boxes lie near a place, in the time of the answer.

Pascal's idea of fixed cells for near-neighbour look-up (Bentley, Stanat and Williams, 1977): tables have similar
sizes, so that a grid is both simpler and faster here than a tree.
"""

from __future__ import annotations

from designer.layout.box import Box, intersects

CELL = 512


class SpatialIndex:
    """Boxes by key, found by rectangle."""

    def __init__(self, cell: int = CELL):
        self._cell = cell
        self._cells: dict[tuple[int, int], list[str]] = {}
        self._boxes: dict[str, Box] = {}

    def insert(self, key: str, box: Box) -> None:
        """Add a box; a key that is there already is moved."""
        if key in self._boxes:
            self.remove(key)
        self._boxes[key] = box
        for cell in self._covered(box):
            self._cells.setdefault(cell, []).append(key)

    def remove(self, key: str) -> None:
        """Take a box out; an unknown key is no error."""
        box = self._boxes.pop(key, None)
        if box is None:
            return
        for cell in self._covered(box):
            self._cells[cell].remove(key)

    def query(self, area: Box) -> list[str]:
        """Return the keys of the boxes that share more than an edge with `area`, each once."""
        found: dict[str, None] = {}
        for cell in self._covered(area):
            for key in self._cells.get(cell, ()):
                if key not in found and intersects(self._boxes[key], area):
                    found[key] = None
        return list(found)

    def boxes_in(self, area: Box) -> list[Box]:
        """Return the boxes that share more than an edge with `area`, each once."""
        return [self._boxes[key] for key in self.query(area)]

    def holds(self, area: Box) -> bool:
        """Tell whether any box shares more than an edge with `area`."""
        return any(
            intersects(self._boxes[key], area) for cell in self._covered(area) for key in self._cells.get(cell, ())
        )

    def _covered(self, box: Box) -> list[tuple[int, int]]:
        size, (x, y, w, h) = self._cell, box
        first, last = int(x // size), int((x + w) // size)
        top, bottom = int(y // size), int((y + h) // size)
        if first == last and top == bottom:
            return [(first, top)]
        return [(column, row) for column in range(first, last + 1) for row in range(top, bottom + 1)]
