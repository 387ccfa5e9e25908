"""Hostile names, broken records and empty tables stop nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest

from designer.demo import demo_design
from designer.dependencies.assess import states
from designer.dependencies.examples import examples
from designer.dependencies.finding import findings
from designer.dependencies.first_form import first_form
from designer.dependencies.questions import questions
from designer.dependencies.remarks import remarks
from designer.dependencies.sample import Sample
from designer.dependencies.snapshots import twins
from designer.schema import Assessment, Column, Dependency, Design, ForeignKey, Key, Model, Table
from tests.nasty import NAMES, nasty_design


def everything(design: Design) -> None:
    """Ask all there is about all tables and entities."""
    for owner in states(design):
        for each in questions(design, owner):
            assert each.text
            assert len(each.counterexample) == (4 if each.kind == "sets" else 2)
        assert all(each.rule for each in findings(design, owner))
        first_form(design, owner)
        remarks(design, owner)
        twins(design, owner)
        examples(design, owner)


@pytest.mark.parametrize("dialect", ["postgresql", "mariadb", "sqlite"])
def test_names_that_break_things_break_nothing(dialect: str) -> None:
    everything(nasty_design(target=dialect))


def test_the_demo_answers_everything() -> None:
    everything(demo_design())


def _hostile(names: list[str]) -> Design:
    columns = [Column(id=f"col{at:04d}", parent="t", name=name, order=f"a{at:04d}") for at, name in enumerate(names)]
    ids = [each.id for each in columns]
    pairs = pairwise(ids)
    told = [
        Dependency(id=f"d{at:04d}", parent="t", determinant=(a,), dependent=(b,)) for at, (a, b) in enumerate(pairs)
    ]
    top = (Model(id="m", name="M", level="physical", target="postgresql"), Table(id="t", parent="m", name=names[0]))
    return Design((*top, *columns, *told[:12]))


def test_hostile_names_are_only_text() -> None:
    everything(_hostile(list(NAMES)))
    everything(_hostile(["", " ", "_id", "id", "ID", "__", "1", "12", "x_1", "x_2", "x_3"]))


def test_records_that_name_what_is_gone_are_passed_over() -> None:
    records = (
        Model(id="m", name="M", level="physical", target="postgresql"),
        Table(id="t", parent="m", name="t"),
        Table(id="empty", parent="m", name="empty"),
        Column(id="a", parent="t", name="a", nullable=False),
        Column(id="b", parent="t", name="a_id"),
        Key(id="k", parent="t", columns=()),
        Key(id="l", parent="t", columns=("a", "a")),
        ForeignKey(id="f", parent="t", columns=("b",), missing_table="gone"),
        ForeignKey(id="g", parent="t", columns=("a", "b"), ref_table="empty"),
        Dependency(id="d", parent="t", determinant=("a",), dependent=("gone",)),
        Dependency(id="e", parent="t", determinant=("a",), dependent=()),
        Dependency(id="h", parent="t", determinant=(), dependent=("b",), multivalued=True),
        Dependency(id="i", parent="t", determinant=("b",), dependent=("a",), state="refuted", counterexample=(("1",),)),
        Assessment(id="w", parent="empty"),
    )
    everything(Design(records))


def test_rows_of_other_columns_are_no_rows_of_this_table() -> None:
    design = demo_design()
    strange = Sample(("nobody",), (("1",), ("2",)))
    for table in design.of(Table):
        assert all(not each.real for each in questions(design, table.id, strange))
