"""An order for a graph: what must come first does, wishes as far as they go, and the rest by rank."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from heapq import heapify, heappop, heappush
from typing import Any, TypeVar

N = TypeVar("N", bound=Hashable)
Graph = dict[N, set[N]]
"""Node -> the nodes that come before it."""


def circles(graph: Graph[N]) -> Iterator[list[N]]:
    """Yield the strongly connected components with more than one node (Tarjan 1972, without recursion)."""
    number: dict[N, int] = {}
    low: dict[N, int] = {}
    open_nodes: dict[N, None] = {}
    for root in graph:
        if root in number:
            continue
        path: list[tuple[N, Iterator[N]]] = []
        following: N | None = root
        while path or following is not None:
            if following is not None:
                number[following] = low[following] = len(number)
                open_nodes[following] = None
                path.append((following, iter(graph.get(following, ()))))
                following = None
            node, rest = path[-1]
            for each in rest:
                if each not in number:
                    following = each
                    break
                if each in open_nodes:
                    low[node] = min(low[node], number[each])
            if following is not None:
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == number[node]:
                component = _closed(open_nodes, node)
                if len(component) > 1:
                    yield component


def _closed(open_nodes: dict[N, None], node: N) -> list[N]:
    component: list[N] = []
    while not component or component[-1] != node:
        component.append(open_nodes.popitem()[0])
    return component


def in_order(graph: Graph[N], wishes: Graph[N], rank: Callable[[N], Any]) -> list[N]:
    """Return the nodes so that each comes after those that it must follow (Kahn 1962), the first by rank first.

    Wishes are kept where they close no circle. A circle of musts, which no database has, is entered where the rank
    is least, when all that it waits for is done.
    """
    before = {node: {each for each in graph[node] if each in graph} for node in graph}
    _grant(wishes, before)
    behind: dict[N, list[N]] = {node: [] for node in graph}
    for node, firsts in before.items():
        for first in firsts:
            behind[first].append(node)
    waiting = {node: len(firsts) for node, firsts in before.items()}
    place = {node: index for index, node in enumerate(graph)}
    ready = [(rank(node), place[node], node) for node, count in waiting.items() if count == 0]
    heapify(ready)
    done: list[N] = []
    while waiting:
        if not ready:
            left = {node: {each for each in before[node] if each in waiting} for node in waiting}
            stuck = min(next(circles(left)), key=lambda node: (rank(node), place[node]))  # waits for nothing else
            ready.append((rank(stuck), place[stuck], stuck))
        node = heappop(ready)[2]
        if waiting.pop(node, None) is None:
            continue
        done.append(node)
        for each in behind[node]:
            if each in waiting:
                waiting[each] -= 1
                if waiting[each] == 0:
                    heappush(ready, (rank(each), place[each], each))
    return done


def _grant(wishes: Graph[N], before: Graph[N]) -> None:
    """Add wishes to what must be, but for those that are part of a circle."""
    joined = {node: before[node] | {each for each in wishes.get(node, ()) if each in before} for node in before}
    home = {node: index for index, circle in enumerate(circles(joined)) for node in circle}
    for node, firsts in joined.items():
        for first in firsts - before[node]:
            if first != node and (node not in home or home.get(first) != home[node]):
                before[node].add(first)
