"""Fourth normal form (Fagin 1977): relations are split along dependency bases until every basis belongs to a key.

It starts from the whole relation and from relations in BCNF that keep the functional dependencies, and takes what
loses least.
"""

from __future__ import annotations

from collections.abc import Sequence

from designer.normalization.contract import FD, Budget, Cut, Decomposition, Relation
from designer.normalization.fragments import fragment_of, in_fourth
from designer.normalization.grounds import Grounds, TooLong, grounds
from designer.normalization.preservation import lost_of
from designer.normalization.projection import MANY, independent_subsets, seen_blocks, stated_lefts
from designer.normalization.separating import splitting_left
from designer.normalization.splitting import Candidate, best
from designer.normalization.synthesis import in_order, largest


def fourth_nf(relation: Relation, budget: Budget | None = None) -> Decomposition:
    """Return relations in 4NF that join without loss; without multivalued dependencies, those in BCNF are.

    `decided` is False where a relation has too many columns to look at all of their subsets.
    """
    if not relation.mvds:
        ground = grounds(relation, budget or Budget())
        return _decomposition(ground, best(ground), ground.decided)
    ground = Grounds(relation, budget or Budget())  # with its own steps for bases, so that the answer repeats
    start = best(ground)
    tried = [_split(ground, start), _split(ground, Candidate("as it is", (ground.every,)))]
    sure = [each for each in tried if each[1]]
    found, decided = min(sure, key=lambda each: each[0].rank) if sure else tried[0]
    return _decomposition(ground, found, decided and ground.decided)


def _decomposition(ground: Grounds, found: Candidate, decided: bool) -> Decomposition:
    certain = "" if not decided else "4NF" if ground.relation.mvds else "BCNF"
    fragments = tuple(fragment_of(ground, each, certain) for each in in_order(found.schemas))
    return Decomposition("4NF", found.how, fragments, found.cuts, found.lost, decided)


def _split(ground: Grounds, start: Candidate) -> tuple[Candidate, bool]:
    """Split relations until no basis is left to split along, and say whether all of them were looked at."""
    parts: list[int] = []
    cuts: list[Cut] = []
    decided = True
    waiting = list(reversed(start.schemas))
    while waiting:
        columns = waiting.pop()
        cut = _cut(ground, columns)
        if cut:
            cuts.append(cut)
            waiting += reversed(cut.parts)
        else:
            parts.append(columns)
            decided = decided and bool(in_fourth(ground, columns))
    schemas = largest(parts)
    lost = lost_of(ground.cover, schemas, ground.closure, ground.n)
    how = "dependency basis" if cuts else start.how
    return Candidate(how, tuple(schemas), lost, (*start.cuts, *cuts)), decided


def _cut(ground: Grounds, columns: int) -> Cut | None:
    """Return the cut that goes through fewest dependencies, of those that 4NF calls for and that were found in time."""
    inside = [fd for fd in ground.grouped if not (fd.left | fd.right) & ~columns]
    cuts = []
    try:
        cuts += [cut for left in _lefts(ground, columns) if (cut := _along(ground, columns, left))]
    except TooLong:
        return None
    return min(cuts, key=lambda cut: (_cut_through(inside, cut), len(cut.parts)), default=None)


def _lefts(ground: Grounds, columns: int) -> Sequence[int]:
    """Return left sides that may violate 4NF: of the whole relation, the stated ones are enough."""
    if columns == ground.every:
        return stated_lefts(ground, columns)
    stated = stated_lefts(ground, columns)
    if any(_along(ground, columns, left) for left in stated):
        return stated
    left, certain = splitting_left(ground, columns)
    if left is None and not certain and columns.bit_count() <= MANY:
        return independent_subsets(ground, columns)
    return () if left is None else (left,)


def _along(ground: Grounds, columns: int, left: int) -> Cut | None:
    """Return the cut along the basis of a left side, unless it is a superkey or splits nothing."""
    fixed = ground.closure(left) & columns
    blocks = seen_blocks(ground, left, columns)
    beyond = fixed & ~left
    if not blocks or (not beyond and len(blocks) < 2):
        return None
    parts = [left | block for block in blocks]
    if beyond:
        return Cut(columns, (fixed, *parts), left, beyond, multivalued=len(blocks) > 1)
    return Cut(columns, tuple(parts), left, blocks[0], multivalued=True)


def _cut_through(fds: Sequence[FD], cut: Cut) -> int:
    return sum(all((fd.left | fd.right) & ~part for part in cut.parts) for fd in fds)
