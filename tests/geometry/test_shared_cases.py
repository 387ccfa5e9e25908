"""The cases that the browser's geometry is run on as well (`tests/js/geometry/shared_cases.test.js`)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from designer.layout.box import Box, contains, intersects, union
from designer.layout.edges import Edge, edges_of
from designer.layout.elements import element_of
from designer.layout.ends import mark_of
from designer.layout.halves import halves_of
from designer.layout.labels import labels_of
from designer.layout.markdown import lines_that_fit, note_lines
from designer.layout.metrics import box_of, key_marks, rows_shown
from designer.layout.notations import Notation, notation_of
from designer.layout.notations.legends import LEGENDS
from designer.layout.route import Placed, rounded_path, route_all
from designer.layout.text import ellipsize, text_width, visible, wrapped
from designer.schema import Design, Model
from designer.schema.codec import record_from
from tests.geometry import plain
from tests.geometry.chen import chened

CASES = Path(__file__).parent.parent / "cases" / "geometry"


def _cases(name: str) -> list[Any]:
    found = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["name"]) for case in found]


def measured(case: dict[str, Any]) -> Any:
    """Return width, text as drawn, and text cut to the case's room."""
    text, size, bold = case["text"], case["size"], case["bold"]
    return {
        "width": text_width(text, size, bold),
        "visible": visible(text),
        "cut": ellipsize(text, size, bold, case["room"]),
        "lines": wrapped(text, size, case["room"]),
    }


def shaped(case: dict[str, Any]) -> Any:
    """Return the shape of the case's element, its rows and their key marks."""
    element = plain.element(case["element"])
    rows = rows_shown(element)
    return {"shape": plain.plain(box_of(element)), "rows": [[row.id, key_marks(row)] for row in rows]}


def drawn(case: dict[str, Any]) -> Any:
    """Return what is drawn of the case's records."""
    design = Design([record_from(record) for record in case["records"]])
    model = design[case["model"]]
    assert isinstance(model, Model)
    elements = [element_of(design, design[each], case["detail"]) for each in case["shown"]]
    return {
        "elements": plain.plain(elements),
        "edges": plain.plain(edges_of(design, model, set(case["shown"]))),
    }


def routed(case: dict[str, Any]) -> Any:
    """Return the routes of the case's edges between its boxes."""
    placed = {key: plain.placed(box) for key, box in case["boxes"].items()}
    return plain.plain(route_all([plain.edge(each) for each in case["edges"]], placed))


def marked(case: dict[str, Any]) -> Any:
    """Return the mark at the case's end."""
    return plain.plain(mark_of(case["shape"], tuple(case["point"]), tuple(case["direction"]), case["min"], case["max"]))


def boxed(case: dict[str, Any]) -> Any:
    """Return how the case's two boxes lie to each other."""
    a, b = Box(*case["a"]), Box(*case["b"])
    return {"intersects": intersects(a, b), "contains": contains(a, b), "union": list(union([a, b]) or ())}


def pathed(case: dict[str, Any]) -> Any:
    """Return the drawing commands of the case's line."""
    points = [tuple(point) for point in case["points"]]
    return plain.plain([[name, *numbers] for name, numbers in rounded_path(points, case["radius"])])


def _model_of(case: dict[str, Any]) -> tuple[Design, Model, list[str]]:
    """Return the design, the model and what is shown of the case of elements.json that a case names."""
    given = next(each.values[0] for each in _cases("elements") if each.id == case["case"])
    design = Design([record_from(record) for record in given["records"]])
    model = design[given["model"]]
    assert isinstance(model, Model)
    return design, model, given["shown"]


def notated(case: dict[str, Any]) -> Any:
    """Return the boxes and the ends of lines of a case of elements.json as a notation draws them."""
    design, model, shown = _model_of(case)
    notation = notation_of(case["notation"])
    drawn = [(element_of(design, design[each], case["detail"]), design[each]) for each in shown]
    elements = [notation.adjust(element, design, record) for element, record in drawn if element is not None]
    return {
        "notation": notation.name,
        "legend": plain.plain(LEGENDS[notation.name]),
        "elements": plain.plain(elements),
        "shapes": plain.plain([notation.box_of(each) for each in elements]),
        "lines": [_line(notation, edge) for edge in edges_of(design, model, set(shown))],
    }


def _line(notation: Notation, edge: Edge) -> Any:
    ends = (edge.source, edge.target)
    return {
        "id": edge.id,
        "dashed": [notation.dashed(edge, end) for end in ends],
        "texts": plain.plain(notation.end_texts(edge)),
        "marks": plain.plain([notation.mark_of(end, (100, 50), (0, -1), edge) for end in ends]),
    }


def labelled(case: dict[str, Any]) -> Any:
    """Return the labels of the lines between the boxes of a case of elements.json that stand at given places."""
    design, model, shown = _model_of(case)
    notation = notation_of(case["notation"])
    placed: dict[str, Placed] = {}
    for each in shown:
        element = element_of(design, design[each], case["detail"])
        assert element is not None
        placed[each] = Placed(*case["places"][each], notation.box_of(notation.adjust(element, design, design[each])))
    edges = edges_of(design, model, placed)
    boxes = [each.box for each in placed.values()]
    return plain.plain(labels_of(edges, notation.routes(edges, placed), notation, boxes))


def halved(case: dict[str, Any]) -> Any:
    """Return the two halves of the case's line."""
    return plain.plain(halves_of([tuple(point) for point in case["points"]]))


def noted(case: dict[str, Any]) -> Any:
    """Return the lines of the case's note, and those that fit on its paper."""
    lines = note_lines(case["text"], case["width"])
    return {"lines": plain.plain(lines), "fitting": plain.plain(lines_that_fit(lines, case["height"], case["width"]))}


RUNS = {
    "text": measured, "metrics": shaped, "elements": drawn, "route": routed, "ends": marked, "box": boxed,
    "path": pathed, "notations": notated, "labels": labelled, "halves": halved, "chen": chened,
    "markdown": noted,
}  # fmt: skip


@pytest.mark.parametrize("case", _cases("text"))
def test_text(case: dict[str, Any]) -> None:
    assert measured(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("metrics"))
def test_metrics(case: dict[str, Any]) -> None:
    assert shaped(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("elements"))
def test_elements(case: dict[str, Any]) -> None:
    assert drawn(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("notations"))
def test_notations(case: dict[str, Any]) -> None:
    assert notated(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("labels"))
def test_labels(case: dict[str, Any]) -> None:
    assert labelled(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("halves"))
def test_halves(case: dict[str, Any]) -> None:
    assert halved(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("route"))
def test_route(case: dict[str, Any]) -> None:
    assert routed(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("ends"))
def test_ends(case: dict[str, Any]) -> None:
    assert marked(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("box"))
def test_box(case: dict[str, Any]) -> None:
    assert boxed(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("path"))
def test_path(case: dict[str, Any]) -> None:
    assert pathed(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("chen"))
def test_chen(case: dict[str, Any]) -> None:
    assert chened(case) == case["expected"]


@pytest.mark.parametrize("case", _cases("markdown"))
def test_markdown(case: dict[str, Any]) -> None:
    assert noted(case) == case["expected"]
