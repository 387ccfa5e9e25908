"""Every construct that a database has, in every other one: nothing of what is written is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from designer.importers.registry import read_any
from exporters.contract import Options
from exporters.ddl.translation.codes import CODES
from exporters.registry import get
from tests.conformance.cases import Skip, cases_of
from tests.servers import MariaServer, PostgresServer
from tests.translation.applying import Maria, Postgres, SQLite


def refused(source: str, target: str, apply: Callable[[str], None]) -> list[str]:
    """Return which constructs of a database a server refuses in their translation, with what it says."""
    found = []
    for name, case in cases_of(source).items():
        if isinstance(case, Skip):
            continue
        sql = case if isinstance(case, str) else case.sql
        made = get("ddl").export(read_any(sql, f"{name}.sql", source).design, Options(dialect=target))
        assert {note.code for note in made.notes} <= CODES.keys(), name
        try:
            apply(made.text)
        except Exception as error:  # whatever a driver raises
            found.append(f"{name}: {' '.join(str(error).split())[:200]}")
    return found


@pytest.mark.parametrize("source", ["postgresql", "mariadb"])
def test_in_sqlite(source: str) -> None:
    def apply(script: str) -> None:
        database = SQLite()
        database.apply(script)
        database.connection.close()

    assert refused(source, "sqlite", apply) == []


@pytest.mark.postgres
@pytest.mark.parametrize("source", ["mariadb", "sqlite"])
def test_in_postgresql(postgres_server: PostgresServer, source: str) -> None:
    database = Postgres(postgres_server)

    def apply(script: str) -> None:
        try:
            database.run(f"BEGIN;\n{script}")
        finally:
            database.run("ROLLBACK")

    assert refused(source, "postgresql", apply) == []


@pytest.mark.mariadb
@pytest.mark.parametrize("source", ["postgresql", "sqlite"])
def test_in_mariadb(mariadb_server: MariaServer, source: str) -> None:
    database = Maria(mariadb_server)

    def apply(script: str) -> None:
        database.run("DROP DATABASE IF EXISTS constructs; CREATE DATABASE constructs; USE constructs")
        if script.strip():
            database.apply(script)

    assert refused(source, "mariadb", apply) == []
