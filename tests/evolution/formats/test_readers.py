"""Files of tools that cannot run here: read by the tool's own rules, and what it would send is sent, both ways."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pymysql
import pytest
from pymysql.constants import CLIENT

from designer.evolution.formats.contract import FormatProblem
from tests.evolution.formats.bench import Bench, MariaBench, PostgresBench, SqliteBench
from tests.evolution.formats.readers import Plan, goose, liquibase, rails

BENCHES = [
    pytest.param("postgres_bench", marks=pytest.mark.postgres), pytest.param("alone_bench", marks=pytest.mark.postgres),
    pytest.param("mariadb_bench", marks=pytest.mark.mariadb), "sqlite_bench",
]  # fmt: skip


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(request.param)
    return found


def sent(database: Any, plans: list[Plan], many: bool = False) -> None:
    """Send the queries of plans as the drivers of Go, Java and Ruby do; `many` statements in a query of MariaDB."""
    if isinstance(database, str):
        with psycopg.connect(database, autocommit=True) as connection:
            _each(plans, lambda query: connection.execute(query.encode(), prepare=False))
    elif isinstance(database, dict):
        flags = CLIENT.MULTI_STATEMENTS if many else 0
        with pymysql.connect(**database, client_flag=flags, autocommit=True) as other, other.cursor() as cursor:
            _each(plans, lambda query: _all(cursor, query))
    else:
        with closing(sqlite3.connect(database, isolation_level=None)) as base:
            _each(plans, lambda query: [base.execute(each) for each in statements(query)])


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script of SQLite."""
    text = ""
    for piece in script.split(";"):
        text += piece
        if sqlite3.complete_statement(f"{text};"):
            yield f"{text};"
            text = ""
        else:
            text += ";"
    yield text.removesuffix(";")


def _all(cursor: Any, query: str) -> None:
    if query not in ("BEGIN", "COMMIT"):
        cursor.execute(query)
        while cursor.nextset():
            pass


def _each(plans: list[Plan], send: Any) -> None:
    for plan in plans:
        for query in ["BEGIN", *plan.queries, "COMMIT"] if plan.transaction else plan.queries:
            send(query)


def proven(bench: Bench, up: list[Plan], down: list[Plan], many: bool = False) -> None:
    """Take a database up and down by plans."""
    database = bench.fresh()
    sent(database, up, many)
    bench.is_new(database)
    sent(database, down, many)
    bench.is_old(database)


def test_goose(bench: Bench) -> None:
    if isinstance(bench, SqliteBench):
        with pytest.raises(FormatProblem, match="mark of goose"):
            bench.files("goose")
        return
    (name, text), = bench.files("goose").items()  # fmt: skip
    assert re.fullmatch(r"\d{14}_\w+\.sql", name)
    up, down = goose(text)
    proven(bench, [up], [down])


def test_liquibase(bench: Bench) -> None:
    if isinstance(bench, SqliteBench):
        with pytest.raises(FormatProblem, match="mark of Liquibase"):
            bench.files("liquibase")
        return
    up, down = liquibase(next(iter(bench.files("liquibase").values())))
    proven(bench, up, down)


def test_rails(bench: Bench) -> None:
    up, down = rails(*next(iter(bench.files("rails").items())))
    proven(bench, [up], [down])


def test_golang_migrate(bench: Bench) -> None:
    files = bench.files("golang-migrate")
    names = sorted(files)
    assert all(re.fullmatch(r"\d{14}_\w+\.(up|down)\.sql", name) for name in names)
    ups = [Plan([files[name]], False) for name in names if name.endswith(".up.sql")]
    downs = [Plan([files[name]], False) for name in reversed(names) if name.endswith(".down.sql")]
    assert len(ups) == len(downs)
    proven(bench, ups, downs, many=True)


def test_flyway(bench: Bench) -> None:
    files = bench.files("flyway")
    database = bench.fresh()
    for letter, check in (("V", bench.is_new), ("U", bench.is_old)):
        (name,) = [each for each in files if re.fullmatch(rf"{letter}\d{{14}}__\w+\.sql", each)]
        settings = files.get(f"{name}.conf", "").split("\n")
        assert ("${" in files[name]) == ("placeholderReplacement=false" in settings)
        alone = "executeInTransaction=false" in settings
        client(bench, database, files[name] if alone else f"BEGIN;\n{files[name]}\nCOMMIT;\n")
        check(database)


def client(bench: Bench, database: Any, text: str) -> None:
    """Run a script by the client of a database."""
    assert isinstance(bench, (PostgresBench, MariaBench, SqliteBench))
    bench.client(database, text)


def test_sqitch(bench: Bench, tmp_path: Path) -> None:
    files = bench.files("sqitch")
    change = next(iter(files)).removeprefix("deploy/").removesuffix(".sql")
    plan = files.pop("sqitch.plan").split("\n")
    assert plan[:3] == ["%syntax-version=1.0.0", "%project=wholekey", ""]
    assert re.fullmatch(rf"{change} \d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ \w+ <[^<>\s]+@\w+> # .*", plan[3])
    assert list(files) == [f"{each}/{change}.sql" for each in ("deploy", "revert", "verify")]
    deploy, revert, verify = files.values()
    database = bench.fresh()
    client(bench, database, deploy)
    bench.is_new(database)
    client(bench, database, verify)
    client(bench, database, revert)
    bench.is_old(database)
    if "SELECT" in verify:
        with pytest.raises((AssertionError, sqlite3.Error)):
            client(bench, database, verify)
