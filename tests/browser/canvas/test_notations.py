"""Switching the notation of a diagram with real keys and the mouse, and what the canvas then shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.menus import choose
from tests.exporters.svg.all_signs import records

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]
NOTATIONS = {
    "idef1x": "IDEF1X", "barker": "Barker", "uml": "UML class", "chen": "Chen", "minmax": "Min-max",
    "crowsfoot": "Crow's foot (IE)",
}  # fmt: skip


def with_signs(open_canvas: Open, what: str, notation: str = "crowsfoot", **options: Any) -> Canvas:
    """Open the canvas on the diagram that has everything notations tell apart."""
    canvas = open_canvas(1, records=records(what, notation), **options)
    canvas.call("wholekey.view.show(wholekey.scene.bounds(), { fly: false })")
    canvas.page.wait_for_timeout(300)
    return canvas


def notation_of(canvas: Canvas) -> str:
    """Return the notation of the diagram in the design."""
    return str(canvas.call("wholekey.store.design.get('diag').notation ?? 'crowsfoot'"))


def switch(canvas: Canvas, title: str) -> None:
    """Choose a notation in the palette."""
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(f"Draw in {title}")
    canvas.page.keyboard.press("Enter")
    canvas.page.wait_for_timeout(300)


def picture(canvas: Canvas) -> bytes:
    """Return what the canvas shows."""
    return canvas.page.locator("#canvas").screenshot()


def geometry(canvas: Canvas) -> Any:
    """Return the sizes of boxes, the ways of lines and the places of texts."""
    return canvas.call("""(() => { const { nodes, lines, wires } = wholekey.scene;
        return [[...nodes.values()].map(({ id, w, h }) => [id, w, h]).sort(),
          [...lines.values()].map(({ id, route }) => [id, route.points]).sort(),
          [...lines.keys()].sort().flatMap((id) => wires.labels.of(id).map(({ text, x, y }) => [text, x, y]))]; })()""")


@pytest.mark.parametrize("what", ["tables", pytest.param("entities", marks=pytest.mark.slow)])
def test_each_notation_from_the_palette_and_back_by_undo(open_canvas: Open, what: str) -> None:
    canvas = with_signs(open_canvas, what)
    first, seen = geometry(canvas), []
    for name, title in NOTATIONS.items():
        switch(canvas, title)
        assert notation_of(canvas) == name
        assert canvas.call("wholekey.scene.notation.name") == name
        seen.append(picture(canvas))
    assert len(set(seen)) == len(NOTATIONS)
    assert geometry(canvas) == first
    canvas.saved()
    for name in reversed(list(NOTATIONS)[:-1]):
        canvas.page.keyboard.press("Control+z")
        assert notation_of(canvas) == name
    canvas.page.keyboard.press("Control+z")
    assert notation_of(canvas) == "crowsfoot"


def test_names_are_typed_where_idef1x_draws_them(open_canvas: Open) -> None:
    canvas = with_signs(open_canvas, "tables", "idef1x")
    canvas.look_at("cust")
    box = canvas.box("cust")
    canvas.page.mouse.dblclick(box["x"] + 30, box["y"] + 11)
    field = canvas.page.locator("#overlay input")
    place = field.bounding_box()
    assert place is not None
    assert abs(place["y"] + place["height"] / 2 - box["y"] - 11) < 6
    canvas.page.keyboard.press("Control+a")
    canvas.page.keyboard.type("clients")
    canvas.page.keyboard.press("Enter")
    assert "clients" in canvas.names("table")


def test_rows_are_hit_where_idef1x_moved_them(open_canvas: Open) -> None:
    """Its key comes first, under the name; a click on the row selects that column."""
    canvas = with_signs(open_canvas, "tables", "idef1x")
    canvas.look_at("prod")
    row = canvas.box("pr_pa")
    canvas.page.mouse.click(row["x"] + 60, row["y"] + row["h"] / 2)
    canvas.page.mouse.click(row["x"] + 60, row["y"] + row["h"] / 2)
    assert canvas.call("wholekey.view.marks.hover.row") == "pr_pa"


def test_the_legend_follows_the_notation_and_goes_with_escape(open_canvas: Open) -> None:
    canvas = with_signs(open_canvas, "entities")
    canvas.page.locator("#canvas").click(button="right", position={"x": 30, "y": 30})
    choose(canvas.page, "Show the legend")
    legend = canvas.page.locator(".legend")
    expect(legend).to_contain_text("Legend: Crow's foot (IE)")
    expect(legend.get_by_text("none or one")).to_be_visible()
    switch(canvas, "IDEF1X")
    expect(legend).to_contain_text("Legend: IDEF1X")
    expect(legend.get_by_text("no child or one")).to_be_visible()
    legend.get_by_role("list").focus()
    canvas.page.keyboard.press("Escape")
    expect(legend).to_be_hidden()
    assert canvas.call("document.activeElement.id") == "canvas"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_legend_on_a_phone(open_canvas: Open, theme: str) -> None:
    """It leaves half of the picture free and closes at a touch."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "color_scheme": theme}
    canvas = with_signs(open_canvas, "tables", "chen", **phone)
    canvas.page.locator("#canvas").click(button="right", position={"x": 20, "y": 20})
    choose(canvas.page, "Show the legend")
    box = canvas.page.locator(".legend").bounding_box()
    stage = canvas.page.locator("#stage").bounding_box()
    assert box is not None
    assert stage is not None
    assert box["width"] <= 390
    assert box["height"] < stage["height"] / 2
    canvas.page.get_by_role("button", name="Close the legend").tap()
    expect(canvas.page.locator(".legend")).to_be_hidden()


def test_who_may_not_edit_may_read_the_legend(open_canvas: Open) -> None:
    canvas = with_signs(open_canvas, "tables", "uml", can_edit=False)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type("Draw in IDEF1X")
    expect(canvas.page.get_by_role("option", name="Draw in IDEF1X")).to_have_count(0)
    canvas.page.keyboard.press("Escape")
    canvas.page.locator("#canvas").click(button="right", position={"x": 30, "y": 30})
    choose(canvas.page, "Show the legend")
    expect(canvas.page.locator(".legend")).to_contain_text("composition")
