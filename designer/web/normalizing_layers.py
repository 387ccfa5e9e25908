"""The layers: what determines what in a relation of many columns, from the keys to the right.

A box holds columns that determine one another, with the columns below that hang on them directly. Lines that follow
from others are left out. The picture is of plain numbers in pixels; the template draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from designer.normalization.closure import Closure
from designer.normalization.contract import FD, bits
from designer.normalization.cover import minimal_cover

LETTER = 7.25
LETTERS = 22
ROW = 19
HEAD = 24
MOST_ROWS = 9
MOST_BOXES = 40
ACROSS = 56
BETWEEN = 16


@dataclass(slots=True)
class Box:
    """Columns that determine the same: every left side that does, and what hangs on them directly."""

    lefts: list[int]
    closure: int
    rights: int = 0
    layer: int = 0
    key: bool = False
    heads: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    more: int = 0
    x: float = 0.0
    y: float = 0.0
    w: float = 0.0
    h: float = 0.0

    @property
    def columns(self) -> int:
        """All columns of the left sides."""
        found = 0
        for each in self.lefts:
            found |= each
        return found

    @property
    def head_h(self) -> float:
        """The height of its head, in pixels."""
        return max(1, len(self.heads)) * ROW + (HEAD - ROW)

    @property
    def texts(self) -> list[tuple[str, float, float]]:
        """Every line of text with its place; the heads come first."""
        heads = [(text, self.x + 10, self.y + 17 + ROW * at) for at, text in enumerate(self.heads)]
        rows = [*self.rows, *([f"+ {self.more} more"] if self.more else [])]
        return heads + [(text, self.x + 10, self.y + self.head_h + 16 + ROW * at) for at, text in enumerate(rows)]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line between two boxes, and its tip."""

    path: str
    tip: str


@dataclass(frozen=True, slots=True)
class Layers:
    """A picture of a relation. `loose` are columns that nothing determines and that determine nothing alone."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Curve, ...]
    said: str
    more: int = 0


def layers(names: Sequence[str], fds: Iterable[FD], keys: Sequence[int]) -> Layers:
    """Return the picture of a relation; `keys` are some or all of its candidate keys."""
    cover = minimal_cover(fds, len(names))
    closure = Closure(cover, len(names))
    boxes = _boxes(cover, closure, keys, (1 << len(names)) - 1)
    shown = boxes[:MOST_BOXES]
    above = _reduced(shown)
    _layered(shown, above)
    for box in shown:
        _written(box, names)
    width, height = _placed(shown)
    lines = tuple(_curve(shown[low], shown[high]) for high, lows in above.items() for low in lows)
    return Layers(width, height, tuple(shown), lines, _said(shown, names), len(boxes) - len(shown))


def _boxes(cover: Sequence[FD], closure: Closure, keys: Sequence[int], every: int) -> list[Box]:
    """Fold the left sides that determine the same into one box each; keys come first."""
    found: dict[int, Box] = {}
    for left in dict.fromkeys([*keys, *(fd.left for fd in cover)]):
        reached = closure.of(left)
        box = found.setdefault(reached, Box([], reached, key=reached == every))
        box.lefts.append(left)
    for fd in cover:
        found[closure.of(fd.left)].rights |= fd.right
    alone = sum(left for box in found.values() for left in box.lefts if left.bit_count() == 1)
    for box in found.values():
        box.rights &= ~(box.columns | alone)  # a column with a box of its own is reached by a line
    return sorted(found.values(), key=lambda box: (not box.key, -box.closure.bit_count()))


def _reduced(boxes: Sequence[Box]) -> dict[int, list[int]]:
    """Return which boxes lie directly below which: each is reached from it, and from no other one between."""
    below: dict[int, list[int]] = {}
    for high, one in enumerate(boxes):
        under = [low for low, box in enumerate(boxes) if low != high and _within(box, one)]
        below[high] = [low for low in under if not any(mid != low and _within(boxes[low], boxes[mid]) for mid in under)]
    return below


def _within(low: Box, high: Box) -> bool:
    return low.closure & ~high.closure == 0


def _layered(boxes: Sequence[Box], below: dict[int, list[int]]) -> None:
    """Put each box one layer beyond the farthest that reaches it. Boxes come by size, so one pass is enough."""
    for high in range(len(boxes)):
        for low in below[high]:
            boxes[low].layer = max(boxes[low].layer, boxes[high].layer + 1)


def _written(box: Box, names: Sequence[str]) -> None:
    shown = box.lefts[:3]
    box.heads = [_cut(", ".join(names[each] for each in bits(left)) or "{}") for left in shown]
    if len(box.lefts) > len(shown):
        box.heads.append(f"and {len(box.lefts) - len(shown)} more")
    rights = [_cut(names[each]) for each in bits(box.rights)]
    box.rows, box.more = rights[:MOST_ROWS], max(0, len(rights) - MOST_ROWS)
    lines = [*box.heads, *box.rows, *([f"+ {box.more} more"] if box.more else [])]
    box.w = round(max(72.0, max(len(each) for each in lines) * LETTER + 24), 1)
    rows = len(box.rows) + (1 if box.more else 0)
    box.h = box.head_h + rows * ROW + (6 if rows else 0)


def _cut(text: str) -> str:
    return text if len(text) <= LETTERS else text[: LETTERS - 1] + "…"


def _placed(boxes: Sequence[Box]) -> tuple[float, float]:
    """Set the places column by column; return the size of the whole."""
    x, height = 4.0, 0.0
    for layer in range(max((box.layer for box in boxes), default=-1) + 1):
        own = [box for box in boxes if box.layer == layer]
        y = 4.0
        for box in own:
            box.x, box.y = x, y
            y += box.h + BETWEEN
        height = max(height, y - BETWEEN)
        x += max((box.w for box in own), default=0.0) + ACROSS
    return max(4.0, x - ACROSS) + 4, height + 4


def _curve(low: Box, high: Box) -> Curve:
    x1, y1 = high.x + high.w, high.y + high.head_h / 2
    x2, y2 = low.x, low.y + low.head_h / 2
    bend = max(18.0, (x2 - x1) / 2)
    return Curve(f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2 - 6} {y2}", f"M{x2} {y2}l-7 -3.5v7z")


def _said(boxes: Sequence[Box], names: Sequence[str]) -> str:
    parts = []
    for box in boxes:
        lefts = " or ".join(", ".join(names[each] for each in bits(left)) or "nothing" for left in box.lefts[:3])
        rights = ", ".join(names[each] for each in bits(box.rights))
        parts.append(f"{lefts} determines {rights}" if rights else f"{lefts} is a key" if box.key else lefts)
    return "; ".join(parts) or "no dependencies are known"
