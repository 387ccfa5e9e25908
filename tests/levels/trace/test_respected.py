"""Deliberate deviations are left alone: by the rules, and by the workbench of normal forms."""

from __future__ import annotations

import pytest

from designer.dependencies.assess import CLEAN, VIOLATION, state_of
from designer.dependencies.finding import findings
from designer.lint import findings as lint
from designer.lint.registry import get
from designer.schema import Assessment, Column, Dependency, Design, Deviation, Expr, Key, Model, Record, Table, Trigger
from designer.schema.diagrams import Diagram

ITEMS: tuple[Record, ...] = (
    Model(id="m", name="Shop", level="physical", target="postgresql"),
    Table(id="t", parent="m", name="order_items"),
    Column(id="a", parent="t", name="order_id", type="bigint", nullable=False, order="a"),
    Column(id="b", parent="t", name="product_id", type="bigint", nullable=False, order="b"),
    Column(id="c", parent="t", name="product_name", type="text", nullable=False, order="c"),
    Key(id="k", parent="t", name="pk", primary=True, columns=("a", "b")),
    Dependency(id="f", parent="t", determinant=("b",), dependent=("c",), source="person"),
)
SNAPSHOT = Deviation(id="d", parent="c", deviation="snapshot_copy", reason="the name as it was ordered", sources=("b",))


def codes(*records: Record) -> list[str]:
    return [each.code for each in lint(Design(records))]


def test_a_snapshot_with_a_reason_is_no_finding_of_the_rules() -> None:
    assert codes(*ITEMS) == ["WK107"]
    assert codes(*ITEMS, SNAPSHOT) == []


def test_the_workbench_shows_it_as_settled_with_the_reason() -> None:
    assert state_of(Design(ITEMS), "t").state == VIOLATION
    design = Design([*ITEMS, SNAPSHOT, Assessment(id="w", parent="t", columns=("a", "b", "c"))])
    state = state_of(design, "t")
    assert (state.state, state.settled, state.violations) == (CLEAN, 1, 0)
    (found,) = findings(design, "t")
    assert found.settled == "it is a deliberate snapshot copy: the name as it was ordered"


def test_a_word_about_something_else_explains_nothing() -> None:
    document = Deviation(id="d", parent="c", deviation="json_document", reason="no", sources=())
    other = Deviation(id="d", parent="a", deviation="snapshot_copy", reason="no", sources=("b",))
    assert "WK107" in codes(*ITEMS, document)
    assert "WK107" in codes(*ITEMS, other)
    assert state_of(Design([*ITEMS, other]), "t").state == VIOLATION


def test_a_word_about_the_table_explains_all_of_it() -> None:
    merged = Deviation(id="d", parent="t", deviation="merged_tables", reason="read together", sources=())
    assert codes(*ITEMS, merged) == []


def test_a_repeating_group_on_purpose() -> None:
    phones = [Column(id=f"p{n}", parent="t", name=f"phone_{n}", type="text", order=f"p{n}") for n in (1, 2, 3)]
    assert "WK106" in codes(*ITEMS[:6], *phones)
    meant = Deviation(id="d", parent="p1", deviation="repeating_group", reason="never more than three")
    assert codes(*ITEMS[:6], *phones, meant) == []


def _counter(**fields: object) -> list[Record]:
    column = Column(id="n", parent="t", name="n", type="int", order="n")
    word = Deviation(id="d", parent="n", deviation="counter_cache", reason="fast", sources=("a",), **fields)  # type: ignore[arg-type]
    return [*ITEMS[:6], column, word]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ([], "nothing keeps it true"),
        (
            [Trigger(id="x", parent="t", name="count", enabled="disabled", text=Expr("x"))],
            "count that keeps it true is disabled",
        ),
        ([Trigger(id="x", parent="t", name="count", text=Expr("x"))], ""),
    ],
)
def test_what_keeps_a_copy_true(more: list[Record], words: str) -> None:
    design = Design([*_counter(kept_by=tuple(each.id for each in more)), *more])
    found = lint(design, rules=[get("WK702")])
    assert [words in each.message for each in found] == ([True] if words else [])


def test_a_keeper_that_is_gone_is_told() -> None:
    (found,) = lint(Design(_counter(kept_by=("gone",))), rules=[get("WK702")])
    assert found.message.endswith("what kept it true is gone")


def test_diagrams_are_no_part_of_it() -> None:
    assert codes(*ITEMS, SNAPSHOT, Diagram(id="dia", parent="m", name="All")) == []
