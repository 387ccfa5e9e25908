"""Second pass: an order in which everything can be created, close to the order in which people keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import ceil

from designer.schema import Id

Graph = dict[Id, list[Id]]


@dataclass(slots=True)
class Needs:
    """Who must come before whom.

    A hard need cannot be put off: a table needs its parent. A firm one can, at the price of a statement more: the
    function in a check. A soft one is a wish: a foreign key, or what the body of a function names.
    """

    hard: Graph = field(default_factory=dict)
    soft: Graph = field(default_factory=dict)
    firm: Graph = field(default_factory=dict)

    def of(self, node: Id) -> list[Id]:
        """Return all that `node` needs, the hard needs first."""
        return self.hard.get(node, []) + self.firm.get(node, []) + self.soft.get(node, [])


def creation_order(nodes: Sequence[Id], needs: Needs, rank: Mapping[Id, int] | None = None) -> list[Id]:
    """Return `nodes` so that needs come first, and otherwise as they are given.

    Strongly connected components (Tarjan 1972), which are circles of foreign keys, count as one node; inside them
    the soft needs do not matter, and inside a circle of firm ones only the hard. The components come out by Kahn's
    algorithm (1962), the first by place first, so that a script that is read and written again stays the same. What
    something of a lower `rank` needs goes before all of that rank: the functions in defaults before the tables.
    """
    place = {node: number for number, node in enumerate(nodes)}
    circles = list(_components(nodes, lambda node: [each for each in needs.of(node) if each in place]))
    home = {node: number for number, circle in enumerate(circles) for node in circle}
    needed = [
        {home[each] for node in circle for each in needs.of(node) if each in place} - {number}
        for number, circle in enumerate(circles)
    ]
    first = [min(place[node] for node in circle) for circle in circles]
    ranks = [min(rank.get(node, 0) for node in circle) if rank else 0 for circle in circles]
    return [
        node
        for number in _most_urgent_first(needed, _urgency(needed, ranks), first)
        for node in _inside(circles[number], (needs.hard, needs.firm), place)
    ]


def _urgency(needed: list[set[int]], ranks: list[int]) -> list[float]:
    """Return the rank of each component, or just under that of a lower one which needs it."""
    urgency: list[float] = [*ranks]
    for number in range(len(needed) - 1, -1, -1):
        for each in needed[number]:
            if urgency[number] < urgency[each]:
                urgency[each] = ceil(urgency[number]) - 0.5  # however long the chain, behind all of the rank before
    return urgency


def _most_urgent_first(needed: list[set[int]], urgency: list[float], first: list[int]) -> Iterator[int]:
    waiting = [len(each) for each in needed]
    needed_by: list[list[int]] = [[] for _ in needed]
    for number, each in enumerate(needed):
        for need in each:
            needed_by[need].append(number)
    ready = [(urgency[number], first[number], number) for number, count in enumerate(waiting) if count == 0]
    heapify(ready)
    while ready:
        _, _, number = heappop(ready)
        yield number
        for freed in needed_by[number]:
            waiting[freed] -= 1
            if waiting[freed] == 0:
                heappush(ready, (urgency[freed], first[freed], freed))


def _inside(circle: list[Id], kinds: tuple[Graph, ...], place: dict[Id, int]) -> list[Id]:
    """Return a circle in the order of places, as far as the `kinds` of needs allow; the last kind gives way first."""
    if len(circle) == 1 or not kinds:
        return circle
    members = set(circle)
    circle = sorted(circle, key=place.__getitem__)
    needs = {
        node: [each for kind in kinds for each in kind.get(node, ()) if each in members and each != node]
        for node in circle
    }
    return [node for group in _components(circle, needs.__getitem__) for node in _inside(group, kinds[:-1], place)]


def _components(nodes: Sequence[Id], needs: Callable[[Id], list[Id]]) -> Iterator[list[Id]]:
    """Yield the strongly connected components, each after those it needs (Tarjan 1972, without recursion)."""
    search = _Search(needs)
    for root in nodes:
        if root not in search.number:
            yield from search.explore(root)


class _Search:
    """The state of Tarjan's walk: `number` is when a node was entered, `low` the earliest open node it leads to."""

    def __init__(self, needs: Callable[[Id], list[Id]]):
        self.needs = needs
        self.number: dict[Id, int] = {}
        self.low: dict[Id, int] = {}
        self.unfinished: dict[Id, None] = {}
        self.path: list[tuple[Id, Iterator[Id]]] = []

    def explore(self, root: Id) -> Iterator[list[Id]]:
        self.enter(root)
        while self.path:
            node, rest = self.path[-1]
            following = self.next_of(node, rest)
            if following is not None:
                self.enter(following)
                continue
            self.path.pop()
            if self.path:
                above = self.path[-1][0]
                self.low[above] = min(self.low[above], self.low[node])
            if self.low[node] == self.number[node]:
                yield self.finish(node)

    def enter(self, node: Id) -> None:
        self.number[node] = self.low[node] = len(self.number)
        self.unfinished[node] = None
        self.path.append((node, iter(self.needs(node))))

    def next_of(self, node: Id, rest: Iterator[Id]) -> Id | None:
        for each in rest:
            if each not in self.number:
                return each
            if each in self.unfinished:
                self.low[node] = min(self.low[node], self.number[each])
        return None

    def finish(self, node: Id) -> list[Id]:
        component: list[Id] = []
        while not component or component[-1] != node:
            component.append(self.unfinished.popitem()[0])
        return component[::-1]
