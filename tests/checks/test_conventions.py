"""Naming conventions: what keeps them, what does not, and the name that would."""

from __future__ import annotations

import random
import time

import pytest

from designer.lint.conventions import Convention, Patience, Shape, fits, judged, wrong_pattern
from designer.schema import Check, Column, Design, Expr, ForeignKey, Index, Key, Model, Table
from tests.nasty import NAMES

AGREED = Convention(
    case="snake", number="plural", longest=30, reserved=True, words=("data",), reference="_id", flags=("is_", "has_"),
    moments="_at", shapes={"index": Shape(prefix="idx_"), "foreign": Shape(prefix="fk_"), "check": Shape(suffix="_chk")},
)  # fmt: skip


def of(*records) -> Design:
    model = Model(id="m", name="Shop", level="physical", target="postgresql")
    return Design([model, Table(id="t", parent="m", name="orders"), *records])


def verdict(record, convention=AGREED, *others):
    design = of(record, *others)
    return judged(design, design[record.id], convention)


def table(name):
    return Table(id="x", parent="m", name=name)


def column(name, type_="text", logical="string"):
    return Column(id="x", parent="t", name=name, type=type_, logical=logical)


@pytest.mark.parametrize("name", ["orders", "order_lines", "people", "information", "addresses_2", "日本"])
def test_tables_that_keep_it(name):
    assert verdict(table(name)) is None


@pytest.mark.parametrize(("record", "said", "wish"), [
    (table("OrderLine"), "is not in snake_case", "order_lines"),
    (table("order"), "should be in the plural", ""),  # orders is there already
    (table("person"), "should be in the plural", "people"),
    (table("Order lines"), "is not in snake_case", "order_lines"),
    (table("data"), "is a word that is not used here", ""),
    (table("a" * 35 + "s"), "has 36 letters, more than the 30 agreed on", ""),
    (column("order"), "is a reserved word of PostgreSQL", ""),
    (column("active", "boolean", "boolean"), "should begin with is_ or has_", "is_active"),
    (column("isActive", "boolean", "boolean"), "should begin with is_ or has_", "is_active"),
    (column("created", "timestamptz", "timestamp_tz"), "should end with _at", "created_at"),
    (column("CreatedAt", "timestamptz", "timestamp_tz"), "should end with _at", "created_at"),
    (Index(id="x", parent="t", name="orders_idx"), "should begin with idx_", "idx_orders"),
    (Check(id="x", parent="t", name="Total positive", expr=Expr("total > 0")), "should end with _chk", "total_positive_chk"),
])  # fmt: skip
def test_what_breaks_it_and_the_name_that_would_do(record, said, wish):
    found = verdict(record)
    assert found is not None
    assert (found.problem, found.wish) == (said, wish)


def test_a_column_that_refers_alone_ends_as_agreed_and_one_of_several_as_it_likes():
    key = ForeignKey(id="f", parent="t", columns=("x",), ref_table="t", ref_columns=("x",))
    found = verdict(column("customerId"), AGREED, key)
    assert found is not None
    assert found.wish == "customer_id"
    pair = ForeignKey(id="f", parent="t", columns=("x", "y"), ref_table="t", ref_columns=("x", "y"))
    assert verdict(column("tenant"), AGREED, pair, Column(id="y", parent="t", name="code")) is None


def test_keys_are_told_apart_and_what_has_no_name_is_free():
    shapes = Convention(shapes={"primary": Shape(pattern="pk_.*"), "unique": Shape(pattern="uk_.*")})
    assert verdict(Key(id="x", parent="t", name="pk_orders", primary=True), shapes) is None
    assert verdict(Key(id="x", parent="t", name="", primary=True), shapes) is None
    found = verdict(Key(id="x", parent="t", name="pk_orders"), shapes)
    assert found is not None
    assert found.problem == "does not match uk_.*"


def test_every_wish_keeps_the_convention_and_is_free():
    chance = random.Random(5)
    wishes = 0
    for name in [*NAMES, *("".join(chance.choice("aB_ 1éß-日x") for _ in range(12)) for _ in range(300))]:
        for record in (table(name), column(name, "boolean", "boolean"), Index(id="x", parent="t", name=name)):
            found = verdict(record) if name else None
            if found and found.wish:
                wishes += 1
                again = verdict(
                    type(record)(
                        **{each: getattr(record, each) for each in record.__struct_fields__} | {"name": found.wish}
                    )
                )
                assert again is None, (name, found, again)
    assert wishes > 300


def test_a_convention_of_nothing_finds_nothing():
    assert not Convention()
    assert all(verdict(table(name), Convention()) is None for name in NAMES if name)


@pytest.mark.parametrize(("name", "case", "yes"), [
    ("user_id", "snake", True), ("userId", "snake", False), ("user__id", "snake", True), ("user-id", "snake", False),
    ("userId", "camel", True), ("UserId", "camel", False), ("user_id", "camel", False), ("UserId", "pascal", True),
    ("userId", "pascal", False), ("USER_ID", "upper", True), ("USER_Id", "upper", False), ("日本", "snake", True),
])  # fmt: skip
def test_cases(name, case, yes):
    assert fits(name, case) is yes


@pytest.mark.parametrize(
    "pattern", ["(", "a{99999}", "((a{999}){999}){999}", "a{0}((a{999}){999}){999}", "x" * 201, "(?P<a"]
)
def test_patterns_that_cannot_be_used(pattern):
    assert wrong_pattern(pattern)


def test_a_pattern_that_thinks_too_long_is_given_up_once_and_for_all():
    slow = Convention(shapes={"table": Shape(pattern="(a|a|aa)+$")})
    patience, started = Patience(), time.process_time()
    design = of(table("a" * 60 + "!"))
    found = [judged(design, design["x"], slow, patience) for _ in range(50)]
    assert all(each is not None and "takes too long" in each.problem for each in found)
    assert time.process_time() - started < 1
