"""The page round the canvas in a real browser: panels, dropped files, bad files, themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

_DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: "application/sql" }));
  const stage = document.getElementById("stage");
  for (const kind of ["dragenter", "dragover", "drop"]) {
    stage.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
  }
}"""


def test_an_edit_in_the_panel_reaches_the_canvas_and_can_be_undone_there(desk: Desk) -> None:
    page = desk.page
    payments = desk.id_of("table", "payments")
    desk.ask("w.select([argument])", payments)
    inspector = page.locator("#inspector")
    name = inspector.locator(".title-input")
    expect(name).to_have_value("payments")
    name.fill("receipts")
    name.press("Enter")
    page.wait_for_timeout(100)
    expect(page.locator("#outline")).to_contain_text("receipts")
    assert desk.id_of("table", "receipts") == payments
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    desk.saved()
    assert desk.id_of("table", "payments") == payments
    page.locator("#toolbar [data-action=history]").click()
    expect(page.locator("#dialog")).to_contain_text("Rename table payments to receipts")
    page.keyboard.press("Escape")


def test_a_name_that_is_taken_is_refused_beside_the_field(desk: Desk) -> None:
    page = desk.page
    desk.ask("w.select([argument])", desk.id_of("table", "payments"))
    name = page.locator("#inspector .title-input")
    expect(name).to_have_value("payments")
    name.fill("orders")
    name.press("Enter")
    expect(page.locator("#inspector")).to_contain_text("choose another name")
    assert {"payments", "orders"} <= desk.names("table")


@pytest.mark.slow
def test_what_waits_for_a_slow_panel_holds_no_dialog_up_and_fails_with_words_only(desk: Desk) -> None:
    page = desk.page
    held: list[Route] = []
    page.route("**/inspector/**", lambda route: held.append(route))
    for table in ("payments", "orders"):
        desk.ask("w.select([argument])", desk.id_of("table", table))
        page.wait_for_timeout(400)
    assert len(held) == 1
    page.evaluate(_DROP, ["more.sql", "CREATE TABLE dropped_here (id bigint PRIMARY KEY);"])
    asked = page.locator("dialog.ask[open]")
    asked.get_by_label("Import it as a new model").check()
    asked.get_by_role("button", name="Go on").click()
    expect(page.locator("#dialog")).to_contain_text("more.sql")
    held[0].abort()
    desk.until(lambda: len(held) == 2)
    held[1].abort()
    expect(page.get_by_text("The server cannot be reached").first).to_be_visible()
    page.wait_for_timeout(200)  # the fixture of the page looks for errors that nobody caught


def test_everything_in_the_outline_is_reached_by_keyboard(desk: Desk) -> None:
    page = desk.page
    page.locator("#outline [role=treeitem][tabindex='0'], #outline [role=tree][tabindex='0']").first.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#outline [role=treeitem][aria-expanded=true]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#inspector")).to_contain_text("Columns")


def test_the_sheet_of_shortcuts_names_every_action_with_a_key(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("?")
    sheet = page.locator("[data-shortcuts]")
    expect(sheet.get_by_text("Find a table or column")).to_be_visible()
    expect(sheet.get_by_text("Follow a relationship left")).to_be_attached()
    assert sheet.locator("dt").count() > 40
    page.keyboard.press("Escape")
    expect(page.locator("#dialog")).to_be_hidden()


def test_the_theme_is_kept(desk: Desk) -> None:
    page = desk.page
    before = page.locator("html").get_attribute("data-theme")
    page.locator("#toolbar [data-action=theme]").click()
    after = page.locator("html").get_attribute("data-theme")
    assert {before, after} == {"light", "dark"}
    page.reload()
    desk.wait_ready()
    assert page.locator("html").get_attribute("data-theme") == after


def test_a_file_dropped_on_the_canvas_is_imported_beside_what_is_there(desk: Desk) -> None:
    page = desk.page
    page.evaluate(_DROP, ["more.sql", "CREATE TABLE dropped_here (id bigint PRIMARY KEY, note text);"])
    asked = page.locator("dialog.ask[open]")
    expect(asked).to_contain_text("more.sql")
    asked.get_by_label("Import it as a new model").check()
    asked.get_by_role("button", name="Go on").click()
    dialog = page.locator("#dialog")
    expect(dialog).to_contain_text("more.sql")
    dialog.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("1 imported")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Open diagram").click()
    desk.wait_ready()
    assert "dropped_here" in desk.names("table")
    assert "orders" in desk.names("table")


BAD = {
    "empty.sql": (b"", "empty"),
    "binary.sql": (bytes(range(256)) * 20, "binary"),
    "latin1.sql": (b"CREATE TABLE a (id int);\n-- caf\xe9", "UTF-8"),
    "broken.wholekey.json": (b'{"wholekey":1,"records":[\n{"kind":"table","id":7}\n]}', "broken.wholekey.json:2:1"),
    "<script>alert(1)<br>.sql": (b"", "empty"),
    "prose.sql": (b"Dear reader, this is a letter.", "SQL"),
    "cut.sql": (b"CREATE TABLE a (id int);\nCREATE TABLE b (id int, na", "cut.sql:2:"),
}


FIRST = ("cut.sql", "<script>alert(1)<br>.sql")
"""The others are for the night: what is said of each is tried without a browser as well."""


@pytest.mark.parametrize(
    "name", [each if each in FIRST else pytest.param(each, marks=pytest.mark.slow) for each in BAD]
)
def test_a_bad_file_gets_one_clear_message(page: Page, server: Server, tmp_path: Path, name: str) -> None:
    data, words = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.goto(server.address)
    page.get_by_role("link", name="Import a database").click()
    page.locator("#import-file").set_input_files(path)
    page.get_by_role("button", name="Import", exact=True).click()
    alert = page.locator("[role=alert]:visible")
    expect(alert).to_have_count(1, timeout=30_000)
    expect(alert).to_contain_text(words)
    assert "Traceback" not in page.content()
    assert not asked
