"""Live databases on the command line: by URL, by the path of an SQLite file, or by the result of one query."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from designer.importers.live.registry import ENGINES
from designer.schema import Model, Table, codec
from tests.cli.conftest import ROOT, Wholekey
from tests.forwarding import forwarded
from tests.servers import MariaServer, PostgresServer

PASSWORD = "s3cret-pässword"
GUEST = "wk_cli_guest"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "library.db") as base:
        base.executescript(
            "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL); CREATE INDEX by_title ON books (title);"
        )
    base.close()
    return tmp_path / "library.db"


@pytest.fixture(scope="module")
def guarded(postgres_server: PostgresServer) -> Iterator[str]:
    """A PostgreSQL database `host:port/name` whose user `wk_cli_guest` needs a password."""
    import psycopg

    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        hba = Path(str(connection.execute("SHOW hba_file").fetchone()[0]))
        hba.write_text(f"local all {GUEST} scram-sha-256\n" + hba.read_text())
        connection.execute(f"CREATE ROLE {GUEST} LOGIN PASSWORD '{PASSWORD}'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE SCHEMA app; CREATE TABLE app.users (id int PRIMARY KEY, name text)")
        connection.execute("CREATE TABLE notes (id int PRIMARY KEY); GRANT SELECT ON notes TO PUBLIC")
        connection.execute(f"GRANT USAGE ON SCHEMA app TO {GUEST}")
    folder = unquote(re.search(r"host=([^&]+)", url)[1])
    with forwarded(f"{folder}/.s.PGSQL.5432") as port:
        yield f"127.0.0.1:{port}/{url.partition('?')[0].rpartition('/')[2]}"


def test_an_sqlite_file_is_known_by_its_first_bytes(wholekey: Wholekey, library: Path) -> None:
    library.rename(library.with_name("library.data"))
    ran = wholekey("import", "library.data", "--report", "r.json")
    assert ran.code == 0, ran.err
    design = codec.decode(ran.out)
    assert [each.name for each in design.of(Table)] == ["books"]
    assert design.of(Model)[0].target == "sqlite"
    assert design.of(Model)[0].version.startswith("3.")
    report = json.loads((library.parent / "r.json").read_text())
    assert [(each["what"], each["line"], each["file"]) for each in report["findings"]] == [
        ("CREATE TABLE books", 0, "library.data"), ("CREATE INDEX by_title", 0, "library.data"),
    ]  # fmt: skip


@pytest.mark.parametrize("command", [
    ("export", "--to", "ddl"), ("lint", "--fail-on", "never"), ("render", "-o", "out.svg"), ("import",),
])  # fmt: skip
def test_every_command_takes_a_database(forked: Wholekey, library: Path, command: tuple[str, ...]) -> None:
    assert forked(command[0], "library.db", *command[1:]).code == 0
    assert forked(command[0], "sqlite:///library.db", *command[1:]).code == 0


def test_a_database_and_a_script_are_read_together(forked: Wholekey, library: Path) -> None:
    (library.parent / "more.sql").write_text(
        "\nCREATE TABLE loans (book INTEGER REFERENCES books (id));\nCREATE TABLE (;\n"
    )
    ran = forked("import", "library.db", "more.sql", "--report", "r.json")
    assert ran.code == 0, ran.err
    assert {each.name for each in codec.decode(ran.out).of(Table)} == {"books", "loans"}
    findings = json.loads((library.parent / "r.json").read_text())["findings"]
    places = [(each["file"], each["line"]) for each in findings]
    assert set(places) == {("library.db", 0), ("more.sql", 2), ("more.sql", 3)}


def test_a_database_and_a_design_file_are_refused(forked: Wholekey, library: Path) -> None:
    assert forked("import", "library.db", "-o", "d.wholekey.json").code == 0
    ran = forked("import", "d.wholekey.json", "library.db")
    assert ran.code == 2
    assert "import this one by itself" in ran.err


def test_a_database_is_not_overwritten_by_its_design(forked: Wholekey, library: Path) -> None:
    before = library.read_bytes()
    ran = forked("import", "library.db", "-o", "library.db")
    assert ran.code == 2
    assert "overwrite" in ran.err
    assert library.read_bytes() == before


@pytest.mark.parametrize("dialect", list(ENGINES))
def test_the_query_is_one_select(forked: Wholekey, dialect: str) -> None:
    ran = forked("catalog-query", "--dialect", dialect)
    assert ran.code == 0
    without_comments = re.sub(r"^\s*--.*$", "", ran.text, flags=re.MULTILINE).strip()
    assert re.match(r"(?:SET STATEMENT \w+ = \d+ FOR )?(?:SELECT|WITH)\b", without_comments)
    assert "wholekey_catalog" in ran.text


def test_the_result_of_the_query_is_read_from_a_pipe(wholekey: Wholekey, library: Path) -> None:
    query = wholekey("catalog-query", "--dialect", "sqlite").text
    with sqlite3.connect(library) as base:
        value = str(base.execute(query).fetchone()[0])
    base.close()
    ran = wholekey("export", "-", "--to", "ddl", stdin=f"wholekey\n{value}\n".encode())
    assert ran.code == 0, ran.err
    assert ran.text == wholekey("export", "library.db", "--to", "ddl").text
    cut = wholekey("import", "-", stdin=value[:-40].encode())
    assert cut.code == 2
    assert cut.err.startswith("<stdin>: the result ends in the middle")


@pytest.mark.postgres
def test_postgresql_by_url_with_what_is_wanted_of_it(
    wholekey: Wholekey, guarded: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    url = f"postgresql://{GUEST}:s3cret-p%C3%A4ssword@{guarded}"
    ran = wholekey("import", url, "-o", "all.json", "--report", "r.json")
    assert ran.code == 0, ran.err
    design = codec.decode((tmp_path / "all.json").read_bytes())
    assert {each.name for each in design.of(Table)} == {"users", "notes"}
    model = design.of(Model)[0]
    assert (model.name, model.target, model.version) == (guarded.partition("/")[2], "postgresql", "18")
    everything = ran.err + (tmp_path / "all.json").read_text() + (tmp_path / "r.json").read_text()
    assert "s3cret" not in everything
    assert "GRANT" in (tmp_path / "all.json").read_text()
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    bare = f"postgres://{GUEST}@{guarded}"
    only = codec.decode(wholekey("import", bare, "--schema", "app", "--no-privileges").out)
    assert {each.name for each in only.of(Table)} == {"users"}
    plain = wholekey("export", bare, "--to", "ddl", "--no-privileges").text
    assert "GRANT" not in plain
    assert "OWNER TO" not in plain
    assert "OWNER TO" in wholekey("export", bare, "--to", "ddl", "--owners").text


@pytest.mark.postgres
@pytest.mark.parametrize("login", [f"{GUEST}:s3cret-wrong", GUEST])
def test_a_wrong_password_and_none_are_told_without_it(wholekey: Wholekey, guarded: str, login: str) -> None:
    ran = wholekey("import", f"postgresql://{login}@{guarded}", "-o", "out.json")
    assert ran.code == 2
    assert "password" in ran.err
    assert "s3cret" not in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.postgres
@pytest.mark.parametrize(("typed", "code"), [(PASSWORD, 0), ("s3cret-typo", 2)])
def test_a_person_at_a_terminal_is_asked_for_the_password(guarded: str, tmp_path: Path, typed: str, code: int) -> None:
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "designer.cli", "import", f"postgresql://{GUEST}@{guarded}", "-o", "out.json"]
    process = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    until = time.monotonic() + 30
    while b"Password of" not in said and time.monotonic() < until:
        if select.select([terminal], [], [], 0.2)[0]:
            said += os.read(terminal, 4096)
    os.write(terminal, typed.encode() + b"\n")
    assert process.wait(30) == code
    while select.select([terminal], [], [], 0.2)[0]:
        try:
            said += os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
    os.close(terminal)
    assert f"Password of {GUEST} at 127.0.0.1".encode() in said
    assert b"s3cret" not in said
    assert (tmp_path / "out.json").exists() == (code == 0)


@pytest.mark.mariadb
def test_mariadb_by_url_and_environment(
    wholekey: Wholekey, mariadb_server: MariaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pymysql

    database = mariadb_server.new_database()
    with pymysql.connect(**database) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (id int AUTO_INCREMENT PRIMARY KEY, body text) COMMENT 'all of them'")
        cursor.execute(f"CREATE OR REPLACE USER {GUEST}@localhost IDENTIFIED BY '{PASSWORD}'")
        cursor.execute(f"GRANT SELECT, SHOW VIEW ON {database['database']}.* TO {GUEST}@localhost")
    with forwarded(mariadb_server.socket) as port:
        bare = f"mysql://{GUEST}@127.0.0.1:{port}/{database['database']}"
        refused = wholekey("import", bare.replace("@", ":s3cret-wrong@"))
        assert refused.code == 2
        assert "s3cret" not in refused.err
        ran = wholekey("import", bare.replace("@", ":s3cret-p%C3%A4ssword@"))
        assert ran.code == 0, ran.err
        monkeypatch.setenv("MYSQL_PWD", PASSWORD)
        assert wholekey("import", bare).out == ran.out
    model = codec.decode(ran.out).of(Model)[0]
    assert (model.name, model.target) == (database["database"], "mariadb")
    assert model.version == ".".join(mariadb_server.version.split(".")[:2])


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux shows and hides arguments in this way")
def test_the_list_of_processes_has_no_password(tmp_path: Path) -> None:
    """A server that never answers keeps the command running while its arguments are looked at."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://ann:s3cret%2Fword@127.0.0.1:{silent.getsockname()[1]}/shop"
        command = [sys.executable, "-m", "designer.cli", "import", url]
        process = subprocess.Popen(
            command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL
        )
        try:
            silent.settimeout(30)
            silent.accept()[0].close()
            arguments = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        finally:
            process.kill()
            process.wait()
    assert b"postgresql://ann:" in arguments
    assert b"s3cret" not in arguments
