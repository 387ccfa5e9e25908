"""What is known of a relation before it is cut: its closures, its dependencies, its cover; found once, and shared."""

from __future__ import annotations

from functools import cached_property, lru_cache

from designer.normalization.basis import Basis
from designer.normalization.closure import Closure
from designer.normalization.contract import FD, Budget, Fragment, Projected, Relation
from designer.normalization.cover import grouped, minimal_cover
from designer.normalization.effective import effective
from designer.normalization.work import Work

BASES = 1_000_000  # steps that dependency bases may take, all together: about a second


class TooLong(Exception):
    """What was asked for takes too long."""


class Grounds:
    """A relation with closures under all of its dependencies; the rest is found when it is first asked for."""

    def __init__(self, relation: Relation, budget: Budget) -> None:
        self.relation = relation
        self.budget = budget
        self.every = relation.every
        self.known: dict[int, int] = {}
        self.tested: dict[int, bool | None] = {}  # for BCNF
        self.separated: dict[int, tuple[int | None, bool]] = {}
        self.projections: dict[int, Projected] = {}
        self.fragments: dict[tuple[int, str], Fragment] = {}
        self._bases: dict[int, tuple[int, ...]] = {}
        self._work = Work(BASES)

    @property
    def n(self) -> int:
        """How many columns there are."""
        return len(self.relation.attributes)

    def closure(self, x: int) -> int:
        """Return all that x determines by `fds`: where those are decided, by all dependencies together."""
        found = self.known.get(x)
        if found is None:
            found = self.known[x] = self._closures.of(x)
        return found

    @cached_property
    def _closures(self) -> Closure:
        return Closure(self.fds, self.n)

    def superkey(self, x: int) -> bool:
        """Return whether x determines all columns."""
        return self.closure(x) == self.every

    @cached_property
    def basis(self) -> Basis:
        """The dependency basis of the relation."""
        return Basis(self.relation)

    def blocks(self, x: int) -> tuple[int, ...]:
        """Return the sets that x multidetermines, each as small as can be, without what it determines.

        Raises TooLong where dependency bases have been asked for too often.
        """
        closed = self.closure(x)
        found = self._bases.get(closed)
        if found is None:
            if not self._work.spend(len(self.fds) + 10 * len(self.relation.mvds)):
                raise TooLong
            found = self._bases[closed] = tuple(block for block in self.basis.of(closed) if block & ~closed)
        return found

    @cached_property
    def key(self) -> int:
        """A key under `fds`: all columns, less those that the others determine, the last ones first."""
        key = self.every
        for column in reversed(range(self.n)):
            if self.superkey(key & ~(1 << column)):
                key &= ~(1 << column)
        return key

    @cached_property
    def effective(self) -> tuple[tuple[FD, ...], bool]:
        """The functional dependencies, those that follow from multivalued ones among them, and whether all are here."""
        if not self.relation.mvds:
            return self.relation.fds, True
        return effective(self.relation, self.budget)

    @property
    def fds(self) -> tuple[FD, ...]:
        """The functional dependencies to work with."""
        return self.effective[0]

    @property
    def decided(self) -> bool:
        """Whether `fds` are all that follow."""
        return self.effective[1]

    @cached_property
    def cover(self) -> tuple[FD, ...]:
        """A minimal cover, with one column on each right side."""
        return minimal_cover(self.fds, self.n)

    @cached_property
    def grouped(self) -> tuple[FD, ...]:
        """The minimal cover, with one dependency for each left side."""
        return tuple(grouped(self.cover))

    @cached_property
    def always(self) -> int:
        """The columns that are the same in all rows."""
        return self.closure(0)

    @cached_property
    def bcnf(self) -> bool:
        """Whether every dependency that is not trivial has a superkey on its left: the stated ones are enough."""
        whole = self.every
        return all(not fd.right & ~fd.left or fd.left | fd.right == whole or self.superkey(fd.left) for fd in self.fds)


class Exactly:
    """Closures and blocks of a relation under functional and multivalued dependencies together, for one question.

    Where the steps for it are used up, it says less than there is: only what `fds` determine, and one block.
    """

    def __init__(self, ground: Grounds) -> None:
        self._ground = ground
        self._work = Work(BASES)
        self._known: dict[int, tuple[int, tuple[int, ...]]] = {}

    def closure(self, x: int) -> int:
        """Return what x determines."""
        return self._ground.closure(x) if self._ground.decided else self._look(x)[0]

    def blocks(self, x: int) -> tuple[int, ...]:
        """Return the sets that x multidetermines, without what it determines."""
        return self._look(x)[1]

    def _look(self, x: int) -> tuple[int, tuple[int, ...]]:
        ground = self._ground
        x = ground.closure(x)
        if x not in self._known:
            steps = len(ground.fds) + 10 * len(ground.relation.mvds)
            if ground.relation.mvds and self._work.spend(steps):
                closed = x if ground.decided else ground.basis.closure(x)
                blocks = tuple(block for block in ground.basis.of(closed) if block & ~closed)
            else:
                closed, blocks = x, (ground.every & ~x,)
            self._known[x] = closed, blocks
        return self._known[x]


@lru_cache(maxsize=16)
def grounds(relation: Relation, budget: Budget) -> Grounds:
    """Return what is known of a relation; the same again while it is among the last few asked for."""
    return Grounds(relation, budget)
