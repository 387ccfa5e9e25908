"""What stands over the canvas at the same time: nothing covers anything else, and keys reach across panels."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The demo, with its table of orders selected."""
    desk.find("orders")
    return desk


def do(desk: Desk, words: str) -> None:
    """Choose an action in the palette."""
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type(words)
    desk.page.keyboard.press("Enter")


def overlap(desk: Desk, one: str, other: str) -> bool:
    """Tell whether two things that are shown share a pixel."""
    boxes = []
    for selector in (one, other):
        found = desk.page.locator(selector).first
        expect(found).to_be_visible()
        box = found.bounding_box()
        assert box
        boxes.append(box)
    a, b = boxes
    across = a["x"] < b["x"] + b["width"] and b["x"] < a["x"] + a["width"]
    return across and a["y"] < b["y"] + b["height"] and b["y"] < a["y"] + a["height"]


@pytest.mark.slow
def test_panels_stand_beside_one_another_and_the_bar_of_what_is_left_out(desk: Desk) -> None:
    desk.page.keyboard.press("Shift+F")
    expect(desk.page.locator(".lens-chip")).to_be_visible()
    do(desk, "show the legend")
    assert not overlap(desk, ".lens-bar", ".legend")
    desk.page.locator("#canvas").focus()
    desk.page.keyboard.press("Shift+L")
    assert not overlap(desk, ".lens-bar", ".filter-panel")
    assert not overlap(desk, ".legend", ".filter-panel")
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Shift+X")
    assert not overlap(desk, ".lens-bar", ".findings-panel")
    assert not overlap(desk, ".legend", ".findings-panel")
    assert not overlap(desk, ".legend", ".lens-bar")


@pytest.mark.slow
def test_a_message_covers_neither_the_trail_nor_the_map(desk: Desk) -> None:
    do(desk, "show the map")
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    do(desk, "copy a link to it")
    expect(desk.page.locator(".toast")).to_contain_text("Copied a link to it.")
    assert not overlap(desk, ".toast", ".trail")
    assert not overlap(desk, ".toast", ".minimap")
    assert not overlap(desk, ".toast", "#inspector")


def test_the_palette_opens_and_closes_by_its_keys_from_any_field(desk: Desk) -> None:
    box = desk.page.get_by_role("combobox", name="Go to a table or column, or do something")
    for field in (desk.page.locator("#outline-filter"), desk.page.locator("#inspector input").first):
        field.focus()
        desk.page.keyboard.press("Control+k")
        expect(box).to_be_focused()
        desk.page.keyboard.press("Control+k")
        expect(box).to_be_hidden()
        expect(desk.page.locator("#canvas")).to_be_focused()


def test_copies_of_a_note_and_a_table_stand_beside_their_originals(desk: Desk) -> None:
    before = desk.ask("w.store.design.ofKind('note').length")
    desk.page.keyboard.press("n")
    desk.page.mouse.click(700, 700)
    desk.page.keyboard.type("Read me")
    desk.page.keyboard.press("Control+Enter")
    desk.page.locator("#canvas").focus()
    note = desk.ask("w.store.design.ofKind('note').at(-1).id")
    desk.ask("w.select(argument)", [note])
    desk.page.keyboard.press("Control+d")
    assert desk.ask("w.store.design.ofKind('note').length") == before + 2
    first, second = (desk.box(each) for each in (note, desk.ask("[...w.editor.selection][0]")))
    assert (second["x"] > first["x"], second["y"] > first["y"]) == (True, True)
