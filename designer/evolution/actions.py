"""Second pass: the actions that the decisions ask for, in an order in which a server takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from designer.evolution.decisions import Decisions
from designer.evolution.facts import Fact, FactId, Facts
from designer.evolution.mover import Mover
from designer.evolution.sorting import Graph, circles, in_order
from designer.schema import ForeignKey, Key

Node = tuple[str, FactId]
"""A verb and a fact: drop, create, alter, rebuild, fill."""


_RIGHT_BEFORE, _RIGHT_BEHIND = 39, 41
"""Ranks next to that of a table or column that changes; see `mover.usual_rank`."""


@dataclass(slots=True)
class Action:
    """One node of the graph when it has its place; `folded` are the parts that its statement makes along."""

    verb: str
    fact: FactId
    folded: list[FactId] = field(default_factory=list)


def ordered(old: Facts, new: Facts, decided: Decisions, mover: Mover) -> list[Action]:
    """Return the actions, what others need first, and as early as their rank says otherwise."""
    return _Actions(old, new, decided, mover).ordered()


class _Actions:
    """The graph of one migration: an edge says which node comes before which."""

    def __init__(self, old: Facts, new: Facts, decided: Decisions, mover: Mover):
        self.old, self.new, self.decided, self.mover = old, new, decided, mover
        self.leaving = decided.leaving
        self.coming = decided.fresh | decided.replaced
        self.by_hand: set[FactId] = set()
        """What is dropped by a statement of its own; the rest falls with what it belongs to."""
        self.owners = {name: fact for fact in self.leaving for name in old[fact].names}
        self.let_go = {
            name: fact for fact in decided.altered for name in old[fact].names - new[fact].names
            if name not in self.owners
        }  # fmt: skip
        """What has a name until it is altered."""
        self.taken: dict[FactId, FactId] = {}
        """What goes along with the old self of a fact that is made anew, when its rows are carried over."""

    def ordered(self) -> list[Action]:
        self.taken = {
            each: fact for fact in self.decided.rebuilt for each in self.mover.taken_along(self.old[fact])
            if each in self.decided.gone
        }  # fmt: skip
        self.by_hand = {each for each in self.leaving if not self.falls(each)}
        while True:
            graph, wishes = self.graph()
            broken = self.break_circles(graph)
            if not broken:
                break
            self.by_hand |= broken
        ranks = {node: self.rank(node) for node in graph}
        place = {node: number for number, node in enumerate(graph)}
        nodes = in_order(graph, wishes, lambda node: (ranks[node], place[node]))
        return self.folded(nodes, graph)

    def rank(self, node: Node) -> int:
        """What makes way for another change goes right before it and comes back right behind."""
        if (
            node[1] in self.decided.reasons
            and node[0] in ("drop", "create")
            and not self.mover.loosens(self.fact(node))
        ):
            return _RIGHT_BEFORE if node[0] == "drop" else _RIGHT_BEHIND
        return self.mover.rank(node[0], self.fact(node))

    def fact(self, node: Node) -> Fact:
        return self.old[node[1]] if node[0] == "drop" else self.new[node[1]]

    # Which node stands for what

    def falls(self, fact: FactId) -> bool:
        """Say whether what a fact belongs to takes it along."""
        parent = self.old[fact].parent
        if parent in self.decided.rebuilt and self.mover.loosens(self.old[fact]):
            return False
        return fact in self.taken or (parent is not None and parent in self.leaving)

    def leaves_with(self, fact: FactId) -> Node:
        """Return the node after which a fact of the old side is no more."""
        while fact not in self.by_hand:
            if fact in self.taken:
                return ("fill", self.taken[fact])
            fact = self.old[fact].parent or fact
        return ("rebuild" if fact in self.decided.rebuilt else "drop", fact)

    def comes_with(self, fact: FactId) -> Node | None:
        """Return the node after which a fact is as the new side has it; None where it is so already."""
        if fact in self.decided.rebuilt:
            return ("rebuild", fact)
        if fact in self.coming:
            return ("create", fact)
        return ("alter", fact) if fact in self.decided.altered else None

    # The edges

    def graph(self) -> tuple[Graph[Node], Graph[Node]]:
        """Return which nodes each node comes after, and those it would like to come after."""
        graph: Graph[Node] = {}
        for fact in self.old:
            if fact in self.by_hand:
                graph[self.leaves_with(fact)] = set()
        for fact in self.new:
            node = self.comes_with(fact)
            if node is not None:
                graph.setdefault(node, set())
        for fact in self.decided.rebuilt:
            graph["fill", fact] = {("rebuild", fact)}
        wishes: Graph[Node] = {node: set() for node in graph}
        for fact in self.leaving:
            self.before_leaving(fact, graph)
        for fact in self.coming:
            self.before_coming(fact, graph, wishes)
        for fact in self.decided.altered:
            self.round_altering(fact, graph)
        self.clear_names(graph)
        for fact in self.decided.rebuilt:
            self.round_filling(fact, graph)
        for node, before in graph.items():
            before.discard(node)
        return graph, wishes

    def before_leaving(self, fact: FactId, graph: Graph[Node]) -> None:
        """What needs a fact goes before it."""
        node = self.leaves_with(fact)
        parent = self.old[fact].parent
        if node[1] == fact and parent is not None and parent in self.leaving:
            graph[self.leaves_with(parent)].add(node)
        for dependent in self.old.dependents(fact):
            if dependent in self.leaving:
                last = self.leaves_with(dependent)
                if last[0] == "rebuild" and last[1] != node[1] and fact in self.decided.gone:
                    last = ("fill", last[1])  # the old self is there until its rows are carried over
                graph[node] |= {last} if last != ("fill", node[1]) else set()
            elif dependent in self.decided.altered:
                graph[node].add(("alter", dependent))

    def before_coming(self, fact: FactId, graph: Graph[Node], wishes: Graph[Node]) -> None:
        """What a fact needs is there before it, and its old self is gone."""
        node = self.comes_with(fact)
        if node is None:
            return
        parent = self.new[fact].parent
        for need in (*self.new[fact].needs, *((parent,) if parent is not None else ())):
            before = self.comes_with(need) if need in self.new else None
            if before is not None:
                graph[node].add(before)
        for want in self.new[fact].wants:
            before = self.comes_with(want) if want in self.new else None
            if before is not None:
                wishes[node].add(before)
        if fact in self.decided.replaced:
            graph[node].add(self.leaves_with(fact))
        graph[node] |= self.old_keys(self.new[fact])

    def old_keys(self, fact: Fact) -> set[Node]:
        """Return the drops of keys that a new foreign key could lean on: it must find the ones that stay."""
        record = fact.record
        if not isinstance(record, ForeignKey) or record.ref_table is None:
            return set()
        keys = (each for each in self.old.children(record.ref_table) if isinstance(self.old[each].record, Key))
        return {self.leaves_with(each) for each in keys if each in self.leaving}

    def round_altering(self, fact: FactId, graph: Graph[Node]) -> None:
        """A fact is altered when what it then needs is there and what goes has gone; what comes waits for it."""
        node = ("alter", fact)
        for need in self.new[fact].needs:
            before = self.comes_with(need) if need in self.new else None
            if before is not None:
                graph[node].add(before)
        for dependent in self.old.dependents(fact):
            if dependent in self.leaving:
                graph[node].add(self.leaves_with(dependent))
        for disturbed in self.decided.altered[fact].disturbs:
            if disturbed in self.leaving:
                graph[node].add(self.leaves_with(disturbed))
            after = self.comes_with(disturbed) if disturbed in self.new else None
            if after is not None:
                graph[after].add(node)

    def round_filling(self, fact: FactId, graph: Graph[Node]) -> None:
        """Rows are carried over when there is room for all of them, and before what looks at them."""
        fill: Node = ("fill", fact)
        room = set(self.mover.before_filling(self.new[fact]))
        inside = {fact, *self.new.descendants(fact), *room}
        for each in room:
            inside |= set(self.new.descendants(each))
            node = self.comes_with(each)
            graph[fill] |= {node} if node in graph else set()
        parts = [each for each in self.new.descendants(fact) if not self.mover.folds(self.new[each], self.new[fact])]
        waiting = {each for part in (fact, *self.new.descendants(fact)) for each in self.new.dependents(part)} - inside
        for each in (*parts, *waiting):
            node = self.comes_with(each)
            if node is not None and node in graph and node != ("rebuild", fact):
                graph[node].add(fill)

    def clear_names(self, graph: Graph[Node]) -> None:
        """What has a name goes before something else takes it."""
        for fact in self.coming:
            for name in self.new[fact].names:
                holder = self.owners.get(name)
                node = self.comes_with(fact)
                if holder is not None and holder != fact and node is not None:
                    graph[node].add(self.leaves_with(holder))
                if node is not None and self.let_go.get(name, fact) != fact:
                    graph[node].add(("alter", self.let_go[name]))

    def break_circles(self, graph: Graph[Node]) -> set[FactId]:
        """Return parts to drop by themselves, so that what they belong to is no longer in a circle."""
        found: set[FactId] = set()
        for circle in circles(graph):
            members = set(circle)
            found |= {
                part
                for verb, fact in circle
                if verb in ("drop", "rebuild")
                for part in self.parts(fact)
                if part not in self.by_hand
                and self.mover.separable(self.old[part])
                and any(self.leaves_with(need) in members for need in self.old[part].needs if need in self.leaving)
            }
        return found

    def parts(self, fact: FactId) -> Iterator[FactId]:
        return self.old.descendants(fact)

    # Folding

    def folded(self, nodes: list[Node], graph: Graph[Node]) -> list[Action]:
        """Make parts along with what they belong to, where all that they wait for is done by then."""
        place = {node: number for number, node in enumerate(nodes)}
        actions = {node: Action(*node) for node in nodes}
        gone: set[Node] = set()
        for node in nodes:
            if node[0] in ("create", "rebuild"):
                for part in self._foldable(node, place, graph):
                    actions[node].folded.append(part)
                    gone.add(("create", part))
        return [actions[node] for node in nodes if node not in gone]

    def _foldable(self, node: Node, place: dict[Node, int], graph: Graph[Node]) -> Iterator[FactId]:
        """Yield the parts of a new fact that can be made along with it, parts of parts as well."""
        inside = {node}
        parent = self.new[node[1]]
        left = [
            part for part in self.new.descendants(node[1])
            if ("create", part) in place and self.mover.folds(self.new[part], parent)
        ]  # fmt: skip
        found = True
        while found:  # a tie to a parent waits for columns that come after it
            found = False
            for part in list(left):
                own: Node = ("create", part)
                if all(each in inside or place[each] < place[node] for each in graph[own]):
                    inside.add(own)
                    left.remove(part)
                    found = True
                    yield part
