"""Cutting a graph into parts that can be laid out alone: connected components and communities."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence

Edge = tuple[str, str]
MOST_IN_COMMUNITY = 40
SMALL_COMMUNITY = 4


def components(nodes: Sequence[str], edges: Iterable[Edge]) -> list[list[str]]:
    """Return the connected components, each in the order of `nodes`, by the place of their first node."""
    root = {node: node for node in nodes}
    for a, b in edges:
        root[_find(root, a)] = _find(root, b)
    gathered: dict[str, list[str]] = {}
    for node in nodes:
        gathered.setdefault(_find(root, node), []).append(node)
    return list(gathered.values())


def _find(root: dict[str, str], node: str) -> str:
    while root[node] != node:
        root[node] = root[root[node]]
        node = root[node]
    return node


def communities(nodes: Sequence[str], edges: Iterable[Edge], most: int = MOST_IN_COMMUNITY) -> list[list[str]]:
    """Return groups of at most `most` nodes with many edges inside and few between.

    Greedy modularity (Clauset, Newman and Moore, "Finding community structure in very large networks", 2004): the two
    groups whose union raises modularity most are joined, as long as the union is not too large. What is left very
    small then joins the neighbour it has most edges with, up to a quarter above `most`; single nodes that found no
    room, the leaves of a very large star, form groups of their own. The same input gives the same groups.
    """
    merger = _Merger(nodes, edges, most)
    merger.run()
    merger.adopt_small()
    merger.gather_leaves()
    return merger.groups()


class _Merger:
    """Groups by number, the weights between them, and a heap of possible unions by gain."""

    def __init__(self, nodes: Sequence[str], edges: Iterable[Edge], most: int):
        self._number = {node: at for at, node in enumerate(nodes)}
        self._members: dict[int, list[str]] = {at: [node] for node, at in self._number.items()}
        self._weights: list[dict[int, int]] = [defaultdict(int) for _ in nodes]
        self._degree = [0] * len(nodes)
        self._most = most
        self._version = [0] * len(nodes)
        self._heap: list[tuple[float, int, int, int, int]] = []
        for a, b in edges:
            self._connect(self._number[a], self._number[b])
        self._twice_edges = max(1, sum(self._degree))

    def _connect(self, a: int, b: int) -> None:
        if a == b:
            return
        self._weights[a][b] += 1
        self._weights[b][a] += 1
        self._degree[a] += 1
        self._degree[b] += 1

    def run(self) -> None:
        """Join groups while that raises modularity."""
        for group in self._members:
            self._offer(group, above=group)
        while self._heap:
            gain, a, b, version_a, version_b = heapq.heappop(self._heap)
            stale = a not in self._members or b not in self._members
            if stale or self._version[a] != version_a or self._version[b] != version_b or gain >= 0:
                continue
            if len(self._members[a]) + len(self._members[b]) <= self._most:
                self._join(a, b)
                self._offer(a)

    def _offer(self, group: int, above: int = -1) -> None:
        for other, weight in self._weights[group].items():
            if other <= above or len(self._members[group]) + len(self._members[other]) > self._most:
                continue
            gain = weight - self._degree[group] * self._degree[other] / self._twice_edges
            a, b = min(group, other), max(group, other)
            heapq.heappush(self._heap, (-gain, a, b, self._version[a], self._version[b]))

    def _join(self, kept: int, gone: int) -> None:
        self._members[kept] += self._members.pop(gone)
        self._degree[kept] += self._degree[gone]
        self._version[kept] += 1
        for other, weight in self._weights[gone].items():
            del self._weights[other][gone]
            if other != kept:
                self._weights[other][kept] += weight
                self._weights[kept][other] += weight
        self._weights[gone] = {}

    def adopt_small(self) -> None:
        """Let very small groups join the neighbour they have most edges with, even where it is nearly full."""
        for group in sorted(self._members, key=lambda each: (len(self._members[each]), each)):
            if group not in self._members or len(self._members[group]) >= SMALL_COMMUNITY:
                continue
            room = self._most + self._most // 4 - len(self._members[group])
            neighbours = [
                (-weight, len(self._members[other]), other)
                for other, weight in self._weights[group].items()
                if len(self._members[other]) <= room
            ]
            if neighbours:
                self._join(min(neighbours)[2], group)

    def gather_leaves(self) -> None:
        """Join single nodes that hang on the same full group, as many to a group as it takes."""
        open_group: dict[int, int] = {}
        for group in [each for each, members in self._members.items() if len(members) == 1]:
            if not self._weights[group]:
                continue
            host = min(self._weights[group], key=lambda each: (-self._weights[group][each], each))
            gathered = open_group.get(host)
            if gathered is None or len(self._members[gathered]) >= self._most:
                open_group[host] = group
            else:
                self._join(gathered, group)

    def groups(self) -> list[list[str]]:
        """Return the members of each group in the order of the nodes."""
        found = [sorted(members, key=self._number.__getitem__) for members in self._members.values()]
        return sorted(found, key=lambda members: self._number[members[0]])
