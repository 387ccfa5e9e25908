"""Why a dependency follows: derivations by the rules of Armstrong (1974), and of Beeri, Fagin and Howard (1977).

A shortest derivation is NP-hard to find; these leave out what is not needed, which is cheap: no stated dependency of a
walk can be left out. With multivalued dependencies the derivation follows Beeri's construction (1980) of the
dependency basis, and coalescence turns a block of one column into a functional dependency.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.contract import FD, MVD, Derivation, Relation, Step, bits

MOST_TRIED = 60
"""The longest walk whose dependencies are tried one by one for whether it goes without them."""


def derived(relation: Relation, dependency: FD | MVD) -> Derivation | None:
    """Return a derivation of a dependency from the stated ones, or None where it does not follow."""
    if isinstance(dependency, FD):
        walk = walked(relation.fds, len(relation.attributes), dependency)
        if walk is not None:
            return _functional(relation.fds, dependency, walk)
        return _Blocks(relation, dependency.left).functional(dependency.right) if relation.mvds else None
    if not dependency.right & ~dependency.left or relation.every == dependency.left | dependency.right:
        return _trivial(relation, dependency)
    return _Blocks(relation, dependency.left).multivalued(dependency.right)


def walked(fds: Sequence[FD], columns: int, goal: FD) -> tuple[int, ...] | None:
    """Return the numbers of the dependencies that lead from the left side to the right, in order; none is idle."""
    needed = goal.right & ~goal.left
    walk = _led(fds, range(len(fds)), columns, goal.left, needed)
    if walk is None or len(walk) > MOST_TRIED:
        return walk
    for number in walk:
        if number in walk:
            rest = [each for each in walk if each != number]
            walk = _led(fds, rest, columns, goal.left, needed) or (walk if needed else ())
    return walk


def _led(fds: Sequence[FD], numbers: Sequence[int], columns: int, left: int, needed: int) -> tuple[int, ...] | None:
    """Return those of some dependencies that lead from `left` to what is needed, or None where they do not."""
    fired, reached = _fired(fds, numbers, columns, left)
    return None if needed & ~reached else tuple(_backwards(fds, fired, left, needed))


def _fired(fds: Sequence[FD], numbers: Sequence[int], columns: int, left: int) -> tuple[list[int], int]:
    """Return the dependencies that add columns to `left`, in the order in which they can, and all that is reached."""
    missing = {number: (fds[number].left & ~left).bit_count() for number in numbers}
    using: list[list[int]] = [[] for _ in range(columns)]
    for number in numbers:
        for column in bits(fds[number].left & ~left):
            using[column].append(number)
    ready = [number for number in numbers if not missing[number]]
    fired = []
    for number in ready:  # grows while it is read
        new = fds[number].right & ~left
        if new:
            fired.append(number)
            left |= new
        for column in bits(new):
            for other in using[column]:
                missing[other] -= 1
                if not missing[other]:
                    ready.append(other)
    return fired, left


def _backwards(fds: Sequence[FD], fired: Sequence[int], left: int, needed: int) -> list[int]:
    """Return those of the fired dependencies that a needed column was first added by."""
    held, added = left, []
    for number in fired:
        added.append(fds[number].right & ~held)
        held |= fds[number].right
    walk = []
    for number, new in zip(reversed(fired), reversed(added), strict=True):
        if new & needed:
            walk.append(number)
            needed |= fds[number].left & ~left
    return walk[::-1]


class _Lines:
    """The lines of a derivation while it is written; a line that is there already is not written again."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._places: dict[tuple[int, int, bool], int] = {}

    def add(self, rule: str, left: int, right: int, *of: int, many: bool = False, given: int | None = None) -> int:
        place = self._places.get((left, right, many))
        if place is None:
            place = self._places[left, right, many] = len(self.steps)
            self.steps.append(Step(rule, left, right, many, of, given))
        return place

    def ending(self, last: int, fds: int) -> Derivation:
        """Return the derivation of a line, with the lines that it needs; `fds` dependencies are functional."""
        needed = {last}
        for place in range(last, -1, -1):
            if place in needed:
                needed.update(self.steps[place].of)
        place_of = {place: number for number, place in enumerate(sorted(needed))}
        steps = []
        for place in sorted(needed):
            step = self.steps[place]
            of = tuple(place_of[each] for each in step.of)
            steps.append(Step(step.rule, step.left, step.right, step.multivalued, of, step.given))
        used = [step.given + (fds if step.multivalued else 0) for step in steps if step.given is not None]
        return Derivation(tuple(steps), tuple(dict.fromkeys(used)))


def _functional(fds: Sequence[FD], goal: FD, walk: Sequence[int]) -> Derivation:
    """Return the walk as steps: X -> Z grows by one stated dependency at a time."""
    lines = _Lines()
    known, last = goal.left, lines.add("reflexivity", goal.left, goal.left)
    for number in walk:
        fd = fds[number]
        stated = lines.add("given", fd.left, fd.right, given=number)
        grown = known | fd.right
        wider = lines.add("augmentation", known, grown, stated)
        last = lines.add("transitivity", goal.left, grown, last, wider)
        known = grown
    last = lines.add("decomposition", goal.left, goal.right, last)
    return lines.ending(last, len(fds))


def _trivial(relation: Relation, goal: MVD) -> Derivation:
    lines = _Lines()
    inner = goal.right & goal.left
    last = lines.add("replication", goal.left, inner, lines.add("reflexivity", goal.left, inner), many=True)
    if goal.right & ~goal.left:
        last = lines.add("complementation", goal.left, goal.right, last, many=True)
    return lines.ending(last, len(relation.fds))


class _Blocks:
    """The dependency basis of `left`, each block with the line that proves left ->> block."""

    def __init__(self, relation: Relation, left: int):
        self.relation = relation
        self.left = left
        self.lines = _Lines()
        itself = self.lines.add("reflexivity", left, left)
        many = self.lines.add("replication", left, left, itself, many=True)
        rest = relation.every & ~left
        self.blocks = {rest: self.lines.add("complementation", left, rest, many, many=True)} if rest else {}
        waiting = list(self.blocks)
        while waiting:
            waiting += self._split_by_any(waiting.pop())

    def _split_by_any(self, block: int) -> list[int]:
        """Split a block by a stated dependency from outside of it; return the two halves, or nothing."""
        for number, mvd in enumerate(self.relation.mvds):
            if not mvd.left & block and mvd.right & block and block & ~mvd.right:
                line = self.lines.add("given", mvd.left, mvd.right, many=True, given=number)
                return self._split(block, mvd.right, line)
        for number, fd in enumerate(self.relation.fds):
            single = fd.right & block & -(fd.right & block)
            if not fd.left & block and single and single != block:
                return self._split(block, single, self._as_many(number, single))
        return []

    def _as_many(self, number: int, single: int) -> int:
        left = self.relation.fds[number].left
        return self.lines.add("replication", left, single, self._single(number, single), many=True)

    def _single(self, number: int, single: int) -> int:
        fd = self.relation.fds[number]
        stated = self.lines.add("given", fd.left, fd.right, given=number)
        return self.lines.add("decomposition", fd.left, single, stated)

    def _split(self, block: int, right: int, line: int) -> list[int]:
        """Split a block into what is in `right` and what is not; `line` says x ->> right for an x outside of it."""
        whole = self.blocks.pop(block)
        outside = self.relation.every & ~block
        other = self.lines.add("complementation", self.left, outside, whole, many=True)
        wider = self.lines.add("augmentation", outside, right, line, many=True)
        inner = self.lines.add("transitivity", self.left, right & block, other, wider, many=True)
        self.blocks[right & block] = inner
        outer = self.lines.add("decomposition", self.left, block & ~right, whole, inner, many=True)
        self.blocks[block & ~right] = outer
        return [right & block, block & ~right]

    def functional(self, right: int) -> Derivation | None:
        """Return the derivation of left -> right."""
        proven = right & self.left
        last = self.lines.add("reflexivity", self.left, proven)
        for column in bits(right & ~self.left):
            line = self._coalesced(column)
            if line is None:
                return None
            proven |= 1 << column
            last = self.lines.add("union", self.left, proven, last, line)
        return self.lines.ending(last, len(self.relation.fds))

    def _coalesced(self, column: int) -> int | None:
        """Return the line left -> column: it is a block, and a stated dependency from outside has it on its right."""
        block = self.blocks.get(1 << column)
        for number, fd in enumerate(self.relation.fds):
            if block is not None and fd.right >> column & 1 and not fd.left >> column & 1:
                return self.lines.add("coalescence", self.left, 1 << column, block, self._single(number, 1 << column))
        return None

    def multivalued(self, right: int) -> Derivation | None:
        """Return the derivation of left ->> right, which is a union of blocks, and of columns of left."""
        wanted = right & ~self.left
        parts = {block: line for block, line in self.blocks.items() if block & wanted}
        if sum(parts) != wanted:
            return None
        inner = right & self.left
        last = self.lines.add(
            "replication", self.left, inner, self.lines.add("reflexivity", self.left, inner), many=True
        )
        proven = inner
        for block, line in sorted(parts.items()):
            proven |= block
            last = self.lines.add("union", self.left, proven, last, line, many=True)
        return self.lines.ending(last, len(self.relation.fds))
