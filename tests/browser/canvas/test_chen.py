"""Chen's notation under real mouse and keyboard: ovals, diamonds and what lies between them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.canvas.conftest import Canvas

pytestmark = pytest.mark.browser
CASES = Path(__file__).parents[2] / "cases" / "geometry" / "chen.json"
Open = Callable[..., Canvas]


def university(closer: float = 1) -> list[dict[str, Any]]:
    """Return the records of a university with a diagram in Chen's notation, its places so many times `closer`."""
    case = next(each for each in json.loads(CASES.read_text(encoding="utf-8")) if each["name"] == "a university")
    diagram = {"kind": "diagram", "id": "chart", "parent": case["model"], "name": "Chart", "notation": "chen"}
    placed = [
        {
            "kind": "placement",
            "id": f"at {key}",
            "parent": "chart",
            "element": key,
            "x": int(x / closer),
            "y": int(y / closer),
        }
        for key, (x, y) in case["places"].items()
    ]
    return [*case["records"], diagram, *placed]


@pytest.fixture
def canvas(open_canvas: Callable[..., Canvas], request: pytest.FixtureRequest) -> Canvas:
    """A page with the university on its canvas."""
    return open_canvas(1, records=university(getattr(request, "param", 1)))


def at_world(canvas: Canvas, script: str) -> tuple[float, float]:
    """Return where on the page a point of the world is that a script about `scene` gives as [x, y]."""
    found = canvas.call(
        f"""() => {{ const {{ scene, view }} = wholekey; const [x, y] = ({script})(scene);
            const box = view.boxOnScreen({{ x, y, w: 0, h: 0 }}); const stage = view.canvas.getBoundingClientRect();
            return [box.x + stage.x, box.y + stage.y]; }}"""
    )
    return found[0], found[1]


def diamond(canvas: Canvas, line: str) -> tuple[float, float]:
    """Return the middle of a diamond on the page."""
    return at_world(canvas, f"(scene) => scene.lines.get({json.dumps(line)}).route.label")


def core(canvas: Canvas, element: str) -> tuple[float, float]:
    """Return the middle of a figure on the page."""
    return at_world(
        canvas,
        f"""(scene) => {{ const n = scene.nodes.get({json.dumps(element)});
        return [n.x + n.core.x + n.core.w / 2, n.y + n.core.y + n.core.h / 2]; }}""",
    )


def test_a_diamond_on_a_line_selects_its_relationship(canvas: Canvas) -> None:
    canvas.look_at("emp")
    canvas.page.mouse.click(*diamond(canvas, "deps"))
    assert canvas.selection() == ["deps"]


def test_the_corner_of_a_diamond_is_hit_and_what_is_beside_it_not(canvas: Canvas) -> None:
    canvas.look_at("emp")
    x, y = diamond(canvas, "superv")
    w, h = canvas.call("() => { const { w, h } = wholekey.scene.lines.get('superv').route.figure; return [w, h] }")
    canvas.page.mouse.click(x - w / 2 + 8, y)
    assert canvas.selection() == ["superv"]
    canvas.page.mouse.click(x - w / 2 + 8, y + h / 2 - 6)
    assert canvas.selection() != ["superv"]


def test_a_slanted_line_is_hit_on_it_and_not_in_the_box_round_it(canvas: Canvas) -> None:
    canvas.look_at("course")
    on = """(scene) => { const { points, middle } = scene.lines.get("held").route;
        const [a, b] = [points[middle], points[middle - 1]]; return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]; }"""
    x, y = at_world(canvas, on)
    canvas.page.mouse.click(x, y)
    assert canvas.selection() == ["held"]
    canvas.page.mouse.click(x, y + 24)
    assert canvas.selection() == []


def test_an_oval_belongs_to_its_entity_and_the_gap_beside_it_is_ground(canvas: Canvas) -> None:
    canvas.look_at("person")
    canvas.page.mouse.click(*canvas.middle("person_phone"))
    assert canvas.selection() == ["person"]
    phone, address = canvas.box("person_phone"), canvas.box("person_address")
    gap = (address["x"] + address["w"] + phone["x"]) / 2, phone["y"] + phone["h"] + 20
    canvas.page.mouse.click(*gap)
    assert canvas.selection() == []


def test_an_attribute_is_renamed_in_its_oval(canvas: Canvas) -> None:
    canvas.look_at("person")
    before = canvas.box("person_phone")
    canvas.page.mouse.dblclick(*canvas.middle("person_phone"))
    field = canvas.page.locator("#stage input:visible, #stage textarea:visible").first
    place = field.bounding_box()
    assert place is not None
    assert abs(place["x"] + place["width"] / 2 - before["x"] - before["w"] / 2) < 12
    canvas.page.keyboard.press("Control+a")
    canvas.page.keyboard.type("telephone numbers")
    canvas.page.keyboard.press("Enter")
    canvas.saved()
    assert "telephone numbers" in canvas.names("attribute", "person")
    assert canvas.box("person_phone")["w"] > before["w"]


def test_dragging_a_figure_takes_its_ovals_along_and_leads_its_lines(canvas: Canvas) -> None:
    canvas.look_at("dept", 0.6)
    before = {key: canvas.box(key) for key in ("dept_name", "dept_code")}
    x, y = core(canvas, "dept")
    canvas.drag((x, y), (x - 90, y + 60))
    canvas.saved()
    after = {key: canvas.box(key) for key in before}
    moves = {(round(after[key]["x"] - box["x"]), round(after[key]["y"] - box["y"])) for key, box in before.items()}
    assert len(moves) == 1
    assert moves.pop()[0] < -60
    ends = canvas.call(
        """() => { const { scene } = wholekey; const n = scene.nodes.get("dept"); const { points } = scene.lines.get("works").route;
            const near = ([x, y]) => x >= n.x + n.core.x - 1 && x <= n.x + n.core.x + n.core.w + 1
                && y >= n.y + n.core.y - 1 && y <= n.y + n.core.y + n.core.h + 1;
            return [near(points[0]), near(points[points.length - 1])]; }"""
    )
    assert any(ends)


def test_all_subtypes_meet_in_one_circle_after_one_of_them_moved(canvas: Canvas) -> None:
    canvas.look_at("staff", 0.6)
    x, y = core(canvas, "staff")
    canvas.page.mouse.move(x, y)
    canvas.page.mouse.down()
    canvas.page.mouse.move(x + 60, y - 160, steps=4)
    assert_one_circle(canvas)
    canvas.page.mouse.up()
    canvas.saved()
    assert_one_circle(canvas)


def assert_one_circle(canvas: Canvas) -> None:
    """Check that the lines of a specialization agree on where its circle is."""
    circles = canvas.call(
        """() => [...wholekey.scene.lines.values()].filter((line) => line.edge.group === "g2").map((line) => line.route.label)"""
    )
    assert len(circles) == 2
    assert circles[0] == circles[1]


@pytest.mark.parametrize("canvas", [2.2], indirect=True)
def test_a_diagram_in_crow_s_foot_is_moved_apart_in_one_step_and_undone_in_one(canvas: Canvas) -> None:
    places = (
        "() => Object.fromEntries([...wholekey.store.design.ofKind('placement')].map(({ id, x, y }) => [id, [x, y]]))"
    )
    overlaps = """() => { const nodes = [...wholekey.scene.nodes.values()];
        return nodes.flatMap((a, at) => nodes.slice(at + 1).filter((b) => a.x < b.x + b.w && b.x < a.x + a.w
            && a.y < b.y + b.h && b.y < a.y + a.h).map((b) => `${a.id} ${b.id}`)); }"""
    choose(canvas, "Draw in Crow")
    before = canvas.call(places)
    choose(canvas, "Draw in Chen")
    assert canvas.call("() => wholekey.scene.notation.name") == "chen"
    assert canvas.call(overlaps) == []
    canvas.page.keyboard.press("Control+z")
    assert canvas.call("() => wholekey.scene.notation.name") == "crowsfoot"
    assert canvas.call(places) == before


def choose(canvas: Canvas, words: str) -> None:
    """Run an action by its name."""
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(words)
    canvas.page.wait_for_timeout(150)
    canvas.page.keyboard.press("Enter")
    canvas.page.wait_for_timeout(150)


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.2])
def test_each_level_of_detail_is_painted(canvas: Canvas, zoom: float) -> None:
    canvas.look_at("person", zoom)
    inked = canvas.call(
        """() => { const { view } = wholekey; const source = view.canvas; const copy = document.createElement("canvas");
            [copy.width, copy.height] = [source.width, source.height]; const context = copy.getContext("2d");
            context.drawImage(source, 0, 0); const { data } = context.getImageData(0, 0, copy.width, copy.height);
            const seen = new Set(); for (let at = 0; at < data.length; at += 4 * 7) seen.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
            return seen.size; }"""
    )
    assert inked > 8
