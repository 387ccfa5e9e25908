"""A newcomer's three tasks, from an open project: at most three presses each.

What counts: every press of a mouse button (a drag is one, a double click two) and every press of a key, modifiers aside.
What does not: the letters of a name, and choosing a file or copying a text elsewhere, for those are what the person
brings along; the Enter that ends a name counts.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser
MOST = 3
DUMP = "CREATE TABLE guests (id bigint PRIMARY KEY, name text NOT NULL);\nCREATE TABLE rooms (id bigint PRIMARY KEY);"


class Hands:
    """Real presses on a page, counted as the docstring of this file says."""

    def __init__(self, page: Page):
        self.page = page
        self.presses = 0

    def click(self, target: Locator) -> None:
        self.presses += 1
        target.click()

    def key(self, name: str) -> None:
        self.presses += 1
        self.page.keyboard.press(name)

    def name(self, text: str) -> None:
        """Type a name: input, no presses."""
        self.page.keyboard.type(text)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.presses += 1
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move(*end, steps=8)
        self.page.mouse.up()


def test_a_table_with_a_foreign_key_is_added(desk: Desk) -> None:
    page, hands = desk.page, Hands(desk.page)
    customers = desk.id_of("table", "customers")
    box = desk.box(customers)
    before = desk.ask("[...w.store.design.ofKind('foreign_key')].length")
    page.mouse.move(box["x"] + box["w"] / 2, box["y"] + 10)
    hands.drag((box["x"], box["y"] + 12), (box["x"] + 30, box["y"] - 110))
    hands.key("Enter")
    hands.name("complaints")
    hands.key("Enter")
    made = desk.id_of("table", "complaints")
    key = "[...w.store.design.ofKind('foreign_key')].find((each) => each.parent === argument)?.ref_table"
    assert desk.ask(key, made) == customers
    assert desk.ask("[...w.store.design.ofKind('foreign_key')].length") == before + 1
    assert hands.presses <= MOST
    desk.saved()


def test_a_dump_is_imported_by_pasting_it(desk: Desk) -> None:
    page, hands = desk.page, Hands(desk.page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", DUMP.replace("guests", "visitors"))
    page.locator("#canvas").focus()
    hands.key("Control+v")
    expect(page.locator("#toasts")).to_contain_text("Added 2 tables from", timeout=20_000)
    assert "visitors" in desk.names("table")
    assert hands.presses <= MOST
    page.keyboard.press("Control+z")
    desk.saved()


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_a_picture_is_exported(desk: Desk, way: str) -> None:
    page, hands = desk.page, Hands(desk.page)
    download = page.locator("#dialog").get_by_role("button", name="Download PNG")
    if way == "mouse":
        hands.click(page.locator("#toolbar").get_by_role("button", name="Export"))
    else:
        page.locator("#canvas").focus()
        hands.key("Shift+E")
    expect(download).to_be_focused()
    with page.expect_download(timeout=60_000) as saved:
        if way == "mouse":
            hands.click(download)
        else:
            hands.key("Enter")
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    assert hands.presses <= MOST


def test_a_dump_is_imported_from_a_file(desk: Desk, tmp_path: Path) -> None:
    page, hands = desk.page, Hands(desk.page)
    dump = tmp_path / "hotel.sql"
    dump.write_text(DUMP)
    hands.click(page.locator("#toolbar").get_by_role("button", name="Import"))
    page.locator("#import-file").set_input_files(dump)
    hands.click(page.locator("#dialog").get_by_role("button", name="Import", exact=True))
    hands.click(page.get_by_role("link", name="Open diagram"))
    desk.wait_ready()
    assert {"guests", "rooms", "orders"} <= desk.names("table")
    assert hands.presses <= MOST


def test_an_empty_design_offers_the_same(page: Page, server: Server) -> None:
    hands = Hands(page)
    page.goto(server.address)
    page.get_by_role("button", name="Start empty").click()
    page.get_by_role("button", name="Create").click()
    desk = Desk(page)
    desk.wait_ready()
    choices = page.locator(".stage-choice")
    expect(choices).to_have_count(3)
    hands.click(choices.nth(1))
    hands.name("guests")
    hands.key("Enter")
    assert desk.names("table") == {"guests"}
    assert hands.presses <= MOST
    expect(choices).to_have_count(0)


def test_a_sample_is_one_click_from_the_gallery(page: Page, server: Server) -> None:
    page.goto(server.address)
    page.get_by_role("button", name="Open a sample").click()
    page.get_by_role("button", name=re.compile("University")).click()
    desk = Desk(page)
    desk.wait_ready()
    assert {"Student", "Lecturer"} <= desk.names("entity")
    assert desk.ask("w.scene.notation.name") == "chen"
