"""A table to what is kept of it when the rows are not: findings, some rows, and rows against dependencies."""

from __future__ import annotations

from collections.abc import Sequence

from designer.discovery.checking import counterexamples, exceptions, shortened
from designer.discovery.contract import ROOM, Asked, Budget, Discovered, Profile, Wish
from designer.discovery.finder import discover
from designer.discovery.sketches import sketched
from designer.discovery.table import Table
from designer.importers.contract import Progress, no_progress

ROWS = 200
"""Rows that are kept to be shown."""
_MOST_CELLS = 20_000
_MOST_ASKED = 100


def profiled(
    table: Table,
    wish: Wish,
    budget: Budget = ROOM,
    asked: Sequence[tuple[tuple[int, ...], int]] = (),
    progress: Progress = no_progress,
) -> Profile:
    """Return what is kept. `asked` are dependencies to ask the rows about; approximate ones are added."""
    found = discover(table, wish, budget, lambda part, words: progress(0.8 * part, words))
    progress(0.85, "looking for the rows that speak against dependencies")
    wanted = dict.fromkeys([*asked, *_approximate(found)])
    answers = tuple(
        Asked(left, right, exceptions(table, left, right, nulls=wish.nulls))
        for left, right in list(wanted)[:_MOST_ASKED]
    )
    most = max(1, min(ROWS, _MOST_CELLS // max(1, len(table.headers))))
    rows = tuple((number, tuple(map(shortened, row))) for number, row in table.rows(most))
    return Profile(found, rows, answers, tuple(counterexamples(table, found)), sketched(table, found))


def _approximate(found: Discovered) -> list[tuple[tuple[int, ...], int]]:
    return [(each.left, each.right) for each in found.dependencies if not each.exact]
