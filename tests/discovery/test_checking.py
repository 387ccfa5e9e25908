"""Rows against a dependency, references between tables, and names of columns."""

from __future__ import annotations

import random

import pytest

from designer.discovery.checking import exceptions
from designer.discovery.contract import Budget, Wish
from designer.discovery.finder import discover
from designer.discovery.inclusions import Examined, inclusions
from designer.discovery.matching import matched
from designer.discovery.profile import profiled
from designer.discovery.sketches import Sketched, references, sketched
from tests.discovery.data import orders, table_of
from tests.discovery.oracle import Counts

ZIPS = [["1", "Ulm"], ["1", "Ulm"], ["1", "ulm"], ["2", "Bonn"], ["3", None], ["3", "Kiel"]]


def test_the_rows_that_speak_against_it():
    answer = exceptions(table_of(["zip", "city"], ZIPS), (0,), 1)
    assert (answer.rows, answer.groups, answer.exceptions, answer.conflicting) == (6, 3, 2, 2)
    worst = {each.left: each for each in answer.conflicts}
    assert worst[("1",)].rows == ((1, "Ulm"), (3, "ulm")) and worst[("1",)].sizes == (2, 1)
    assert worst[("3",)].rows == ((5, None), (6, "Kiel"))


def test_nothing_on_the_left_asks_for_a_constant():
    answer = exceptions(table_of(["zip", "city"], ZIPS), (), 0)
    assert (answer.groups, answer.exceptions) == (1, 3)


def test_null_that_differs_from_null():
    rows = [[None, "a"], [None, "b"], ["1", None], ["1", None]]
    table = table_of(["x", "y"], rows)
    assert exceptions(table, (0,), 1).exceptions == 1
    answer = exceptions(table, (0,), 1, nulls="differ")
    assert (answer.groups, answer.exceptions, answer.conflicting) == (3, 1, 1)
    assert answer.conflicts[0].rows == ((3, None), (4, None))


@pytest.mark.parametrize("seed", range(20))
def test_as_many_exceptions_as_sql_counts(seed):
    draw = random.Random(seed)
    rows = [[str(draw.randrange(4)) if draw.random() > 0.1 else None for _ in range(3)] for _ in range(80)]
    for nulls in ("equal", "differ"):
        counts, table = Counts(rows, nulls), table_of(["a", "b", "c"], rows)
        for left in ((0,), (0, 1)):
            answer = exceptions(table, left, 2, nulls=nulls)
            assert (answer.exceptions, answer.groups) == (counts.exceptions(left, 2), counts.of(*left))


def test_every_counterexample_is_one():
    header, rows = orders(600)
    profile = profiled(table_of(header, rows), Wish())
    assert len(profile.counterexamples) > 50
    for each in profile.counterexamples:
        one, other = rows[each.one[0] - 1], rows[each.other[0] - 1]
        assert one[each.left] == other[each.left] == each.value
        assert (one[each.right], other[each.right]) == (each.one[1], each.other[1])
        assert each.one[1] != each.other[1]


def test_counterexamples_are_of_all_that_does_not_hold():
    header, rows = orders(600)
    profile = profiled(table_of(header, rows), Wish(errors=0))
    counts = Counts(rows)
    lefts = [at for at, each in enumerate(profile.found.columns) if not each.left_out and each.distinct > 1]
    expected = {(x, y) for x in lefts for y in range(len(header)) if x != y and counts.exceptions([x], y)}
    assert {(each.left, each.right) for each in profile.counterexamples} == expected


def shop(orphans=0):
    customers = [[str(at), f"c{at}@example.org", f"z{at % 5}"] for at in range(100)]
    products = [[str(at), f"SKU{at}", str(at % 10)] for at in range(40)]
    lines = [[str(at // 3), str(at % 3), str(at % 90), f"SKU{at % 40}", str(at % 20)] for at in range(300)]
    lines += [["999", "1", str(500 + at), "SKU1", "1"] for at in range(orphans)]
    zips = [[f"z{at}", f"City {at}"] for at in range(5)]
    notes = [[str(at // 3), str(at % 3), f"note {at}"] for at in range(0, 300, 7)]
    tables = {
        "customers": (["id", "email", "zip"], customers),
        "products": (["id", "sku", "shelf"], products),
        "order_lines.csv": (["order_id", "line_no", "customer_id", "sku", "quantity"], lines),
        "zips": (["zip", "city"], zips),
        "notes": (["order_id", "line_no", "text"], notes),
    }
    made = [table_of(header, rows, name=name) for name, (header, rows) in tables.items()]
    return [Examined(each, discover(each)) for each in made]


def test_references_whose_names_match_are_the_foreign_keys():
    named = {(each.table, each.columns, each.target, each.key) for each in inclusions(shop()) if each.names_match}
    assert named == {
        ("customers", ("zip",), "zips", ("zip",)),
        ("order_lines.csv", ("customer_id",), "customers", ("id",)),
        ("order_lines.csv", ("sku",), "products", ("sku",)),
        ("notes", ("order_id", "line_no"), "order_lines.csv", ("order_id", "line_no")),
    }


def test_measures_refer_to_nothing_and_the_others_come_last():
    found = inclusions(shop())
    assert not any("quantity" in each.columns for each in found)
    assert [each.names_match for each in found] == sorted((each.names_match for each in found), reverse=True)


def test_a_few_missing_values_are_told():
    lines = shop(orphans=1)
    found = next(each for each in inclusions(lines) if each.columns == ("customer_id",))
    assert (found.missing, found.why) == (1, "1 value is missing")
    assert not any(each.columns == ("customer_id",) and each.names_match for each in inclusions(shop(orphans=9)))


def test_a_target_that_is_a_sample_may_miss_more():
    people = [[str(at), "x"] for at in range(5_000)]
    target = table_of(["id", "a"], people, Budget(rows=1_000), name="visitors")
    source = table_of(["n", "visitor_id"], [[str(at), str(at % 3_000)] for at in range(3_000)], name="visits")
    found = next(e for e in inclusions([Examined(each, discover(each)) for each in (target, source)]) if e.names_match)
    assert found.columns == ("visitor_id",) and "the target is a sample" in found.why


@pytest.mark.parametrize(
    ("data", "table", "expected"),
    [
        (["ID", "name"], {"a": "id", "b": "Name"}, ("a", "b")),
        (["id", "ID"], {"a": "ID", "b": "id"}, ("b", "a")),
        (["Customer ID", "x"], {"a": "customer_id", "b": "y"}, ("a", None)),
        (["customerId"], {"a": "customerid"}, ("a",)),
        (["a", "a_2"], {"k": "a"}, ("k", None)),
        (["ÄRGER"], {"k": "ärger"}, ("k",)),
    ],
)
def test_columns_are_matched_by_name(data, table, expected):
    found = matched(data, table)
    assert found.columns == expected
    assert len(found.strangers) == expected.count(None)


@pytest.mark.parametrize("count", [50, 22_000])
def test_sketches_say_the_same_as_the_values(count):
    customers = table_of(["id", "x"], [[str(at), "x"] for at in range(count)], name="customers")
    good = table_of(["id", "customer_id"], [[str(at), str(at // 2)] for at in range(count)], name="orders")
    bad = table_of(
        ["id", "customer_id"], [[str(at), str(at // 2 + count * 3 // 4)] for at in range(count)], name="visits"
    )
    tables = [Examined(each, discover(each, Wish(left=1))) for each in (customers, good, bad)]
    names = ("customers", "orders", "visits")
    sketches = [
        Sketched(name, each.table.headers, each.found, sketched(each.table, each.found))
        for name, each in zip(names, tables, strict=True)
    ]
    found = {(names[each.table], each.column, names[each.target]) for each in references(sketches) if each.names_match}
    assert found == {("orders", 1, "customers")}
    assert found == {(each.table, 1, each.target) for each in inclusions(tables) if each.names_match}
