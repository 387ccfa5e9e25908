"""Deriving a model on the canvas: looked at, made, taken back; by the mouse alone and by the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.levels.panel import Levels

pytestmark = pytest.mark.browser
MADE = "Shop on SQLite"


@pytest.fixture
def desk(desk: Desk) -> Levels:
    """The demo, which has concepts, a logical model and tables drawn by hand."""
    return Levels(desk.page)


def test_tables_are_looked_at_on_the_canvas_made_and_taken_back_by_mouse(desk: Levels) -> None:
    page = desk.page
    desk.open()
    page.get_by_label("Derive a model from Shop, logical", exact=True).click()
    desk.shows("derive")
    page.locator("#levels-goal").select_option(label="Tables for SQLite")
    desk.shows("derive")
    page.locator("#o-plural").focus()
    page.locator("#o-plural").select_option("singular")
    desk.shows("derive")
    expect(page.locator("#o-plural")).to_be_focused()
    assert page.locator("#levels .levels-counts").inner_text().startswith("12 tables")

    before = desk.ask("[w.version(), w.scene.diagram.id]")
    page.locator("#levels-look").click()
    desk.shows("preview")
    desk.until(lambda: desk.ask("w.scene.dress.diff !== null"))
    assert desk.ask("[...w.scene.nodes.values()].every(({ id }) => w.scene.dress.diff.nodes.get(id) === 'added')")
    assert desk.shown_model() == MADE
    assert desk.ask("[w.version(), w.editor.canEdit]") == [before[0], False]
    assert MADE not in desk.models(), "nothing is made yet"
    page.locator("#levels-change").click()
    desk.shows("derive")
    expect(page.locator("#o-plural")).to_have_value("singular")
    assert desk.ask("[w.version(), w.scene.diagram.id]") == before
    assert desk.ask("[w.scene.dress.diff, w.editor.canEdit]") == [None, True]

    page.locator("#levels-make").click()
    desk.shows("overview")
    desk.until(lambda: MADE in desk.models() and desk.shown_model() == MADE)
    assert desk.in_model("table", MADE, "order_item")
    expect(page.locator("article", has_text=MADE).locator(".is-step").last).to_have_text("in step")
    page.locator("#toolbar [data-action=undo]").click()
    desk.until(lambda: MADE not in desk.models())


def test_a_model_is_derived_by_the_keyboard_alone(desk: Levels) -> None:
    page, keys = desk.page, desk.page.keyboard
    page.locator("#canvas").focus()
    keys.press("Shift+D")
    desk.shows("overview")
    while page.evaluate("document.activeElement.getAttribute('aria-label')") != "Derive a model from Shop, logical":
        keys.press("Tab")
    keys.press("Enter")
    desk.shows("derive")
    assert page.evaluate("document.activeElement.textContent") == "Derive a model"
    while page.evaluate("document.activeElement.id") != "levels-goal":
        keys.press("Tab")
    keys.press("End")
    desk.until(lambda: page.evaluate("document.activeElement.value") == "sqlite")
    desk.shows("derive")
    while page.evaluate("document.activeElement.id") != "levels-look":
        keys.press("Tab")
    keys.press("Enter")
    desk.shows("preview")
    desk.until(lambda: desk.ask("w.scene.dress.diff !== null"))
    keys.press("Escape")
    desk.shows("derive")
    while page.evaluate("document.activeElement.id") != "levels-make":
        keys.press("Tab")
    keys.press("Enter")
    desk.shows("overview")
    desk.until(lambda: MADE in desk.models() and desk.shown_model() == MADE, 30)
    keys.press("Escape")
    expect(page.locator(".levels-panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "canvas"
    keys.press("Control+z")
    desk.until(lambda: MADE not in desk.models())
