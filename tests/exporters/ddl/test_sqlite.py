"""What we write for SQLite is applied by SQLite, and its schema is compared."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest

from designer.importers.registry import read_any
from designer.schema import Design, Key, Table
from exporters.contract import Export, Options
from exporters.registry import get
from tests.exporters.ddl.builder import Builder
from tests.nasty import NAMES, nasty_design

CASES = Path(__file__).parent / "cases"


def export(design: Design, dialect: str | None = None) -> Export:
    return get("ddl").export(design, Options(dialect=dialect))


def applied(sql: str) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(sql)
    return connection


def read(connection: sqlite3.Connection) -> dict[str, Any]:
    """Return the schema: for tables what PRAGMA says, for all else its text with single spaces."""
    found: dict[str, Any] = {}
    for kind, name, text in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind not in ("table", "view"):
            found[name] = " ".join((text or "").split())
            continue

        def pragma(what: str, of: str = name) -> list[Any]:
            return connection.execute(f"PRAGMA {what}('{of}')").fetchall()

        indexes = sorted((*row[2:], *pragma("index_xinfo", row[1])) for row in pragma("index_list"))
        foreign_keys = sorted(row[2:] for row in pragma("foreign_key_list"))
        found[name] = (pragma("table_xinfo"), foreign_keys, indexes, "AUTOINCREMENT" in text)
    return found


def test_a_script_read_and_written_again_makes_the_same_schema() -> None:
    sql = (CASES / "sqlite.sql").read_text()
    written = export(read_any(sql, "case.sql", "sqlite").design).text
    assert read(applied(sql)) == read(applied(written))
    assert export(read_any(written, "case.sql", "sqlite").design).text == written


@pytest.mark.parametrize("target", ["sqlite", "postgresql", "mariadb"])
def test_nasty_names_arrive(target: str) -> None:
    names = NAMES if target != "sqlite" else list({name.lower(): name for name in NAMES}.values())
    design = nasty_design(names, target=target)
    connection = applied(export(design, "sqlite").text)
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone()
    assert tables == (len(design.of(Table)),)


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb"])
def test_designs_of_other_databases_apply(dialect: str) -> None:
    applied(export(read_any((CASES / f"{dialect}.sql").read_text(), "case.sql", dialect).design, "sqlite").text)


def test_a_column_that_counts_has_its_key_behind_it() -> None:
    make = Builder("sqlite")
    table = make.table("t")
    make.column(table, "id INTEGER", identity="autoincrement")
    make.key(table, "id", primary=True, name="the key")
    written = export(make.design()).text
    assert 'id INTEGER CONSTRAINT "the key" PRIMARY KEY AUTOINCREMENT' in written
    applied(written).execute("INSERT INTO t DEFAULT VALUES")


def test_comments_get_one_note() -> None:
    make = Builder("sqlite")
    for number in range(3):
        make.table(f"t{number}", "id INTEGER", comment="said")
    assert [note.message for note in export(make.design()).notes] == ["SQLite keeps no comments; 3 are left out"]


def test_keys_stay_in_their_order() -> None:
    make = Builder("sqlite")
    table = make.table("t", "a INT", "b INT")
    make.add(Key, table, name="k", columns=(make.of(table, "b"), make.of(table, "a")))
    assert "CONSTRAINT k UNIQUE (b, a)" in export(make.design()).text


def test_constraints_stand_behind_their_columns_only_while_that_keeps_their_order() -> None:
    sql = "CREATE TABLE t (a UNIQUE, b, c UNIQUE, UNIQUE (b, c), UNIQUE (a, b), UNIQUE (b));"
    written = export(read_any(sql, "case.sql", "sqlite").design).text
    lines = [line.strip().rstrip(",") for line in written.splitlines()[1:-1]]
    assert lines == ["a UNIQUE", "b", "c UNIQUE", "UNIQUE (b, c)", "UNIQUE (a, b)", "UNIQUE (b)"]
    turned = export(read_any("CREATE TABLE t (a, b UNIQUE, UNIQUE (a));", "case.sql", "sqlite").design).text
    assert "b UNIQUE,\n    UNIQUE (a)" in turned


def test_a_renamed_table_is_named_anew_where_its_name_was_kept_as_written() -> None:
    design = read_any(
        "CREATE TABLE t (id INTEGER PRIMARY KEY); CREATE TABLE u (a REFERENCES T);", "c.sql", "sqlite"
    ).design
    assert "a REFERENCES T\n" in export(design).text
    table = next(each for each in design.of(Table) if each.name == "t")
    renamed = design.changed((), [msgspec.structs.replace(table, name="tables")])
    assert "a REFERENCES tables\n" in export(renamed).text


def test_names_in_text_stay_as_typed_where_only_the_case_differs() -> None:
    sql = "CREATE TABLE Users (Id INT, CHECK (ID > 0)); CREATE VIEW v AS SELECT iD FROM USERS;"
    written = export(read_any(sql, "case.sql", "sqlite").design).text
    assert "CHECK (ID > 0)" in written
    assert "SELECT iD FROM USERS" in written
