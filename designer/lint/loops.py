"""Circles in a graph."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

N = TypeVar("N", bound=Hashable)


def circles(graph: Mapping[N, Sequence[N]]) -> list[list[N]]:
    """Return the strongly connected components of two nodes or more (Tarjan 1972), without recursion.

    Within a component, nodes are in the order in which they were met.
    """
    search = _Search(graph)
    for node in graph:
        if node not in search.number:
            search.walk(node)
    return search.found


class _Search(Generic[N]):
    def __init__(self, graph: Mapping[N, Sequence[N]]):
        self.graph = graph
        self.number: dict[N, int] = {}
        self.low: dict[N, int] = {}
        self.open: dict[N, None] = {}
        self.found: list[list[N]] = []

    def walk(self, start: N) -> None:
        path: list[tuple[N, Iterator[N]]] = [self._enter(start)]
        while path:
            node, following = path[-1]
            new = self._step(node, following)
            if new is not None:
                path.append(self._enter(new))
                continue
            path.pop()
            if path:
                above = path[-1][0]
                self.low[above] = min(self.low[above], self.low[node])
            if self.low[node] == self.number[node]:
                self._close(node)

    def _enter(self, node: N) -> tuple[N, Iterator[N]]:
        self.number[node] = self.low[node] = len(self.number)
        self.open[node] = None
        return node, iter(self.graph.get(node, ()))

    def _step(self, node: N, following: Iterator[N]) -> N | None:
        """Return the next node that was not met yet, after taking note of those that were."""
        for each in following:
            if each not in self.number:
                return each
            if each in self.open:
                self.low[node] = min(self.low[node], self.number[each])
        return None

    def _close(self, node: N) -> None:
        members: list[N] = []
        while not members or members[-1] != node:
            members.append(self.open.popitem()[0])
        if len(members) > 1:
            self.found.append(members[::-1])
