"""Databases that a tool's files are run on: each begins as the old schema with rows, and is read from its catalogs."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pymysql
from psycopg.conninfo import conninfo_to_dict

from designer.evolution.formats.contract import Meta
from designer.evolution.formats.registry import get
from tests.evolution.formats.pairs import Pair
from tests.proof import my_equal, pg_equal, sqlite_catalog
from tests.proof.my_catalog import run as run_script
from tests.servers import MariaServer, PostgresServer

META = Meta('it\'s """a""" title */ \\', datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC))


_COUNTER = re.compile(r"AUTO_INCREMENT=\d+ ?")


class Bench:
    """One pair on one server. A database is whatever names it: a DSN, parameters, a path."""

    def __init__(self, pair: Pair):
        self.pair = pair
        self.up, self.down = pair.ways()
        self.was = self.read(self.base)
        self.wanted = self.read(self.made(pair.text("new")))

    base: Any

    def made(self, script: str) -> Any:
        """Return a new database in which a script was run."""
        raise NotImplementedError

    def read(self, database: Any) -> Any:
        """Return what its catalogs say."""
        raise NotImplementedError

    def differences(self, one: Any, other: Any) -> list[Any]:
        """Return what differs between two readings."""
        raise NotImplementedError

    def ask(self, database: Any, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        raise NotImplementedError

    def fresh(self) -> Any:
        """Return a database with the old schema and rows."""
        return self.made(self.pair.text("old") + self.pair.text("rows"))

    def fill(self, database: Any) -> None:
        """Put the rows into a database that has the old schema."""
        self.client(database, self.pair.text("rows"))

    def client(self, database: Any, text: str) -> None:
        """Run a script by the client of the database."""
        raise NotImplementedError

    def files(self, name: str, meta: Meta = META) -> dict[str, str]:
        """Return the files of a format."""
        found = get(name).files(self.up, self.down, meta)
        return {path: text.decode() if isinstance(text, bytes) else text for path, text in found.items()}

    def write(self, name: str, folder: Path, meta: Meta = META) -> list[Path]:
        """Write the files of a format into a folder and return their paths."""
        paths = []
        for path, text in self.files(name, meta).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8", newline="")
            paths.append(folder / path)
        return paths

    def is_new(self, database: Any) -> None:
        """Fail where a database is not as the new script makes it, or rows are lost."""
        self._is(database, self.wanted)

    def is_old(self, database: Any) -> None:
        """Fail where a database is not as the old script makes it, or rows are lost."""
        self._is(database, self.was)

    def _is(self, database: Any, wanted: Any) -> None:
        found = self.differences(self.read(database), wanted)
        assert not [each for each in found if not is_of_tool(str(each))], found
        assert self.ask(database, self.counting(database)) == [(2,)]

    def counting(self, database: Any) -> str:
        """Return the query for the rows that every state has two of."""
        return 'SELECT count(*) FROM "say ""hi"" 100% :name"'


def is_of_tool(difference: str) -> bool:
    """Say whether a difference is about what a tool keeps for itself."""
    words = ("alembic_version", "schema_migrations", "django_migrations", "databasechangelog", "wk_")
    return any(word in difference.lower() for word in words)


class PostgresBench(Bench):
    """On PostgreSQL."""

    def __init__(self, pair: Pair, server: PostgresServer):
        self.server = server
        self.base = self.made(pair.text("old") + pair.text("rows"))
        super().__init__(pair)

    def made(self, script: str) -> str:
        dsn = self.server.new_database()
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(script.encode())
        return dsn

    def fresh(self) -> str:
        dsn = self.server.new_database()
        name, base = (str(conninfo_to_dict(each)["dbname"]) for each in (dsn, self.base))
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name}".encode())
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {base}".encode())
        return dsn

    def read(self, database: str) -> pg_equal.Reading:
        return pg_equal.snapshot(database)

    def differences(self, one: Any, other: Any) -> list[Any]:
        return pg_equal.compare(one, other)

    def ask(self, database: str, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(database, autocommit=True) as connection:
            return connection.execute(query.encode()).fetchall()

    def counting(self, database: str) -> str:
        return (
            f"SELECT count(*) FROM {'a' if self.pair.name == 'alone' else chr(34) + 'my app' + chr(34) + '.' + NASTY}"
        )

    def client(self, database: str, text: str) -> None:
        """Run a script by psql."""
        done = subprocess.run(
            [self.server.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", database], input=text, text=True,
            capture_output=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def url(self, database: str, scheme: str = "postgresql") -> str:
        """Return the database as tools with URLs take it."""
        parts = {key: str(value) for key, value in conninfo_to_dict(database).items()}
        return f"{scheme}://{parts['user']}@/{parts['dbname']}?host={quote(parts['host'], safe='')}"


NASTY = '"say ""hi"" 100% :name"'


class MariaBench(Bench):
    """On MariaDB."""

    def __init__(self, pair: Pair, server: MariaServer):
        self.server = server
        self.base = self.made(pair.text("old") + pair.text("rows"))
        super().__init__(pair)

    def made(self, script: str) -> dict[str, Any]:
        database = self.server.new_database()
        self.client(database, script)
        return database

    def read(self, database: dict[str, Any]) -> Any:
        return my_equal.snapshot(database)

    def differences(self, one: Any, other: Any) -> list[Any]:
        found = my_equal.compare(one, other)
        return [each for each in found if _COUNTER.sub("", str(each[2])) != _COUNTER.sub("", str(each[3]))]

    def ask(self, database: dict[str, Any], query: str) -> list[tuple[Any, ...]]:
        with pymysql.connect(**database, autocommit=True) as connection, connection.cursor() as cursor:
            cursor.execute("SET sql_mode = 'ANSI_QUOTES'")
            cursor.execute(query)
            return list(cursor.fetchall())

    def client(self, database: dict[str, Any], text: str) -> None:
        """Run a script by the mariadb client."""
        done = subprocess.run(
            ["mariadb", "--no-defaults", "-u", "root", f"--socket={self.server.socket}", "--default-character-set=utf8mb4", "--comments",
             database["database"]], input=text, text=True, capture_output=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def at_once(self, database: dict[str, Any], text: str) -> None:
        """Run a script as one query of several statements."""
        run_script(database, text)


class SqliteBench(Bench):
    """On SQLite."""

    def __init__(self, pair: Pair, folder: Path):
        self.folder = folder
        self.count = 0
        self.base = self.made(pair.text("old") + pair.text("rows"))
        super().__init__(pair)

    def made(self, script: str) -> Path:
        self.count += 1
        path = self.folder / f"{self.count}.db"
        with closing(sqlite3.connect(path)) as base:
            base.executescript(script)
        return path

    def read(self, database: Path) -> Any:
        return sqlite_catalog.read(database)

    def differences(self, one: Any, other: Any) -> list[Any]:
        return sqlite_catalog.differences(one, other)

    def ask(self, database: Path, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(database)) as base:
            return base.execute(query).fetchall()

    def client(self, database: Path, text: str) -> None:
        """Run a script by the module of Python, which reads it as the shell does."""
        with closing(sqlite3.connect(database, isolation_level=None)) as base:
            base.executescript(text)
