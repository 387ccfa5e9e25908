"""Changes of SQLite tables: what ALTER TABLE does, what asks for a new table, and what becomes of the rows."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import pytest

from designer.evolution.formats.scripts import script
from tests.evolution.sqlite.lite import Travelled, between
from tests.servers import not_here

BASE = """
CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT UNIQUE);
CREATE TABLE child (id INTEGER PRIMARY KEY AUTOINCREMENT, up INTEGER REFERENCES parent (id) ON DELETE CASCADE, n INT, note TEXT);
"""
ROWS = """
INSERT INTO parent VALUES (1, 'a'), (2, 'b');
INSERT INTO child (up, n, note) VALUES (1, 1, 'x'), (1, 2, NULL), (2, 3, 'z'), (2, 4, 'gone'); DELETE FROM child WHERE n = 4;
"""
VIEWS = """
CREATE VIEW seen AS SELECT c.n, p.code FROM child c JOIN parent p ON p.id = c.up;
CREATE VIEW broken AS SELECT missing FROM nowhere;
CREATE TRIGGER log AFTER DELETE ON parent BEGIN UPDATE child SET n = 0 WHERE up = old.id; END;
"""


def changed(before: str, after: str, base: str = BASE, rows: str = ROWS) -> Travelled:
    """Return what comes of replacing a text in a schema; nothing may go wrong."""
    assert before in base
    found = between(base, base.replace(before, after), rows)
    assert not found.faults, "\n".join([*found.faults, found.sql()])
    assert (
        found.rows[0].get("sqlite_sequence")
        == found.rows[1].get("sqlite_sequence")
        == found.rows[2].get("sqlite_sequence")
    )
    return found


def operations(found: Travelled) -> set[str]:
    return {step.operation for step in found.up.steps} - {"session"}


@pytest.mark.parametrize(
    "column",
    ["x TEXT", "x TEXT NOT NULL DEFAULT 'y'", "x INT CHECK (x > 0)", "x INT DEFAULT -1.5 CHECK (x < 9)", "x INT REFERENCES parent (id)",
     "x INT DEFAULT 1 REFERENCES child", "x AS (n + 1)", "x INT NOT NULL AS (id) VIRTUAL", 'x TEXT DEFAULT "word" COLLATE NOCASE', "x DEFAULT NULL"],
)  # fmt: skip
def test_a_column_is_added(column: str) -> None:
    found = changed("note TEXT", f"note TEXT, {column}")
    assert operations(found) == {"add column"}
    assert [step.operation for step in found.down.steps if step.operation != "session"] == ["drop column"]


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("note TEXT", "note TEXT, x TEXT UNIQUE", "add a unique key"),
        ("note TEXT", "note TEXT, x TEXT DEFAULT CURRENT_TIMESTAMP", "a default that is no constant"),
        ("note TEXT", "note TEXT, x AS (n) STORED", "the stored column x"),
        ("note TEXT", "x TEXT, note TEXT", "add a column between others"),
        ("n INT, note TEXT", "note TEXT, n INT", "change the order of columns"),
        ("note TEXT", "note TEXT NOT NULL DEFAULT 'none'", "change the column note"),
        ("n INT", "n TEXT", "change the column n"),
        ("n INT", "n INT COLLATE NOCASE", "change the column n"),
        ("n INT", "n INT CHECK (n > 0)", "add a check"),
        ("ON DELETE CASCADE", "ON DELETE SET NULL", "drop a foreign key"),
        ("INTEGER PRIMARY KEY, code TEXT UNIQUE", "INTEGER PRIMARY KEY, code TEXT", "drop a unique key"),
        ("code TEXT UNIQUE)", "code TEXT UNIQUE) STRICT", "make a table STRICT"),
    ],
)
def test_a_table_is_made_anew(before: str, after: str, reason: str) -> None:
    found = changed(before, after, BASE + VIEWS)
    told = [step.reason for step in found.up.steps if step.operation == "rebuild table"]
    assert told and all(reason in each for each in told)
    assert [{name: len(rows) for name, rows in each.items()} for each in found.rows[:2]] == [
        {"parent": 2, "child": 3, "sqlite_sequence": 1}
    ] * 2


def test_nulls_become_the_default() -> None:
    found = changed("note TEXT", "note TEXT NOT NULL DEFAULT 'none'")
    assert [row[3] for row in found.rows[1]["child"]] == ["x", "none", "z"]


def test_rowids_and_fractions_are_kept() -> None:
    base = "CREATE TABLE t (a, b);"
    rows = "INSERT INTO t (rowid, a, b) VALUES (7, 1.5, x'00'), (9, 't', NULL);"
    found = changed("b)", "b TEXT)", base, rows)
    assert found.rows[1]["t"] == found.rows[0]["t"]
    assert "INTO t (rowid, a, b)" in found.sql()


def test_foreign_keys_among_tables_made_anew_together() -> None:
    base = """CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES b (id) ON DELETE CASCADE, me INT REFERENCES a, x INT);
    CREATE TABLE b (id INTEGER PRIMARY KEY, a INT REFERENCES a (id) ON DELETE CASCADE, x INT);"""
    rows = """INSERT INTO a VALUES (1, NULL, 1, 5); INSERT INTO b VALUES (1, 1, 5); UPDATE a SET b = 1;"""
    found = changed("x INT", "x TEXT", base, rows)
    assert [len(found.rows[1][name]) for name in "ab"] == [1, 1]
    pragmas = [step for step in found.up.steps if "foreign_keys" in step.sql]
    assert [step.in_transaction for step in pragmas] == [False, False]


def test_a_view_that_resolves_nothing_is_in_nobodys_way() -> None:
    found = changed("note TEXT", "note VARCHAR", BASE + VIEWS)
    assert not [step for step in found.up.steps if step.kind == "view"]
    dropped = changed(", note TEXT", "", BASE + VIEWS)
    assert operations(dropped) == {"rebuild table"}


def test_a_row_that_does_not_fit_leaves_everything_as_it_was() -> None:
    base = BASE + "CREATE TABLE other (a INT);"
    new = base.replace("note TEXT", "note TEXT NOT NULL").replace("a INT", "a TEXT")
    found = between(base, new)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.executescript(base + VIEWS + ROWS + "INSERT INTO other VALUES (7);")
        before = list(connection.iterdump())
        refused = []
        for step in ["BEGIN", *(step.sql for step in found.up.steps if "TABLE other" not in step.sql), "COMMIT"]:
            try:  # as the program sqlite3 does, which goes on behind an error
                connection.execute(step)
            except sqlite3.Error as error:
                refused.append(str(error))
        assert refused[0] == "NOT NULL constraint failed: child.note"
        assert sorted(connection.iterdump()) == sorted(before)


MISFITS = {
    "strict": ("CREATE TABLE t (k INTEGER PRIMARY KEY, n TEXT)", "CREATE TABLE t (k INTEGER PRIMARY KEY, n INTEGER) STRICT",
               "INSERT INTO t VALUES (1, '5'), (2, 'many')"),
    "key": ("CREATE TABLE t (k TEXT, n INT)", "CREATE TABLE t (k INTEGER PRIMARY KEY, n INT)",
            "INSERT INTO t VALUES ('1', 5), ('one', 6)"),
    "index": ("CREATE TABLE t (k INTEGER PRIMARY KEY, n TEXT)",
              "CREATE TABLE t (k INTEGER PRIMARY KEY, n TEXT, m AS (json_extract(n, '$.a')) STORED)",
              "INSERT INTO t VALUES (1, '{}'), (2, 'no json')"),
}  # fmt: skip
"""Rows on which an INSERT only ends, without rolling anything back."""


@pytest.mark.parametrize("case", MISFITS)
def test_rows_that_only_stop_an_insert_leave_everything_as_it_was(case: str, tmp_path: Path) -> None:
    old, new, rows = MISFITS[case]
    found = between(f"{old};", f"{new};")
    steps = ["BEGIN", *(step.sql for step in found.up.steps), "COMMIT"]
    with closing(sqlite3.connect(tmp_path / "rows.db", isolation_level=None)) as connection:
        connection.executescript(f"{old}; {rows};")
        before = list(connection.iterdump())
        for each in (steps, steps[1:-1]):  # in a transaction, and after one that was rolled back before
            for step in each:
                with suppress(sqlite3.Error):
                    connection.execute(step)
            assert list(connection.iterdump()) == before, case
        _shell(tmp_path / "rows.db", script(found.up))
        assert list(connection.iterdump()) == before, case


def _shell(path: Path, text: str) -> None:
    """Run a script as people do; the program goes on behind an error."""
    program = shutil.which("sqlite3")
    if program is None:
        not_here("there is no program sqlite3")
        return
    done = subprocess.run([program, path], input=text, capture_output=True, text=True, check=False)
    assert done.stderr


def test_virtual_tables_keep_their_rows() -> None:
    base = "CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT); CREATE VIRTUAL TABLE f USING fts5(title, body);"
    found = changed(
        "fts5(title, body)", "fts5(title, body, tokenize = 'porter')", base, "INSERT INTO f VALUES ('one', 'two');"
    )
    assert operations(found) == {"rebuild table"}
    over = base.replace("fts5(title, body)", "fts5(body, content='t', content_rowid='id')")
    found = changed("content_rowid='id'", "content_rowid='id', prefix='2'", over, "INSERT INTO t VALUES (1, 'two');")
    assert "VALUES ('rebuild')" in found.sql()


def test_settings_of_the_file() -> None:
    found = changed("CREATE TABLE child", "PRAGMA user_version = 7; PRAGMA application_id = 5; CREATE TABLE child")
    assert operations(found) == {"settings"}
