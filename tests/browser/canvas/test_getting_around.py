"""Going places: the palette, the map, the trail, views back and forth, and links."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import column_id, table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

FIRST = table_id(0)


def on_stage(canvas: Canvas, record: str) -> bool:
    """Tell whether the middle of a record is in view."""
    x, y = canvas.middle(record)
    stage = canvas.page.locator("#stage").bounding_box()
    assert stage is not None
    return stage["x"] <= x <= stage["x"] + stage["width"] and stage["y"] <= y <= stage["y"] + stage["height"]


def test_the_palette_goes_to_a_column_and_does_an_action(open_canvas: Open) -> None:
    canvas = open_canvas(200)
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type("paym_148.col_3")
    expect(canvas.page.locator(".find-option").first).to_contain_text("column_3")
    canvas.page.keyboard.press("Enter")
    assert canvas.selection() == [column_id(148, 3)]
    assert on_stage(canvas, column_id(148, 3))
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">select all")
    canvas.page.keyboard.press("Enter")
    assert len(canvas.selection()) >= 200


def test_the_palette_offers_what_fits_the_selection_and_what_was_visited(open_canvas: Open) -> None:
    canvas = open_canvas(30)
    canvas.page.keyboard.press("Control+f")
    canvas.page.keyboard.type("order_1")
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.press("Control+k")
    offered = canvas.page.locator(".find-option").all_inner_texts()
    assert any(text.startswith("order_1") for text in offered)
    assert any(text.startswith("Rename") for text in offered)
    canvas.page.keyboard.press("Escape")
    expect(canvas.page.locator(".palette")).to_be_hidden()
    assert canvas.call("document.activeElement.id") == "canvas"


def test_a_keystroke_in_the_palette_is_quick(open_canvas: Open) -> None:
    canvas = open_canvas(1000)
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type("order_9")
    found = canvas.page.locator(".find-option")
    expect(found.first).to_be_visible()
    assert found.count() <= 40, "the list stays short however many match"


def test_back_and_forward_through_views(open_canvas: Open) -> None:
    canvas = open_canvas(60)
    canvas.page.locator("#canvas").focus()
    canvas.look_at(FIRST)
    canvas.page.wait_for_timeout(600)
    before = canvas.call("({...wholekey.view.transform})")
    canvas.page.keyboard.press("Control+f")
    canvas.page.keyboard.type("paym_49")
    canvas.page.keyboard.press("Enter")
    canvas.page.wait_for_timeout(600)
    there = canvas.call("({...wholekey.view.transform})")
    assert there != before
    canvas.page.keyboard.press("Alt+ArrowLeft")
    assert canvas.call("({...wholekey.view.transform})") == pytest.approx(before, abs=1)
    canvas.page.keyboard.press("Alt+ArrowRight")
    assert canvas.call("({...wholekey.view.transform})") == pytest.approx(there, abs=1)


def test_the_map_shows_where_one_is_and_goes_elsewhere(open_canvas: Open) -> None:
    canvas = open_canvas(120)
    minimap = canvas.page.locator(".minimap")
    expect(minimap).to_be_visible()
    canvas.look_at(FIRST)
    frame = canvas.page.locator(".minimap-frame").bounding_box()
    box = minimap.bounding_box()
    assert frame is not None and box is not None
    assert frame["width"] < box["width"] / 2
    canvas.page.mouse.click(box["x"] + box["width"] - 20, box["y"] + box["height"] - 20)
    moved = canvas.page.locator(".minimap-frame").bounding_box()
    assert moved is not None
    assert abs(moved["x"] + moved["width"] / 2 - (box["x"] + box["width"] - 20)) < 8
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("m")
    expect(minimap).to_be_hidden()
    canvas.page.keyboard.press("m")
    expect(minimap).to_be_visible()


def test_the_trail_leads_up_from_a_column_to_its_table(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.call("id => wholekey.select([id])", column_id(0, 2))
    trail = canvas.page.locator(".trail")
    expect(trail.locator("[aria-current]")).to_have_text("column_2")
    trail.get_by_role("button", name="account_0").click()
    assert canvas.selection() == [FIRST]


def test_a_link_opens_what_it_names(open_canvas: Open) -> None:
    canvas = open_canvas(60)
    canvas.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    canvas.call("id => wholekey.select([id])", table_id(41))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">copy a link to it")
    canvas.page.keyboard.press("Enter")
    expect(canvas.page.locator(".toast")).to_contain_text("Copied a link")
    link = canvas.call("navigator.clipboard.readText()")
    assert f"select={table_id(41)}" in link
    canvas.page.goto(link)
    canvas.page.wait_for_selector("#stage[data-ready]")
    assert canvas.selection() == [table_id(41)]
    assert on_stage(canvas, table_id(41))


def test_arrows_walk_along_relationships_and_through_rows(open_canvas: Open) -> None:
    canvas = open_canvas(30)
    script = """() => { const { scene } = wholekey; for (const line of scene.lines.values()) {
        const [a, b] = [line.edge.source.element, line.edge.target.element];
        if (scene.item(a).x - scene.item(b).x > 200 && Math.abs(scene.item(a).y - scene.item(b).y) < 200) return [b, a]; } }"""
    left, _ = canvas.call(script)
    pairs = "[...wholekey.scene.lines.values()].map((line) => [line.edge.source.element, line.edge.target.element])"
    canvas.call("id => wholekey.select([id])", left)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("ArrowRight")
    (reached,) = canvas.selection()
    assert reached != left
    assert [left, reached] in canvas.call(pairs) or [reached, left] in canvas.call(pairs)
    assert canvas.call("id => wholekey.scene.item(id).x", reached) > canvas.call(
        "id => wholekey.scene.item(id).x", left
    )
    canvas.page.keyboard.press("Control+ArrowDown")
    canvas.page.keyboard.press("ArrowDown")
    rows = canvas.call("id => wholekey.scene.nodes.get(id).rows.map((row) => row.id)", reached)
    assert canvas.selection() == [rows[1]]
    canvas.page.keyboard.press("Control+ArrowUp")
    assert canvas.selection() == [reached]
    assert canvas.branch.entries == []
