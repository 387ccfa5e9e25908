"""Placements: what was placed stays, what is new gets a place, and all of it is reproducible."""

from __future__ import annotations

import pytest

from designer.layout.box import Box
from designer.layout.elements import element_of
from designer.layout.metrics import box_of
from designer.layout.place import placements
from designer.layout.spatial_index import SpatialIndex
from designer.schema import Design, Diagram, Model, Note, Placement, Record, Table, first_physical, seeded_ids
from tests.layout.schemas import made_up, shop


@pytest.fixture
def design() -> Design:
    """The shop with one diagram in which two tables stand."""
    base = shop()
    model = _model(base)
    tables = {table.name: table.id for table in base.of(Table)}
    extra: list[Record] = [
        Diagram(id="diagram1", parent=model.id, name="Main"),
        Placement(id="place1", parent="diagram1", element=tables["orders"], x=500, y=300, order="V"),
        Placement(id="place2", parent="diagram1", element=tables["customers"], x=40, y=300, order="k", width=260),
        Note(id="note1", parent="diagram1", text="hello", x=900, y=300, w=400, h=400),
    ]
    return Design([*base.records(), *extra])


def _model(design: Design) -> Model:
    model = first_physical(design)
    assert model is not None
    return model


def _assert_apart(design: Design, placed: list[Placement]) -> None:
    index = SpatialIndex()
    for each in placed:
        element = element_of(design, design[each.element or ""])
        assert element is not None
        shape = box_of(element)
        box = Box(each.x, each.y, each.width or shape.w, shape.h)
        assert not index.query(box)
        index.insert(each.id, box)


def test_only_what_has_no_place_gets_one(design: Design) -> None:
    placed = placements(design, _model(design).id, "diagram1", new_id=seeded_ids("x"))
    assert len(placed) == len(design.of(Table)) - 2
    assert not {each.id for each in placed} & {"place1", "place2"}
    _assert_apart(design, [*placed, *design.of(Placement, "diagram1")])


def test_notes_are_kept_clear(design: Design) -> None:
    placed = placements(design, _model(design).id, "diagram1")
    note = Box(900, 300, 400, 400)
    index = SpatialIndex()
    index.insert("note1", note)
    for each in placed:
        element = element_of(design, design[each.element or ""])
        assert element is not None
        assert not index.query(Box(each.x, each.y, box_of(element).w, box_of(element).h))


def test_only_the_wanted_ids(design: Design) -> None:
    wanted = [table.id for table in design.of(Table) if table.name in ("orders", "payments")]
    placed = placements(design, _model(design).id, "diagram1", wanted)
    assert [each.element for each in placed] == [t.id for t in design.of(Table) if t.name == "payments"]


def test_a_diagram_that_is_not_made_yet() -> None:
    design = shop()
    placed = placements(design, _model(design).id, "newdiagram", new_id=seeded_ids("y"))
    assert {each.parent for each in placed} == {"newdiagram"}
    assert placed == placements(design, _model(design).id, "newdiagram", new_id=seeded_ids("y"))
    assert [each.order for each in placed] == sorted({each.order for each in placed})


def test_order_keys_stay_short_on_a_large_diagram() -> None:
    design = made_up(400)
    placed = placements(design, _model(design).id, "newdiagram")
    assert max(len(each.order) for each in placed) <= 4


def test_something_that_is_no_model_is_refused(design: Design) -> None:
    with pytest.raises(TypeError, match="not a model"):
        placements(design, "diagram1", "diagram1")
