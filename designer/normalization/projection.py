"""Which dependencies hold in a projection.

Those that say something about other columns are resolved away, one unwanted column after another (Gottlob 1987): from
X -> B and YB -> A follows XY -> A. There may be exponentially many of them, so the work is capped; few columns are
projected by closing each independent subset instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from designer.normalization.basis import Basis
from designer.normalization.contract import FD, MVD, Budget, Projected, Relation, bits
from designer.normalization.cover import canonical, grouped
from designer.normalization.grounds import Grounds, TooLong, grounds

FEW = 7  # columns whose subsets are all closed at once
MANY = 12  # columns whose subsets are closed where resolution is too long
PATIENCE = 1_000  # times what a projection may hold: how many left sides are compared on the way


def project(relation: Relation, onto: int, budget: Budget | None = None) -> Projected:
    """Return the dependencies that hold between the columns `onto`, as a cover with one for each left side.

    `decided` is False where there are too many on the way; those that are returned hold all the same.
    """
    return projected(grounds(relation, budget or Budget()), onto)


def projected(ground: Grounds, onto: int) -> Projected:
    """Return what holds between the columns `onto`, with what is known of the relation."""
    found = functional(ground, onto)
    if not ground.relation.mvds:
        return found
    mvds, all_mvds = _multivalued(ground, onto, found.fds)
    return Projected(onto, found.fds, mvds, found.decided and all_mvds)


def functional(ground: Grounds, onto: int) -> Projected:
    """Return the functional dependencies that hold between the columns `onto`; found out once."""
    found = ground.projections.get(onto)
    if found is None:
        found = ground.projections[onto] = Projected(onto, *_functional(ground, onto))
    return found


def narrowed(relation: Relation, found: Projected) -> Relation:
    """Return a projection as a relation of its own, with its columns numbered anew, in the same order."""
    at = list(bits(found.onto))
    squeeze = squeezer(at)
    return Relation(
        relation.name,
        tuple(relation.attributes[each] for each in at),
        tuple(FD(squeeze(fd.left), squeeze(fd.right)) for fd in found.fds),
        tuple(MVD(squeeze(mvd.left), squeeze(mvd.right)) for mvd in found.mvds),
    )


def squeezer(at: list[int]) -> Callable[[int], int]:
    """Return a function from sets of the columns `at` to sets of their positions."""
    position = {column: 1 << number for number, column in enumerate(at)}

    def squeeze(columns: int) -> int:
        return sum(position[each] for each in bits(columns))

    return squeeze


def stretched(at: list[int], columns: int) -> int:
    """Return the set of the columns `at` that stand at these positions: the way back."""
    return sum(1 << at[each] for each in bits(columns))


def independent(ground: Grounds, columns: int) -> bool:
    """Return whether none of the columns is determined by the others: then nothing holds between them."""
    return not any(ground.closure(columns & ~(1 << each)) >> each & 1 for each in bits(columns))


def _functional(ground: Grounds, onto: int) -> tuple[tuple[FD, ...], tuple[MVD, ...], bool]:
    if onto == ground.every:
        return ground.grouped, (), ground.decided
    if independent(ground, onto):
        return (), (), ground.decided
    size = onto.bit_count()
    if size <= FEW:
        return _tidied(ground, onto), (), ground.decided
    useful = _useful(ground, onto)
    outside = _columns(useful) & ~onto
    found, complete = _resolved(useful, outside, ground.budget.projected)
    if not complete and size <= MANY:
        return _tidied(ground, onto), (), ground.decided
    if not complete:
        return tuple(grouped(found)), (), False
    return canonical(found, ground.n), (), ground.decided


def _tidied(ground: Grounds, onto: int) -> tuple[FD, ...]:
    """Return what the independent subsets determine, as a cover; a single dependency is one."""
    found = tuple(_closed(ground, onto))
    return found if len(found) == 1 else canonical(found, ground.n)


def _closed(ground: Grounds, onto: int) -> Iterator[FD]:
    """Yield X -> X+ for all independent subsets, small ones first: other left sides are longer than need be."""
    level = [0]
    while level:
        following = []
        for x in level:
            beyond = ground.closure(x) & onto & ~x
            if beyond:
                yield FD(x, beyond)
            following += [
                x | 1 << column
                for column in bits(onto & ~x & ~beyond & ~((1 << x.bit_length()) - 1))
                if _stays_independent(ground, x, column)
            ]
        level = following


def _stays_independent(ground: Grounds, x: int, column: int) -> bool:
    """Return whether no column of x is determined by the others and a further one."""
    both = x | 1 << column
    return not any(ground.closure(both & ~(1 << each)) >> each & 1 for each in bits(x))


def _useful(ground: Grounds, onto: int) -> list[FD]:
    """Return the dependencies of the cover by which columns of `onto` may lead to others of them."""
    reach = ground.closure(onto)
    within = [fd for fd in ground.cover if not fd.left & ~reach]
    wanted = onto
    grown = True
    while grown:
        before = wanted
        for fd in within:
            if fd.right & wanted:
                wanted |= fd.left
        grown = wanted != before
    return [fd for fd in within if fd.right & wanted]


def _columns(fds: Iterable[FD]) -> int:
    found = 0
    for fd in fds:
        found |= fd.left | fd.right
    return found


def _resolved(fds: list[FD], outside: int, most: int) -> tuple[tuple[FD, ...], bool]:
    """Resolve columns away, the one that makes fewest new dependencies first; stop beyond `most`."""
    lefts: dict[int, Lefts] = {}
    for fd in fds:
        lefts.setdefault(fd.right, Lefts()).add(fd.left)
    while outside:
        column = _cheapest(lefts, outside)
        outside ^= column
        if not _eliminate(lefts, column, most):
            return _only(lefts, outside), False
    return _only(lefts, 0), True


class Lefts:
    """Left sides for one right side, none within another; by their sizes, for only a shorter one can lie within."""

    def __init__(self) -> None:
        self.by_size: dict[int, dict[int, None]] = {}
        self.count = 0
        self.compared = 0  # how much work it was so far

    def __iter__(self) -> Iterator[int]:
        for size in sorted(self.by_size):
            yield from self.by_size[size]

    def add(self, left: int) -> None:
        """Add a left side unless a shorter one is there; drop longer ones."""
        size = left.bit_count()
        if left in self.by_size.get(size, ()):
            return
        self.compared += self.count
        for other, alternatives in self.by_size.items():
            if other < size and any(not each & ~left for each in alternatives):
                return
        for other, alternatives in self.by_size.items():
            if other > size:
                for each in [each for each in alternatives if not left & ~each]:
                    self.drop(each)
        self.by_size.setdefault(size, {})[left] = None
        self.count += 1

    def drop(self, left: int) -> None:
        """Take a left side out."""
        del self.by_size[left.bit_count()][left]
        self.count -= 1


def _cheapest(lefts: dict[int, Lefts], outside: int) -> int:
    """Return the column by whose going fewest dependencies come."""
    using = dict.fromkeys(bits(outside), 0)
    for alternatives in lefts.values():
        for left in alternatives:
            for column in bits(left & outside):
                using[column] += 1
    into = {column: lefts[1 << column].count if 1 << column in lefts else 0 for column in using}
    return 1 << min(using, key=lambda column: (into[column] - 1) * (using[column] - 1))


def _eliminate(lefts: dict[int, Lefts], column: int, most: int) -> bool:
    """Replace a column on left sides by what determines it; False where that makes more than `most` dependencies,
    or where it takes too long."""
    into = list(lefts.pop(column, ()))
    using = []
    for right, alternatives in lefts.items():
        for left in [left for left in alternatives if left & column]:
            alternatives.drop(left)
            using.append((left & ~column, right))
    others = sum(alternatives.count for alternatives in lefts.values())
    for left, right in using:
        alternatives = lefts[right]
        others -= alternatives.count
        for other in into:
            if not (left | other) & right:
                alternatives.add(left | other)
            if others + alternatives.count > most:
                return False
        if sum(each.compared for each in lefts.values()) > PATIENCE * most:
            return False
        others += alternatives.count
    return True


def _only(lefts: dict[int, Lefts], unwanted: int) -> tuple[FD, ...]:
    """Return the dependencies without unwanted columns."""
    return tuple(
        FD(left, right)
        for right, alternatives in sorted(lefts.items())
        if not right & unwanted
        for left in alternatives
        if not left & unwanted
    )


def _multivalued(ground: Grounds, onto: int, fds: tuple[FD, ...]) -> tuple[tuple[MVD, ...], bool]:
    """Return multivalued dependencies that imply, with `fds`, all that hold between these columns."""
    squeeze = squeezer(list(bits(onto)))
    found: list[MVD] = []
    known = Basis(narrowed(ground.relation, Projected(onto, fds)))
    for x in _lefts_to_try(ground, onto):
        try:
            blocks = seen_blocks(ground, x, onto)
        except TooLong:
            return tuple(found), False
        new = [MVD(x, block) for block in blocks[:-1] if not known.implies(MVD(squeeze(x), squeeze(block)))]
        if new:
            found += new
            known = Basis(narrowed(ground.relation, Projected(onto, fds, tuple(found))))
    return tuple(found), onto.bit_count() <= MANY


def seen_blocks(ground: Grounds, x: int, onto: int) -> list[int]:
    """Return the sets of columns of `onto` that x multidetermines there, without those that it determines."""
    return [part for block in ground.blocks(x) if (part := block & onto)]


def _lefts_to_try(ground: Grounds, onto: int) -> list[int]:
    """All independent subsets of few columns; of many, the left sides that were stated."""
    if onto.bit_count() <= MANY:
        return independent_subsets(ground, onto)
    return stated_lefts(ground, onto)


def stated_lefts(ground: Grounds, onto: int) -> list[int]:
    """Return what the stated left sides have of these columns, small ones first."""
    relation = ground.relation
    stated = {fd.left & onto for fd in relation.fds} | {mvd.left & onto for mvd in relation.mvds}
    return sorted(stated, key=lambda x: (x.bit_count(), x))


def independent_subsets(ground: Grounds, onto: int) -> list[int]:
    """Return the subsets of which no column is determined by the others, small ones first."""
    found = level = [0]
    while level:
        level = [
            x | 1 << column
            for x in level
            for column in bits(onto & ~ground.closure(x) & ~((1 << x.bit_length()) - 1))
            if _stays_independent(ground, x, column)
        ]
        found = found + level
    return found
