"""What `wholekey diff` prints, where, and with which exit code; what it prints is run by the database itself."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path
from urllib.parse import quote

import psycopg
import pymysql
import pytest

from designer.cli.diff_notes import answer, note
from designer.cli.diff_sides import is_printed
from designer.cli.main import main
from designer.cli.terminal import answered
from designer.evolution.contract import Rename
from designer.importers.live.counts import row_counts
from tests.nasty import NAMES
from tests.servers import MariaServer, PostgresServer

OLD = "CREATE TABLE users (id INTEGER PRIMARY KEY, mail TEXT NOT NULL, n INT);\nCREATE INDEX by_mail ON users (mail);\n"
NEW = "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL, n INT, more TEXT);\nCREATE INDEX by_mail ON users (email);\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Return two scripts."""
    return _file(tmp_path / "old.sql", OLD), _file(tmp_path / "new.sql", NEW)


def _file(path: Path, text: str) -> str:
    path.write_text(text)
    return str(path)


def _columns(database: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(database)) as base:
        return [row[1] for row in base.execute("PRAGMA table_info(users)")]


def test_equal_inputs_print_nothing(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", files[0], files[0], "--dialect", "sqlite", "--exit-code"]) == 0
    assert capsys.readouterr() == ("", "")


def test_differences_are_an_exit_code_where_asked_for(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *files, "--dialect", "sqlite"]) == 0
    assert main(["diff", *files, "--dialect", "sqlite", "--exit-code"]) == 1
    assert capsys.readouterr().out


def test_hostile_names_stay_on_their_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hostile = [each for each in NAMES if not each.isprintable() and "\0" not in each]
    script = "".join(f'CREATE TABLE "{each.replace(chr(34), chr(34) * 2)}" (id int PRIMARY KEY);\n' for each in hostile)
    sides = _file(tmp_path / "old.sql", script), _file(tmp_path / "new.sql", "")
    assert main(["diff", *sides, "--dialect", "postgresql"]) == 0
    lines = capsys.readouterr().err.split("\n")[:-1]
    assert all(line.isprintable() for line in lines)
    assert all(line.startswith(("danger WM", "warning WM", "note: ", "…")) for line in lines)
    assert len([line for line in lines if line.startswith("danger WM101 ")]) == min(len(hostile), 40)


def test_what_may_be_renamed_is_said_and_not_done(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *files, "--dialect", "sqlite"]) == 0
    told = capsys.readouterr()
    assert "note: users.mail may be users.email (" in told.err
    assert "add --rename 'users.mail=email' to keep its values" in told.err
    assert "RENAME COLUMN" not in told.out


def test_the_script_runs_up_and_down_and_keeps_rows(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "live.db"
    with contextlib.closing(sqlite3.connect(database)) as base:
        base.executescript(OLD + "INSERT INTO users VALUES (1, 'a@example.org', 3);")
    rename = ("--dialect", "sqlite", "--rename", "users.mail=email")
    assert main(["diff", str(database), files[1], *rename]) == 0
    up = capsys.readouterr().out
    assert main(["diff", str(database), files[1], *rename, "--down"]) == 0
    down = capsys.readouterr().out
    with contextlib.closing(sqlite3.connect(database)) as base:
        base.executescript(up)
        assert base.execute("SELECT id, email, n, more FROM users").fetchall() == [(1, "a@example.org", 3, None)]
    assert main(["diff", str(database), files[1], "--exit-code"]) == 0
    with contextlib.closing(sqlite3.connect(database)) as base:
        base.executescript(down)
        assert base.execute("SELECT id, mail, n FROM users").fetchall() == [(1, "a@example.org", 3)]
    assert _columns(database) == ["id", "mail", "n"]


def test_standard_input_json_and_files(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", *files, "--dialect", "sqlite", "--to", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["up"]["steps"]
    assert main(["diff", *files, "--dialect", "sqlite", "-o", str(tmp_path / "up.sql")]) == 0
    assert "ALTER TABLE" in (tmp_path / "up.sql").read_text()
    assert main(["diff", *files, "--dialect", "sqlite", "-o", str(tmp_path / "migrations"), "--title", "Add more"]) == 0
    names = sorted(path.name for path in (tmp_path / "migrations").iterdir())
    assert len(names) == 2
    assert all("add_more" in name for name in names)


WRONG = [
    (("old.sql", "gone.sql"), "no such file"),
    (("old.sql", "new.sql", "--to", "nothing"), "no format"),
    (("old.sql", "new.sql", "--rename", "users"), "is no rename"),
    (("old.sql", "new.sql", "--rename", "users.nothing=email"), "old side has no users.nothing"),
    (("old.sql", "new.sql", "--rename", "users.mail=nothing"), "new side has no nothing"),
    (("old.sql", "new.sql", "--rows", "users=many"), "no number"),
    (("old.sql", "new.sql", "--rows", "nobody=3"), "no such table"),
    (("old.sql", "new.sql", "--interactive"), "needs a terminal"),
    (("-", "-"), "only be one"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...],
    said: str,
    files: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(Path(files[0]).parent)
    assert main(["diff", *arguments, "--dialect", "sqlite"]) == 2
    told = capsys.readouterr()
    assert not told.out
    assert said in told.err
    assert "Traceback" not in told.err


def test_two_kinds_of_databases_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = _file(tmp_path / "a.sql", "CREATE TABLE t (id serial PRIMARY KEY, j jsonb);\n")
    two = _file(tmp_path / "b.sql", "CREATE TABLE `t` (`id` int AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB;\n")
    assert main(["diff", one, two]) == 2
    assert "--dialect" in capsys.readouterr().err


def test_a_dump_is_known_by_its_head(tmp_path: Path) -> None:
    assert is_printed(_file(tmp_path / "a.sql", "--\n-- PostgreSQL database dump\n--\n"))
    assert is_printed(_file(tmp_path / "b.sql", "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n"))
    assert is_printed(_file(tmp_path / "d.sql", "SELECT pg_catalog.set_config('search_path', '', false);\n"))
    assert is_printed(_file(tmp_path / "e.sql", "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n"))
    assert not is_printed(_file(tmp_path / "c.sql", "CREATE TABLE t (i int);\n"))
    assert not is_printed("-")


def _rename(old: str, new: str, kind: str = "column") -> Rename:
    return Rename(kind, old, new, old, new, 0.9, "same type")


def test_answers() -> None:
    candidates = [_rename("t.a", "t.b"), _rename("t.a", "t.c"), _rename("t.x", "t.y"), _rename("t.p", "t.q")]
    said = iter(("n", "?", "y", "a"))
    accepted, stopped = answered(candidates, lambda _: next(said))
    assert [each.new for each in accepted] == ["t.c", "t.y", "t.q"]
    assert not stopped
    assert answered(candidates, lambda _: "q") == ([], True)


def test_the_option_that_a_note_offers_is_taken_as_it_is() -> None:
    assert answer(_rename("public.users.mail", "public.users.email")) == "users.mail=email"
    assert answer(_rename("public.users", "app.people", "table")) == "public.users=app.people"
    assert answer(_rename("public.Order", "public.x y", "table")) == '"Order"="x y"'
    assert "to keep its rows" in note(_rename("a", "b", "table"))


@pytest.mark.parametrize("name", [each for each in NAMES if "\0" not in each and each.strip()][:25])
def test_any_name_can_be_renamed(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    old = _file(tmp_path / "old.sql", f"CREATE TABLE {quoted} (a INT, b TEXT);\n")
    new = _file(tmp_path / "new.sql", "CREATE TABLE plain (a INT, b TEXT);\n")
    assert main(["diff", old, new, "--dialect", "sqlite", "--rename", f"{quoted}=plain"]) == 0
    with contextlib.closing(sqlite3.connect(":memory:")) as base:
        base.executescript(Path(old).read_text())
        base.executescript(capsys.readouterr().out)
        assert base.execute("SELECT name FROM sqlite_master").fetchall() == [("plain",)]


def test_an_empty_database_or_file_is_a_side_like_any_other(
    files: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = tmp_path / "empty.db"
    with contextlib.closing(sqlite3.connect(database)) as base:
        base.executescript("CREATE TABLE t (i INT); DROP TABLE t;")
    assert main(["diff", str(database), files[0]]) == 0
    assert "CREATE TABLE users" in capsys.readouterr().out
    assert main(["diff", files[0], _file(tmp_path / "empty.sql", ""), "--dialect", "sqlite"]) == 0
    assert "DROP TABLE users" in capsys.readouterr().out
    assert main(["diff", _file(tmp_path / "comment.sql", "-- nothing\n"), str(database), "--exit-code"]) == 0
    assert capsys.readouterr().out == ""


def test_rows_of_a_live_database_are_counted(tmp_path: Path) -> None:
    database = tmp_path / "live.db"
    with contextlib.closing(sqlite3.connect(database)) as base:
        base.executescript(
            "CREATE TABLE t (i INT); CREATE TABLE w (i INT PRIMARY KEY) WITHOUT ROWID; INSERT INTO t VALUES (1), (2);"
        )
    assert row_counts(f"sqlite:///{database}") == {("", "t"): 2}


def test_rows_of_servers_are_counted(postgres_server: PostgresServer, mariadb_server: MariaServer) -> None:
    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE t AS SELECT generate_series(1, 7) AS i")
        connection.execute("ANALYZE t")
    assert row_counts(url) == {("public", "t"): 7}
    parameters = mariadb_server.new_database()
    address = f"mariadb://root@localhost/{parameters['database']}?unix_socket={quote(mariadb_server.socket, safe='')}"
    with contextlib.closing(pymysql.connect(**parameters)) as session, session.cursor() as cursor:
        cursor.execute("CREATE TABLE t (i INT PRIMARY KEY)")
        cursor.execute("INSERT INTO t VALUES (1), (2)")
        cursor.execute("ANALYZE TABLE t")
    assert set(row_counts(address)) == {("", "t")}
