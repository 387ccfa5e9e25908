"""Random pairs of MariaDB, each in two databases of its own on one server."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pymysql

from tests.evolution.changes.mariadb_bench import differences, rows_of, travel
from tests.evolution.random.edits import Editor
from tests.evolution.random.mariadb_schemas import MariaSchema
from tests.evolution.random.pair import Pair, pair_of
from tests.evolution.random.rows import inserts
from tests.evolution.random.words import MARIADB
from tests.proof import my_equal
from tests.proof.my_catalog import run as run_script
from tests.servers import MariaServer

EDITS = 8


def run(server: MariaServer, seeds: Iterable[int]) -> list[Pair]:
    """Take pairs up and down, and return them with what was wrong."""
    return [_run(server, seed) for seed in seeds]


def _run(server: MariaServer, seed: int) -> Pair:
    pair = pair_of(seed, "mariadb", MariaSchema(seed).script(), Editor, MARIADB, 1 + seed % EDITS)
    old, new = server.new_database(), server.new_database()
    with pymysql.connect(**old, autocommit=True) as connection, connection.cursor() as cursor:
        try:
            run_script(new, pair.new_text)
            run_script(old, pair.old_text)
        except pymysql.MySQLError as error:
            pair.refused = str(error)
        else:
            cursor.execute("SET foreign_key_checks = 0")
            for statement in inserts(pair.old, "mariadb"):
                cursor.execute(statement)
            cursor.execute("SET foreign_key_checks = 1")
            pair.plan()
            _prove(pair, cursor, old, my_equal.snapshot(new))
        for each in (old, new):
            cursor.execute(f"DROP DATABASE {each['database']}")
    return pair


def _prove(pair: Pair, cursor: Any, old: dict[str, Any], wanted: my_equal.Reading) -> None:
    was, kept = my_equal.snapshot(old), pair.kept()
    before = rows_of(cursor, [(table, [one for one, _ in columns]) for table, _, columns in kept])
    pair.faults += travel(cursor, pair.up, "up")
    pair.faults += differences(my_equal.snapshot(old), wanted, "up")
    there = rows_of(cursor, [(table, [two for _, two in columns]) for _, table, columns in kept])
    pair.faults += travel(cursor, pair.down, "down")
    pair.faults += differences(my_equal.snapshot(old), was, "down")
    back = rows_of(cursor, [(table, [one for one, _ in columns]) for table, _, columns in kept])
    for (table, _, _), one, two, three in zip(kept, before, there, back, strict=True):
        if one != two or one != three:
            pair.faults.append(f"the rows of {table} were {one}, then {two}, then {three}")
