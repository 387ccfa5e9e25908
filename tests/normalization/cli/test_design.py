"""Tables and entities of schemas and designs as relations: what is known of them, and no more than that."""

from __future__ import annotations

import pytest

from designer.importers.registry import read_any
from designer.schema import Assessment, Column, Dependency, Design, Record, Table
from designer.schema.codec import encode
from tests.normalization.checker import judge

SQL = """
CREATE TABLE customers (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, phone text UNIQUE, zip text, city text);
CREATE TABLE items (order_id bigint, line_no int, sku text, product text, PRIMARY KEY (order_id, line_no));
"""
SHOP = read_any(SQL, "shop.sql").design
TABLES = {each.name: each.id for each in SHOP.of(Table)}
COLUMNS = {each.name: each.id for each in SHOP.of(Column)}


def told(*records: Record) -> bytes:
    """Return the shop's design file with some more records."""
    text = encode(Design([*SHOP.records(), *records]))
    return text if isinstance(text, bytes) else text.encode()


def fact(left: str, right: str, table: str, state: str = "confirmed", **more: object) -> Dependency:
    return Dependency(
        id=f"fact{COLUMNS[left]}", parent=TABLES[table], determinant=(COLUMNS[left],), dependent=(COLUMNS[right],),
        state=state, source="person", **more,
    )  # fmt: skip


def word(table: str) -> Assessment:
    ids = tuple(each.id for each in SHOP.of(Column, TABLES[table]))
    return Assessment(id=f"word{table}", parent=TABLES[table], columns=ids, decided_by="Ada", decided_on="2026-05-01")


def test_a_table_of_which_only_keys_are_known_is_not_assessed(normalize):
    ran = normalize(SQL, name="shop.sql")
    customers, items = ran.relations
    assert [(each["kind"], each["name"], each["assessed"]) for each in ran.relations] == [
        ("table", "customers", False),
        ("table", "items", False),
    ]
    assert customers["candidate_keys"] == [["id"], ["email"]]  # a phone may be missing in any number of rows
    assert items["candidate_keys"] == [["order_id", "line_no"]]
    assert ran.code == 0


@pytest.mark.parametrize("to", ["text", "markdown", "html"])
def test_no_report_calls_a_table_sound_of_which_only_keys_are_known(normalize, to):
    report = normalize(SQL, "--to", to, name="shop.sql").out
    report = report.partition("<body>")[2] or report
    assert "not assessed: only keys are known" in report.lower()
    assert "BCNF" not in report
    assert 'class="badge good"' not in report


def test_a_stated_dependency_is_a_violation_with_its_source_and_its_proof(normalize):
    ran = normalize(told(fact("order_id", "sku", "items")), "--proofs", name="shop.wholekey.json")
    items = ran.relations[1]
    assert (items["assessed"], items["state"], items["normal_form"]) == (True, "violation", "1NF")
    assert [each["dependency"] for each in items["violations"]] == [[["order_id"], ["sku"]]]
    given = {
        "attributes": ["order_id", "line_no", "sku", "product"],
        "fds": [[["order_id", "line_no"], ["order_id", "line_no", "sku", "product"]], [["order_id"], ["sku"]]],
    }
    judge(given, items["certificates"]["violations"][0])
    text = normalize(told(fact("order_id", "sku", "items")), "--to", "text", name="shop.wholekey.json").out
    assert "order_id -> sku (stated)" in text


def test_a_proposed_dependency_is_a_question_and_a_refuted_one_nothing(normalize):
    ran = normalize(told(fact("zip", "city", "customers", "proposed")), name="shop.wholekey.json")
    assert (ran.relations[0]["state"], ran.relations[0]["assessed"]) == ("suspected", False)
    assert ran.relations[0]["violations"] == []
    ran = normalize(told(fact("order_id", "sku", "items", "refuted")), name="shop.wholekey.json")
    assert (ran.relations[1]["state"], ran.relations[1]["violations"]) == ("not assessed", [])


def test_a_table_is_clean_by_somebodys_word(normalize):
    ran = normalize(told(word("items")), name="shop.wholekey.json")
    assert (ran.relations[1]["assessed"], ran.relations[1]["state"]) == (True, "clean")
    assert "BCNF" in normalize(told(word("items")), "--to", "text", name="shop.wholekey.json").out


def test_fail_on_looks_at_what_is_proved_only(normalize):
    assert normalize(SQL, "--fail-on", "BCNF", name="shop.sql").code == 0
    broken = told(fact("order_id", "sku", "items"))
    assert normalize(broken, "--fail-on", "2NF", name="shop.wholekey.json").code == 1


def test_what_is_waived_is_told_with_its_reason_and_fails_nothing(normalize):
    waived = told(fact("order_id", "sku", "items", "waived", reason="one sku an order, for now"), word("items"))
    ran = normalize(waived, "--fail-on", "BCNF", name="shop.wholekey.json")
    assert ran.code == 0
    assert [each["settled"] for each in ran.relations[1]["violations"]] == ["one sku an order, for now"]
    shown = normalize(waived, "--to", "text", name="shop.wholekey.json").out
    assert "Left as it is" in shown and "order_id -> sku: one sku an order, for now" in shown


def test_one_model_of_a_design_can_be_chosen(normalize):
    ran = normalize(told(), "--model", "shop", name="shop.wholekey.json")
    assert len(ran.relations) == 2
