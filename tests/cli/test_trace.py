"""`wholekey trace`: what it writes, and how it refuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from designer.schema import Deviation, codec
from tests.cli.conftest import Wholekey
from tests.levels.trace.shop import stored_shop
from tests.nasty import nasty_design


@pytest.fixture
def shop(tmp_path: Path) -> str:
    (tmp_path / "shop.wholekey.json").write_bytes(codec.encode(stored_shop()))
    return "shop.wholekey.json"


def test_a_chain_is_told_in_words(wholekey: Wholekey, shop: str) -> None:
    ran = wholekey("trace", shop, "Concepts.places")
    assert ran.code == 0
    assert ran.text.splitlines()[:5] == [
        "relationship places in Concepts (conceptual)",
        "  has no origin",
        "  became in Logic (logical)",
        "    relationship places",
        "  became in Shop in postgresql (physical, postgresql)",
    ]


def test_a_chain_as_json_and_csv(forked: Wholekey, shop: str) -> None:
    data = json.loads(forked("trace", shop, "customers.city", "--to", "json").text)
    assert data["element"]["path"] == "Shop in postgresql.customers.city"
    assert [(each["way"], each["level"]) for each in data["elements"]] == [
        ("up", "logical"), ("up", "conceptual"), ("said", "conceptual"),
    ]  # fmt: skip
    rows = list(csv.DictReader(io.StringIO(forked("trace", shop, "customers.city", "--to", "csv").text)))
    assert [row["way"] for row in rows] == ["up", "up", "said"]


def test_an_element_is_named_by_its_id_too(forked: Wholekey, shop: str) -> None:
    ran = forked("trace", shop, "litecityxx")
    assert ran.text.startswith("column customers.city in Shop in sqlite")


def test_impacts(forked: Wholekey, shop: str) -> None:
    text = forked("trace", shop, "Customer.city", "--impact", "drop").text
    assert "  breaks: 2\n    view cities in Shop in postgresql" in text
    assert "  goes too: 3\n" in text
    assert text.endswith(
        "documents to write again: Concepts (conceptual), Logic (logical), Shop in postgresql (physical, postgresql), "
        "Shop in sqlite (physical, sqlite)\n"
    )
    data = json.loads(forked("trace", shop, "Customer.email", "--impact", "rename", "--to", "json").text)
    assert {each["severity"] for each in data["elements"]} == {"name"}


def test_coverage_and_matrix(forked: Wholekey, shop: str) -> None:
    covered = forked("trace", shop, "--coverage").text
    assert (
        "Shop in postgresql (physical, postgresql): 80 % of 15 has an origin\n  without origin: view cities\n"
        in covered
    )
    assert covered == forked("trace", shop).text
    assert forked("trace", shop, "--matrix").text.splitlines()[0] == "entity Customer: customers [M], orders [R]"
    rows = list(csv.reader(io.StringIO(forked("trace", shop, "--matrix", "--rows", "Logic", "--to", "csv").text)))
    assert rows[1] == ["Customer", "entity", "main", "reference"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--impact", "drop"], "name the element whose change is meant"),
        (["custom"], "there is nothing called custom; close to it: Concepts.Customer"),
        (["zzz"], "there is nothing called zzz; check the name"),
        (["orders", "--impact", "type"], "a table has no type"),
        (["--matrix", "--rows", "Nope"], "there is no conceptual or logical model named Nope; choose one of: Concepts"),
    ],
)
def test_what_is_refused(forked: Wholekey, shop: str, arguments: list[str], words: str) -> None:
    ran = forked("trace", shop, *arguments)
    assert ran.code == 2
    assert words in ran.err


def test_a_schema_of_one_level_has_no_matrix_and_says_so(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("CREATE TABLE t (id int PRIMARY KEY);")
    assert "has none" in forked("trace", "a.sql", "--matrix").err
    assert forked("trace", "a.sql").text.startswith("no model is derived from another")


def test_deviations_are_listed_with_their_reasons(forked: Wholekey, tmp_path: Path) -> None:
    word = Deviation(
        id="wordabcdef", parent="pgextraxxx", deviation="counter_cache", reason="read\na lot", kept_by=("pgtriggerx",),
        sources=("pgordersxx",),
    )  # fmt: skip
    (tmp_path / "shop.wholekey.json").write_bytes(codec.encode(stored_shop().changed((), [word])))
    assert forked("trace", "shop.wholekey.json", "--deviations").text.splitlines() == [
        "column orders.orders_count in Shop in postgresql (physical, postgresql): counter cache: read a lot",
        "  kept true by trigger orders.count_orders",
        "  repeats table orders",
    ]
    data = json.loads(forked("trace", "shop.wholekey.json", "--deviations", "--to", "json").text)
    assert data["elements"][0]["kept_by"] == ["orders.count_orders"]
    document = forked("trace", "shop.wholekey.json", "--deviations", "--to", "markdown").text.splitlines()
    assert document[0] == "# Deliberate deviations"
    assert document[-1] == (
        r"| column orders.orders\_count | Counter cache | read a lot | trigger orders.count\_orders | table orders |  |"
    )
    assert "deviations only" in forked("trace", "shop.wholekey.json", "--to", "markdown").err


def test_hostile_names_stay_on_one_line(forked: Wholekey, tmp_path: Path) -> None:
    design = nasty_design()
    (tmp_path / "nasty.wholekey.json").write_bytes(codec.encode(design))
    table = next(record for record in design.records() if type(record).__name__ == "Table")
    ran = forked("trace", "nasty.wholekey.json", table.id, "--impact", "drop")
    assert ran.code == 0
    assert all(line.startswith(("if ", "  ")) for line in ran.text.splitlines())
