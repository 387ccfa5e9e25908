"""What holds in rows, asked of SQLite by counting: another program, another way, no code in common with ours.

X -> A holds where count(distinct X) = count(distinct (X, A)), and X is a key where count(distinct X) is the number of
rows. NULLs are given a value first: one for all of them where NULL equals NULL, one each where it differs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

Row = Sequence[str | None]


@dataclass(frozen=True)
class Truth:
    """What holds, and nothing that follows from less of it."""

    keys: set[tuple[int, ...]]
    dependencies: set[tuple[tuple[int, ...], int]]
    constants: set[int]


class Counts:
    """A table of SQLite that is asked how many different values columns have."""

    def __init__(self, rows: Sequence[Row], nulls: str = "equal"):
        self.rows, self.width = len(rows), len(rows[0])
        self.base = sqlite3.connect(":memory:")
        names = ", ".join(f"c{at} TEXT" for at in range(self.width))
        self.base.execute(f"CREATE TABLE t ({names})")
        marks = ", ".join("?" * self.width)
        spelled = (
            [
                ("null", "null" if nulls == "equal" else f"null {at} {n}") if each is None else ("value", each)
                for n, each in enumerate(row)
            ]
            for at, row in enumerate(rows)
        )
        self.base.executemany(
            f"INSERT INTO t VALUES ({marks})", ([f"{kind} {text}" for kind, text in row] for row in spelled)
        )
        self._known: dict[tuple[int, ...], int] = {}

    def of(self, *columns: int) -> int:
        """Return how many different values some columns have together."""
        wanted = tuple(sorted(columns))
        if wanted not in self._known:
            listed = ", ".join(f"c{each}" for each in wanted)
            found = self.base.execute(f"SELECT count(*) FROM (SELECT DISTINCT {listed} FROM t)").fetchone()
            self._known[wanted] = found[0]
        return self._known[wanted]

    def exceptions(self, left: Sequence[int], right: int) -> int:
        """Return how many rows would have to change for left -> right: all but the most frequent value of each group."""
        listed = ", ".join(f"c{each}" for each in left)
        query = f"""
        SELECT sum(n) - sum(most) FROM (SELECT sum(n) AS n, max(n) AS most FROM
          (SELECT {listed}, count(*) AS n FROM t GROUP BY {listed}, c{right}) GROUP BY {listed})"""
        return int(self.base.execute(query).fetchone()[0])


def truth(rows: Sequence[Row], left: int = 2, nulls: str = "equal", lefts: Sequence[int] | None = None) -> Truth:
    """Return what holds with left sides of at most `left` of the columns `lefts`."""
    counts = Counts(rows, nulls)
    constants = {each for each in range(counts.width) if counts.of(each) == 1}
    varying = [each for each in range(counts.width) if each not in constants]
    keys: set[tuple[int, ...]] = set()
    found: set[tuple[tuple[int, ...], int]] = set()
    for size in range(1, left + 1):
        for chosen in combinations(varying if lefts is None else [each for each in varying if each in lefts], size):
            if any(set(key) <= set(chosen) for key in keys):
                continue
            if counts.of(*chosen) == counts.rows:
                keys.add(chosen)
                continue
            for right in varying:
                smaller = any((part, right) in found for n in range(1, size) for part in combinations(chosen, n))
                if right not in chosen and not smaller and counts.of(*chosen) == counts.of(*chosen, right):
                    found.add((chosen, right))
    return Truth(keys, found, constants)
