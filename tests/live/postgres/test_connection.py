"""What can go wrong on the way to a server, in sentences without a password; and how reading is stopped."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import errors

from designer.importers.contract import Cancelled
from designer.importers.live import LiveProblem, PasswordRefused, take
from designer.importers.live.postgres import connection as connecting
from designer.importers.live.postgres.connection import connected, fetched
from designer.importers.live.postgres.problems import sentence
from tests.servers import PostgresServer

PASSWORD = "hunter2&x"
WRITTEN = "hunter2%26x"


def told(url: str) -> str:
    with pytest.raises(LiveProblem) as problem:
        take(url)
    assert "hunter2" not in problem.value.message
    assert "\n" not in problem.value.message
    return problem.value.message


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"postgresql://ann:{WRITTEN}@localhost:1/shop", "nothing answers at localhost:1"),
        (f"postgres+psycopg://ann:{WRITTEN}@nowhere.invalid/shop", "there is no host nowhere.invalid"),
        ("postgresql://ann:hunter2@x@localhost/shop", "percent-encoded"),
        ("postgresql://ann:hunter2/x@localhost/shop", "percent-encoded"),
        ("postgresql://ann:hunter2#x@localhost/shop", "percent-encoded"),
        ("postgresql://ann:hunter2%zz@localhost/shop", "this URL cannot be read"),
        (f"postgresql://ann@localhost/shop?password={WRITTEN}&schema=app", "no setting 'schema'"),
        (f"postgresql://ann:{WRITTEN}@localhost/shop?service=mine", "service="),
        (f"postgresql://ann:{WRITTEN}@localhost:99999/shop", "invalid port number"),
    ],
)
def test_a_url_that_leads_nowhere(url: str, words: str):
    assert words in told(url)


@pytest.fixture
def stranger() -> Iterator[int]:
    """The port of a server that speaks another language."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    guest, _ = server.accept()
                except OSError:
                    return
                with guest:
                    guest.recv(100)
                    guest.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield server.getsockname()[1]


def test_a_server_of_another_kind(stranger: int):
    assert "is not PostgreSQL" in told(f"postgresql://ann:{WRITTEN}@127.0.0.1:{stranger}/shop?sslmode=disable")


def test_no_such_database_and_no_such_user(postgres_server: PostgresServer):
    assert "there is no database nope" in told(postgres_server.url.replace("/postgres?", "/nope?"))
    other = postgres_server.url.replace("postgres:@", f"nobody_here:{WRITTEN}@")
    assert "there is no user nobody_here" in told(other)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (errors.InvalidPassword("FATAL: password authentication failed"), "does not take this password for ann"),
        (psycopg.OperationalError("fe_sendauth: no password supplied"), "wants a password for ann"),
    ],
)
def test_a_refused_password_can_be_asked_for(error: psycopg.Error, words: str):
    problem = sentence(error, {"user": "ann", "host": "db", "port": "5432", "password": PASSWORD})
    assert isinstance(problem, PasswordRefused)
    assert words in problem.message
    assert "db:5432" in problem.message
    assert PASSWORD not in problem.message


class Said:
    """A connection to a server that says of itself what it is given."""

    def __init__(self, version: str, number: int):
        self.row = (version, number)

    def execute(self, query: str) -> Said:
        return self

    def fetchone(self) -> tuple[str, int]:
        return self.row


@pytest.mark.parametrize(
    ("version", "number", "words"),
    [
        ("PostgreSQL 11.22 on x86_64", 110022, "PostgreSQL 12 and later"),
        ("CockroachDB CCL v23.1", 130000, "not PostgreSQL, it says: CockroachDB"),
    ],
)
def test_a_server_that_cannot_be_read(version: str, number: int, words: str):
    with pytest.raises(LiveProblem, match=words):
        connecting._begin(Said(version, number))  # type: ignore[arg-type]


def test_nothing_can_be_written(postgres_server: PostgresServer):
    with pytest.raises(LiveProblem, match="read-only"), connected(postgres_server.url) as connection:
        connection.execute("CREATE TABLE public.written ()")


def test_cancelling_stops_the_query_on_the_server(postgres_server: PostgresServer):
    def stop() -> None:
        raise Cancelled

    began = time.monotonic()
    with pytest.raises(Cancelled), connected(postgres_server.url) as connection:
        fetched(connection, "SELECT pg_sleep(60)", stop)
    assert time.monotonic() - began < 10


def test_progress_may_cancel(rich_url: str):
    seen = []

    def progress(fraction: float, words: str) -> None:
        seen.append((fraction, words))
        if "tables" in words:
            raise Cancelled

    with pytest.raises(Cancelled):
        take(rich_url, progress=progress)
    assert seen[0] == (0.0, "connecting")
    assert sorted(seen) == seen


def test_a_locked_table_is_not_waited_for(postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(connecting, "LOCK_SECONDS", 0.1)
    url = postgres_server.new_database()
    with psycopg.connect(url) as other:
        other.execute("CREATE TABLE held (a integer, b integer CHECK (b > a))")
        other.execute("CREATE VIEW over AS SELECT * FROM held")
        other.commit()
        other.execute("LOCK TABLE held")
        assert "holds a lock" in told(url)


def test_other_sessions_temporary_tables_are_not_there(postgres_server: PostgresServer):
    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("CREATE TEMPORARY TABLE passing (a integer PRIMARY KEY); CREATE TABLE stays (a integer)")
        assert [row["name"] for row in take(url).sections["tables"]] == ["stays"]


def test_a_user_with_few_rights_gets_the_rest_and_a_note(postgres_server: PostgresServer):
    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE SCHEMA hidden; CREATE TABLE hidden.t (a integer); CREATE TABLE open (a integer);"
            "ALTER TABLE open ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON open USING (a > 1);"
            "REVOKE SELECT ON pg_catalog.pg_policy FROM PUBLIC; DROP ROLE IF EXISTS few_rights; CREATE ROLE few_rights LOGIN"
        )
    snapshot = take(url.replace("postgres:@", "few_rights:@"))
    assert [row["name"] for row in snapshot.sections["tables"]] == ["t", "open"]
    assert snapshot.sections["notes"] == [
        {"what": "policies", "message": "left out: permission denied for table pg_policy"}
    ]


def test_a_database_without_an_encoding_is_read_all_the_same(postgres_server: PostgresServer):
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS bytes")
        connection.execute("CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'")
    url = postgres_server.url.replace("/postgres?", "/bytes?")
    with psycopg.connect(url, autocommit=True, client_encoding="SQL_ASCII") as connection:
        connection.execute(b"CREATE TABLE t (a integer); COMMENT ON TABLE t IS 'caf\xe9 caf\xc3\xa9'")
    assert [row["text"] for row in take(url).sections["comments"]] == ["café café"]
