"""Arcs of exclusive relationships: the shared cases of their shape, and that a picture shows them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from designer.layout.arcs import round_box
from designer.layout.box import Box
from designer.layout.route import RouteEnd
from designer.schema import Arc, Design, End, Entity, Model, Relationship
from exporters.contract import Options
from exporters.registry import get

CASES = json.loads((Path(__file__).parents[1] / "cases" / "geometry" / "arcs.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_shared_arc(case):
    ends = [RouteEnd(tuple(point), tuple(direction)) for point, direction in case["ends"]]
    points, dots = round_box(Box(*case["box"]), ends)
    assert [list(each) for each in points] == case["points"]
    assert [list(each) for each in dots] == case["dots"]


def bill(mandatory: bool) -> Design:
    ends = {"r1": "insurer", "r2": "person"}
    lines = [
        Relationship(id=key, parent="m", name=key, ends=(End(entity=payer, max=1), End(entity="bill")))
        for key, payer in ends.items()
    ]
    return Design(
        [
            Model(id="m", level="conceptual"),
            *(Entity(id=key, parent="m", name=key) for key in ("bill", "insurer", "person")),
            *lines,
            Arc(id="a", parent="bill", relationships=("r1", "r2"), mandatory=mandatory),
        ]
    )


@pytest.mark.parametrize("notation", ["crowsfoot", "barker"])
@pytest.mark.parametrize("mandatory", [True, False])
def test_a_picture_shows_the_arc_with_a_dot_on_each_line(notation, mandatory):
    written = get("svg").export(bill(mandatory), Options(notation=notation)).text
    assert written.count('r="3"') == 2
    assert ('stroke-dasharray="5 4"' in written) is not mandatory


def test_chen_draws_no_arc_and_says_so():
    written = get("svg").export(bill(True), Options(notation="chen"))
    assert 'r="3"' not in written.text
    assert [note.code for note in written.notes if note.code == "no-arc"] == ["no-arc"]
