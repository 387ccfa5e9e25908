"""Chen's notation in SVG: every figure as textbooks draw it, whatever the model and whatever the names."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from designer.layout.box import Box, contains, intersects
from designer.layout.metrics import Element, Row
from designer.layout.notations.chen_box import Oval, box_of
from designer.layout.notations.chen_ovals import ChenRow
from designer.schema import Design, Diagram, Placement
from designer.schema.codec import record_from
from exporters.contract import Options
from exporters.pdf import to_pdf
from exporters.raster import to_png
from exporters.svg import EXPORTER
from tests.layout.schemas import shop
from tests.nasty import nasty_design

SVG = "{http://www.w3.org/2000/svg}"
CASES = Path(__file__).parents[2] / "cases" / "geometry" / "chen.json"


def university() -> Design:
    """Return the conceptual model of a university that the browser draws as well."""
    case = next(each for each in json.loads(CASES.read_text(encoding="utf-8")) if each["name"] == "a university")
    return Design([record_from(record) for record in case["records"]])


def drawn(design: Design, **options: str) -> ET.Element:
    """Return the root of the drawing."""
    return ET.fromstring(EXPORTER.export(design, Options(notation="chen", **options)).text)


def group(root: ET.Element, element: str) -> ET.Element:
    """Return the group of one element."""
    return next(each for each in root.iter(f"{SVG}g") if each.get("id") == element)


def texts(root: ET.Element) -> list[str]:
    """Return what is written."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def count(root: ET.Element, name: str) -> int:
    """Return how many elements of a name there are."""
    return len(root.findall(f".//{SVG}{name}"))


def test_entities_are_rectangles_single_double_or_with_a_diamond() -> None:
    root = drawn(university())
    assert count(group(root, "person"), "rect") == 1
    assert count(group(root, "section"), "rect") == 2
    assert (count(group(root, "enrol"), "rect"), count(group(root, "enrol"), "polygon")) == (1, 1)


def test_attributes_are_ovals_with_their_signs() -> None:
    person = group(drawn(university()), "person")
    assert count(person, "ellipse") == len(texts(person)) - 1 + 1, "one oval each, two for phone; one text is the title"
    dashed = [each for each in person.iter(f"{SVG}ellipse") if each.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert {"ssn", "phone", "age", "middle (o)", "city"} <= set(texts(person))
    assert not {"{phone}", "/age"} & set(texts(person))


def test_a_key_is_underlined_and_a_partial_key_dashed() -> None:
    root = drawn(university())
    lines = {key: [each.get("stroke-dasharray") for each in group(root, key).iter(f"{SVG}path") if _is_level(each)]
             for key in ("person", "section", "emp")}  # fmt: skip
    assert lines == {"person": [None], "section": ["3 2"], "emp": []}


def _is_level(path: ET.Element) -> bool:
    return "h" in path.get("d", "")


def test_relationships_are_diamonds_with_their_verbs_and_numbers() -> None:
    root = drawn(university())
    assert {"works for", "is held as", "recommends", "N subordinate", "1 supervisor", "P"} <= set(texts(root))
    chairs = group(root, "chairs")
    assert (count(chairs, "polygon"), count(chairs, "ellipse"), count(chairs, "rect")) == (1, 1, 0)


def test_specializations_have_circles_and_the_sign_of_a_subset() -> None:
    root = drawn(university())
    assert count(root, "circle") == 2
    assert {"d", "o"} <= set(texts(root))
    arcs = [each for each in root.iter(f"{SVG}path") if "A7 7" in each.get("d", "")]
    assert len(arcs) == 5, "one at each subtype"


def test_tables_are_drawn_as_what_they_stand_for() -> None:
    root = drawn(shop())
    assert {"order_items", "customer_id", "sku (u)", "paid_at (o)"} <= set(texts(root))
    weak = {"".join(each.itertext()) for found in root.iter(f"{SVG}g") if found.get("id") and count(found, "rect") == 2
            for each in found.iter(f"{SVG}title")}  # fmt: skip
    assert weak == {"order_items", "inventory"}


def test_everything_lies_inside_the_view() -> None:
    root = drawn(university())
    view = Box(*map(float, root.get("viewBox", "").split()))
    for each in root.iter(f"{SVG}polygon"):
        assert contains(view, _around(tuple(map(float, pair.split(","))) for pair in each.get("points", "").split()))


def _around(points: Iterable[tuple[float, ...]]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def test_nasty_names_stay_text() -> None:
    root = drawn(nasty_design())
    assert not [each for each in root.iter() if each.tag.split("}")[-1] in ("script", "image", "foreignObject", "a")]
    assert 'say "hi"' in texts(root)


def test_the_same_design_gives_the_same_bytes() -> None:
    first, second = (EXPORTER.export(university(), Options(notation="chen")).files for _ in range(2))
    assert first == second


def test_it_becomes_a_png_and_a_pdf() -> None:
    svg = EXPORTER.export(university(), Options(notation="chen", theme="dark")).text
    assert to_png(svg, 0.5).startswith(b"\x89PNG")
    assert to_pdf(svg).startswith(b"%PDF")


@pytest.mark.parametrize("attributes", [0, 1, 3, 4, 8, 9, 12, 25, 40, 100])
def test_ovals_never_lie_on_one_another(attributes: int) -> None:
    rows = tuple(
        ChenRow(
            f"r{at}", f"{'long ' * (at % 4)}attribute {at}", depth=1 if at % 7 in (4, 5) else 0, multivalued=at % 3 == 0
        )
        for at in range(attributes)
    )
    shape = box_of(Element("e", "Employee", kind="entity", rows=rows))
    boxes = [Box(oval.x, oval.y, oval.w, oval.h) for oval in shape.rows if isinstance(oval, Oval)]
    boxes.append(Box(shape.core.x, shape.core.y, shape.core.w, shape.core.h))
    assert [oval.id for oval in shape.rows] == [row.id for row in rows]
    assert not [pair for pair in combinations(boxes, 2) if intersects(*pair)]
    assert all(contains(Box(0, 0, shape.w, shape.h), box) for box in boxes)


def test_keys_show_what_they_are_part_of() -> None:
    rows = (Row("a", "address"), Row("b", "zip", depth=1, pk=True), Row("c", "phone"))
    shape = box_of(Element("e", "Shop", kind="entity", rows=rows, detail="keys"))
    assert [oval.id for oval in shape.rows] == ["a", "b"]


def test_a_diagram_in_another_notation_gets_the_room_it_needs() -> None:
    records = [*university().values(), Diagram(id="tight", parent="m", notation="crowsfoot")]
    ids = ("person", "emp", "dept", "course")
    records += [
        Placement(id=f"at {key}", parent="tight", element=key, x=at % 2 * 200, y=at // 2 * 160)
        for at, key in enumerate(ids)
    ]
    root = drawn(Design(records), diagram="tight")
    boxes = {key: _extent(group(root, key)) for key in ids}
    assert not [pair for pair in combinations(boxes.values(), 2) if intersects(*pair)]
    assert boxes["person"].x < boxes["emp"].x
    assert boxes["person"].y < boxes["dept"].y


def _extent(found: ET.Element) -> Box:
    """Return the box round the ovals of a figure, where they stand on the page."""
    x, y = map(float, found.get("transform", "")[10:-1].split())
    sides = [[float(oval.get(key, 0)) for key in ("cx", "cy", "rx", "ry")] for oval in found.iter(f"{SVG}ellipse")]
    corners = [(x + cx + sign * rx, y + cy + sign * ry) for cx, cy, rx, ry in sides for sign in (-1, 1)]
    return _around(corners)
