"""The pasted result of a query, in what real clients put round it: read as the value alone, or refused with the reason."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from designer.importers.guess import seems
from designer.importers.live import LiveProblem, engine, snapshot_of
from designer.importers.live.pasted import is_snapshot
from designer.importers.registry import format_of, read_any
from designer.schema import Index, Model, Table
from tests.servers import PostgresServer, not_here

NASTY = "it's \"so\" \\ | + 'n ünïcödé\nsecond line, (1 row)"
QUOTED = NASTY.replace("'", "''")
SCRIPT = (
    'CREATE TABLE "odd ""name" '
    f"(id INTEGER PRIMARY KEY, note TEXT DEFAULT '{QUOTED}');"
    'CREATE TABLE plain (id INTEGER PRIMARY KEY, other INTEGER REFERENCES "odd ""name" (id));'
    "CREATE INDEX by_other ON plain (other);"
)


@pytest.fixture(scope="module")
def value() -> str:
    """What SQLite's query gives for a small database with awkward texts."""
    with sqlite3.connect(":memory:") as base:
        base.executescript(SCRIPT)
        return str(base.execute(engine("sqlite").query("sqlite")).fetchone()[0])


def cell(value: str) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["wholekey"], [value]])
    return out.getvalue()


def framed(value: str) -> str:
    line = "+" + "-" * (len(value) + 2) + "+"
    return f"{line}\n| {'wholekey':<{len(value)}} |\n{line}\n| {value} |\n{line}\n1 row in set (0.01 sec)\n"


def wrapped(value: str, width: int = 61) -> str:
    lines = [value[at : at + width] for at in range(0, len(value), width)]
    body = "".join(f"| {line:<{width}} |\n" for line in lines)
    return f"+{'-' * (width + 2)}+\n{body}+{'-' * (width + 2)}+\n"


CLIENTS = {
    "alone": lambda v: v,
    "a byte order mark": lambda v: "\ufeff" + v + "\r\n",
    "psql": lambda v: f" wholekey \n{'-' * 60}\n {v}\n(1 row)\n\n",
    "psql unaligned": lambda v: f"wholekey\n{v}\n(1 row)\n",
    "psql expanded": lambda v: f"-[ RECORD 1 ]{'-' * 20}\nwholekey | {v}\n\n",
    "psql with lines": lambda v: v.replace(', "', ', +\n "').replace(',"', f',{" " * 8}+\n "'),
    "a cell of CSV": cell,
    "a cell of CSV, copied alone": lambda v: '"' + v.replace('"', '""') + '"',
    "MySQL's frame": framed,
    "MySQL's batch mode": lambda v: "wholekey\n" + v.replace("\\", "\\\\") + "\n",
    "lines of a terminal": wrapped,
    "JSON": lambda v: json.dumps([{"wholekey": v}]),
    "JSON of the value": lambda v: json.dumps(v),
    "sqlite3's quotes": lambda v: "'wholekey'\n'" + v.replace("'", "''") + "'\n",
}


@pytest.mark.parametrize("client", CLIENTS)
def test_what_clients_put_round_the_value_does_no_harm(value: str, client: str) -> None:
    text = CLIENTS[client](value)
    assert snapshot_of(text) == snapshot_of(value)
    assert is_snapshot(text)
    assert seems(text) == "catalog"
    for name in ("", "result.json", "export.csv", "out.txt"):
        assert format_of(name, text) == "catalog"


def test_it_becomes_a_design_with_the_names_of_objects_and_no_lines(value: str) -> None:
    result = read_any(CLIENTS["psql"](value))
    assert {each.name for each in result.design.of(Table)} == {'odd "name', "plain"}
    assert [each.name for each in result.design.of(Index)] == ["by_other"]
    (model,) = result.design.of(Model)
    assert model.target == "sqlite"
    assert model.version == ".".join(sqlite3.sqlite_version.split(".")[:2])
    assert [each.line for each in result.report.findings] == [0, 0, 0]
    assert [each.what for each in result.report.findings][1:] == ["CREATE TABLE plain", "CREATE INDEX by_other"]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_value_that_was_cut_is_refused_with_where_it_ends(value: str, kept: float) -> None:
    cut = value[: int(len(value) * kept)]
    with pytest.raises(LiveProblem, match=f"ends in the middle, after {len(cut):,} characters"):
        snapshot_of(cut)


def test_a_cut_value_is_never_taken_for_something_else(value: str) -> None:
    with pytest.raises(LiveProblem, match="uncut"):
        read_any(value[:400])


@pytest.mark.parametrize(("text", "words"), [
    ('{"wholekey_catalog": "oracle"}', "postgresql, mysql, mariadb, sqlite"),
    ('{"wholekey_catalog": 7}', "not known here"),
    ('{"wholekey_catalog": "sqlite", "schema": ["x"]}', "'schema' is not what the query gives"),
    ('{"wholekey_catalog": "postgresql", "tables": [{"name": 1}]}', "catalogs|nothing|no tables"),
    ('{"wholekey_catalog": "mysql", "tables": [{"x": 1}]}', "outside any database"),
    ('{"wholekey_catalog": "sqlite", "schema": []}', "no tables"),
    ('{"name": "x"}', "wholekey_catalog"),
])  # fmt: skip
def test_what_no_query_gave_is_refused_in_one_sentence(text: str, words: str) -> None:
    with pytest.raises(LiveProblem, match=words) as caught:
        engine_read(text)
    assert "\n" not in caught.value.message


def engine_read(text: str) -> None:
    from designer.importers.live import read_pasted

    read_pasted(text)


@pytest.mark.parametrize("text", [
    "CREATE TABLE wholekey_catalog (id int);",
    '-- {"wholekey": 1}\nSELECT 1;',
    '{"wholekey": 1, "records": []}',
    "wholekey_catalog: is a word in a letter",
])  # fmt: skip
def test_other_texts_are_not_taken_for_catalogs(text: str) -> None:
    assert not is_snapshot(text)


def test_a_frame_as_wide_as_a_large_value_is_looked_through(value: str) -> None:
    wide = value.replace('"name":"plain"', '"name":"' + "p" * 100_000 + '"')
    for client in ("psql", "MySQL's frame"):
        text = CLIENTS[client](wide).replace("-" * 60, "-" * len(wide))
        assert format_of("", text) == "catalog"
        assert seems(text) == "catalog"
        assert snapshot_of(text) == snapshot_of(wide)


def test_a_dump_with_a_value_among_its_rows_stays_a_dump(value: str) -> None:
    dump = "CREATE TABLE pasted (id int, body text);\n" * 20 + f"INSERT INTO pasted VALUES (1, '{value}');\n"
    assert format_of("dump.sql", dump) == "sql"
    assert seems(dump) == "sql"


MODES = ("list", "box", "table", "column", "csv", "json", "quote", "line", "markdown", "tabs")


def test_every_mode_of_the_real_sqlite3(value: str, tmp_path: Path) -> None:
    program = shutil.which("sqlite3")
    if program is None:
        not_here("sqlite3 is not installed (Debian: apt install sqlite3)")
    base = tmp_path / "modes.db"
    with sqlite3.connect(base) as made:
        made.executescript(SCRIPT)
    made.close()
    query, wanted = engine("sqlite").query("sqlite"), snapshot_of(value).sections
    for mode in MODES:
        done = subprocess.run(
            [program, "-cmd", ".headers on", "-cmd", f".mode {mode}", str(base)],
            input=query, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert snapshot_of(done.stdout).sections == wanted, mode


FORMATS = (
    (), ("-A",), ("-At",), ("-x",), ("--csv",), ("-P", "border=2"), ("-P", "linestyle=unicode", "-P", "border=2"),
    ("-P", "format=wrapped", "-P", "columns=80"), ("-P", "format=wrapped", "-P", "columns=80", "-P", "border=2"),
)  # fmt: skip


@pytest.mark.postgres
def test_every_format_of_the_real_psql(postgres_server: PostgresServer) -> None:
    import psycopg

    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SCRIPT.replace("INTEGER", "integer").replace("TEXT", "text"))
    query = engine("postgresql").query("postgresql")
    found = {}
    for options in FORMATS:
        done = subprocess.run(
            [str(postgres_server.bin / "psql"), "-X", url, *options], input=query, capture_output=True, text=True, check=True
        )  # fmt: skip
        found[options] = snapshot_of(done.stdout)
    assert found[()].name.startswith("test_")
    assert all(each == found[()] for each in found.values()), [key for key, each in found.items() if each != found[()]]
