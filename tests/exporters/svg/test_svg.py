"""The SVG of models and diagrams: well formed whatever the names, complete, and the same every time."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from designer.layout.box import Box, contains
from designer.layout.text import text_width
from designer.schema import (
    Area,
    Attribute,
    Column,
    Design,
    Diagram,
    End,
    Entity,
    Generalization,
    Identifier,
    Model,
    Note,
    Placement,
    Record,
    Relationship,
    Table,
)
from exporters.contract import ExportProblem, Options
from exporters.svg import EXPORTER
from tests.layout.schemas import made_up, shop
from tests.nasty import CORPUS, nasty_design

SVG = "{http://www.w3.org/2000/svg}"


def drawn(design: Design, **options: Any) -> ET.Element:
    """Return the root of the drawing; parsing it is half of the test."""
    return ET.fromstring(EXPORTER.export(design, Options(**options)).text)


def texts(root: ET.Element) -> list[str]:
    """Return what is written in the drawing."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def conceptual() -> Design:
    """Return a university: weak, associative and generalized entities, a ternary relationship, roles."""
    records: list[Record] = [
        Model(id="model1", level="conceptual", name="University"),
        Entity(id="student", parent="model1", name="Student"),
        Attribute(id="number", parent="student", name="number", type="integer", order="a"),
        Attribute(id="phone", parent="student", name="phone", multivalued=True, order="b"),
        Identifier(id="ident1", parent="student", primary=True, attributes=("number",)),
        Entity(id="course", parent="model1", name="Course"),
        Entity(id="section", parent="model1", name="Section", nature="weak"),
        Entity(id="person", parent="model1", name="Person"),
        Relationship(
            id="has1", parent="model1", name="is held as",
            ends=(End(entity="course", min=1, max=1), End(entity="section", min=2, max=5, identifying=True)),
        ),
        Relationship(
            id="needs1", parent="model1", name="requires",
            ends=(End(entity="course", role="advanced"), End(entity="course", role="basic")),
        ),
        Relationship(
            id="teach1", parent="model1", name="teaches",
            ends=(End(entity="person", min=1, max=1), End(entity="section"), End(entity="course")),
        ),
        Generalization(id="gener1", parent="model1", supertype="person", subtypes=("student",)),
    ]  # fmt: skip
    return Design(records)


def boxes(root: ET.Element) -> dict[str, Box]:
    """Return where the box of each element is, by id."""
    found = {}
    for group in root.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        if group.get("transform") and group.get("id") and rect is not None:
            x, y = map(float, group.get("transform", "")[10:-1].split())
            found[group.get("id", "")] = Box(x, y, float(rect.get("width", 0)), float(rect.get("height", 0)))
    return found


def test_a_shop() -> None:
    root = drawn(shop())
    written = texts(root)
    assert {"orders", "customer_id", "numeric(12,2)", "PK", "FK", "UK", "?"} <= set(written)
    assert len(root.findall(f".//{SVG}g/{SVG}title")) == 12


def test_the_same_design_gives_the_same_bytes() -> None:
    assert EXPORTER.export(made_up(120), Options()).files == EXPORTER.export(made_up(120), Options()).files


def test_everything_lies_inside_the_view() -> None:
    root = drawn(made_up(60))
    view = Box(*map(float, root.get("viewBox", "").split()))
    assert (float(root.get("width", 0)), float(root.get("height", 0))) == (view.w, view.h)
    for group in root.iter(f"{SVG}g"):
        if group.get("transform"):
            x, y = map(float, group.get("transform", "")[10:-1].split())
            rect = group.find(f"{SVG}rect")
            assert rect is not None
            assert contains(view, Box(x, y, float(rect.get("width", 0)), float(rect.get("height", 0))))


def test_it_says_what_it_is_to_those_who_cannot_see_it() -> None:
    root = drawn(shop())
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "model"
    assert "12 elements" in root.findtext(f"{SVG}desc", "")
    named = {each.get("id") for each in root}
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= named


def test_nasty_names_stay_text() -> None:
    root = drawn(nasty_design())
    assert not [each for each in root.iter() if each.tag.split("}")[-1] in ("script", "image", "foreignObject", "a")]
    assert not [key for each in root.iter() for key in each.attrib if key.lower().startswith("on") or "href" in key]
    linked = drawn(nasty_design(), links="?select=")
    assert all(each.get("href", "").startswith("?select=") for each in linked.iter(f"{SVG}a"))
    assert 'say "hi"' in texts(root)


@pytest.mark.parametrize(
    "name", ["a\x00b", "\ud800", "\x1f", "<&>\"'", "]]>", "&#x0;", "\ufffe", "a\u202eb", "--><script>"]
)
def test_a_name_that_xml_cannot_hold(name: str) -> None:
    design = Design(
        [
            Model(id="model1", name=name),
            Table(id="table1", parent="model1", name=name),
            Diagram(id="diag1", parent="model1", name=name),
            Placement(id="place1", parent="diag1", element="table1", colour=name),
            Area(id="area1", parent="diag1", name=name, colour=name),
            Note(id="note1", parent="diag1", text=name, colour=name),
        ]
    )
    drawn(design)
    drawn(design, diagram="diag1")


def test_no_style_script_or_font_comes_from_elsewhere() -> None:
    text = EXPORTER.export(shop(), Options()).text
    assert text.count("http") == 1  # the namespace
    assert "<style" not in text
    assert "url(" not in text


def test_a_diagram_shows_its_elements_where_they_stand() -> None:
    base = shop()
    tables = {table.name: table.id for table in base.of(Table)}
    model = base.of(Model)[0]
    extra: list[Record] = [
        Diagram(id="diag1", parent=model.id, name="Ordering", detail="keys"),
        Placement(id="place1", parent="diag1", element=tables["orders"], x=500, y=-300, colour="green"),
        Placement(id="place2", parent="diag1", element=tables["customers"], x=0, y=0, detail="names", width=300),
        Area(id="area1", parent="diag1", name="Sales", x=-40, y=-400, w=1200, h=900, colour="#ffeeaa"),
        Note(id="note1", parent="diag1", text="Prices are\ngross " + "long " * 200, x=300, y=200),
    ]
    root = drawn(Design([*base.records(), *extra]), diagram="diag1")
    written = texts(root)
    assert {"Ordering"} == {root.findtext(f"{SVG}title")}
    assert {"orders", "customers", "customer_id", "Sales", "Prices are"} <= set(written)
    assert not {"email", "status", "payments"} & set(written)
    places = {group.get("transform") for group in root.iter(f"{SVG}g")}
    assert {"translate(500 -300)", "translate(0 0)", "translate(-40 -400)", "translate(300 200)"} <= places


def test_a_whole_model_follows_its_fullest_diagram() -> None:
    base = shop()
    model = base.of(Model)[0]
    tables = sorted(base.of(Table), key=lambda table: table.name)
    extra: list[Record] = [Diagram(id="diag1", parent=model.id, name="Most")]
    extra += [
        Placement(id=f"place{at}", parent="diag1", element=table.id, x=at * 600, y=77)
        for at, table in enumerate(tables[:-2])
    ]
    root = drawn(Design([*base.records(), *extra]))
    places = [group.get("transform") for group in root.iter(f"{SVG}g") if group.get("transform")]
    assert len(places) == 12
    assert {f"translate({at * 600} 77)" for at in range(10)} <= set(places)


def test_entities_verbs_roles_and_numbers() -> None:
    root = drawn(conceptual())
    written = texts(root)
    assert {"Student", "{phone}", "is held as", "2..5", "requires", "advanced", "basic", "teaches"} <= set(written)
    underlined = [each for each in root.iter(f"{SVG}text") if each.get("text-decoration") == "underline"]
    assert [each.text for each in underlined] == ["number"]
    assert root.findall(f".//{SVG}polygon")


def test_identifying_lines_are_solid_and_others_dashed() -> None:
    root = drawn(shop())
    lines = [path for path in root.iter(f"{SVG}path") if "Q" in path.get("d", "") and "Z" not in path.get("d", "")]
    dashed = [path for path in lines if path.get("stroke-dasharray")]
    assert 0 < len(dashed) < len(lines)


def test_both_themes() -> None:
    light, dark = (EXPORTER.export(shop(), Options(theme=theme)).text for theme in ("light", "dark"))
    assert light != dark


def test_an_empty_model_is_an_empty_picture() -> None:
    root = drawn(Design([Model(id="model1")]))
    assert float(root.get("width", 0)) > 0


def test_a_selection_has_its_elements_and_the_lines_between_them() -> None:
    tables = {table.name: table.id for table in shop().of(Table)}
    root = drawn(shop(), elements=(tables["orders"], tables["customers"]))
    assert set(boxes(root)) == {tables["orders"], tables["customers"]}
    assert "2 elements and 1 line" in root.findtext(f"{SVG}desc", "")
    whole, part = (Box(*map(float, each.get("viewBox", "").split())) for each in (drawn(shop()), root))
    assert part.w < whole.w


def test_a_region_is_cut_as_it_was_asked_for() -> None:
    (first, *_), spots = shop().of(Table), boxes(drawn(shop()))
    at = spots[first.id]
    root = drawn(shop(), region=(at.x, at.y, at.w, at.h))
    assert root.get("viewBox") == f"{at.x:g} {at.y:g} {at.w:g} {at.h:g}"
    assert first.id in boxes(root)
    assert len(boxes(root)) < len(spots)


def test_detail_can_be_less_than_the_diagram_shows() -> None:
    assert "amount" in texts(drawn(shop()))
    assert "amount" not in texts(drawn(shop(), detail="keys"))
    assert "PK" not in texts(drawn(shop(), detail="names"))


def test_a_heading_stands_above_everything() -> None:
    plain, headed = drawn(shop()), drawn(shop(), title=True)
    assert texts(headed) == ["model", *texts(plain)]
    assert float(headed.get("height", 0)) > float(plain.get("height", 0))


def test_each_table_links_to_itself() -> None:
    root = drawn(shop(), links='https://erd.example/d/x/?a="&select=')
    links = {link.get("href"): link for link in root.iter(f"{SVG}a")}
    tables = {table.id: table.name for table in shop().of(Table)}
    assert set(links) == {f'https://erd.example/d/x/?a="&select={each}' for each in tables}
    for href, link in links.items():
        assert link.findtext(f"{SVG}g/{SVG}title") == tables[str(href).rpartition("=")[2]]


@pytest.mark.parametrize("links", ["javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x", ""])
def test_a_link_that_could_run_something_is_refused(links: str) -> None:
    with pytest.raises(ExportProblem, match="links must start with"):
        drawn(shop(), links=links)


@pytest.mark.parametrize("background", ["theme", "white", "transparent"])
def test_the_page_behind_the_drawing(background: str) -> None:
    root = drawn(shop(), theme="dark", background=background)
    page = root.find(f"{SVG}rect")
    assert (None if page is None else page.get("fill")) == {"theme": "#12171e", "white": "#ffffff"}.get(background)


def test_ids_of_two_drawings_on_one_page_differ() -> None:
    models = [Design([Model(id=each, name=each)]) for each in ("model1", "model2")]
    first, second = ({node.get("id") for node in drawn(each).iter() if node.get("id")} for each in models)
    assert first
    assert not first & second


def test_text_that_a_wide_font_would_push_out_says_how_long_it_is() -> None:
    """Measured with a font a fifth wider than ours: what has no length of its own still fits its cell."""
    name = "a_rather_long_column_name_mmm"
    design = Design(
        [
            Model(id="model1"),
            Table(id="table1", parent="model1", name="table_with_long_name"),
            Column(id="colum1", parent="table1", name=name, type="timestamp with time zone", order="a"),
            Column(id="colum2", parent="table1", name="id", type="int", order="b"),
        ]
    )
    root = drawn(design)
    (box,) = boxes(root).values()
    written = {"".join(each.itertext()): each for each in root.iter(f"{SVG}text")}
    columns = {each: float(written[each].get("x", 0)) for each in written}
    type_x = columns["timestamptz"]
    for word, node in written.items():
        right = type_x if columns[word] < type_x and word != "table_with_long_name" else box.w
        wide = float(node.get("textLength") or text_width(word, 13) * 1.2)
        assert columns[word] + wide <= right, word
    assert written[name].get("lengthAdjust") == "spacingAndGlyphs"
    assert written["id"].get("textLength") is None


def test_a_thousand_tables_are_a_file_of_a_few_megabytes_at_most() -> None:
    assert len(EXPORTER.export(made_up(250), Options()).text) < 250 * 2400


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"background": "pink"}, "theme, white, transparent"),
        ({"detail": "some"}, "all, keys, names"),
        ({"elements": ("gone",)}, "nothing of what was chosen"),
        ({"theme": "neon"}, "light, dark"),
        ({"notation": "runes"}, "crowsfoot, idef1x, barker, uml, chen, minmax"),
        ({"diagram": "gone"}, "no diagram 'gone'"),
        ({"model": "gone"}, "no model 'gone'"),
    ],
)
def test_what_is_not_there_is_said(options: dict[str, str], says: str) -> None:
    with pytest.raises(ExportProblem, match=says):
        drawn(shop(), **options)


def test_a_design_without_a_model_says_so() -> None:
    with pytest.raises(ExportProblem, match="no model"):
        drawn(Design())


def test_names_of_the_shared_cases() -> None:
    """The designs that the geometry is tested on can all be drawn."""
    from designer.schema.codec import record_from

    cases = Path(__file__).parents[2] / "cases" / "geometry" / "elements.json"
    for case in json.loads(cases.read_text(encoding="utf-8")):
        drawn(Design([record_from(record) for record in case["records"]]))


def test_the_corpus_is_not_empty() -> None:
    assert len(CORPUS) > 50
