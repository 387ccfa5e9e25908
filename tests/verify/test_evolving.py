"""`wholekey verify OLD --against NEW`: both ways on real servers, the rows, and what it says where a migration is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from designer.cli import main
from designer.evolution import Migration
from designer.proof import evolving
from designer.proof.mariadb.server import programs
from tests.servers import not_here
from tests.verify.scratch import needs_postgres

Verify = Callable[..., tuple[int, str, str]]
USERS = "CREATE TABLE users (id {key}, name varchar(40) NOT NULL);"
OLD = USERS + "CREATE TABLE posts (id {key}, author {ref} NOT NULL, body varchar(99));"
NEW = (
    "CREATE TABLE users (id {key}, full_name varchar(80) NOT NULL, mail varchar(9));"
    "CREATE TABLE posts (id {key}, author {ref} NOT NULL, body varchar(99) NOT NULL,"
    " CONSTRAINT by_author FOREIGN KEY (author) REFERENCES users (id) ON DELETE CASCADE);"
    "CREATE INDEX posts_author ON posts (author);"
)
WORDS = {
    "postgresql": {"key": "serial PRIMARY KEY", "ref": "integer"},
    "mariadb": {"key": "int AUTO_INCREMENT PRIMARY KEY", "ref": "int"},
    "sqlite": {"key": "INTEGER PRIMARY KEY", "ref": "INTEGER"},
}


@pytest.fixture
def verify(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(dialect: str, old: str, new: str, *arguments: str) -> tuple[int, str, str]:
        for name, text in (("old.sql", old), ("new.sql", new)):
            for word, meant in WORDS[dialect].items():
                text = text.replace(f"{{{word}}}", meant)
            (tmp_path / name).write_text(text)
        paths = [str(tmp_path / "old.sql"), "--against", str(tmp_path / "new.sql")]
        code = main(["verify", *paths, "--dialect", dialect, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.parametrize(
    "dialect",
    [
        pytest.param("postgresql", marks=pytest.mark.postgres),
        pytest.param("mariadb", marks=pytest.mark.mariadb),
        "sqlite",
    ],
)
def test_both_ways_are_proven_with_rows(verify: Verify, dialect: str) -> None:
    _needs(dialect)
    code, out, _ = verify(dialect, OLD, NEW, "--rename", "users.name=full_name")
    assert (code, len(out.splitlines())) == (0, 1), out
    assert out.startswith("Proven on ") and "6 sample rows kept in 2 tables" in out


def _needs(dialect: str) -> None:
    if dialect == "postgresql":
        needs_postgres()
    if dialect == "mariadb" and programs() is None:
        not_here("no MariaDB server is installed (Debian: apt install mariadb-server)")


def test_json_has_the_stages_and_the_rows(verify: Verify) -> None:
    code, out, _ = verify("sqlite", OLD, NEW, "--rename", "users.name=full_name", "--json")
    found = json.loads(out)
    assert code == 0 and found["holds"]
    assert [each["name"] for each in found["stages"]] == ["the old schema", "the way up", "the way down"]
    assert {each["table"]: (each["rows"], each["up"], each["down"]) for each in found["kept"]} == {
        "users": (3, 3, 3),
        "posts": (3, 3, 3),
    }


def test_a_statement_that_fails_is_named_with_its_step(verify: Verify) -> None:
    code, out, _ = verify("sqlite", USERS, USERS.replace("name", "full_name"))
    assert code == 1
    assert out.startswith("Not proven on SQLite")
    assert "the way up: refused: step " in out and "NOT NULL" in out
    assert "lost on the way up: column users.name" in out


def _without(monkeypatch: pytest.MonkeyPatch, operation: str) -> None:
    """Let migrations forget one kind of step."""
    whole = evolving.migrate

    def forgetful(*args: object, **named: object) -> Migration:
        found = whole(*args, **named)  # type: ignore[arg-type]
        return replace(found, steps=[each for each in found.steps if each.operation != operation])

    monkeypatch.setattr(evolving, "migrate", forgetful)


def test_a_migration_that_leaves_something_out_is_told(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    _without(monkeypatch, "create index")
    code, out, _ = verify("sqlite", USERS, USERS + "CREATE INDEX by_name ON users (name);")
    assert code == 1
    assert "the way up has 1 difference" in out
    assert "the way up: different: index by_name" in out


def test_rows_that_are_lost_are_told(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = evolving.migrate

    def careless(*args: object, **named: object) -> Migration:
        found = whole(*args, **named)  # type: ignore[arg-type]
        return replace(found, steps=[replace(found.steps[0], sql="DELETE FROM users WHERE id = 1"), *found.steps])

    monkeypatch.setattr(evolving, "migrate", careless)
    code, out, _ = verify("sqlite", USERS, USERS.replace(");", ", mail varchar(9));"))
    assert code == 1
    assert "1 table did not keep its rows" in out
    assert "rows: users had 3 rows, 2 after the way up and 2 after both" in out


def test_values_that_change_are_told(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = evolving.migrate

    def careless(*args: object, **named: object) -> Migration:
        found = whole(*args, **named)  # type: ignore[arg-type]
        return replace(found, steps=[*found.steps, replace(found.steps[0], sql="UPDATE users SET name = 'x'")])

    monkeypatch.setattr(evolving, "migrate", careless)
    code, out, _ = verify("sqlite", USERS, USERS.replace(");", ", mail varchar(9));"))
    assert code == 1
    assert "rows: users has other values (up: name, down: name)" in out


def test_nothing_to_do_is_proven(verify: Verify) -> None:
    code, out, _ = verify("sqlite", OLD, OLD)
    assert code == 0 and "0 statements up, 0 down" in out


def test_a_rename_needs_the_other_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE a (id int);")
    assert main(["verify", str(tmp_path / "a.sql"), "--rename", "a=b"]) == 2
    assert "--against" in capsys.readouterr().err


def test_time_is_limited(verify: Verify) -> None:
    code, _, err = verify("sqlite", OLD, NEW, "--seconds", "0")
    assert code == 2 and "seconds" in err
