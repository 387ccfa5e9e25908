"""Boyce-Codd normal form: first without losing a dependency, and otherwise with as few lost as were found.

Synthesis makes relations in BCNF more often than not, so it is tried first, from several covers. Where it does not,
dependencies that are kept by no relations in BCNF at all are told from others; what is left is split in the classic
way, X+ and X with the rest for a dependency X -> Y that violates BCNF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from designer.normalization.contract import FD, Budget, Cut, Decomposition, Relation
from designer.normalization.cover import grouped
from designer.normalization.covers import other_covers
from designer.normalization.fragments import fragment_of, in_bcnf
from designer.normalization.grounds import Grounds, grounds
from designer.normalization.pairs import split_by_pairs
from designer.normalization.preservation import lost_of, reached
from designer.normalization.preserving import MOST, ONCE_LOST, Kept, keeping, pruned, united
from designer.normalization.projection import functional
from designer.normalization.synthesis import in_order, keyed, largest, synthesised

FEW = 8  # columns up to which the whole relation is split in the classic way as well
CLASSIC = 24  # the same, where alternatives are asked for
VARIANTS = 6  # violations that a split may start with
SHOWN = 5  # alternatives that a person may look at


@dataclass(frozen=True)
class Candidate:
    """Relations in BCNF that join without loss, and what is lost; the fewer the better."""

    how: str
    schemas: tuple[int, ...]
    lost: tuple[FD, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def rank(self) -> tuple[int, int, int]:
        """Fewest dependencies lost, then fewest relations, then fewest columns."""
        return len(self.lost), len(self.schemas), sum(map(int.bit_count, self.schemas))


def bcnf(relation: Relation, budget: Budget | None = None) -> Decomposition:
    """Return relations in BCNF that join without loss, and that keep all dependencies where such were found.

    A dependency that can be kept is kept, unless there are very many ways to derive it.
    """
    ground = grounds(relation, budget or Budget())
    return _decomposition(ground, best(ground))


def alternatives(relation: Relation, budget: Budget | None = None) -> tuple[Decomposition, ...]:
    """Return ways into BCNF, ranked: fewest dependencies lost, then fewest relations, then fewest columns.

    More ways are tried than for `bcnf`, so that the first may have fewer relations.
    """
    ground = grounds(relation, budget or Budget())
    found: dict[frozenset[int], Candidate] = {}
    for each in (best(ground), *_others(ground)):
        found.setdefault(frozenset(each.schemas), each)
    ranked = sorted(found.values(), key=lambda each: each.rank)
    return tuple(_decomposition(ground, each) for each in ranked[:SHOWN])


def best(ground: Grounds) -> Candidate:
    """Return relations in BCNF: the first found that lose nothing, otherwise the best of all that were found."""
    if ground.decided and ground.bcnf:
        return Candidate("as it is", (ground.every,))
    plain = synthesised(ground, ground.grouped)
    good = [each for each in plain if in_bcnf(ground, each)]
    if len(good) == len(plain):
        return Candidate("synthesis", tuple(plain))
    helpers, unkept = _helpers(ground, good)
    if not unkept:
        return _completed(ground, [*good, *helpers])
    found = [] if Kept.NEVER in unkept.values() else list(_synthesised(ground))
    if not found:
        found = [_losing(ground, [*good, *helpers], unkept)]
        if ground.n <= FEW:
            found += _classic(ground)
    return min(found, key=lambda each: each.rank)


def _others(ground: Grounds) -> Iterator[Candidate]:
    """Yield what other covers and classic splits make."""
    if ground.decided and ground.bcnf:
        return
    yield from _synthesised(ground)
    if ground.n <= CLASSIC:
        yield from _classic(ground)


def _helpers(ground: Grounds, good: list[int]) -> tuple[list[int], dict[FD, Kept]]:
    """Return relations in BCNF for what the good ones do not keep, and what they do not keep either, with why."""
    helpers: list[int] = []
    unkept: dict[FD, Kept] = {}
    for fd in _lost(ground, good):
        if not fd.right & ~reached(fd.left, [*good, *helpers], ground.closure, fd.right):
            continue
        kept = keeping(ground, fd, ONCE_LOST if Kept.NEVER in unkept.values() else MOST)
        if isinstance(kept, Kept):
            unkept[fd] = kept
        else:
            helpers += kept
    return united(ground, largest(helpers)), unkept


def _losing(ground: Grounds, good: list[int], unkept: Iterable[FD]) -> Candidate:
    """Return relations that keep what is kept; each other dependency gets one of its own, which is split."""
    return _split_each(ground, keyed(ground, largest([*good, *(fd.left | fd.right for fd in grouped(unkept))])))


def _lost(ground: Grounds, schemas: Sequence[int]) -> tuple[FD, ...]:
    """Return the dependencies of the cover that these relations do not keep."""
    return lost_of(ground.cover, schemas, ground.closure, ground.n)


def _synthesised(ground: Grounds) -> Iterator[Candidate]:
    """Yield what other covers make, where all of it is in BCNF."""
    for cover in other_covers(ground):
        for schemas in (synthesised(ground, cover), united(ground, synthesised(ground, cover, merge=False))):
            if all(in_bcnf(ground, each) for each in schemas):
                yield Candidate("synthesis", tuple(largest(schemas)))


def _completed(ground: Grounds, schemas: list[int]) -> Candidate:
    """Make relations that keep every dependency lossless, and leave out what few do without."""

    def enough(some: list[int]) -> bool:
        return any(map(ground.superkey, some)) and not _lost(ground, some)

    every = largest(united(ground, keyed(ground, largest(schemas))))
    if ground.n <= FEW:
        every = largest(pruned(every, enough))
    return Candidate("synthesis", tuple(every))


def _classic(ground: Grounds) -> list[Candidate]:
    """Return splits of the whole relation."""
    return [_split_each(ground, [ground.every], variant) for variant in range(VARIANTS)]


def _split_each(ground: Grounds, schemas: Sequence[int], variant: int = 0) -> Candidate:
    """Split relations until all are in BCNF."""
    parts: list[int] = []
    cuts: list[Cut] = []
    how = "split" if ground.every in schemas else "synthesis and split"
    waiting = list(reversed(schemas))
    while waiting:
        columns = waiting.pop()
        if in_bcnf(ground, columns):
            parts.append(columns)
            continue
        cut = _cut(ground, columns, variant if columns == ground.every else 0)
        if cut:
            cuts.append(cut)
            waiting += reversed(cut.parts)
        else:
            pairs, more = split_by_pairs(ground, columns)
            parts += pairs
            cuts += more
            how = "split of pairs"
    schemas = largest(parts)
    return Candidate(how, tuple(schemas), _lost(ground, schemas), tuple(cuts))


def _cut(ground: Grounds, columns: int, variant: int) -> Cut | None:
    """Return how to cut these columns by a violation of BCNF that is known; None where none is."""
    fds = functional(ground, columns).fds
    cuts = []
    for fd in fds:
        closed = ground.closure(fd.left) & columns
        if closed != columns:
            cuts.append(Cut(columns, (closed, fd.left | columns & ~closed), fd.left, closed & ~fd.left))
    cuts.sort(key=lambda cut: sum(_cut_through(fd, cut) for fd in fds))
    return cuts[min(variant, len(cuts) - 1)] if cuts else None


def _cut_through(fd: FD, cut: Cut) -> bool:
    """Return whether a dependency lies within neither part."""
    return all((fd.left | fd.right) & ~part for part in cut.parts)


def _decomposition(ground: Grounds, candidate: Candidate) -> Decomposition:
    certain = "BCNF" if ground.decided else ""
    fragments = tuple(fragment_of(ground, each, certain) for each in in_order(candidate.schemas))
    return Decomposition("BCNF", candidate.how, fragments, candidate.cuts, candidate.lost, ground.decided)
