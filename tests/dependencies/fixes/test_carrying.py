"""Tables taken apart with their rows, on real servers: there and back, and stopped by a row that contradicts."""

from __future__ import annotations

import pytest

from designer.dialects.registry import get
from designer.evolution import migrate
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


def chosen(bench: Bench, case: Case) -> Case:
    """Skip what another dialect is for."""
    if bench.dialect not in case.only:
        pytest.skip("written for another dialect")
    return case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_go_there_and_back(bench: Bench, case: Case) -> None:
    chosen(bench, case)
    old = Case(**{**vars(case), "schema": quoted(case.schema, bench.dialect)}).old(bench.dialect)
    new = case.new(old)
    filled(bench, case, case.rows)
    before = old_rows(bench, case)
    assert len(before) == len(case.rows)
    bench.migrate(migrate(old, new, bench.dialect).steps)
    assert bench.rows(quoted(case.joined, bench.dialect)) == before
    bench.migrate(migrate(new, old, bench.dialect).steps)
    assert old_rows(bench, case) == before
    assert case.made not in bench.tables()


@pytest.mark.parametrize("case", [case for case in CASES if case.conflict], ids=lambda case: case.name)
def test_a_row_that_contradicts_stops_it_before_anything_is_changed(bench: Bench, case: Case) -> None:
    chosen(bench, case)
    old = Case(**{**vars(case), "schema": quoted(case.schema, bench.dialect)}).old(bench.dialect)
    filled(bench, case, (*case.rows, case.conflict))
    before, tables = old_rows(bench, case), bench.tables()
    with pytest.raises(Exception) as refused:
        bench.migrate(migrate(old, case.new(old), bench.dialect).steps)
    assert case.sentence in str(refused.value.args[-1])
    assert old_rows(bench, case) == before
    assert bench.tables() == tables
