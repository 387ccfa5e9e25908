"""A compact drawing: tables in columns as a mason sets stones, those that refer to one another side by side.

The first order comes from the graph itself: the two slowest vibrations of its springs say who is far from whom (Hall,
"An r-dimensional quadratic placement algorithm", 1970). Then tables change places while that shortens the lines, and
slide up and down within their columns to where their lines are straightest.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from designer.layout.blocks import Positions
from designer.layout.layers import Edge, Size
from designer.layout.slide import slid
from designer.layout.style import COMPACT, Style

_Line = tuple[tuple[int, float], tuple[int, float]]
ROUNDS = 40
PASSES = 4
SWEEPS = 4
ACROSS = 1.2
"""How much worse a pixel across the columns is than one along them: a line that crosses a column runs over tables."""
SAME_COLUMN = 340
"""What it costs, in pixels, that a line leaves a column only to come back to it."""
CROSSING = 150
"""What it costs, in pixels, that two lines cross."""
MANY, FEW = 900, 2500
"""Up to how many tables times lines are drawn in many ways, or in two, to keep the best."""


def in_columns(sizes: Mapping[str, Size], edges: Iterable[Edge], style: Style = COMPACT) -> Positions:
    """Return the top left corner of each table; no two overlap. The same input gives the same picture."""
    if not sizes:
        return {}
    wall = _Wall(sizes, edges, style)
    best: tuple[float, Positions] | None = None
    for count, swapped in _trials(len(sizes), wall.lines, _column_count(sizes, style)):
        wall.fill(count, swapped)
        wall.improve()
        found, cost = wall.positions(), wall.cost()
        if best is None or cost < best[0]:
            best = (cost, found)
    return best[1] if best is not None else {}


def _trials(tables: int, lines: int, count: int) -> list[tuple[int, bool]]:
    """Return what to try: numbers of columns, and which of the two orders goes across."""
    tries = [(count, False)]
    if tables * lines <= FEW:
        tries.append((count, True))
    if tables * lines <= MANY:
        tries += [(each, swapped) for each in (count + 1, count - 1) for swapped in (False, True)]
    return [each for each in tries if 1 <= each[0] <= tables]


def _column_count(sizes: Mapping[str, Size], style: Style) -> int:
    area = sum((w + style.layer_gap) * (h + style.node_gap) for w, h in sizes.values())
    length = sum(h + style.node_gap for _, h in sizes.values())
    height = max(math.sqrt(area / style.aspect), max((h + style.node_gap for _, h in sizes.values()), default=1))
    return max(1, min(len(sizes), round(length / height)))


class _Wall:
    """At least one table in columns: who stands where, and what that costs."""

    def __init__(self, sizes: Mapping[str, Size], edges: Iterable[Edge], style: Style):
        self._sizes = sizes
        self._style = style
        self._needs = {node: h + style.node_gap for node, (_, h) in sizes.items()}
        self._near: dict[str, dict[str, int]] = {node: {} for node in sizes}
        for a, b in edges:
            if a != b:
                self._near[a][b] = self._near[a].get(b, 0) + 1
                self._near[b][a] = self._near[b].get(a, 0) + 1
        self.lines = sum(len(near) for near in self._near.values()) // 2
        self._order = _vibrations(list(sizes), self._near)
        self._columns: list[list[str]] = []
        self._heights: list[float] = []
        self._column: dict[str, int] = {}
        self._middle: dict[str, float] = {}
        self._pitch = ACROSS * (sum(w for w, _ in sizes.values()) / max(1, len(sizes)) + style.layer_gap)

    # The first order

    def fill(self, count: int, swapped: bool) -> None:
        """Deal the tables out to columns of about the same height."""
        across, along = reversed(self._order) if swapped else self._order
        length = sum(self._needs.values())
        self._columns = [[] for _ in range(count)]
        done = 0.0
        for node in sorted(self._sizes, key=lambda each: across[each]):
            need = self._needs[node]
            at = min(count - 1, int((done + need / 2) * count / length))
            self._columns[at].append(node)
            done += need
        self._columns = [column for column in self._columns if column]
        self._heights = [0.0] * len(self._columns)
        for at, column in enumerate(self._columns):
            column.sort(key=lambda each: along[each])
            self._stack(at)

    def _stack(self, at: int) -> None:
        """Note where the tables of a column have their middles when they stand tight, the column centred on zero."""
        column = self._columns[at]
        needs = [self._needs[node] for node in column]
        self._heights[at] = sum(needs)
        y = -self._heights[at] / 2
        for node, need in zip(column, needs, strict=True):
            self._column[node] = at
            self._middle[node] = y + need / 2
            y += need

    # Better places

    def improve(self) -> None:
        """Move each table to where its lines are shortest, as long as that helps."""
        for _ in range(PASSES):
            self._sort_columns()
            if not sum(self._moved(node) for node in self._sizes if self._near[node]):
                break
        self._sort_columns()

    def _sort_columns(self) -> None:
        for at, column in enumerate(self._columns):
            before = list(column)
            cost = self._cost_of(column)
            column.sort(key=self._pulled_to)
            self._stack(at)
            if self._cost_of(column) > cost:
                self._columns[at] = before
                self._stack(at)

    def _pulled_to(self, node: str) -> float:
        near = self._near[node]
        if not near:
            return self._middle[node]
        return sum(self._middle[other] * weight for other, weight in near.items()) / sum(near.values())

    def _moved(self, node: str) -> bool:
        """Put a table into the best of a few places near its neighbours; tell whether it moved."""
        home = self._column[node]
        y = self._pulled_to(node)
        wanted = sorted(self._column[other] for other in self._near[node])
        middle = wanted[len(wanted) // 2]
        for at in dict.fromkeys((middle, middle - 1, middle + 1)):
            if 0 <= at < len(self._columns) and at != home and self._exchanged(node, home, at, y):
                return True
        return False

    def _exchanged(self, node: str, home: int, at: int, y: float) -> bool:
        """Swap a table with the one of another column that is nearest to where it wants to be, if that is cheaper."""
        there = self._columns[at]
        other = min(there, key=lambda each: abs(self._middle[each] - y))
        if self._cost_at(node, at, self._middle[other]) >= self._cost_at(node, home, self._middle[node]):
            return False
        for swap in (True, False):
            affected = [*self._columns[home], *there]
            before = self._cost_of(affected) + self._unevenness()
            old = (list(self._columns[home]), list(there))
            place, spot = self._columns[home].index(node), there.index(other)
            if swap:
                self._columns[home][place], there[spot] = other, node
            elif len(self._columns[home]) > 1:
                self._columns[home].pop(place)
                there.insert(spot + (self._middle[other] < y), node)
            else:
                continue
            self._stack(home)
            self._stack(at)
            if self._cost_of(affected) + self._unevenness() < before - 1:
                return True
            self._columns[home][:], there[:] = old
            self._stack(home)
            self._stack(at)
        return False

    def _cost_of(self, nodes: Iterable[str]) -> float:
        """Return how long the lines at some tables are; those between two of them count twice, before as after."""
        return sum([self._cost_at(node, self._column[node], self._middle[node]) for node in nodes])

    def _cost_at(self, node: str, column: int, middle: float) -> float:
        """Return how long the lines of a table would be if it stood there."""
        columns, middles, pitch = self._column, self._middle, self._pitch
        total = 0.0
        for other, weight in self._near[node].items():
            apart = abs(columns[other] - column)
            total += weight * ((apart * pitch or SAME_COLUMN) + abs(middles[other] - middle))
        return total

    def _unevenness(self) -> float:
        """Return what it costs that the highest column stands out: room that stays empty beside it."""
        return 2 * max(self._heights) * math.sqrt(len(self._sizes))

    def cost(self) -> float:
        """Return what the whole wall costs: long lines, crossings, room that stays empty."""
        return self._cost_of(self._sizes) / 2 + CROSSING * self._crossings() + self._unevenness() + self._shape()

    def _crossings(self) -> int:
        """Return how many of the straight lines between neighbours cross."""
        ends = [
            ((self._column[a], self._middle[a]), (self._column[b], self._middle[b]))
            for a, near in self._near.items()
            for b in near
            if self._column[a] < self._column[b]
        ]
        return sum(_cross(one, other) for at, one in enumerate(ends) for other in ends[:at])

    def _shape(self) -> float:
        """Return what it costs to be wider or higher than wanted."""
        height = max(self._heights)
        width = sum(max(self._sizes[node][0] for node in column) + self._style.layer_gap for column in self._columns)
        return abs(math.log(width / height / self._style.aspect)) * 2 * math.sqrt(width * height)

    # The picture

    def positions(self) -> Positions:
        """Return the corners, each table slid along its column to where its lines are straightest."""
        gap = self._style.node_gap
        tallest = max(self._heights) - gap
        top = {node: self._middle[node] - self._sizes[node][1] / 2 + tallest / 2 for node in self._sizes}
        for sweep in range(SWEEPS):
            for column in self._columns if sweep % 2 == 0 else reversed(self._columns):
                wanted = [self._pulled_top(node, top) for node in column]
                lengths = [self._sizes[node][1] for node in column]
                top.update(zip(column, slid(wanted, lengths, gap, 0, tallest), strict=True))
        return self._corners(top)

    def _pulled_top(self, node: str, top: Mapping[str, float]) -> float:
        near = self._near[node]
        if not near:
            return top[node]
        half = self._sizes[node][1] / 2
        pulled = sum((top[other] + self._sizes[other][1] / 2) * weight for other, weight in near.items())
        return pulled / sum(near.values()) - half

    def _corners(self, top: Mapping[str, float]) -> Positions:
        found: Positions = {}
        x = 0
        for column in self._columns:
            ends = 0
            for node in column:
                y = max(round(top[node]), ends)
                found[node] = (x, y)
                ends = y + self._sizes[node][1] + self._style.node_gap
            x += max(self._sizes[node][0] for node in column) + self._style.layer_gap
        return found


def _cross(one: _Line, other: _Line) -> bool:
    """Tell whether two lines between columns cross where both run; ends that meet do not count."""
    (a, b), (c, d) = one, other
    low, high = max(a[0], c[0]), min(b[0], d[0])
    if low >= high or a == c or b == d:
        return False
    left = _height_at(one, low) - _height_at(other, low)
    right = _height_at(one, high) - _height_at(other, high)
    return left * right < 0


def _height_at(line: _Line, column: int) -> float:
    (x, y), (right, below) = line
    return y + (below - y) * (column - x) / (right - x)


def _vibrations(
    nodes: Sequence[str], near: Mapping[str, Mapping[str, int]]
) -> tuple[dict[str, float], dict[str, float]]:
    """Return two numbers a node, alike for neighbours: the slowest vibrations of the graph, by power iteration."""
    degree = [float(sum(near[node].values()) or 1) for node in nodes]
    number = {node: at for at, node in enumerate(nodes)}
    links = [[(number[other], weight) for other, weight in near[node].items()] for node in nodes]
    found: list[list[float]] = [[1.0] * len(nodes)]
    for turn in (1, 2):
        vector = [
            math.cos(math.pi * turn * (at + 0.5) / len(nodes)) + 0.01 * (at * 7919 % 13) for at in range(len(nodes))
        ]
        for _ in range(ROUNDS):
            vector = _apart(vector, found, degree)
            vector = [
                (own + sum(vector[other] * weight for other, weight in links[at]) / degree[at]) / 2
                for at, own in enumerate(vector)
            ]
        found.append(_apart(vector, found, degree))
    return dict(zip(nodes, found[1], strict=True)), dict(zip(nodes, found[2], strict=True))


def _apart(vector: Sequence[float], others: Sequence[Sequence[float]], degree: Sequence[float]) -> list[float]:
    """Return the vector without its share of the others, one long; all as weighed by the degrees."""
    left = list(vector)
    for other in others:
        size = sum(d * each * each for d, each in zip(degree, other, strict=True)) or 1.0
        share = sum(d * a * b for d, a, b in zip(degree, left, other, strict=True)) / size
        left = [a - share * b for a, b in zip(left, other, strict=True)]
    length = math.sqrt(sum(d * each * each for d, each in zip(degree, left, strict=True))) or 1.0
    return [each / length for each in left]
