"""Other minimal covers of the same dependencies: synthesis from another one may make other, better relations."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from designer.normalization.contract import FD
from designer.normalization.cover import grouped, reduced
from designer.normalization.grounds import Grounds
from designer.normalization.projection import squeezer, stretched

WORK = 60_000  # dependencies times columns, all covers together, beyond which fewer covers are tried


def other_covers(ground: Grounds) -> Iterator[list[FD]]:
    """Yield minimal covers from dependencies and columns in shuffled orders; the same ones every time."""
    seen = {frozenset(ground.grouped)}
    size = max(1, len(ground.fds) * ground.n)
    for seed in range(min(ground.budget.covers, max(2, WORK // size))):
        cover = _shuffled(ground, Random(seed))  # noqa: S311 - a seed, no secret
        as_set = frozenset(cover)
        if as_set not in seen:
            seen.add(as_set)
            yield cover


def _shuffled(ground: Grounds, random: Random) -> list[FD]:
    order = list(range(ground.n))
    random.shuffle(order)
    renumbered = squeezer(order)
    fds = [FD(renumbered(fd.left), renumbered(fd.right)) for fd in grouped(ground.fds)]
    random.shuffle(fds)
    return [FD(stretched(order, fd.left), stretched(order, fd.right)) for fd in reduced(fds, ground.n)]
