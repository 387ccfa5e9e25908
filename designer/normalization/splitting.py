"""Boyce-Codd normal form: first without losing a dependency, and otherwise with as few lost as were found.

Synthesis makes relations in BCNF more often than not, so it is tried first, from several covers. Where it does not,
dependencies that are kept by no relations in BCNF at all are told from others; what is left is split in the classic
way, X+ and X with the rest for a dependency X -> Y that violates BCNF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from designer.normalization.contract import FD, Budget, Cut, Decomposition, Relation
from designer.normalization.covers import other_covers
from designer.normalization.fragments import fragment_of, in_bcnf
from designer.normalization.grounds import Grounds, grounds
from designer.normalization.pairs import split_by_pairs
from designer.normalization.preservation import lost_of
from designer.normalization.preserving import Kept, at_risk, keeping, pruned
from designer.normalization.projection import projected
from designer.normalization.synthesis import in_order, keyed, largest, synthesised

CLASSIC = 24  # columns up to which the whole relation is split in the classic way as well
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

    Of up to ten columns that a dependency depends on, it is kept if it can be kept at all.
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
    found = list(_preserving(ground, plain, good))
    return min(found or _losing(ground, plain), key=lambda each: each.rank)


def _others(ground: Grounds) -> Iterator[Candidate]:
    """Yield what other covers and classic splits make."""
    if ground.bcnf:
        return
    yield from _synthesised(ground)
    yield from _losing(ground, synthesised(ground, ground.grouped))


def _preserving(ground: Grounds, plain: list[int], good: list[int]) -> Iterator[Candidate]:
    """Yield relations in BCNF that lose nothing, unless there are none for sure."""
    helpers: list[int] = []
    all_kept = True
    for fd in at_risk(ground, good):
        kept = keeping(ground, fd)
        if kept is Kept.NEVER:
            return
        if kept is Kept.OPEN:
            all_kept = False
        else:
            helpers += kept
    if all_kept:
        yield _completed(ground, [*good, *helpers])
    yield from _synthesised(ground)


def _synthesised(ground: Grounds) -> Iterator[Candidate]:
    """Yield what other covers make, where all of it is in BCNF."""
    for cover in other_covers(ground):
        for merge in (True, False):
            schemas = synthesised(ground, cover, merge)
            if all(in_bcnf(ground, each) for each in schemas):
                yield Candidate("synthesis", tuple(schemas))


def _completed(ground: Grounds, schemas: list[int]) -> Candidate:
    """Make relations that keep every dependency lossless, and leave out what is not needed for both."""

    def good(some: list[int]) -> bool:
        return any(map(ground.superkey, some)) and not lost_of(ground.cover, some, ground.closure, ground.n)

    return Candidate("synthesis", tuple(pruned(largest(keyed(ground, schemas)), good)))


def _losing(ground: Grounds, plain: list[int]) -> list[Candidate]:
    """Return splits of what synthesis made, and of the whole relation where it is small."""
    found = [_split_each(ground, plain, "split")]
    if ground.n <= CLASSIC:
        found += [_split_each(ground, [ground.every], "split", variant) for variant in range(VARIANTS)]
    return found


def _split_each(ground: Grounds, schemas: Sequence[int], how: str, variant: int = 0) -> Candidate:
    """Split relations until all are in BCNF."""
    parts: list[int] = []
    cuts: list[Cut] = []
    waiting = list(reversed(schemas))
    while waiting:
        columns = waiting.pop()
        cut = _cut(ground, columns, variant if columns == ground.every else 0)
        if isinstance(cut, Cut):
            cuts.append(cut)
            waiting += reversed(cut.parts)
        elif cut:
            parts.append(columns)
        else:
            pairs, more = split_by_pairs(ground, columns)
            parts += pairs
            cuts += more
            how = "split of pairs"
    schemas = largest(parts)
    return Candidate(how, tuple(schemas), lost_of(ground.cover, schemas, ground.closure, ground.n), tuple(cuts))


def _cut(ground: Grounds, columns: int, variant: int) -> Cut | bool:
    """Return how to cut these columns by a violation of BCNF; True where there is none, False where it is not known."""
    found = projected(ground, columns)
    cuts = []
    for fd in found.fds:
        closed = ground.closure(fd.left) & columns
        if closed != columns:
            cuts.append(Cut(columns, (closed, fd.left | columns & ~closed), fd.left, closed & ~fd.left))
    if not cuts:
        return found.decided
    cuts.sort(key=lambda cut: sum(_cut_through(fd, cut) for fd in found.fds))
    return cuts[min(variant, len(cuts) - 1)]


def _cut_through(fd: FD, cut: Cut) -> bool:
    """Return whether a dependency lies within neither part."""
    return all((fd.left | fd.right) & ~part for part in cut.parts)


def _decomposition(ground: Grounds, candidate: Candidate) -> Decomposition:
    fragments = tuple(fragment_of(ground, each, "BCNF") for each in in_order(candidate.schemas))
    return Decomposition("BCNF", candidate.how, fragments, candidate.cuts, candidate.lost, ground.decided)
