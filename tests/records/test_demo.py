"""The demo design: whole, traced, and the same every time."""

from __future__ import annotations

from designer.change import dangling
from designer.demo import demo_design
from designer.schema import Column, Diagram, Entity, ForeignKey, Model, Placement, Table, codec
from designer.schema.validation import validate


def test_the_demo_is_sound_and_repeats_itself() -> None:
    design = demo_design()
    assert not dangling(design)
    assert not validate(design)
    assert codec.encode(design) == codec.encode(demo_design())
    assert codec.decode(codec.encode(design)) == design


def test_the_demo_has_three_levels_traced_upwards() -> None:
    design = demo_design()
    assert [model.level for model in design.of(Model)] == ["conceptual", "logical", "physical"]
    tables = design.of(Table)
    assert len(tables) == 12
    assert len(design.of(ForeignKey)) == 15
    traced = [table for table in tables if table.origin]
    assert len(traced) == 11, "all but the junction table come from an entity"
    for table in traced:
        entity = design[table.origin or ""]
        assert isinstance(entity, Entity)
        assert entity.origin is not None
    facts = [column for column in design.of(Column) if column.origin]
    assert len(facts) > 40


def test_the_demo_has_two_subject_areas_that_show_every_table() -> None:
    design = demo_design()
    physical = design.of(Model)[-1]
    diagrams = design.of(Diagram, physical.id)
    assert [diagram.name for diagram in diagrams] == ["Customers and orders", "Catalogue and stock"]
    shown = {each.element for diagram in diagrams for each in design.of(Placement, diagram.id)}
    assert shown == {table.id for table in design.of(Table)}
