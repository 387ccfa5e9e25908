"""A read-only connection to PostgreSQL, and what went wrong in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from designer.importers.live.contract import LiveProblem
from designer.importers.live.postgres.problems import sentence, unusable
from designer.importers.live.postgres.sections import settings

OLDEST = 120_000
CONNECT_SECONDS = 10
STATEMENT_SECONDS = 300
LOCK_SECONDS = 10
_LOOK_SECONDS = 0.2
"""How often a running query lets the caller stop it."""

Watch = Callable[[], None]
"""Called while a query runs; it may raise Cancelled."""


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Open a read-only transaction in which every query sees one state of the database. Raises LiveProblem."""
    try:
        connection = psycopg.connect(_conninfo(url), autocommit=True, prepare_threshold=None)
    except psycopg.Error as error:
        raise sentence(error, url) from None
    try:
        _begin(connection)
        yield connection
    except psycopg.Error as error:
        raise sentence(error, url) from None
    finally:
        connection.close()


def _conninfo(url: str) -> str:
    """Return what libpq is given. Service files are not read: a URL says by itself where it leads."""
    scheme, _, rest = url.partition("://")
    plain = f"postgresql://{rest}" if "+" in scheme or scheme.lower() != scheme else url
    problem = unusable(plain)
    if problem:
        raise LiveProblem(problem)
    try:
        parameters: dict[str, Any] = dict(conninfo_to_dict(plain))
    except psycopg.Error:
        raise LiveProblem(
            "this URL cannot be read; write postgresql://user:password@host:5432/name, with the signs @ : / ? # % "
            "in a name or password percent-encoded (@ is %40)"
        ) from None
    if "service" in parameters:
        raise LiveProblem("a URL with service= is not read; write host, port, user and database into the URL itself")
    parameters.setdefault("connect_timeout", CONNECT_SECONDS)
    parameters.setdefault("application_name", "wholekey")
    parameters["client_encoding"] = "UTF8"
    return make_conninfo("", **parameters)


def _begin(connection: psycopg.Connection[Any]) -> None:
    version = connection.execute("SELECT version(), current_setting('server_version_num')::int").fetchone()
    said, number = version or ("", 0)
    if not str(said).startswith("PostgreSQL"):
        raise LiveProblem(f"this server is not PostgreSQL, it says: {str(said)[:80]}")
    if number < OLDEST:
        raise LiveProblem(f"this server is {' '.join(str(said).split()[:2])}; PostgreSQL 12 and later can be read")
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    connection.execute(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'")
    connection.execute(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
    connection.execute(f"SELECT {settings()}".encode())


def fetched(connection: psycopg.Connection[Any], query: str, watch: Watch) -> list[tuple[Any, ...]]:
    """Return the rows of a query; while it runs, `watch` may raise Cancelled, which stops it on the server as well."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(lambda: connection.execute(query.encode()).fetchall())
        try:
            while not wait([future], _LOOK_SECONDS).done:
                watch()
        except BaseException:
            connection.cancel_safe(timeout=5)
            raise
        return future.result()
