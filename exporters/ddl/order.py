"""Second pass: an order in which everything can be created, close to the order in which people keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from designer.schema import Id

Graph = dict[Id, list[Id]]


@dataclass(slots=True)
class Needs:
    """Who must come before whom. A soft need is a wish: a foreign key can be added later, a parent table cannot."""

    hard: Graph = field(default_factory=dict)
    soft: Graph = field(default_factory=dict)

    def of(self, node: Id) -> list[Id]:
        """Return all that `node` needs, the hard needs first."""
        return self.hard.get(node, []) + self.soft.get(node, [])


def creation_order(nodes: Sequence[Id], needs: Needs) -> list[Id]:
    """Return `nodes` so that needs come first, and otherwise as they are given.

    Strongly connected components (Tarjan 1972) come out needs first. Inside one, which is a circle of foreign keys,
    only the hard needs count, so that a script which is read and written again stays the same.
    """
    ordered: list[Id] = []
    place = {node: number for number, node in enumerate(nodes)}
    for component in _components(nodes, lambda node: [each for each in needs.of(node) if each in place]):
        ordered += component if len(component) == 1 else _inside(component, needs, place)
    return ordered


def _inside(component: list[Id], needs: Needs, place: dict[Id, int]) -> list[Id]:
    members = set(component)
    component.sort(key=place.__getitem__)
    hard = {node: [each for each in needs.hard.get(node, ()) if each in members and each != node] for node in component}
    return [node for group in _components(component, hard.__getitem__) for node in group]


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
