"""The dependency basis: what a set of columns determines, and into which independent blocks it splits the rest."""

from __future__ import annotations

from designer.normalization.closure import Closure
from designer.normalization.contract import FD, MVD, Relation, bits
from designer.normalization.cover import grouped


class Basis:
    """Closures and dependency bases under functional and multivalued dependencies together (Beeri 1980)."""

    def __init__(self, relation: Relation) -> None:
        self.every = relation.every
        self._fds = grouped(relation.fds)
        self._mvds = [(each.left, each.right & ~each.left) for each in relation.mvds]
        self._closure = Closure(self._fds, len(relation.attributes))

    def of(self, x: int) -> tuple[int, ...]:
        """Return the blocks of the columns outside x, by their first columns: x ->> y holds iff y is a union of some.

        A column that x determines is a block of its own.
        """
        closed, blocks = self._split(x)
        blocks += [1 << column for column in bits(closed & ~x)]
        return tuple(sorted(blocks, key=lambda block: block & -block))

    def closure(self, x: int) -> int:
        """Return what x determines, itself included."""
        return self._split(x)[0]

    def implies(self, dependency: FD | MVD) -> bool:
        """Return whether the dependency follows from those of the relation."""
        if isinstance(dependency, FD):
            return not dependency.right & ~self.closure(dependency.left)
        right = dependency.right & ~dependency.left
        return all(not block & right or not block & ~right for block in self.of(dependency.left))

    def _split(self, x: int) -> tuple[int, list[int]]:
        """Return the closure of x and the blocks of what is not determined."""
        closed = self._closure.of(x)
        blocks = [self.every & ~closed] if self.every & ~closed else []
        waiting = self._mvds
        grown = bool(waiting)
        while grown and blocks:
            grown = False
            for left, right in waiting:
                grown |= _cut(blocks, left, right)
            waiting = [mvd for mvd in waiting if mvd[0] & ~closed]  # the others have cut all that they ever will
            determined = self._determined(blocks, closed)
            if determined:
                grown = True
                closed = self._closure.of(closed | determined)
                blocks = [block & ~closed for block in blocks if block & ~closed]
        return closed, blocks

    def _determined(self, blocks: list[int], closed: int) -> int:
        """Return the columns that functional dependencies determine from outside of the blocks they are in."""
        found = 0
        for fd in self._fds:
            if fd.right & ~closed & ~found:
                for block in blocks:
                    if block & fd.right and not block & fd.left:
                        found |= block & fd.right
        return found


def _cut(blocks: list[int], left: int, right: int) -> bool:
    """Cut the blocks that are outside of left by left ->> right, and return whether there was any."""
    found = [at for at, block in enumerate(blocks) if block & right and block & ~right and not block & left]
    for at in found:
        blocks.append(blocks[at] & ~right)
        blocks[at] &= right
    return bool(found)
