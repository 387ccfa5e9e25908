"""Our own layered drawing, for where Graphviz is missing, too slow or broken: it cannot fail and takes linear time.

Within its layer a node stands by the mean place of its neighbours (the barycentre method of Sugiyama, Tagawa and Toda,
1981), swept back and forth a few times; then columns are stacked and centred.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from designer.layout.layers import Edge, Size, layers_of
from designer.layout.style import LEFT_RIGHT, Style

Positions = dict[str, tuple[int, int]]
SWEEPS = 6


def stacked(sizes: Mapping[str, Size], edges: Iterable[Edge], style: Style = LEFT_RIGHT) -> Positions:
    """Return the top left corner of each node; no two overlap."""
    edges = list(edges)
    layer = layers_of(sizes, edges, style)
    columns: list[list[str]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for node in sizes:
        columns[layer[node]].append(node)
    _sweep(columns, _neighbours(sizes, edges))
    return _stack(columns, sizes, style)


def _neighbours(sizes: Mapping[str, Size], edges: Iterable[Edge]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {node: [] for node in sizes}
    for a, b in edges:
        found[a].append(b)
        found[b].append(a)
    return found


def _sweep(columns: list[list[str]], neighbours: Mapping[str, list[str]]) -> None:
    place = {node: at / len(column) for column in columns for at, node in enumerate(column)}
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            column.sort(key=lambda node: _mean([place[each] for each in neighbours[node]], place[node]))
            place.update({node: at / len(column) for at, node in enumerate(column)})


def _mean(places: list[float], otherwise: float) -> float:
    return sum(places) / len(places) if places else otherwise


def _stack(columns: list[list[str]], sizes: Mapping[str, Size], style: Style) -> Positions:
    heights = [sum(sizes[node][1] + style.node_gap for node in column) - style.node_gap for column in columns]
    tallest = max(heights, default=0)
    positions: Positions = {}
    x = 0
    for column, height in zip(columns, heights, strict=True):
        y = (tallest - height) // 2
        for node in column:
            positions[node] = (x, y)
            y += sizes[node][1] + style.node_gap
        x += max(sizes[node][0] for node in column) + style.layer_gap
    return positions
