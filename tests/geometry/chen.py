"""What Chen's notation makes of the records of a shared case: boxes, lines and the strokes to draw."""

from __future__ import annotations

from typing import Any

from designer.layout.edges import edges_of
from designer.layout.elements import element_of
from designer.layout.notations import notation_of
from designer.layout.notations.chen_routes import ChenRoute
from designer.layout.route import Placed
from designer.schema import Design, Model
from designer.schema.codec import record_from
from tests.geometry import plain

PARTS = (
    "w", "h", "headerH", "rows", "figure", "core", "lines", "joins", "titleX", "titleY", "titleW", "titleH", "anchorY",
    "anchorRoom", "bodyY", "corner",
)  # fmt: skip


def chened(case: dict[str, Any]) -> Any:
    """Return the boxes, the adjusted edges, and the routes between boxes at the case's places."""
    design = Design([record_from(record) for record in case["records"]])
    model = design[case["model"]]
    assert isinstance(model, Model)
    chen = notation_of("chen")
    boxes = {}
    for key, (x, y) in case["places"].items():
        element = element_of(design, design[key], case["detail"])
        assert element is not None
        boxes[key] = Placed(x, y, chen.box_of(chen.adjust(element, design, design[key])))
    edges = [chen.adjust_edge(each, design) for each in edges_of(design, model, boxes)]
    routes = chen.routes(edges, boxes)
    return {
        "boxes": {key: _picked(plain.plain(each.shape)) for key, each in boxes.items()},
        "edges": plain.plain(edges),
        "routes": plain.plain(routes),
        "extents": {key: plain.plain(tuple(each.extent())) for key, each in routes.items()},
        "strokes": {key: plain.plain(_strokes(each)) for key, each in routes.items() if isinstance(each, ChenRoute)},
    }


def _picked(shape: dict[str, Any]) -> dict[str, Any]:
    return {key: shape[key] for key in PARTS}


def _strokes(route: ChenRoute) -> list[Any]:
    return [[[_short(x), _short(y)] for x, y in line] for line in route.strokes()]


def _short(value: float) -> float:
    return round(value, 6)
