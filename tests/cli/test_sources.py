"""What commands do with what they read: in which dialect, and what they tell of it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Wholekey


def test_a_script_of_no_known_dialect_is_read_as_one_for_the_target(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "x.sql").write_text("CREATE TABLE t (id INT PRIMARY KEY, at TIMESTAMP NOT NULL);")
    ran = forked("export", "x.sql", "--to", "ddl", "--dialect", "mariadb")
    assert "at TIMESTAMP NOT NULL" in ran.text
    said = forked("export", "x.sql", "--to", "ddl", "--dialect", "mariadb", "--from", "postgresql")
    assert "at datetime(6) NOT NULL" in said.text
    (tmp_path / "x.sql").write_text("CREATE TABLE t (id serial PRIMARY KEY, at timestamptz NOT NULL);")
    seen = forked("export", "x.sql", "--to", "ddl", "--dialect", "mariadb")
    assert "datetime(6) NOT NULL" in seen.text


@pytest.mark.parametrize("command", [("export", "--to", "ddl"), ("render", "-o", "out.svg")])
def test_a_live_database_that_is_read_with_warnings_says_so(
    forked: Wholekey, tmp_path: Path, command: tuple[str, ...]
) -> None:
    with sqlite3.connect(tmp_path / "w.db") as base:
        base.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, b INT REFERENCES gone (id))")
    base.close()
    ran = forked(command[0], "sqlite:///w.db", *command[1:])
    assert ran.code == 0
    assert "warning: FOREIGN KEY of a" in ran.err
