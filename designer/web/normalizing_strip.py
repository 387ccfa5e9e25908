"""The strip: the columns of a relation side by side, keys with arrows above them, what offends below.

A line has a dot at each column on its left side and an arrow at each one on its right side; a left side of several
columns is held together by a bracket. The picture is of plain numbers in pixels; the template draws it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from designer.normalization.contract import bits

MOST_COLUMNS = 12
"""More columns side by side are no picture any more; the layers show them."""
MOST_LINES = 8
CELL_H = 28
LEVEL = 22
LABEL_W = 84
LETTER = 7.25
"""The width of a letter of the fixed font at 12 pixels."""
LETTERS = 16
GAP = 4
HALF = 10
"""How far from the middle of its cell a line leaves that shares the cell with others."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A dependency to draw. `kind`: key, partial, transitive, prime, multivalued, waived, proposed, fine."""

    left: int
    right: int
    kind: str
    title: str

    @property
    def above(self) -> bool:
        """Keys and what follows from whole keys stand above the columns."""
        return self.kind in ("key", "fine")


@dataclass(frozen=True, slots=True)
class Cell:
    """A column: its name as it fits, and its whole name."""

    x: float
    w: float
    text: str
    name: str
    key: bool

    @property
    def middle(self) -> float:
        """Where lines meet it."""
        return self.x + self.w / 2


@dataclass(frozen=True, slots=True)
class Line:
    """One dependency as drawn: its paths, the dots of its left side, the tips of its right side."""

    kind: str
    label: str
    title: str
    y: float
    path: str
    bracket: str
    dots: tuple[tuple[float, float], ...]
    tips: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """A picture of a relation. `more` lines were left out."""

    width: float
    height: float
    top: float
    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]
    more: int
    said: str

    @property
    def base(self) -> float:
        """Where names stand within the cells."""
        return self.top + CELL_H / 2 + 4


_LABELS = {
    "key": "key", "fine": "from a key", "partial": "partial", "transitive": "transitive", "prime": "not a key",
    "multivalued": "many-valued", "waived": "kept as is", "proposed": "suspected",
}  # fmt: skip


def strip(names: Sequence[str], primes: int, arrows: Sequence[Arrow]) -> Strip:
    """Return the picture of a relation; `primes` are the columns that keys are made of."""
    cells = _cells(names, primes)
    above = [each for each in arrows if each.above][:MOST_LINES]
    below = [each for each in arrows if not each.above][:MOST_LINES]
    top = len(above) * LEVEL + 8.0
    shared = _Shared(cells)
    lines = [_line(each, top - 10 - LEVEL * at, top, shared) for at, each in enumerate(above)]
    bottom = top + CELL_H
    lines += [_line(each, bottom + 14 + LEVEL * at, bottom, shared) for at, each in enumerate(below)]
    height = bottom + len(below) * LEVEL + 8
    width = (cells[-1].x + cells[-1].w if cells else LABEL_W) + 2
    more = len(arrows) - len(above) - len(below)
    said = "; ".join(f"{_LABELS[each.kind]}: {each.title}" for each in (*above, *below))
    return Strip(width, height, top, tuple(cells), tuple(lines), more, said or "no dependencies are known")


def _cells(names: Sequence[str], primes: int) -> list[Cell]:
    found: list[Cell] = []
    x = float(LABEL_W)
    for number, name in enumerate(names):
        text = name if len(name) <= LETTERS else name[: LETTERS - 1] + "…"
        width = round(max(40.0, len(text) * LETTER + 16), 1)
        found.append(Cell(x, width, text, name, bool(primes >> number & 1)))
        x = round(x + width + GAP, 1)
    return found


class _Shared:
    """Gives lines that meet one cell on the same side a place of their own, so that none hides another."""

    def __init__(self, cells: Sequence[Cell]):
        self._cells = cells
        self._taken: dict[tuple[int, bool], int] = {}

    def place(self, column: int, above: bool) -> float:
        """Return where the next line meets a cell: the middle, then left and right of it."""
        taken = self._taken.get((column, above), 0)
        self._taken[column, above] = taken + 1
        room = min(HALF, self._cells[column].w / 2 - 6)
        step = (0.0, -1.0, 1.0, -0.5, 0.5)[taken % 5]
        return round(self._cells[column].middle + step * room, 1)


def _line(arrow: Arrow, y: float, edge: float, shared: _Shared) -> Line:
    lefts = [shared.place(each, arrow.above) for each in bits(arrow.left)]
    rights = [shared.place(each, arrow.above) for each in bits(arrow.right & ~arrow.left)]
    ends = [*lefts, *rights] or [float(LABEL_W)]
    down = 1 if arrow.above else -1
    path = f"M{min(ends)} {y}H{max(ends)}" + "".join(f"M{x} {y}V{edge - down * 6}" for x in rights)
    path += "".join(f"M{x} {y}V{edge}" for x in lefts)
    bracket = ""
    if len(lefts) > 1:
        far = y - down * 4
        bracket = f"M{min(lefts)} {y}V{far}H{max(lefts)}V{y}"
    tips = tuple(f"M{x} {edge}l-3.5 {-down * 7}h7z" for x in rights)
    return Line(arrow.kind, _LABELS[arrow.kind], arrow.title, y + 4, path, bracket, tuple((x, y) for x in lefts), tips)
