"""A MariaDB database made from `rich.sql`, its dump, and what its catalog says."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql

from tests.servers import _program, not_here

RICH = (Path(__file__).parent / "rich.sql").read_text()


@dataclass
class Filled:
    """A database and its dump."""

    parameters: dict[str, Any]
    dump: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query; `%s` in it is the name of the database."""
        with pymysql.connect(**self.parameters) as connection, connection.cursor() as cursor:
            cursor.execute(query, [self.parameters["database"]] * query.count("%s"))
            return list(cursor.fetchall())


def run_script(parameters: dict[str, Any], script: str) -> None:
    """Run a script with the server's own client, DELIMITER and all."""
    client = _program("mariadb", "mysql")
    if client is None:
        not_here("no mariadb client is installed")
    command = [str(client), "--no-defaults", f"--socket={parameters['unix_socket']}", "-uroot", parameters["database"]]
    done = subprocess.run(
        [*command, "--default-character-set=utf8mb4"], input=script, capture_output=True, encoding="utf-8"
    )
    assert not done.returncode, done.stderr


def dump_of(parameters: dict[str, Any]) -> str:
    """Return what mariadb-dump says of a database."""
    program = _program("mariadb-dump", "mysqldump")
    if program is None:
        not_here("no mariadb-dump is installed")
    options = [
        "--no-defaults",
        f"--socket={parameters['unix_socket']}",
        "-uroot",
        "--routines",
        "--events",
        "--triggers",
    ]
    done = subprocess.run([str(program), *options, parameters["database"]], capture_output=True)
    assert not done.returncode, done.stderr
    return done.stdout.decode("utf-8", "replace")  # rows may hold bytes that are no text


def filled(parameters: dict[str, Any], script: str = RICH) -> Filled:
    """Return a database that was filled by a script, and its dump."""
    run_script(parameters, script)
    return Filled(parameters, dump_of(parameters))
