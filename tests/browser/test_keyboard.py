"""The main job without a mouse: a model is drawn, related, grouped, restyled and exported by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def add_table(page: Page, name: str, *columns: str) -> None:
    """T and Enter place a table in the middle; its name is typed, then its columns, one a line, until Escape."""
    press(page, "t", "Enter")
    expect(page.locator(".overlay-input")).to_be_focused()
    page.keyboard.type(name)
    press(page, "Enter")
    page.wait_for_timeout(120)
    for column in columns:
        page.keyboard.type(column)
        page.wait_for_timeout(120)
        press(page, "Enter")
        page.wait_for_timeout(120)
    while page.locator(".overlay-input:visible").count():
        press(page, "Escape")
    expect(page.locator("#canvas")).to_be_focused()


def do(page: Page, words: str) -> None:
    """Do something by its name in the palette."""
    press(page, "Control+k")
    expect(page.locator(".palette input, .palette .find-input").first).to_be_focused()
    page.keyboard.type(f">{words}")
    press(page, "Enter")


def test_a_model_is_made_without_a_mouse(page: Page, server: Server) -> None:
    page.goto(server.address)
    page.get_by_role("button", name="Start empty").focus()
    press(page, "Enter")
    expect(page.locator("#new-name")).to_be_focused()
    page.keyboard.type("By keys")
    press(page, "Enter")
    desk = Desk(page)
    desk.wait_ready()
    page.locator("#canvas").focus()

    add_table(page, "guests", "full_name text", "email text")
    add_table(page, "bookings", "arrives_on date")
    guests, bookings = desk.id_of("table", "guests"), desk.id_of("table", "bookings")
    assert desk.names("column") == {"id", "full_name", "email", "arrives_on"}

    desk.ask("w.select([argument])", bookings)
    before = desk.ask("w.scene.item(argument).x", bookings)
    press(page, "Shift+ArrowRight", "Control+Shift+ArrowRight")
    assert desk.ask("w.scene.item(argument).x", bookings) > before

    press(page, "r")
    page.keyboard.type("guests")
    press(page, "Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    press(page, "Enter")
    (key,) = desk.ask("[...w.store.design.ofKind('foreign_key')].map(({ parent, ref_table }) => [parent, ref_table])")
    assert key == [bookings, guests]

    page.locator("#canvas").focus()
    desk.ask("w.select([argument])", bookings)
    press(page, "j")
    assert desk.ask("w.scene.lines.has([...w.editor.selection][0])")
    expect(page.locator(".live-region")).to_contain_text("selected")
    press(page, "o")
    assert desk.ask(
        "[...w.store.design.ofKind('column')].some(({ name, nullable }) => name === 'guest_id' && nullable !== false)"
    )

    desk.ask("w.select([argument])", guests)
    press(page, "F2", "Control+a")
    page.keyboard.type("visitors")
    press(page, "Enter", "Escape")
    assert desk.id_of("table", "visitors") == guests
    page.locator("#canvas").focus()

    desk.ask("w.select([argument])", guests)
    press(page, "Control+g")
    assert desk.ask("[...w.store.design.ofKind('area')].length") == 1
    press(page, "Escape", "Escape")
    page.locator("#canvas").focus()

    do(page, "draw in uml")
    assert desk.ask("w.scene.notation.name") == "uml"

    page.locator("#canvas").focus()
    press(page, "Shift+E")
    expect(page.locator("#dialog").get_by_role("button", name="Download PNG")).to_be_focused()
    with page.expect_download(timeout=60_000) as saved:
        press(page, "Enter")
    assert Path(saved.value.path()).stat().st_size > 1000
    press(page, "Escape")

    page.locator("#canvas").focus()
    for _ in range(30):
        press(page, "Control+z")
    assert desk.names("table") == set()
    desk.saved()


def test_tab_reaches_areas_and_notes_as_well_as_tables(page: Page, server: Server) -> None:
    page.goto(server.address)
    page.get_by_role("button", name="Start empty").click()
    page.get_by_role("button", name="Create").click()
    desk = Desk(page)
    desk.wait_ready()
    page.locator("#canvas").focus()
    add_table(page, "guests")
    press(page, "Escape", "n", "Enter")
    page.keyboard.type("Ask the hotel")
    press(page, "Escape")
    page.locator("#canvas").focus()
    press(page, "Escape", "Escape")
    kinds = set()
    for _ in range(2):
        press(page, "Tab")
        kinds.add(desk.ask("w.store.design.get([...w.editor.selection][0])?.kind"))
    assert kinds == {"table", "note"}
