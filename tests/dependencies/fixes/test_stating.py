"""Stating, answering, refuting and waiving: each is one edit, and nothing is stored twice."""

from __future__ import annotations

import pytest

from designer.change import apply, invert
from designer.commands import Edit, Refused
from designer.dependencies import stating
from designer.dependencies.columns import written
from designer.dependencies.stating import Proposal
from designer.schema import Assessment, Dependency, Design, seeded_ids
from tests.dependencies.fixes.models import columns_of, design_of, table_of

ids = seeded_ids("stating")
SQL = "CREATE TABLE orders (id int PRIMARY KEY, zip text, city text, state text, note text);"
WHO = {"by": "Ada", "on": "2026-11-21"}


@pytest.fixture(scope="module")
def orders() -> Design:
    return design_of(SQL)


def done(design: Design, edit: Edit) -> Design:
    """Apply an edit, and see that undoing it gives the design back."""
    after = apply(design, edit.change)
    assert apply(after, invert(edit.change)) == design
    return after


def stored(design: Design) -> set[tuple[str, str]]:
    return {(written(design, each), each.state) for each in design.of(Dependency)}


def args(design: Design, left: str, right: str) -> tuple[str, list[str], list[str]]:
    return table_of(design, "orders").id, columns_of(design, "orders", left), columns_of(design, "orders", right)


def test_a_person_states_a_dependency(orders: Design) -> None:
    edit = stating.state(orders, *args(orders, "zip", "state, city"), ids, **WHO)
    after = done(orders, edit)
    assert stored(after) == {("zip → city, state", "confirmed")}
    assert edit.label == "State zip → city, state of orders"
    (one,) = after.of(Dependency)
    assert (one.source, one.decided_by, one.decided_on) == ("person", "Ada", "2026-11-21")


def test_the_same_is_stored_once_however_it_is_said(orders: Design) -> None:
    after = done(orders, stating.state(orders, *args(orders, "zip", "city, state"), ids))
    with pytest.raises(Refused, match="zip → state is stated already"):
        stating.state(after, *args(orders, "zip", "state"), ids)
    proposal = Proposal(*_tuples(args(orders, "zip", "state, note")), "data", checked_rows=10)
    after = done(after, stating.propose(after, [proposal, proposal], ids))
    assert stored(after) == {("zip → city, state", "confirmed"), ("zip → note", "proposed")}
    with pytest.raises(Refused, match="nothing new to propose"):
        stating.propose(after, [proposal], ids)


def _tuples(given: tuple[str, list[str], list[str]]) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return given[0], tuple(given[1]), tuple(given[2])


def test_what_follows_from_what_holds_is_not_proposed(orders: Design) -> None:
    after = done(orders, stating.state(orders, *args(orders, "zip", "city"), ids))
    after = done(after, stating.state(after, *args(orders, "city", "state"), ids))
    with pytest.raises(Refused, match="nothing new"):
        stating.propose(after, [Proposal(*_tuples(args(orders, "zip, note", "state")), "names")], ids)


def test_a_yes_keeps_the_counterexample_and_stops_later_proposals(orders: Design) -> None:
    edit = stating.answer(
        orders, *args(orders, "zip", "city, state"), "yes", ids, rows=(("1", "A", "X"), ("1", "B", "X")), **WHO
    )
    after = done(orders, edit)
    (one,) = after.of(Dependency)
    assert (one.state, one.counterexample) == ("refuted", (("1", "A", "X"), ("1", "B", "X")))
    for left in ("zip", "zip, state", "state"):  # the two rows agree on all of these, and differ in the city
        with pytest.raises(Refused, match="nothing new"):
            stating.propose(after, [Proposal(*_tuples(args(orders, left, "city")), "data")], ids)
    after = done(after, stating.propose(after, [Proposal(*_tuples(args(orders, "zip", "state")), "data")], ids))
    assert ("zip → state", "proposed") in stored(after)


def test_values_follow_their_columns_when_a_counterexample_comes_in_another_order(orders: Design) -> None:
    owner, left, right = args(orders, "state, zip", "city")
    after = apply(
        orders, stating.answer(orders, owner, left, right, "yes", ids, rows=(("X", "1", "A"), ("X", "1", None))).change
    )
    (one,) = after.of(Dependency)
    assert one.counterexample == (("1", "X", "A"), ("1", "X", None))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ((("1", "A"),), "two rows of 2 values"),
        ((("1", "A"), ("2", "B")), "must agree on zip"),
        ((("1", "A"), ("1", "A")), "must differ"),
        ((("1", "A", "x"), ("1", "B", "x")), "two rows of 2 values"),
    ],
)
def test_a_counterexample_that_shows_nothing_is_refused(
    orders: Design, rows: tuple[tuple[str, ...], ...], why: str
) -> None:
    with pytest.raises(Refused, match=why):
        stating.answer(orders, *args(orders, "zip", "city"), "yes", ids, rows=rows)


def test_a_changed_mind_leaves_one_record(orders: Design) -> None:
    design = orders
    for said, state in (("unsure", "proposed"), ("yes", "refuted"), ("no", "confirmed"), ("yes", "refuted")):
        design = done(design, stating.answer(design, *args(orders, "zip", "city"), said, ids))
        assert stored(design) == {("zip → city", state)}
    design = done(design, stating.state(design, *args(orders, "zip", "city"), ids))
    assert stored(design) == {("zip → city", "confirmed")}
    assert design.of(Dependency)[0].counterexample == ()


def test_a_part_of_a_stored_one_can_be_refuted_or_waived(orders: Design) -> None:
    design = done(orders, stating.state(orders, *args(orders, "zip", "city, state"), ids))
    waived = done(design, stating.waive_columns(design, *args(orders, "zip", "city"), "a copy for the report", ids))
    assert stored(waived) == {("zip → state", "confirmed"), ("zip → city", "waived")}
    refuted = done(design, stating.answer(design, *args(orders, "zip", "state"), "yes", ids))
    assert stored(refuted) == {("zip → city", "confirmed"), ("zip → state", "refuted")}


def test_settling_by_id(orders: Design) -> None:
    proposals = [Proposal(*_tuples(args(orders, left, "note")), "names") for left in ("zip", "city", "state")]
    edit = stating.propose(orders, proposals, ids)
    design = done(orders, edit)
    first, second, third = edit.made
    design = done(design, stating.confirm(design, first, **WHO))
    design = done(design, stating.refute(design, second, (("A", None), ("A", "x")), **WHO))
    with pytest.raises(Refused, match="say why"):
        stating.waive(design, third, " ")
    design = done(design, stating.waive(design, third, "  history ", **WHO))
    assert stored(design) == {("zip → note", "confirmed"), ("city → note", "refuted"), ("state → note", "waived")}
    assert design[third].reason == "history"  # type: ignore[attr-defined]
    design = done(design, stating.withdraw(design, second))
    assert second not in design
    with pytest.raises(Refused, match="not there any more"):
        stating.confirm(design, second)


def test_many_are_confirmed_as_one_edit(orders: Design) -> None:
    edit = stating.propose(
        orders, [Proposal(*_tuples(args(orders, left, "note")), "data") for left in ("zip", "city")], ids
    )
    design = done(orders, edit)
    after = done(design, stating.confirm_all(design, edit.made, **WHO))
    assert {each.state for each in after.of(Dependency)} == {"confirmed"}


def test_an_assessment_names_what_the_person_saw_and_is_replaced(orders: Design) -> None:
    table = table_of(orders, "orders").id
    design = done(orders, stating.assess(orders, table, ids, **WHO))
    (one,) = design.of(Assessment)
    assert (one.columns, one.decided_by) == (tuple(columns_of(orders, "orders", "id, zip, city, state, note")), "Ada")
    again = done(design, stating.assess(design, table, ids, columns=columns_of(orders, "orders", "zip, id"), by="Bo"))
    (two,) = again.of(Assessment)
    assert (two.id, two.columns, two.decided_by) == (one.id, tuple(columns_of(orders, "orders", "id, zip")), "Bo")
    assert not done(again, stating.withdraw_assessment(again, table)).of(Assessment)


@pytest.mark.parametrize(
    ("left", "right", "multivalued", "why"),
    [
        ("zip", "zip", False, "always determines itself"),
        ("zip", "", False, "choose at least one"),
        ("zip", "id, city, state, note", True, "says nothing"),
    ],
)
def test_what_says_nothing_is_refused(orders: Design, left: str, right: str, multivalued: bool, why: str) -> None:
    with pytest.raises(Refused, match=why):
        stating.state(orders, *args(orders, left, right), ids, multivalued=multivalued)


def test_constants_and_multivalued_ones(orders: Design) -> None:
    design = done(orders, stating.state(orders, *args(orders, "", "state"), ids))
    design = done(design, stating.state(design, *args(orders, "zip", "note"), ids, multivalued=True))
    assert stored(design) == {("{} → state", "confirmed"), ("zip ↠ note", "confirmed")}


def test_columns_of_another_table_are_refused() -> None:
    design = design_of(SQL + "CREATE TABLE other (x int);")
    with pytest.raises(Refused, match="not in orders"):
        stating.state(
            design,
            table_of(design, "orders").id,
            columns_of(design, "other", "x"),
            columns_of(design, "orders", "zip"),
            ids,
        )
