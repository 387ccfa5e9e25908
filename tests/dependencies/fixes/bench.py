"""Small databases to run statements on: one a dialect, emptied between cases."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from designer.dialects.registry import get
from designer.evolution.contract import Step
from tests.servers import MariaServer, PostgresServer


class Bench(Protocol):
    """A database of one dialect."""

    dialect: str

    def clear(self) -> None:
        """Drop all tables."""

    def run(self, statements: Iterable[str]) -> None:
        """Run statements one by one."""

    def migrate(self, steps: Sequence[Step]) -> None:
        """Run steps as their scripts do: in one transaction, where the database can."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query, as text, sorted."""

    def tables(self) -> set[str]:
        """Return the names of the tables."""


def quoted(text: str, dialect: str) -> str:
    """Return a text with the names in `{q}…{q}` quoted as the dialect does."""
    parts = text.split("{q}")
    facts = get(dialect)
    return "".join(facts.always_quote(part) if at % 2 else part for at, part in enumerate(parts))


def _text(rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
    return sorted(tuple("" if value is None else f"={value}" for value in row) for row in rows)


class Postgres:
    dialect = "postgresql"

    def __init__(self, dsn: str):
        import psycopg

        self.connection = psycopg.connect(dsn, autocommit=True)

    def clear(self) -> None:
        self.connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; SET search_path = public")

    def run(self, statements: Iterable[str]) -> None:
        for each in statements:
            self.connection.execute(each)

    def migrate(self, steps: Sequence[Step]) -> None:
        with self.connection.transaction():
            self.run(step.sql for step in steps)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return _text(self.connection.execute(query).fetchall())

    def tables(self) -> set[str]:
        found = self.connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {name for (name,) in found.fetchall()}


class Maria:
    dialect = "mariadb"

    def __init__(self, parameters: dict[str, Any]):
        import pymysql

        self.name = parameters["database"]
        self.connection = pymysql.connect(**parameters, autocommit=True)

    def clear(self) -> None:
        self.run(
            [f"DROP DATABASE {self.name}", f"CREATE DATABASE {self.name} CHARACTER SET utf8mb4", f"USE {self.name}"]
        )

    def run(self, statements: Iterable[str]) -> None:
        with self.connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)

    def migrate(self, steps: Sequence[Step]) -> None:
        self.run(step.sql for step in steps)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return _text(cursor.fetchall())

    def tables(self) -> set[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW TABLES")
            return {name for (name,) in cursor.fetchall()}


class Sqlite:
    dialect = "sqlite"

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)

    def clear(self) -> None:
        self.connection.close()
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("PRAGMA foreign_keys = ON")

    def run(self, statements: Iterable[str]) -> None:
        for each in statements:
            self.connection.execute(each)

    def migrate(self, steps: Sequence[Step]) -> None:
        outside = [step.in_transaction for step in steps]
        first = outside.index(True) if True in outside else len(steps)
        last = len(steps) - outside[::-1].index(True) if True in outside else len(steps)
        self.run(step.sql for step in steps[:first])
        try:
            self.run(["BEGIN", *(step.sql for step in steps[first:last]), "COMMIT"])
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            self.run(step.sql for step in steps[last:])
        assert not self.connection.execute("PRAGMA foreign_key_check").fetchall()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return _text(self.connection.execute(query).fetchall())

    def tables(self) -> set[str]:
        return {name for (name,) in self.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


@contextmanager
def postgres(server: PostgresServer) -> Iterator[Bench]:
    """A database of PostgreSQL."""
    bench = Postgres(server.new_database())
    yield bench
    bench.connection.close()


@contextmanager
def maria(server: MariaServer) -> Iterator[Bench]:
    """A database of MariaDB."""
    bench = Maria(server.new_database())
    yield bench
    bench.run([f"DROP DATABASE {bench.name}"])
    bench.connection.close()
