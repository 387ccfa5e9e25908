"""Areas that collapse, and several diagrams of one model."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]


def shown(canvas: Canvas) -> set[str]:
    """Return the ids of the tables that are drawn."""
    return set(canvas.call("[...wholekey.scene.nodes.keys()]"))


def group(canvas: Canvas, name: str, *tables: str) -> str:
    """Put tables into an area by its key, name it, and return its id."""
    canvas.call("ids => wholekey.select(ids)", list(tables))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+g")
    canvas.page.keyboard.type(name)
    canvas.page.keyboard.press("Enter")
    return str(canvas.selection()[0])


def test_a_group_collapses_by_its_mark_and_expands_again(open_canvas: Open) -> None:
    canvas = open_canvas(6)
    whole = shown(canvas)
    area = group(canvas, "Core", table_id(0))
    assert canvas.call("id => wholekey.store.design.get(id).name", area) == "Core"
    canvas.look_at(area, 0.8)
    where = {each: canvas.call("id => [wholekey.scene.item(id).x, wholekey.scene.item(id).y]", each) for each in whole}
    box = canvas.box(area)
    canvas.page.mouse.click(box["x"] + box["w"] - 16, box["y"] + 14)
    assert table_id(0) not in shown(canvas)
    assert canvas.call("id => wholekey.store.design.get(id).collapsed", area) is True
    box = canvas.box(area)
    canvas.page.mouse.click(box["x"] + box["w"] - 16, box["y"] + box["h"] / 2)
    assert shown(canvas) == whole
    now = {each: canvas.call("id => [wholekey.scene.item(id).x, wholekey.scene.item(id).y]", each) for each in whole}
    assert now == where


def test_every_area_at_once_by_the_palette(open_canvas: Open) -> None:
    canvas = open_canvas(6)
    whole = shown(canvas)
    group(canvas, "Core", table_id(0))
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">collapse every area")
    canvas.page.keyboard.press("Enter")
    assert table_id(0) not in shown(canvas)
    canvas.page.keyboard.press("Control+z")
    assert shown(canvas) == whole


def test_a_diagram_of_the_selection_is_made_named_and_left(open_canvas: Open) -> None:
    canvas = open_canvas(12)
    whole = shown(canvas)
    canvas.call("ids => wholekey.select(ids)", [table_id(1), table_id(2)])
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">new diagram of the selection")
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.type("Billing")
    canvas.page.keyboard.press("Enter")
    assert shown(canvas) == {table_id(1), table_id(2)}
    assert "Billing" in canvas.names("diagram")
    expect(canvas.page.locator("#diagram-select option:checked")).to_have_text("Billing")
    canvas.page.keyboard.press("Alt+PageUp")
    assert shown(canvas) == whole


def test_a_table_is_dragged_from_the_outline_onto_another_diagram(open_canvas: Open) -> None:
    canvas = open_canvas(6)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">new diagram")
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.press("Enter")
    assert shown(canvas) == set()
    line = canvas.page.locator(f"#outline-{table_id(3)}")
    line.drag_to(canvas.page.locator("#canvas"), target_position={"x": 200, "y": 150})
    assert shown(canvas) == {table_id(3)}
    box = canvas.box(table_id(3))
    stage = canvas.page.locator("#canvas").bounding_box()
    assert stage is not None
    assert abs(box["x"] - stage["x"] - 200) < 12
    assert abs(box["y"] - stage["y"] - 150) < 12


def test_deleting_a_diagram_keeps_its_tables(open_canvas: Open) -> None:
    canvas = open_canvas(6)
    tables = set(canvas.names("table"))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">duplicate this diagram")
    canvas.page.keyboard.press("Enter")
    assert len(canvas.names("diagram")) == 2
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">delete this diagram")
    canvas.page.keyboard.press("Enter")
    assert len(canvas.names("diagram")) == 1
    assert set(canvas.names("table")) == tables


def test_a_note_is_written_in_markdown_and_its_link_can_be_followed(open_canvas: Open) -> None:
    canvas = open_canvas(6)
    canvas.look_at(table_id(0))
    box = canvas.box(table_id(0))
    canvas.page.keyboard.press("n")
    canvas.page.mouse.click(box["x"] - 300, box["y"])
    canvas.page.keyboard.type("# Rules")
    canvas.page.keyboard.press("Shift+Enter")
    canvas.page.keyboard.type("[the plan](?select=t000000001)")
    canvas.page.keyboard.press("Enter")
    (note,) = canvas.call(
        "wholekey.store.design.ofKind('note').filter((each) => each.text?.startsWith('# Rules')).map(({ id }) => id)"
    )
    where = canvas.box(note)
    assert canvas.call("id => wholekey.store.design.get(id).text", note) == "# Rules\n[the plan](?select=t000000001)"
    canvas.page.wait_for_timeout(300)
    with canvas.page.context.expect_page() as opened:
        canvas.page.keyboard.down("Control")
        canvas.page.mouse.click(where["x"] + 30, where["y"] + 47)
        canvas.page.keyboard.up("Control")
    assert "select=t000000001" in opened.value.url
