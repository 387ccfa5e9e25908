"""One way to three kinds of servers: make an empty database, run a script in it, name its URL, read it independently."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

import psycopg
import pymysql

from tests.proof import my_catalog, my_equal, pg_catalog, pg_equal, sqlite_catalog
from tests.servers import MariaServer, PostgresServer, not_here

Reading = dict[tuple[str, str], str]


class Server(Protocol):
    """A kind of database in which constructs are proven."""

    dialect: str
    refusals: tuple[type[Exception], ...]  # what `run` raises for a script that the server refuses

    def new(self) -> Any:
        """Return a new, empty database."""
        ...

    def run(self, database: Any, script: str) -> None:
        """Run a script; where it is refused, nothing of it stays if the server can take it back."""
        ...

    def text_of(self, database: Any, scripts: list[str]) -> str:
        """Return what the database's own dump program writes of it; `scripts` are what it was made with."""
        ...

    def url(self, database: Any) -> str:
        """Return the URL by which people name the database."""
        ...

    def read(self, database: Any) -> Reading:
        """Return its catalogs by the independent reader."""
        ...


class PostgresHome:
    """Databases of a PostgreSQL server."""

    dialect = "postgresql"
    refusals = (psycopg.Error,)

    def __init__(self, server: PostgresServer):
        self.server = server

    def new(self) -> str:
        return self.server.new_database()

    def run(self, database: str, script: str) -> None:
        with psycopg.connect(database) as connection:
            connection.execute(script.encode())

    def text_of(self, database: str, scripts: list[str]) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        program = [self.server.bin / "pg_dump", "--schema-only", "--no-owner", database]
        return subprocess.run(program, env=environment, check=True, capture_output=True).stdout.decode()

    def url(self, database: str) -> str:
        return database

    def read(self, database: str) -> Reading:
        """Read by both readers: they were written by different people, and each sees what the other might not."""
        found = {(kind, name): text or "" for (kind, name), text in pg_equal.snapshot(database).items()}
        return found | {(f"{kind}, too", name): text for (kind, name), text in pg_catalog.read(database).items()}


class MariaHome:
    """Databases of a MariaDB server."""

    dialect = "mariadb"
    refusals = (pymysql.err.Error,)

    def __init__(self, server: MariaServer):
        self.server = server

    def new(self) -> dict[str, Any]:
        return self.server.new_database()

    def run(self, database: dict[str, Any], script: str) -> None:
        my_catalog.run(database, script)

    def text_of(self, database: dict[str, Any], scripts: list[str]) -> str:
        program = shutil.which("mariadb-dump") or shutil.which("mysqldump") or not_here("mariadb-dump is not installed")
        options = [
            "--no-defaults",
            "--force",
            "--no-data",
            "--routines",
            "--events",
            "--user=root",
            f"--socket={self.server.socket}",
        ]
        done = subprocess.run(
            [str(program), *options, database["database"]],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
        )
        return done.stdout

    def url(self, database: dict[str, Any]) -> str:
        return f"mariadb://root@localhost/{database['database']}?unix_socket={quote(self.server.socket, safe='')}"

    def read(self, database: dict[str, Any]) -> Reading:
        return my_equal.snapshot(database)


class SQLiteHome:
    """Files of SQLite in a folder."""

    dialect = "sqlite"
    refusals = (sqlite3.Error,)

    def __init__(self, folder: Path):
        self.folder = folder
        self.numbers: Iterator[int] = count()

    def new(self) -> Path:
        return self.folder / f"{next(self.numbers)}.db"

    def run(self, database: Path, script: str) -> None:
        with closing(sqlite3.connect(database, isolation_level=None)) as base:
            base.execute("PRAGMA synchronous = OFF")
            base.executescript(script if "PRAGMA" in script else f"BEGIN;\n{script}\n;COMMIT;")

    def text_of(self, database: Path, scripts: list[str]) -> str:
        """SQLite keeps the text as it was typed, so what was typed is the dump."""
        return "\n".join(scripts)

    def url(self, database: Path) -> str:
        return f"sqlite:///{database}"

    def read(self, database: Path) -> Reading:
        return sqlite_catalog.read(database)
