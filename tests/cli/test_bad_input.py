"""Bad input: one clear message with the place, exit code 2, nothing written, and no long wait."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Wholekey
from tests.sample_dump import pg_dump_like

GOOD = b"CREATE TABLE a (id int PRIMARY KEY);\n"
DESIGN = b'{"wholekey":1,"records":[\n{"kind":"model","id":"modelaaaaa","name":"m"},\n{"kind":"table","id":"tableaaaaa","parent":"modelaaaaa","name":"t"}\n]}\n'

CASES = {
    "empty.sql": (b"", "empty"),
    "blank.sql": (b"  \n\n\t", "empty"),
    "binary.sql": (bytes(range(256)) * 8, "binary"),
    "custom.dump": (b"PGDMP\x01\x0e\x00" + bytes(100), "pg_restore"),
    "picture.sql": (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
    "latin1.sql": (GOOD + b"-- caf\xe9\n", "latin1.sql:2:7: byte 0xe9 is not valid UTF-8"),
    "prose.sql": (b"Dear reader, this is a letter and no schema at all.\n", "no SQL statement"),
    "truncated.sql": (GOOD + b"CREATE TABLE b (\n  id int,\n  name te", "cut short"),
    "truncated_string.sql": (GOOD + b"COMMENT ON TABLE a IS 'it stops he", "cut short"),
    "broken.wholekey.json": (DESIGN.replace(b'"name":"t"', b'"name":7'), "broken.wholekey.json:3:1: record tableaaaaa"),
    "cut.wholekey.json": (DESIGN[:80], "not valid JSON"),
    "other.json": (b'{"tables": []}', "not a Wholekey design"),
    "newer.wholekey.json": (b'{"wholekey":99,"records":[]}', "format version 99"),
    "orphan.wholekey.json": (DESIGN.replace(b'"parent":"modelaaaaa"', b'"parent":"nobodyaaaa"'), "tableaaaaa"),
    "open.dbml": (b"Table a {\n  id int [pk\n}", ":3:1: "),
    "nobody.dbml": (b"Table a {\n  id int\n  indexes {\n    nobody\n  }\n}", ":4:5: a has no column nobody"),
    "broken.mmd": (b"erDiagram\n  a ||--o{ \n", ":2:1: "),
    "flow.mmd": (b"graph TD\n  a --> b\n", "erDiagram"),
    "quotes.csv": (b'id,name\n1,"open\n', "check the quotes"),
    "model.puml": (b"@startuml", "PlantUML is not read"),
    "<script>alert(1)</script>.sql": (b"", "<script>alert(1)</script>.sql: the file is empty"),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_files(forked: Wholekey, tmp_path: Path, name: str) -> None:
    data, words = CASES[name]
    safe = name.replace("/", "_")
    (tmp_path / safe).write_bytes(data)
    ran = forked("import", safe, "-o", "out.json")
    assert ran.code == 2, ran.err
    assert words.replace("/", "_") in ran.err.replace(":1:1:", ":"), ran.err
    assert ran.err.startswith(safe)
    assert not (tmp_path / "out.json").exists()
    assert len(ran.err.splitlines()) < 25


@pytest.mark.parametrize("size", [2_000_000, pytest.param(50_000_000, marks=pytest.mark.slow)])
def test_megabytes_of_parentheses(wholekey: Wholekey, tmp_path: Path, size: int) -> None:
    (tmp_path / "deep.sql").write_bytes(b"(" * size)
    for dialect in ("auto", "postgresql", "mysql", "sqlite"):
        start = time.monotonic()
        ran = wholekey("import", "deep.sql", "--dialect", dialect, timeout=60)
        assert ran.code == 2, ran.err
        assert ran.err.startswith("deep.sql:1")
        assert len(ran.err) < 1000
        assert time.monotonic() - start < 30


def test_the_wrong_dialect_is_named(wholekey: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "my.sql").write_text(
        "CREATE TABLE `a` (`id` int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;\n"
        "CREATE TABLE `b` (`id` int unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY (`id`)) ENGINE=InnoDB;\n"
    )
    ran = wholekey("import", "my.sql", "--dialect", "postgresql", "-o", "out.json")
    assert ran.code == 2
    assert ran.err.splitlines()[-1].startswith("my.sql:1")
    assert "--dialect auto" in ran.err
    assert wholekey("import", "my.sql", "-o", "out.json").code == 0


@pytest.mark.parametrize("dialect", ["mysql", "mariadb", "sqlite"])
def test_a_dump_of_postgresql_is_not_read_as_another_dialect(forked: Wholekey, tmp_path: Path, dialect: str) -> None:
    (tmp_path / "pg.sql").write_text(pg_dump_like(40))
    ran = forked("import", "pg.sql", "--dialect", dialect, "-o", "out.json")
    assert ran.code == 2
    assert re.match(r"pg\.sql:\d+:\d+: ", ran.err.splitlines()[-1])
    assert "looks like postgresql" in ran.err.splitlines()[-1]
    assert not (tmp_path / "out.json").exists()


def test_keep_going_imports_what_can_be_read(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "cut.sql").write_bytes(CASES["truncated.sql"][0])
    ran = forked("import", "cut.sql", "--keep-going", "-o", "out.json")
    assert ran.code == 0, ran.err
    assert b'"name":"a"' in (tmp_path / "out.json").read_bytes()


def test_one_bad_statement_costs_only_itself(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "mixed.sql").write_bytes(GOOD + b"CREATE TABLE b (id int,,);\nCREATE TABLE c (id int);\n")
    ran = forked("import", "mixed.sql")
    assert ran.code == 0
    assert "mixed.sql:2" in ran.err
    assert b'"name":"c"' in ran.out


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere.sql", "no such file"),
        (".", "directory"),
        ("mysql://ann:s3cret@127.0.0.1:1/x", "mysql://ann:***@127.0.0.1:1/x: 127.0.0.1:1"),
        (
            "oracle://ann:s3cret@localhost/x",
            "oracle://ann:***@localhost/x: a live oracle cannot be read; use postgresql",
        ),
    ],
)
def test_sources_that_cannot_be_read(forked: Wholekey, source: str, words: str) -> None:
    ran = forked("import", source)
    assert ran.code == 2
    assert words in ran.err
    assert "s3cret" not in ran.err


def test_serve_refuses_to_be_reached_without_accounts(
    wholekey: Wholekey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WHOLEKEY_VAR", str(tmp_path / "var"))
    ran = wholekey("serve", "--host", "0.0.0.0", "--port", "0")
    assert ran.code == 2
    assert "this computer only" in ran.err


def test_serve_says_when_a_port_is_taken(wholekey: Wholekey, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import socket

    monkeypatch.setenv("WHOLEKEY_VAR", str(tmp_path / "var"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = wholekey("serve", "--port", str(taken.getsockname()[1]))
    assert ran.code == 2
    assert "choose another with --port" in ran.err
