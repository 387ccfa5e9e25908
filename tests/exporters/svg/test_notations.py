"""Each notation as a picture: against golden files, and by the signs that its book asks for."""

from __future__ import annotations

import os
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest

from designer.commands.diagrams import NOTATION_NAMES
from designer.layout.box import Box, intersects
from designer.layout.edges import edges_of
from designer.layout.elements import elements_of
from designer.layout.labels import labels_of
from designer.layout.notations import NOTATIONS, notation_of
from designer.layout.notations.legends import LEGENDS
from designer.layout.route import Placed
from designer.schema import Diagram, Model
from designer.schema.allowed import WORDS
from designer.web.inspector_fields import FIELDS
from exporters.contract import Options
from exporters.svg import EXPORTER
from tests.exporters.svg.all_signs import PLACES, design
from tests.nasty import nasty_design

SVG = "{http://www.w3.org/2000/svg}"
GOLDEN = Path(__file__).parent / "golden"
NAMES = [each.name for each in NOTATIONS]


def drawn(what: str, notation: str, **options: object) -> ET.Element:
    """Return the root of a drawing."""
    given = Options(diagram="diag", notation=notation, **options)  # type: ignore[arg-type]
    return ET.fromstring(EXPORTER.export(design(what), given).text)


def texts(root: ET.Element) -> list[str]:
    """Return what is written in a drawing, in order."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("what", PLACES)
@pytest.mark.parametrize("notation", NAMES)
def test_golden(notation: str, what: str) -> None:
    """With WHOLEKEY_REWRITE_GOLDEN=1 the files are written anew: open them in a browser and look before you commit."""
    svg = EXPORTER.export(design(what), Options(diagram="diag", notation=notation, legend=True)).text
    path = GOLDEN / f"{notation}-{what}.svg"
    if os.environ.get("WHOLEKEY_REWRITE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_text(svg, encoding="utf-8")
    assert svg == path.read_text(encoding="utf-8")


def test_one_list_of_notations() -> None:
    """Records, commands, drawings, legends and the inspector know the same ones."""
    offered = next(spec.choices for spec in FIELDS["diagram"] if spec.name == "notation")
    assert offered == tuple((each.name, each.title) for each in NOTATIONS)
    assert set(NAMES) == set(WORDS["diagram", "notation"]) == set(NOTATION_NAMES) == set(LEGENDS)


def test_the_diagram_says_its_notation() -> None:
    own = EXPORTER.export(design("tables", "uml"), Options(diagram="diag")).text
    asked = EXPORTER.export(design("tables"), Options(diagram="diag", notation="uml")).text
    assert own == asked
    assert "«table»" in own


@pytest.mark.parametrize("notation", NAMES)
def test_nasty_names_stay_text(notation: str) -> None:
    root = ET.fromstring(EXPORTER.export(nasty_design(), Options(notation=notation, legend=True)).text)
    assert not [each for each in root.iter() if each.tag.split("}")[-1] in ("script", "image", "foreignObject", "a")]
    assert not [key for each in root.iter() for key in each.attrib if key.lower().startswith("on") or "href" in key]


def test_idef1x_puts_names_above_boxes_and_keys_first() -> None:
    root = drawn("tables", "idef1x")
    written = texts(root)
    assert {"customer_id (FK)", "agent_id (FK) (O)", "order_id (FK) (AK1)", "email (AK1)", "Z"} <= set(written)
    boxes = {group.get("id"): group for group in root.iter(f"{SVG}g") if group.get("id")}
    frames = {key: group.findall(f"{SVG}rect")[-1] for key, group in boxes.items()}
    assert {frame.get("y") for frame in frames.values()} == {"22"}
    assert [key for key, frame in frames.items() if frame.get("rx") == "12"] == ["line"]
    dots = [each for each in root.iter(f"{SVG}circle") if each.get("fill") != "#ffffff"]
    assert len(dots) == 6  # one at the child of each foreign key


def test_barker_marks_attributes_and_halves_of_lines() -> None:
    root = drawn("tables", "barker")
    written = texts(root)
    assert (written.count("#"), written.count("o")) == (6, 4)
    halves = drawn("entities", "barker")
    dashed = [each for each in halves.iter(f"{SVG}path") if each.get("stroke-dasharray")]
    assert len(dashed) == 3  # a student may attend none; both sides of an office and of a requirement may stay out


def test_uml_counts_both_ends() -> None:
    root = drawn("entities", "uml")
    assert {"1..*", "3..30", "0..1", "{complete, disjoint} kind", "phone: string [0..*]", "/age: integer"} <= set(
        texts(root)
    )
    black = [each for each in root.iter(f"{SVG}polygon") if each.get("fill") != "#ffffff"]
    assert len(black) == 1  # a section is part of its course


def test_min_max_looks_here() -> None:
    """A section belongs to one course: (1,1) beside the section, (1,N) beside the course."""
    found = design("entities")
    model = found["model"]
    assert isinstance(model, Model)
    notation = notation_of("minmax")
    held = next(edge for edge in edges_of(found, model, PLACES["entities"]) if edge.id == "held")
    assert [(held.source.element, held.target.element)] == [("sect", "cour")]
    assert [each.text for each in notation.end_texts(held)] == ["(1,1)", "(1,N)"]


@pytest.mark.parametrize("what", PLACES)
@pytest.mark.parametrize("notation", [name for name in NAMES if name != "chen"])
def test_labels_stand_apart(notation: str, what: str) -> None:
    """No two texts on lines touch, and none stands on a box."""
    found, drawn_as = design(what), notation_of(notation)
    model, diagram = found["model"], found["diag"]
    assert isinstance(model, Model)
    assert isinstance(diagram, Diagram)
    elements = [drawn_as.adjust(each, found, found[each.id]) for each in elements_of(found, model, diagram)]
    placed = {each.id: Placed(*PLACES[what][each.id], drawn_as.box_of(each)) for each in elements}
    edges = edges_of(found, model, placed)
    boxes = [each.box for each in placed.values()]
    labels = [
        Box(each.x, each.y, each.w, each.h)
        for each in labels_of(edges, drawn_as.routes(edges, placed), drawn_as, boxes)
    ]
    assert not [(a, b) for a, b in combinations(labels, 2) if intersects(a, b)]
    assert not [(label, box) for label in labels for box in boxes if intersects(label, box)]


@pytest.mark.parametrize("notation", NAMES)
def test_a_legend_explains_each_sign(notation: str) -> None:
    plain, explained = drawn("tables", notation), drawn("tables", notation, legend=True)
    added = texts(explained)[len(texts(plain)) :]
    assert added[0] == f"Legend: {notation_of(notation).title}"
    assert {entry.text for entry in LEGENDS[notation]} <= set(added)
    assert float(explained.get("height", 0)) > float(plain.get("height", 0))
