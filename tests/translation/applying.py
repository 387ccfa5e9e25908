"""Applying what a model is in another dialect to real servers, many models a server, and counting what is refused."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Protocol

import psycopg
import pymysql
from pymysql.constants import CLIENT

from designer.importers.registry import read_any
from designer.schema import Design
from exporters.contract import Export, Options
from exporters.registry import get
from tests.servers import MariaServer, PostgresServer


class Database(Protocol):
    """A database in which statements run one by one; `run` returns the rows, and raises what the server says."""

    refused: tuple[type[Exception], ...]

    def run(self, sql: str) -> list[tuple[Any, ...]]: ...


def translation(sql: str, source: str, target: str) -> Export:
    """Return the script of one dialect as a script of another."""
    return get("ddl").export(read_any(sql, f"case.{source}.sql", source).design, Options(dialect=target))


def exported(design: Design, target: str) -> Export:
    """Return a design as a script of a dialect."""
    return get("ddl").export(design, Options(dialect=target))


class SQLite:
    """A database in memory. What SQLite reads only when it is used is used: views, checks, triggers."""

    refused = (sqlite3.Error,)

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def apply(self, script: str) -> None:
        self.connection.executescript(script)
        kinds = self.run(
            "SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
        )
        for name, kind in kinds:
            quoted = '"' + name.replace('"', '""') + '"'
            self.run(f"SELECT * FROM {quoted} LIMIT 0")
            if kind == "table":
                self.run(f"EXPLAIN INSERT INTO {quoted} DEFAULT VALUES")


class Postgres:
    """A new database of a server."""

    refused = (psycopg.Error,)

    def __init__(self, server: PostgresServer):
        self.connection = psycopg.connect(server.new_database(), autocommit=True)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        cursor = self.connection.execute(sql.encode())
        return list(cursor.fetchall()) if cursor.description else []

    def apply(self, script: str) -> None:
        self.run(script)


class Maria:
    """A new database of a server."""

    refused = (pymysql.Error,)

    def __init__(self, server: MariaServer):
        self.connection = pymysql.connect(**server.new_database(), autocommit=True, client_flag=CLIENT.MULTI_STATEMENTS)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            rows = list(cursor.fetchall())
            while cursor.nextset():
                pass
            return rows

    def apply(self, script: str) -> None:
        self.run(script)


def dropped(database: SQLite | Postgres | Maria) -> Iterator[None]:
    """Close a database when a test is done with it."""
    with closing(database.connection):
        yield
