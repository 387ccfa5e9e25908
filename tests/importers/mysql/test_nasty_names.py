"""Names that break things, made on real servers, dumped and read back."""

from __future__ import annotations

import sqlite3
from typing import Any

import pymysql
import pytest

from designer.dialects import registry
from designer.schema import Check, Column, ForeignKey, Index, Table
from tests.importers.mysql.server import dump_of
from tests.importers.reading import Read
from tests.nasty import names_for
from tests.servers import MariaServer

MARIADB_NAMES = names_for(60, "characters", astral=False, trailing_space=False, case=False)
SQLITE_NAMES = [name for name in names_for(10_000, case=False) if name and not name.lower().startswith("sqlite_")]


def script(names: list[str], dialect: str) -> str:
    """Return a table for each name, in which everything has that name, comments and defaults included."""
    known = registry.get(dialect)
    statements = []
    for name in names:
        quoted, text = known.always_quote(name), known.literal(name)
        comment = f"COMMENT {text}" if dialect == "mariadb" else ""
        statements.append(
            f"CREATE TABLE {quoted} ({quoted} varchar(200) DEFAULT {text} PRIMARY KEY {comment} CHECK ({quoted} <> {text}),"
            f" up varchar(200), FOREIGN KEY (up) REFERENCES {quoted} ({quoted}));\n"
            f"CREATE INDEX {known.always_quote('i' + name)} ON {quoted} (up, {quoted});\n"
        )
    return "".join(statements)


def check(got: Read, names: list[str], dialect: str) -> None:
    literal = registry.get(dialect).literal
    assert got.problems() == []
    assert sorted(each.name for each in got.of(Table)) == sorted(names)
    for name in names:
        table = got.table(name)
        column = got.column(name, name)
        assert column.default is not None
        if dialect == "sqlite":
            assert column.default.text == literal(name)
        else:
            assert column.comment == name
        assert got.names(got.foreign_key(name).ref_columns) == [name]
        assert [each.name for each in got.of(Index, table) if each.name != "up"] == ["i" + name]
        assert [shown for _, shown in got.marked(got.of(Check, table)[0].expr)] == [name]
    assert len(got.of(ForeignKey)) == len(names)
    assert len(got.of(Column)) == 2 * len(names)


def accepted(parameters: dict[str, Any]) -> list[str]:
    """Return the names that the server takes; it refuses a blank at the end, and foreign keys to a table named CON."""
    names = []
    with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:
        for name in MARIADB_NAMES:
            try:
                for statement in script([name], "mariadb").split(";\nCREATE INDEX"):
                    cursor.execute(statement if statement.startswith("CREATE") else f"CREATE INDEX{statement}")
                names.append(name)
            except pymysql.err.Error:
                continue
    return names


@pytest.mark.mariadb
def test_mariadb(mariadb_server: MariaServer) -> None:
    parameters = mariadb_server.new_database()
    names = accepted(parameters)
    assert len(names) > 0.95 * len(MARIADB_NAMES) > 50
    check(Read(dump_of(parameters), "mariadb"), names, "mariadb")
    check(Read(script(MARIADB_NAMES, "mariadb"), "mariadb"), MARIADB_NAMES, "mariadb")


def test_sqlite() -> None:
    assert len(SQLITE_NAMES) > 50
    base = sqlite3.connect(":memory:")
    base.executescript(script(SQLITE_NAMES, "sqlite"))
    rows = base.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    check(Read("".join(f"{row[0]};\n" for row in rows), "sqlite"), SQLITE_NAMES, "sqlite")
