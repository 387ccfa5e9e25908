"""While an online migration runs others go on writing; a lock that is held is waited for a short time and tried again."""

from __future__ import annotations

import subprocess
import threading
import time

import psycopg
import pytest

from designer.evolution import Options, migrate
from designer.evolution.align import aligned
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.registry import get
from designer.importers.sql import read
from tests.proof import pg_equal
from tests.servers import PostgresServer

pytestmark = pytest.mark.postgres
_OLD = """CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE big (id serial PRIMARY KEY, n integer, a text, b text, owner_id integer);
"""
_NEW = """CREATE TABLE owners (id integer PRIMARY KEY);
CREATE TABLE big (id serial PRIMARY KEY, n bigint, a text NOT NULL, b text, owner_id integer, k uuid DEFAULT gen_random_uuid() NOT NULL,
    CONSTRAINT big_b_key UNIQUE (b), CONSTRAINT big_n CHECK (n >= 0),
    CONSTRAINT big_owner FOREIGN KEY (owner_id) REFERENCES owners (id));
CREATE INDEX big_by_a ON big (a);
"""
_ROWS = """INSERT INTO owners SELECT generate_series(1, 10);
INSERT INTO big (n, a, b, owner_id) SELECT i, 'a' || i, 'b' || i, i % 10 + 1 FROM generate_series(1, {rows}) i;
"""


def _database(server: PostgresServer, text: str) -> str:
    dsn = server.new_database()
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(text.encode())
    return dsn


def _script(old: str, new: str, **options: object) -> str:
    both = aligned(read(old, "", "postgresql").design, read(new, "", "postgresql").design, "postgresql")
    chosen = Options(**options)  # type: ignore[arg-type]
    up = migrate(both.old, both.new, "postgresql", options=chosen)
    return str(
        next(iter(get("sql").files(up, migrate(both.new, both.old, "postgresql", options=chosen), Meta()).values()))
    )


def _psql(server: PostgresServer, dsn: str, text: str) -> None:
    done = subprocess.run([server.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", dsn], input=text, text=True,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0, done.stderr


def _longest_wait(server: PostgresServer, dsn: str, script: str) -> float:
    """Run a script while another connection writes, and return the longest time one write took, in seconds."""
    done = threading.Event()
    waits: list[float] = []

    def write() -> None:
        with psycopg.connect(dsn, autocommit=True) as connection:
            while not done.is_set():
                began = time.monotonic()
                connection.execute("UPDATE big SET a = 'x' WHERE id = 1")
                waits.append(time.monotonic() - began)
                time.sleep(0.005)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        _psql(server, dsn, script)
    finally:
        done.set()
        writer.join()
    return max(waits)


@pytest.mark.slow
def test_nobody_waits_for_long(postgres_server: PostgresServer) -> None:
    rows = _ROWS.format(rows=200_000)
    online, simple = (_database(postgres_server, _OLD + rows) for _ in range(2))
    waited = _longest_wait(postgres_server, online, _script(_OLD, _NEW, strategy="online"))
    before = _longest_wait(postgres_server, simple, _script(_OLD, _NEW))
    assert waited < 1.0 and waited < before / 2, f"online {waited:.2f} s, simple {before:.2f} s"
    wanted = pg_equal.snapshot(_database(postgres_server, _NEW))
    assert pg_equal.compare(pg_equal.snapshot(online), wanted) == []
    with psycopg.connect(online) as connection:
        assert connection.execute("SELECT count(*), count(k), count(n) FROM big").fetchone() == (200_000,) * 3


def test_a_held_lock_is_tried_again(postgres_server: PostgresServer) -> None:
    dsn = _database(postgres_server, _OLD + _ROWS.format(rows=3))
    text = _script(_OLD, _OLD.replace("b text", "b text, c text"), strategy="online", lock_timeout="200ms")
    holder = psycopg.connect(dsn)
    holder.execute("SELECT * FROM big")
    threading.Timer(3, holder.rollback).start()
    began = time.monotonic()
    _psql(postgres_server, dsn, text)
    assert 2.5 < time.monotonic() - began < 20
    holder.close()
    with psycopg.connect(dsn) as connection:
        assert connection.execute("SELECT count(c) FROM big").fetchone() == (0,)
