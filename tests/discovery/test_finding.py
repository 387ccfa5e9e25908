"""What is found, held against counts in SQL."""

from __future__ import annotations

import random

import pytest

from designer.discovery.contract import Budget, Clock, DataProblem, Wish
from designer.discovery.finder import discover
from designer.importers.contract import Cancelled
from tests.discovery.data import DATA, orders, planted, table_of
from tests.discovery.oracle import Counts, truth


def found_in(header, rows, **wish):
    found = discover(table_of(header, rows), Wish(every_left=True, errors=0, **wish))
    return (
        {each.columns for each in found.keys},
        {(each.left, each.right) for each in found.dependencies},
        {each.column for each in found.constants},
    )


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("nulls", ["equal", "differ"])
def test_exactly_what_sql_counts(name, nulls):
    header, rows = DATA[name]()
    expected = truth(rows, 2, nulls)
    assert found_in(header, rows, nulls=nulls) == (expected.keys, expected.dependencies, expected.constants)


@pytest.mark.parametrize("seed", range(40))
def test_small_tables_at_every_width(seed):
    draw = random.Random(seed)
    width, values = draw.randrange(1, 6), draw.randrange(1, 5)
    rows = [
        [None if draw.random() < 0.1 else str(draw.randrange(values)) for _ in range(width)]
        for _ in range(draw.randrange(2, 25))
    ]
    nulls = draw.choice(["equal", "differ"])
    expected = truth(rows, 3, nulls)
    header = [f"c{at}" for at in range(width)]
    assert found_in(header, rows, nulls=nulls, left=3) == (expected.keys, expected.dependencies, expected.constants)


def test_dirty_values_are_found_as_rows_that_would_have_to_change():
    header, rows = orders(1_000, dirty=0.003)
    found = discover(table_of(header, rows))
    counts = Counts(rows)
    nearly = {each for each in found.dependencies if not each.exact}
    at = header.index
    assert ((at("zip"),), at("city")) in {(each.left, each.right) for each in nearly}
    for each in found.dependencies:
        assert each.exceptions == counts.exceptions(each.left, each.right)
        assert each.groups == counts.of(*each.left)
        assert each.redundancy == len(rows) - each.groups
        assert each.exceptions <= 0.01 * len(rows)


def test_every_approximate_one_of_one_column_that_passes_the_rule_is_found():
    header, rows = orders(1_000, dirty=0.003)
    counts, count = Counts(rows), len(rows)
    found = discover(table_of(header, rows), Wish(left=1, every_left=True))
    nearly = {(each.left, each.right) for each in found.dependencies if not each.exact}
    expected = set()
    for left in range(len(header)):
        for right in range(len(header)):
            wrong = counts.exceptions([left], right) if left != right else 0
            guess = (
                count
                - counts.base.execute(f"SELECT max(n) FROM (SELECT count(*) AS n FROM t GROUP BY c{right})").fetchone()[
                    0
                ]
            )
            repeated = count - counts.of(left)
            if 0 < wrong <= min(0.01 * count, 0.1 * guess, 0.1 * repeated) and repeated >= 0.2 * count:
                expected.add(((left,), right))
    assert expected
    assert nearly == expected


def test_what_repeats_most_comes_first():
    header, rows = orders(1_000)
    found = discover(table_of(header, rows))
    redundancies = [each.redundancy for each in found.dependencies]
    assert redundancies == sorted(redundancies, reverse=True)
    assert found.names(found.dependencies[0].left) == ("employee",)


def test_measures_stay_off_the_left_and_are_told():
    header, rows = orders(2_000)
    found = discover(table_of(header, rows))
    price = header.index("unit_price")
    assert found.columns[price].left_out == "a measure"
    assert not any(price in each.left for each in found.dependencies)
    assert any(each.right == price for each in found.dependencies)
    assert any("unit_price (a measure)" in note for note in found.notes)
    every = discover(table_of(header, rows), Wish(every_left=True))
    assert not every.columns[price].left_out


def test_a_constant_is_a_fact_of_the_sample_and_no_dependency():
    header, rows = planted(200, 1)
    found = discover(table_of(header, rows))
    assert [(each.column, each.value) for each in found.constants] == [(5, "same")]
    assert all(each.right != 5 and 5 not in each.left for each in found.dependencies)


@pytest.mark.parametrize("count", [0, 1])
def test_with_one_row_nothing_is_found(count):
    found = discover(table_of(["a", "b"], [["1", "2"]] * count))
    assert not found.keys and not found.dependencies and not found.constants
    assert "nothing can be found" in found.notes[-1]


def test_doubled_rows_have_no_key():
    found = discover(table_of(["a", "b"], [["1", "2"], ["1", "2"], ["3", "4"]]))
    assert not found.keys
    assert {(each.left, each.right) for each in found.dependencies} == {((0,), 1), ((1,), 0)}


def test_a_key_with_nulls_is_told():
    rows = [["1", "x"], ["2", "x"], [None, "y"]]
    assert [each.nullable for each in discover(table_of(["a", "b"], rows)).keys if each.columns == (0,)] == [True]


def test_the_search_can_be_stopped():
    header, rows = orders(2_000)

    def stop(fraction, message):
        raise Cancelled

    with pytest.raises(Cancelled):
        discover(table_of(header, rows), progress=stop)


def test_a_search_without_time_says_what_it_did_not_look_at():
    header, rows = orders(500)
    found = discover(table_of(header, rows), budget=Budget(searching=-1))
    assert not found.complete
    assert any("The time ran out after 0 of 13 left sides" in note for note in found.notes)


@pytest.mark.parametrize("wish", [Wish(left=0), Wish(left=4), Wish(errors=-0.1), Wish(errors=0.9), Wish(nulls="maybe")])
def test_wishes_without_sense_are_refused(wish):
    with pytest.raises(DataProblem):
        discover(table_of(["a"], [["1"], ["2"]]), wish)


def test_a_clock_knows_when_it_is_over():
    assert not Clock(60).over
    assert Clock(-1).over
