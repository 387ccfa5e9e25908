"""The firing pair of every hazard by the online strategy, on real servers with rows: up and down, catalogs equal."""

from __future__ import annotations

from typing import Any

import psycopg
import pymysql
import pytest

from designer.evolution import Migration, Options, migrate
from designer.evolution.align import aligned
from designer.evolution.hazards.contract import Pair
from designer.evolution.hazards.registry import all_rules
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from designer.proof.rows import rows_for
from tests.proof import my_equal, pg_equal
from tests.proof.my_catalog import run
from tests.servers import MariaServer, PostgresServer

pytestmark = pytest.mark.slow
_RULES = {rule.code: rule.firing for rule in all_rules()}
_APART = {"WM204": "names a table that it does not make", "WM304": "the same", "WM309": "needs a second server"}
"""Pairs that no single server takes, and why."""
REFUSED = ("WM220", "WM301", "WM307")
"""Pairs whose rows the new schema cannot hold, which is what they are there to show: tried without rows."""
_POSTGRES = [code for code, pair in _RULES.items() if pair.target == "postgresql" and code not in _APART]
_MARIADB = [code for code, pair in _RULES.items() if pair.target in ("mysql", "mariadb")]


def ways(pair: Pair, dialect: str) -> tuple[Migration, Migration]:
    """Return both ways of a pair."""
    old, new = (read(text, "", dialect).design for text in (pair.old, pair.new))
    both = aligned(old, new, dialect, renames=asked([f"{a}={b}" for a, b in pair.renames], old, new, dialect))
    return tuple(migrate(*each, dialect, options=Options("online"))  # type: ignore[return-value]
                 for each in ((both.old, both.new), (both.new, both.old)))  # fmt: skip


@pytest.mark.postgres
@pytest.mark.parametrize("code", _POSTGRES)
def test_postgres(code: str, postgres_server: PostgresServer) -> None:
    pair = _RULES[code]
    up, down = ways(pair, "postgresql")
    old, new = postgres_server.new_database(), postgres_server.new_database()
    for database, text in ((old, pair.old), (new, pair.new)):
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(text.encode())
    was, wanted = pg_equal.snapshot(old), pg_equal.snapshot(new)
    if code not in REFUSED:
        _fill(old, up)
    for migration, state in ((up, wanted), (down, was)):
        with psycopg.connect(old, autocommit=True) as connection:
            for step in migration.steps:
                connection.execute(step.sql.encode(), prepare=False)
        assert pg_equal.compare(pg_equal.snapshot(old), state) == []


def _fill(database: str, migration: Migration) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        for each in rows_for(migration.old, migration.old_model, "postgresql", per_table=1).inserts:
            try:
                connection.execute(each.sql.encode())
            except psycopg.Error:
                continue  # a sample is a guess


@pytest.mark.mariadb
@pytest.mark.parametrize("code", _MARIADB)
def test_mariadb(code: str, mariadb_server: MariaServer) -> None:
    pair = _RULES[code]
    up, down = ways(pair, "mariadb")
    old, new = _made(mariadb_server, pair.old), _made(mariadb_server, pair.new)
    was, wanted = my_equal.snapshot(old), my_equal.snapshot(new)
    for migration, state in ((up, wanted), (down, was)):
        with pymysql.connect(**old, autocommit=True) as connection, connection.cursor() as cursor:
            for step in migration.steps:
                cursor.execute(step.sql)
        assert my_equal.compare(my_equal.snapshot(old), state) == []


def _made(server: MariaServer, text: str) -> dict[str, Any]:
    database = server.new_database()
    run(database, text)
    return database
