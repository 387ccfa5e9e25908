"""The chain of an element, and that nothing that happens to a design breaks it."""

from __future__ import annotations

import time

import pytest

from designer.change import apply, compose, diff, invert, merge, rebase, resolve
from designer.commands import edit
from designer.levels.called import called, find, path
from designer.levels.tracing import Chain, chain
from designer.schema import Attribute, Design, Entity, Generalization, Identifier, Model, Record, Table
from tests.levels.trace.shop import shop


def ids(found: Chain) -> list[list[str]]:
    return [[step.id for step in group.steps] for group in found.down]


def test_a_column_leads_up_to_the_concept_with_what_is_said_there() -> None:
    found = chain(shop(), "pg.city")
    assert [step.id for step in found.up] == ["log.city", "con.city"]
    assert [each.id for each in found.rules] == ["con.rule"]
    assert found.rules[0].about == "con.city"
    assert found.down == ()


def test_a_concept_leads_down_to_each_model_in_the_order_of_the_levels() -> None:
    found = chain(shop(), "con.places")
    assert [(group.model, group.level) for group in found.down] == [
        ("log", "logical"), ("pg", "physical"), ("lite", "physical"),
    ]  # fmt: skip
    assert ids(found) == [
        ["log.places"],
        ["pg.customer_email", "pg.fk", "pg.idx"],
        ["lite.customer_email", "lite.fk", "lite.idx"],
    ]
    assert {step.via for step in found.down[1].steps} == {"log.places"}
    assert {step.steps for step in found.down[1].steps} == {2}


def test_terms_patterns_and_domains_are_found_from_anywhere_in_the_chain() -> None:
    design = shop()
    assert [each.id for each in chain(design, "lite.customers").terms] == ["con.term"]
    assert [each.id for each in chain(design, "con.order").patterns] == ["log.pattern"]
    assert [step.id for step in chain(design, "pg.chk").up] == ["log.money", "con.money"]
    assert [step.id for step in chain(design, "pg.pk_orders").up] == ["log.by_number", "con.by_number"]


def test_what_was_made_by_hand_says_which_derived_thing_it_is_in() -> None:
    design = shop()
    found = chain(design, "pg.extra")
    assert (found.up, found.owner) == ((), "pg.orders")
    assert chain(design, "pg.cities").owner is None


def test_a_ring_of_origins_ends_where_it_closes() -> None:
    design = Design([
        Model(id="m"), Table(id="a", parent="m", name="a", origin="b"), Table(id="b", parent="m", name="b", origin="a"),
    ])  # fmt: skip
    assert [step.id for step in chain(design, "a").up] == ["b"]
    assert ids(chain(design, "a")) == [["b"]]


def test_it_survives_renames_undo_and_redo() -> None:
    design = shop()
    before = chain(design, "con.customer")
    change = edit.rename(design, "con.customer", "Client").change
    change = compose(change, edit.rename(apply(design, change), "pg.customers", "clients").change)
    renamed = apply(design, change)
    assert chain(renamed, "con.customer") == before
    back = apply(renamed, invert(change))
    assert chain(back, "con.customer") == before
    assert chain(apply(back, invert(invert(change))), "con.customer") == before


def test_deleting_above_lets_the_rest_go_on_and_undo_mends_the_chain() -> None:
    design = shop()
    gone = edit.delete(design, ["log.city"]).change
    without = apply(design, gone)
    assert chain(without, "pg.city").up == ()
    assert apply(without, invert(gone)) == design
    assert [step.id for step in chain(apply(without, invert(gone)), "pg.city").up] == ["log.city", "con.city"]


def test_it_survives_branches_and_merges() -> None:
    """One branch renames above and below, the other moves an attribute; both chains hold after the merge."""
    base = shop()
    ours = apply(base, edit.rename(base, "con.city", "town").change)
    ours = apply(ours, edit.rename(ours, "pg.city", "town").change)
    theirs = apply(base, edit.set_fields(base, "log.city", {"type": "string(120)"}).change)
    theirs = apply(theirs, edit.delete(theirs, ["lite.city"]).change)
    both = apply(base, resolve(merge(base, ours, theirs), {}))
    found = chain(both, "con.city")
    assert ids(found) == [["log.city"], ["pg.city"]]
    assert called(both, both["con.city"]) == "Customer.town"


def test_an_edit_made_on_an_older_state_keeps_the_origin() -> None:
    design = shop()
    late = edit.set_fields(design, "pg.city", {"nullable": True}).change
    first = edit.rename(design, "log.city", "town").change
    now = apply(design, first)
    assert [step.id for step in chain(apply(now, rebase(late, first, now).change), "pg.city").up] == [
        "log.city", "con.city",
    ]  # fmt: skip


def test_a_chain_in_a_large_design_is_looked_up_and_not_searched() -> None:
    records: list[Record] = [Model(id="m", level="logical"), Model(id="p", level="physical", target="postgresql")]
    for number in range(20_000):
        records.append(Entity(id=f"e{number}", parent="m", name=f"E{number}"))
        records.append(Table(id=f"t{number}", parent="p", name=f"t{number}", origin=f"e{number}"))
    design = Design(records)
    chain(design, "e0")  # builds the look-ups
    started = time.process_time()
    for number in range(200):
        assert chain(design, f"e{number}").down
    assert time.process_time() - started < 0.5
    assert diff(design, design).touched() == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pg.city", "pg.city"),
        ("customers.city", "pg.city"),
        ("Shop in sqlite.customers.city", "lite.city"),
        ("Customer", "con.customer"),
        ("Logic.Customer", "log.customer"),
        ("CUSTOMERS", "pg.customers"),
        ("fk_orders_customer", "pg.fk"),
        ("nothing", None),
    ],
)
def test_elements_are_found_by_what_people_call_them(text: str, expected: str | None) -> None:
    found = find(shop(), text)
    assert (found[0].id if found else None) == expected


def test_every_record_has_a_name_and_a_path_that_leads_back() -> None:
    design = shop()
    for record in design.records():
        assert called(design, record).strip()
        assert record in find(design, path(design, record)) or record.id in path(design, record)


def test_names_of_records_without_one() -> None:
    design = Design([
        Model(id="m", level="logical"), Entity(id="e", parent="m", name="Order line"),
        Attribute(id="a", parent="e", name="no"), Attribute(id="b", parent="a", name="part"),
        Identifier(id="i", parent="e"), Generalization(id="g", parent="m", supertype="e"),
    ])  # fmt: skip
    names = [called(design, design[each]) for each in ("m", "b", "i", "g")]
    assert names == [
        "the logical model", "Order line.no.part", "the identifier of Order line", "the subtypes of Order line",
    ]  # fmt: skip
