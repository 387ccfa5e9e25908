"""Layers: which column of a left-to-right drawing each table stands in, parents to the left of their children.

After Coffman and Graham, "Optimal scheduling for two-processor systems" (1972), as Sugiyama-style drawing uses it: a
layer takes no more than fits the wanted shape of the picture, so that fifty children of one table become several
columns and not one endless one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from designer.layout.style import LEFT_RIGHT, Style

Size = tuple[int, int]
Edge = tuple[str, str]


def layers_of(sizes: Mapping[str, Size], edges: Iterable[Edge], style: Style = LEFT_RIGHT) -> dict[str, int]:
    """Return the layer of each node, from 0; an edge (child, parent) has its parent in a lower layer.

    Of edges that form a cycle one is ignored.
    """
    parents = _without_cycles(list(sizes), edges)
    children: dict[str, list[str]] = {node: [] for node in sizes}
    for child, above in parents.items():
        for parent in above:
            children[parent].append(child)
    room = _room(sizes, style)
    needs = {node: h + style.node_gap for node, (_, h) in sizes.items()}
    layer, filled = _first_fit(needs, parents, children, room)
    _pull_to_children(needs, parents, children, layer, filled, room)
    return _numbered_from_zero(layer)


def _room(sizes: Mapping[str, Size], style: Style) -> float:
    """Return how high a layer may be for the whole to have about the wanted aspect ratio."""
    area = sum((w + style.layer_gap) * (h + style.node_gap) for w, h in sizes.values())
    tallest = max((h for _, h in sizes.values()), default=0)
    return max(tallest + style.node_gap, 1.25 * math.sqrt(area / style.aspect))


def _without_cycles(nodes: Sequence[str], edges: Iterable[Edge]) -> dict[str, list[str]]:
    """Return node -> parents without the edges that would close a cycle, walked depth first in the given order."""
    above: dict[str, list[str]] = {node: [] for node in nodes}
    for child, parent in dict.fromkeys(edges):
        if child != parent:
            above[child].append(parent)
    kept: dict[str, list[str]] = {node: [] for node in nodes}
    state: dict[str, int] = {}
    for start in nodes:
        _walk(start, above, kept, state)
    return kept


def _walk(start: str, above: Mapping[str, list[str]], kept: dict[str, list[str]], state: dict[str, int]) -> None:
    """Visit everything above `start`; `state` is 1 for what is on the way and 2 for what is done."""
    if start in state:
        return
    state[start] = 1
    stack = [(start, iter(above[start]))]
    while stack:
        node, rest = stack[-1]
        parent = next(rest, None)
        if parent is None:
            state[node] = 2
            stack.pop()
        elif state.get(parent) != 1:
            kept[node].append(parent)
            if parent not in state:
                state[parent] = 1
                stack.append((parent, iter(above[parent])))


def _first_fit(
    needs: Mapping[str, int], parents: Mapping[str, list[str]], children: Mapping[str, list[str]], room: float
) -> tuple[dict[str, int], list[float]]:
    """Put each node into the first layer behind its parents that has room, those with the longest lines below first."""
    depth = _depths(parents, children)
    order = sorted(needs, key=lambda node: -depth[node])
    layer: dict[str, int] = {}
    filled: list[float] = []
    for node in order:
        need = needs[node]
        at = max((layer[parent] + 1 for parent in parents[node]), default=0)
        while at < len(filled) and filled[at] + need > room:
            at += 1
        filled.extend([0.0] * (at + 1 - len(filled)))
        layer[node] = at
        filled[at] += need
    return layer, filled


def _depths(parents: Mapping[str, list[str]], children: Mapping[str, list[str]]) -> dict[str, int]:
    """Return the length of the longest line of descendants below each node."""
    waiting = {node: len(below) for node, below in children.items()}
    ready = [node for node, count in waiting.items() if count == 0]
    depth = dict.fromkeys(children, 0)
    while ready:
        node = ready.pop()
        for parent in parents[node]:
            depth[parent] = max(depth[parent], depth[node] + 1)
            waiting[parent] -= 1
            if waiting[parent] == 0:
                ready.append(parent)
    return depth


def _pull_to_children(
    needs: Mapping[str, int],
    parents: Mapping[str, list[str]],
    children: Mapping[str, list[str]],
    layer: dict[str, int],
    filled: list[float],
    room: float,
) -> None:
    """Move nodes that have fewer parents than children to the right, next to the nearest child, where there is room."""
    for node in sorted(needs, key=lambda each: -layer[each]):
        if not children[node] or len(parents[node]) > len(children[node]):
            continue
        need = needs[node]
        nearest = min(layer[child] for child in children[node]) - 1
        for at in range(nearest, layer[node], -1):
            if filled[at] + need <= room:
                filled[layer[node]] -= need
                filled[at] += need
                layer[node] = at
                break


def _numbered_from_zero(layer: Mapping[str, int]) -> dict[str, int]:
    used = {value: at for at, value in enumerate(sorted(set(layer.values())))}
    return {node: used[value] for node, value in layer.items()}
