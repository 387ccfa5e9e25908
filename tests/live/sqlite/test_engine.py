"""SQLite files are read as they are: nothing is changed beside them, nothing in them is run, and what is wrong is said."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from designer.importers.contract import Outcome
from designer.importers.live import LiveProblem, Snapshot, read_pasted, read_snapshot, read_url, snapshot_of
from designer.importers.live.sqlite import files, query, script, take, take_bytes
from designer.schema import Design, Model, Statement, Table
from exporters.contract import Options
from exporters.registry import get
from tests.proof import sqlite_catalog

RICH = (Path(__file__).parents[2] / "importers" / "sqlite" / "rich.sql").read_text()


def made(path: Path, text: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(text)
    return path


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def names(snapshot: Snapshot) -> list[str]:
    return sorted(row["name"] for row in snapshot.sections["schema"])


def told(snapshot: Snapshot) -> list[object]:
    """Return what a snapshot says, but for the names of shadow tables, which only the SELECT can ask for."""
    return [snapshot.sections["settings"], snapshot.sections["schema"]]


def tables(design: Design) -> list[str]:
    return sorted(table.name for table in design.of(Table))


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    return made(tmp_path / "rich.db", RICH + ";PRAGMA user_version = 7; PRAGMA application_id = 1179;")


def test_three_ways_give_one_design(rich: Path) -> None:
    with closing(sqlite3.connect(rich)) as base:
        pasted = base.execute(query("sqlite")).fetchone()[0]
    ways = [read_url(url(rich)), read_pasted(pasted), read_snapshot(take_bytes(rich.read_bytes(), "rich.db"))]
    designs = [list(way.design.records()) for way in ways]
    assert designs[0] == designs[1] == designs[2]
    assert told(snapshot_of(pasted)) == told(take(url(rich)))
    assert [each.name for each in ways[0].design.of(Model)] == ["rich"]


def test_the_file_comes_back_with_its_settings(rich: Path, tmp_path: Path) -> None:
    written = get("ddl").export(read_url(url(rich)).design, Options()).text
    assert (
        sqlite_catalog.differences(sqlite_catalog.read(rich), sqlite_catalog.read(made(tmp_path / "b", written))) == []
    )
    with closing(sqlite3.connect(tmp_path / "b")) as base:
        assert base.execute("PRAGMA user_version").fetchone() == (7,)


def test_settings_of_a_new_file_are_not_told(tmp_path: Path) -> None:
    design = read_url(url(made(tmp_path / "a.db", "CREATE TABLE t (a)"))).design
    assert design.of(Statement) == []


def test_shadow_tables_are_left_out_even_after_vacuum(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "CREATE TABLE t (a); CREATE VIRTUAL TABLE f USING fts5(a); VACUUM;")
    assert {"f_data", "f_idx"} <= set(names(take(url(path))))
    assert tables(read_url(url(path)).design) == ["t"]
    assert tables(read_snapshot(take_bytes(path.read_bytes(), "a")).design) == ["t"]


def test_an_index_before_its_table_waits_for_it(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "CREATE TABLE t (a); CREATE TABLE u (a); CREATE INDEX i ON u (a);")
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute("UPDATE sqlite_master SET rowid = -1 WHERE name = 'i'")
        base.commit()
    found = take(url(path))
    assert [row["name"] for row in found.sections["schema"]] == ["i", "t", "u"]
    assert script(found).index("TABLE u") < script(found).index("INDEX i")


def test_a_statement_may_end_in_a_comment(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "CREATE VIEW v AS SELECT 1 -- one\n; CREATE TABLE t (a);")
    result = read_url(url(path))
    assert tables(result.design) == ["t"]
    assert result.report.counts()[Outcome.FAILED] == 0


# What lies beside a file


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A program that has written a table into the log of the file and keeps it open."""
    with closing(sqlite3.connect(tmp_path / "wal.db", isolation_level=None)) as base:
        base.executescript("PRAGMA journal_mode = WAL; CREATE TABLE first (a); PRAGMA wal_checkpoint(TRUNCATE);")
        base.execute("CREATE TABLE second (a)")
        yield base


def test_what_is_still_in_the_log_is_read(writer: sqlite3.Connection, tmp_path: Path) -> None:
    assert names(take(url(tmp_path / "wal.db"))) == ["first", "second"]


def test_a_closed_file_gets_no_log_beside_it(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a);")
    before = path.read_bytes()
    assert names(take(url(path))) == ["t"]
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]
    assert path.read_bytes() == before


def test_an_uploaded_file_may_be_in_wal_mode(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a);")
    assert names(take_bytes(path.read_bytes(), "a.db")) == ["t"]


def test_a_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_PATIENCE", 0.05)
    path = made(tmp_path / "a.db", "CREATE TABLE t (a)")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LiveProblem, match=r"a\.db cannot be read: another program holds a lock on it; close"):
            take(url(path))


# Paths


@pytest.mark.parametrize("name", ["with space.db", "per%cent.db", "quest?ion.db", "ha#sh.db", "ünï.db"])
def test_any_name_of_a_file(tmp_path: Path, name: str) -> None:
    path = made(tmp_path / name, "CREATE TABLE t (a)")
    assert names(take(f"sqlite:///{quote(str(path))}")) == ["t"]


def test_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path / "a.db", "CREATE TABLE t (a)")
    monkeypatch.chdir(tmp_path)
    assert names(take("sqlite:///a.db")) == names(take("sqlite:a.db")) == ["t"]


# What is no database


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"SELECT 1;", "is not an SQLite database that can be read"),
        (bytes(range(256)) * 16, "is not an SQLite database that can be read"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "cannot be read"),
    ],
)
def test_what_is_no_database_is_told_in_one_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(content)
    with pytest.raises(LiveProblem, match=said) as caught:
        take(url(path))
    assert "\n" not in caught.value.message
    with pytest.raises(LiveProblem):
        take_bytes(content, "x.db")


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LiveProblem, match="there is no file"):
        take(url(tmp_path / "none.db"))
    with pytest.raises(LiveProblem, match="cannot be read"):
        take(url(tmp_path))
    with pytest.raises(LiveProblem, match="names no file"):
        take("sqlite://")
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_tables(tmp_path: Path) -> None:
    with pytest.raises(LiveProblem, match="nothing to import"):
        read_url(url(made(tmp_path / "a.db", "CREATE TABLE t (a); DROP TABLE t;")))


def test_a_file_cut_in_two(rich: Path) -> None:
    rich.write_bytes(rich.read_bytes()[:6000])
    with pytest.raises(LiveProblem, match=r"rich\.db cannot be read: the file is damaged"):
        take(url(rich))


# Hostile files


def test_what_this_version_of_sqlite_cannot_parse_is_read_all_the_same(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "CREATE TABLE t (a); CREATE TABLE u (a);")
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute("UPDATE sqlite_master SET sql = 'CREATE TABLE u (a FUTURE WORDS (' WHERE name = 'u'")
        base.commit()
    for snapshot in (take(url(path)), take_bytes(path.read_bytes(), "a.db")):
        assert names(snapshot) == ["t", "u"]
        assert tables(read_snapshot(snapshot).design) == ["t"]


def test_nothing_in_a_file_is_run(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "CREATE TABLE t (a); CREATE VIEW v AS SELECT load_extension('evil');")
    assert names(take_bytes(path.read_bytes(), "a.db")) == ["t", "v"]


def test_a_guarded_connection_refuses_everything_but_reading(tmp_path: Path) -> None:
    path = made(tmp_path / "a.db", "CREATE TABLE t (a)")
    for statement in ("ATTACH 'b.db' AS b", "CREATE TABLE u (a)", "INSERT INTO t VALUES (1)", "DROP TABLE t", "VACUUM"):
        with pytest.raises(LiveProblem), files.opened(path) as base:
            base.execute(statement)
    assert [each.name for each in tmp_path.iterdir()] == ["a.db"]


def test_reading_ends_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_SECONDS", 0)
    path = made(tmp_path / "a.db", "".join(f"CREATE TABLE t{number} (a);" for number in range(40)))
    with pytest.raises(LiveProblem, match="took more than"), files.opened(path) as base:
        base.execute("SELECT count(*) FROM sqlite_master a, sqlite_master b, sqlite_master c").fetchone()


def test_settings_that_nobody_knows_are_not_written() -> None:
    rows = {"schema": [{"type": "table", "name": "t", "tbl_name": "t", "sql": "CREATE TABLE t (a)"}]}
    settings = [{"name": "user_version", "value": "1; DROP TABLE x"}, {"name": "journal_mode", "value": "WAL"}]
    text = script(Snapshot("sqlite", "3.40", "x", rows | {"settings": settings}))
    assert text == "CREATE TABLE t (a);\n"


def test_the_query_says_the_same_in_the_shell(rich: Path) -> None:
    shell = shutil.which("sqlite3")
    if shell is None:
        pytest.skip("no sqlite3 shell is installed")
    done = subprocess.run([shell, str(rich), query("sqlite")], capture_output=True, text=True, check=True)
    assert told(snapshot_of(done.stdout)) == told(take(url(rich)))
