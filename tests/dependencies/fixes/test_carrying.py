"""Tables taken apart with their rows, on real servers: there and back, and stopped by a row that contradicts."""

from __future__ import annotations

import pytest

from designer.dependencies.guards import stopping
from designer.dialects.registry import get
from designer.evolution import migrate
from designer.evolution.formats.sql import up_text
from tests.dependencies.fixes.bench import Bench, quoted
from tests.dependencies.fixes.carrying_cases import CASES, Case


def filled(bench: Bench, case: Case, rows: tuple[str, ...]) -> None:
    """Make the old schema and put rows into it."""
    bench.clear()
    schema = quoted(case.schema, bench.dialect)
    bench.run(f"{each};" for each in schema.split(";") if each.strip())
    names = ", ".join(get(bench.dialect).always_quote(each) for each in case.columns.split(", "))
    table = get(bench.dialect).always_quote(case.table)
    bench.run(f"INSERT INTO {table} ({names}) VALUES ({row})" for row in rows)


def old_rows(bench: Bench, case: Case) -> list[tuple[object, ...]]:
    """Read the table as it was before it was taken apart."""
    names = ", ".join(get(bench.dialect).always_quote(each) for each in case.columns.split(", "))
    return bench.rows(f"SELECT {names} FROM {get(bench.dialect).always_quote(case.table)}")


def pairs(cases: list[Case]) -> list[object]:
    """Return each case with the dialects that it is written for."""
    return [
        pytest.param(dialect, case, id=f"{dialect}-{case.name}")
        for dialect in DIALECTS
        for case in cases
        if dialect in case.only
    ]


LISTED = {
    "postgresql": "string_agg(tag, ',' ORDER BY position)",
    "mariadb": "group_concat(tag ORDER BY position)",
    "sqlite": "group_concat(tag)",
}
DIALECTS = ("postgresql", "mariadb", "sqlite")


@pytest.mark.parametrize(("bench", "case"), pairs(CASES), indirect=["bench"])
def test_rows_go_there_and_back(bench: Bench, case: Case) -> None:
    old = Case(**{**vars(case), "schema": quoted(case.schema, bench.dialect)}).old(bench.dialect)
    new = case.new(old)
    filled(bench, case, case.rows)
    before = old_rows(bench, case)
    assert len(before) == len(case.rows)
    bench.migrate(migrate(old, new, bench.dialect).steps)
    joined = case.joined.replace("{list}", LISTED[bench.dialect])
    assert bench.rows(quoted(joined, bench.dialect)) == before
    bench.migrate(migrate(new, old, bench.dialect).steps)
    assert old_rows(bench, case) == before
    assert not case.made or case.made not in bench.tables()


@pytest.mark.parametrize(("bench", "case"), pairs([each for each in CASES if each.conflict]), indirect=["bench"])
def test_a_row_that_contradicts_stops_it_before_anything_is_changed(bench: Bench, case: Case) -> None:
    old = Case(**{**vars(case), "schema": quoted(case.schema, bench.dialect)}).old(bench.dialect)
    filled(bench, case, (*case.rows, case.conflict))
    before, tables = old_rows(bench, case), bench.tables()
    with pytest.raises(Exception) as refused:
        bench.migrate(migrate(old, case.new(old), bench.dialect).steps)
    assert case.sentence in str(refused.value.args[-1])
    assert old_rows(bench, case) == before
    assert bench.tables() == tables


@pytest.mark.parametrize("bench", ["mariadb"], indirect=True)
def test_the_guard_of_mysql_says_its_sentence_without_a_program(bench: Bench) -> None:
    bench.clear()
    bench.run(["CREATE TABLE t (a int)"])
    query, sentence = "SELECT CAST(a AS CHAR) AS shown FROM t LIMIT 5", 'it\'s said: rows of "t" are there'
    guard = stopping(get("mysql"), sentence, query)
    bench.run(guard)
    bench.run(["INSERT INTO t VALUES (7)"])
    with pytest.raises(Exception, match="rows of") as refused:
        bench.run(guard)
    assert f"{sentence}: 7" in str(refused.value.args[-1])


def test_a_script_for_sqlite_says_how_it_must_be_run() -> None:
    case = next(each for each in CASES if "sqlite" in each.only)
    old = case.old("sqlite")
    up = migrate(old, case.new(old), "sqlite")
    assert "-- run it with sqlite3 -bail" in up_text(up).split("\n\n")[0]
    assert "-bail" not in up_text(migrate(old, case.new(old), "postgresql"))
