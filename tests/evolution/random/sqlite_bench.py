"""Random pairs of SQLite, each in two databases in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing

from tests.evolution.changes.sqlite_bench import rows_of, travel
from tests.evolution.random.edits import Editor
from tests.evolution.random.pair import Pair, pair_of
from tests.evolution.random.rows import inserts
from tests.evolution.random.sqlite_schemas import SqliteSchema
from tests.evolution.random.words import SQLITE
from tests.proof.sqlite_catalog import differences, reading

EDITS = 8


def run(seeds: Iterable[int]) -> list[Pair]:
    """Take pairs up and down, and return them with what was wrong."""
    return [_run(seed) for seed in seeds]


def _run(seed: int) -> Pair:
    pair = pair_of(seed, "sqlite", SqliteSchema(seed).script(), Editor, SQLITE, 1 + seed % EDITS)
    try:
        new = _open(pair.new_text)
    except sqlite3.Error as error:
        pair.refused = str(error)
        return pair
    with closing(new), closing(_open(pair.old_text)) as base:
        base.executescript(
            "PRAGMA foreign_keys = OFF;" + ";\n".join(inserts(pair.old, "sqlite")) + ";PRAGMA foreign_keys = ON;"
        )
        pair.plan()
        _prove(pair, base, new)
    return pair


def _open(script: str) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(script)
    return base


def _prove(pair: Pair, base: sqlite3.Connection, new: sqlite3.Connection) -> None:
    was, wanted, kept = reading(base), reading(new), pair.kept()
    before = rows_of(base, [(table, [one for one, _ in columns]) for table, _, columns in kept])
    pair.faults += travel(base, pair.up, "up")
    pair.faults += [f"up: {each}" for each in differences(reading(base), wanted)]
    there = rows_of(base, [(table, [two for _, two in columns]) for _, table, columns in kept])
    pair.faults += travel(base, pair.down, "down")
    pair.faults += [f"down: {each}" for each in differences(reading(base), was)]
    back = rows_of(base, [(table, [one for one, _ in columns]) for table, _, columns in kept])
    for (table, _, _), one, two, three in zip(kept, before, there, back, strict=True):
        if one != two or one != three:
            pair.faults.append(f"the rows of {table} were {one}, then {two}, then {three}")
