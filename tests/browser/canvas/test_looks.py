"""Filters, levels of detail and colours, by keys, menus and the panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import column_id, table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]


def shown(canvas: Canvas) -> set[str]:
    """Return the ids of the tables that are drawn."""
    return set(canvas.call("[...wholekey.scene.nodes.keys()]"))


def give(canvas: Canvas, record: str, values: dict[str, Any]) -> None:
    """Set fields of a record, as another person would."""
    script = """([id, values]) => {
        const old = wholekey.store.design.get(id);
        const fields = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [old[name] ?? (name === "tags" ? [] : ""), value]]));
        wholekey.store.dispatch({ change: { changed: { [id]: fields } }, label: "Describe" });
    }"""
    canvas.call(script, [record, values])


def test_the_filter_shows_what_has_a_tag_and_a_classification(open_canvas: Open) -> None:
    canvas = open_canvas(30)
    whole = shown(canvas)
    give(canvas, table_id(3), {"tags": ["billing"]})
    give(canvas, table_id(4), {"tags": ["billing"]})
    give(canvas, column_id(4, 2), {"classification": "confidential"})
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Shift+L")
    panel = canvas.page.locator(".filter-panel")
    panel.get_by_label("billing").check()
    assert shown(canvas) == {table_id(3), table_id(4)}
    panel.get_by_label("confidential").check()
    assert shown(canvas) == {table_id(4)}
    expect(canvas.page.locator(".lens-chip")).to_contain_text("1 table by tag, classification")
    panel.get_by_role("button", name="Show all", exact=True).click()
    assert shown(canvas) == whole
    canvas.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()


def test_leaving_by_the_bar_clears_the_boxes(open_canvas: Open) -> None:
    canvas = open_canvas(12)
    whole = shown(canvas)
    give(canvas, table_id(3), {"tags": ["billing"]})
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Shift+L")
    box = canvas.page.locator(".filter-panel").get_by_label("billing")
    box.check()
    canvas.page.get_by_role("button", name="Show everything again").click()
    assert shown(canvas) == whole
    expect(canvas.page.locator(".filter-panel").get_by_label("billing")).not_to_be_checked()


def test_keys_only_for_one_table_and_for_all(open_canvas: Open) -> None:
    canvas = open_canvas()
    rows = "id => wholekey.scene.nodes.get(id).rows.length"
    first, second = table_id(0), table_id(1)
    before = canvas.call(rows, second)
    canvas.call("id => wholekey.select([id])", first)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Alt+3")
    assert (canvas.call(rows, first), canvas.call(rows, second)) == (0, before)
    canvas.page.keyboard.press("Escape")
    canvas.page.keyboard.press("Alt+2")
    assert 0 < canvas.call(rows, first) < before
    assert canvas.call("wholekey.scene.diagram.detail") == "keys"
    canvas.page.keyboard.press("Control+z")
    assert (canvas.call(rows, first), canvas.call(rows, second)) == (0, before)


def test_a_colour_by_keys_and_by_the_palette(open_canvas: Open) -> None:
    canvas = open_canvas()
    first = table_id(0)
    colour = "id => wholekey.store.design.get(wholekey.scene.nodes.get(id).placement).colour ?? ''"
    canvas.call("id => wholekey.select([id])", first)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("c")
    canvas.page.keyboard.press("ArrowRight")
    canvas.page.keyboard.press("ArrowRight")
    canvas.page.keyboard.press("Enter")
    assert canvas.call(colour, first) == "green"
    canvas.page.keyboard.press("Control+k")
    canvas.page.keyboard.type(">colour it pink")
    canvas.page.keyboard.press("Enter")
    assert canvas.call(colour, first) == "pink"
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Colour 1 element pink"
