"""A read-only connection to PostgreSQL, and what went wrong in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from designer.importers.live.contract import LiveProblem
from designer.importers.live.postgres.problems import UNREADABLE, sentence, unusable
from designer.importers.live.postgres.sections import settings

OLDEST = 120_000
CONNECT_SECONDS = 10
STATEMENT_SECONDS = 300
LOCK_SECONDS = 10
_LOOK_SECONDS = 0.2
"""How often a running query lets the caller stop it."""

_STRAY = re.compile("[\udc80-\udcff]")

Watch = Callable[[], None]
"""Called while a query runs; it may raise Cancelled."""


@contextmanager
def connected(url: str) -> Iterator[psycopg.Connection[Any]]:
    """Open a read-only transaction in which every query sees one state of the database. Raises LiveProblem."""
    parameters = _parameters(url)
    try:
        connection = psycopg.connect(make_conninfo("", **parameters), autocommit=True, prepare_threshold=None)
    except psycopg.Error as error:
        raise sentence(error, parameters) from None
    try:
        _begin(connection)
        yield connection
    except psycopg.Error as error:
        raise sentence(error, parameters) from None
    finally:
        connection.close()


def _parameters(url: str) -> dict[str, Any]:
    """Return what libpq is given. Service files are not read: a URL says by itself where it leads."""
    plain = f"postgresql://{url.partition('://')[2]}"
    problem = unusable(plain)
    if problem:
        raise LiveProblem(problem)
    try:
        parameters: dict[str, Any] = dict(conninfo_to_dict(plain))
    except psycopg.Error:
        # What libpq says of a URL may quote its password.
        raise LiveProblem(UNREADABLE) from None
    parameters.setdefault("connect_timeout", CONNECT_SECONDS)
    parameters.setdefault("application_name", "wholekey")
    return {**parameters, "client_encoding": "UTF8"}


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
    if connection.info.parameter_status("server_encoding") == "SQL_ASCII":
        connection.execute("SET LOCAL client_encoding = SQL_ASCII")  # the server would refuse to say what is no UTF-8


def decoded(value: str | bytes) -> str:
    """Return a text of the server. Where it keeps no encoding, bytes that are no UTF-8 are taken for Latin 1."""
    if isinstance(value, str):
        return value
    return _STRAY.sub(lambda found: chr(ord(found[0]) - 0xDC00), value.decode("utf-8", "surrogateescape"))


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
