"""The values of the kernel: relations, dependencies, and what is found out about them.

Columns are numbered in the order in which a relation names them, and a set of columns is an int whose bit i stands
for column i; so `x & ~y == 0` says that x lies within y. Names appear only in `Relation`, in `codec` and in texts.
All values are frozen, and every list is in the order of the columns, so that two runs and two machines say the same.

All dependencies are read literally, with NULL equal to NULL, which keeps Armstrong's rules valid. The empty set is a
set: `{} -> A` says that A is the same in all rows, and it may be a candidate key (of a relation with one row at most).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

NORMAL_FORMS = ("1NF", "2NF", "3NF", "BCNF", "4NF", "5NF")
"""From the lowest. First normal form is taken for granted here; `designer.dependencies` asks about it."""


def bits(columns: int) -> Iterator[int]:
    """Yield the numbers of the columns of a set, ascending."""
    while columns:
        low = columns & -columns
        yield low.bit_length() - 1
        columns ^= low


class BadRelation(ValueError):
    """A relation that makes no sense; the message is one sentence that names what is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class FD:
    """A functional dependency: rows that agree on `left` agree on `right`."""

    left: int
    right: int


@dataclass(frozen=True, slots=True, order=True)
class MVD:
    """A multivalued dependency left ->> right (Fagin 1977)."""

    left: int
    right: int


@dataclass(frozen=True, slots=True)
class JD:
    """A join dependency: the relation is the join of its projections on the components."""

    components: tuple[int, ...]


@dataclass(frozen=True)
class Relation:
    """The heading of a relation and the dependencies stated for it.

    `Relation.of` (in `codec`) checks names; here sets are ints already. Dependencies may be trivial, empty on the
    right or said twice.
    """

    name: str
    attributes: tuple[str, ...]
    fds: tuple[FD, ...] = ()
    mvds: tuple[MVD, ...] = ()
    jds: tuple[JD, ...] = ()

    @cached_property
    def every(self) -> int:
        """The set of all columns."""
        return (1 << len(self.attributes)) - 1

    def names(self, columns: int) -> tuple[str, ...]:
        """Return the names of a set of columns, in order."""
        return tuple(self.attributes[each] for each in bits(columns))


@dataclass(frozen=True, slots=True)
class Budget:
    """How much may be spent before an honest "not decided". Counts, not seconds, so that answers repeat."""

    keys: int = 1_000  # keys written out; they are counted beyond that wherever factors allow
    superkeys: int = 20_000  # candidates that the search for keys of one factor may look at
    projected: int = 2_000  # dependencies that a projection may hold on the way
    tableau: int = 200_000  # cells that a chase may look at in one pass
    covers: int = 30  # orders of the cover that synthesis tries before it says that a dependency must go


@dataclass(frozen=True)
class KeySet:
    """All candidate keys: `core`, in every key, with one alternative of each factor.

    Factors share no column. Where the search of a factor ran out of budget, `complete` is False and its alternatives
    are the ones found; `count` is then a lower bound.
    """

    core: int
    factors: tuple[tuple[int, ...], ...] = ()
    complete: bool = True

    @property
    def count(self) -> int:
        """How many keys there are, exactly where `complete`."""
        total = 1
        for factor in self.factors:
            total *= len(factor)
        return total


@dataclass(frozen=True, slots=True)
class Violation:
    """A dependency that keeps a relation out of `form`: `left -> right` (one column), or `left ->> right`.

    `kind` is the reason in a word: "partial" (left is part of the key `key`), "transitive" (left is no part of a
    key), "prime" (left is no superkey and right is prime: BCNF and EKNF only), "undecided" (the same, but a budget
    ran out before it was known whether right is prime), "multivalued", "join".
    """

    form: str
    left: int
    right: int
    kind: str
    multivalued: bool = False
    key: int = 0
    components: tuple[int, ...] = ()  # of a join dependency


@dataclass(frozen=True, slots=True)
class Verdict:
    """The highest normal form that a relation is in, and what keeps it out of the next ones.

    `form` is up to BCNF without MVDs and JDs; 4NF is said only where MVDs are given, 5NF where JDs are. Where a
    budget ran out, `decided` is False and `form` is the highest form that is certain.
    """

    form: str
    eknf: bool
    sixth: bool  # 6NF: 5NF, and every key has at least n - 1 columns
    prime: int
    violations: tuple[Violation, ...] = ()
    decided: bool = True
    primes_decided: bool = True
    violations_complete: bool = True  # whether the violations are all elementary dependencies that are in the way


@dataclass(frozen=True, slots=True)
class Projected:
    """The dependencies that hold in a projection, as a minimal cover; `decided` is False where they are not all."""

    onto: int
    fds: tuple[FD, ...]
    mvds: tuple[MVD, ...] = ()
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Fragment:
    """One relation of a decomposition, with its keys and the highest form it is in."""

    columns: int
    keys: KeySet
    form: str = ""
    fds: tuple[FD, ...] = ()
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """One step of a decomposition: `columns` fell into `parts` because of `left -> right` (or ->>)."""

    columns: int
    parts: tuple[int, ...]
    left: int = 0
    right: int = 0
    multivalued: bool = False


@dataclass(frozen=True)
class Decomposition:
    """Relations that a relation can be cut into without loss.

    `how`: "as it is", "synthesis", "split" (classic), "synthesis and split" (of what it made below the form), "split of
    pairs" (Tsou and Fischer), "dependency basis". The first of `cuts` may cut what synthesis made.
    `lost` are dependencies of the minimal cover that no fragment, and not all of them together, can check.
    """

    form: str  # what every fragment is in: 3NF, BCNF, 4NF
    how: str
    fragments: tuple[Fragment, ...]
    cuts: tuple[Cut, ...] = ()
    lost: tuple[FD, ...] = ()
    decided: bool = True

    @property
    def preserving(self) -> bool:
        """Whether all functional dependencies can be checked within single fragments."""
        return not self.lost


@dataclass(frozen=True, slots=True)
class Merge:
    """In the proof that a cut is lossless: the join of the columns `first` and the columns `second` is lossless, for
    they share `common`, which determines `determined` (all that one of them has beyond it; multivalued: `common ->>`
    it within both). Their union takes part in later merges."""

    first: int
    second: int
    common: int
    determined: int
    multivalued: bool = False


@dataclass(frozen=True, slots=True)
class Chased:
    """One step of a chase. By an FD: two rows that agree on its left side are made equal on its right side, where the
    older value stays (0 first, then the smaller). By an MVD or a JD: a row for each part, which make a new row; it
    takes the next number."""

    rows: tuple[int, ...]
    by: FD | MVD | JD


@dataclass(frozen=True, slots=True)
class Lossless:
    """Why a decomposition is lossless: an order of merges where one exists, or the steps of the chase.

    The chase starts with a row for each fragment, in order, with 0 in its columns and a value of its own (row number
    + 1) elsewhere; it ends with a row of zeros.
    """

    merges: tuple[Merge, ...] = ()
    chased: tuple[Chased, ...] = ()


@dataclass(frozen=True, slots=True)
class Lossy:
    """Rows that satisfy every dependency, and whose projections join to more rows than there are.

    A value is a small number; equal numbers in one column are equal values. `spurious` is one row too many.
    """

    rows: tuple[tuple[int, ...], ...]
    spurious: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A question whose answer did not fit the budget; `why` is a clause in plain words."""

    why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation. `rule`: given, reflexivity, augmentation, transitivity, union, decomposition, and for
    multivalued ones complementation, replication, coalescence. `of` numbers the earlier lines used; `given` numbers
    the stated dependency."""

    rule: str
    left: int
    right: int
    multivalued: bool = False
    of: tuple[int, ...] = ()
    given: int | None = None


@dataclass(frozen=True)
class Derivation:
    """Why `left -> right` follows: steps by Armstrong's rules; the last one is the dependency.

    `walk` is the same for people: which stated dependencies are used, in order, from `left`.
    """

    steps: tuple[Step, ...]
    walk: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class TwoRows:
    """Why `left -> right` does not follow: two rows that agree exactly on `agree` (the closure of left) satisfy all
    stated dependencies and break this one. With MVDs there may be more rows: `rows` has them all."""

    agree: int
    rows: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """A dependency that a decomposition cannot check: rows that every fragment accepts and that break it."""

    fd: FD
    rows: tuple[tuple[int, ...], ...]
