"""Many random pairs of PostgreSQL in two databases: a schema for each, every catalog read once a state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import psycopg

from tests.evolution.changes.postgres_bench import prints
from tests.evolution.random.pair import Pair, pair_of
from tests.evolution.random.postgres_edits import PostgresEditor
from tests.evolution.random.postgres_schemas import PostgresSchema
from tests.evolution.random.rows import inserts
from tests.evolution.random.words import POSTGRES
from tests.proof import pg_equal
from tests.servers import PostgresServer

EDITS = 12


def pair(seed: int) -> Pair:
    """Return the pair of a seed."""
    script = PostgresSchema(seed, f"r{seed}").script()
    return pair_of(seed, "postgresql", script, PostgresEditor, POSTGRES, 1 + seed % EDITS)


def run(server: PostgresServer, seeds: Iterable[int]) -> list[Pair]:
    """Take pairs up and down, and return them with what was wrong."""
    pairs = [pair(seed) for seed in seeds]
    old, new = server.new_database(), server.new_database()
    with psycopg.connect(old, autocommit=True) as before, psycopg.connect(new, autocommit=True) as after:
        before.execute(b"DO $$ BEGIN CREATE ROLE wk_reader; EXCEPTION WHEN duplicate_object THEN END $$")
        there = [each for each in pairs if _load(before, after, each)]
    for each in there:
        each.plan()
    _prove(old, new, there)
    return pairs


def _load(before: psycopg.Connection, after: psycopg.Connection, pair: Pair) -> bool:
    try:
        after.execute(pair.new_text.encode())
    except psycopg.Error as error:
        pair.refused = str(error)
        return False
    try:
        before.execute(pair.old_text.encode())
        rows = ";\n".join(inserts(pair.old, "postgresql"))
        before.execute(f"SET session_replication_role = replica;\n{rows};\nRESET session_replication_role".encode())
    except psycopg.Error as error:
        pair.faults.append(f"the old side: {error}")
        return False
    return True


def _prove(old: str, new: str, pairs: Sequence[Pair]) -> None:
    was, wanted = pg_equal.snapshot(old), pg_equal.snapshot(new)
    kept = [(pair, each) for pair in pairs for each in pair.kept()]
    before = prints(old, [(table, [one for one, _ in columns]) for _, (table, _, columns) in kept])
    _travel(old, pairs, "up")
    _tell(pairs, pg_equal.compare(pg_equal.snapshot(old), wanted), "up")
    there = prints(old, [(table, [two for _, two in columns]) for _, (_, table, columns) in kept])
    _travel(old, pairs, "down")
    _tell(pairs, pg_equal.compare(pg_equal.snapshot(old), was), "down")
    back = prints(old, [(table, [one for one, _ in columns]) for _, (table, _, columns) in kept])
    for (pair, each), one, two, three in zip(kept, before, there, back, strict=True):
        if one != two or one != three:
            pair.faults.append(f"the rows of {each[0]} were {one}, then {two}, then {three}")


def _travel(dsn: str, pairs: Iterable[Pair], way: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        for pair in pairs:
            for step in getattr(pair, way):
                try:
                    connection.execute(step.sql.encode(), prepare=False)
                except psycopg.Error as error:
                    pair.faults.append(f"{way}: {step.sql}\n    {error}")
            connection.execute("RESET ALL")


_HOME = re.compile(r"\br(\d+)(?:_b)?\b")


def _tell(pairs: Sequence[Pair], differences: Iterable[pg_equal.Difference], way: str) -> None:
    by_seed = {pair.seed: pair for pair in pairs}
    for each in differences:
        found = _HOME.search(f"{each[1]} {each[2]} {each[3]}")
        if found is None:
            raise AssertionError(f"of no pair: {pg_equal.sentence(each)}")
        if int(found[1]) in by_seed:
            by_seed[int(found[1])].faults.append(f"{way}: {pg_equal.sentence(each)}")
