"""Findings on the canvas: found in the palette, listed beside the picture, fixed and undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browser.importing import import_text

pytestmark = pytest.mark.browser

SQL = """CREATE TABLE pilots (id bigint PRIMARY KEY, name text);
CREATE TABLE flights (id bigint PRIMARY KEY, pilot_id bigint NOT NULL REFERENCES pilots, started timestamp);
CREATE TABLE logs (id bigint PRIMARY KEY, flight_id bigint NOT NULL REFERENCES flights, written timestamp);
CREATE TABLE "<img src=x onerror=fetch('/x')>" (a int);
"""


@pytest.fixture(scope="module")
def address(context: BrowserContext, server: Server) -> str:
    """A project with findings; what a test fixes it takes back."""
    page = context.new_page()
    import_text(page, server.address, SQL)
    found = page.get_by_role("link", name=re.compile("Open")).first.get_attribute("href") or ""
    page.close()
    return server.address.rstrip("/") + found


def names(desk: Desk) -> set[str]:
    return desk.names("index")


def test_the_palette_finds_a_finding_and_goes_there(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("!flights time zone")
    option = page.locator(".find-option")
    expect(option).to_have_count(1)
    expect(option).to_contain_text("flights keeps started without a time zone")
    expect(option).to_contain_text("info WK502")
    page.keyboard.press("Enter")
    flights = desk.id_of("table", "flights")
    assert desk.ask("[...w.editor.selection]") == [flights]
    expect(page.locator("#inspector .title-input")).to_have_value("flights")


@pytest.mark.slow
def test_a_name_comes_before_what_is_said_about_it(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("!")
    expect(page.locator(".find-option").first).to_contain_text("WK")
    page.keyboard.press("Backspace")
    page.keyboard.type("flights")
    options = page.locator(".find-option")
    expect(options.first).to_contain_text(re.compile("^flights"))
    expect(options.filter(has_text="WK502")).to_have_count(1)


def test_the_button_counts_and_the_panel_tells(desk: Desk) -> None:
    page = desk.page
    button = page.locator('#toolbar [data-action="findings"]')
    expect(button).to_have_attribute("data-count", "3", timeout=10_000)
    expect(button).to_have_attribute("aria-label", "Findings: 3 warnings and 2 infos")
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+X")
    panel = page.locator(".findings-panel")
    expect(panel).to_contain_text("3 warnings and 2 infos")
    expect(panel).to_contain_text("<img src=x onerror=fetch('/x')> has no primary key")
    assert page.locator(".findings-panel img").count() == 0
    panel.get_by_text("Why, and what to do").first.click()
    expect(panel).to_contain_text("Without a primary key")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert desk.ask("document.activeElement.id") == "canvas"


def test_going_to_a_finding_shows_it_beside_the_panel(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+X")
    panel = page.locator(".findings-panel")
    panel.get_by_role("button", name="no index on flight_id of logs, which refers to flights", exact=True).click()
    desk.landed()
    assert desk.ask("[...w.editor.selection]") == [
        desk.ask(
            "[...w.store.design.ofKind('foreign_key')].find((each) => each.parent === argument).id",
            desk.id_of("table", "logs"),
        )
    ]
    table, over = desk.box(desk.id_of("table", "logs")), panel.bounding_box()
    assert over is not None
    assert table["x"] < over["x"], "what it is about stands beside the list, not behind it"


def test_a_fix_can_be_undone(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+X")
    panel = page.locator(".findings-panel")
    line = panel.locator("li", has_text="no index on pilot_id")
    line.get_by_role("button", name=re.compile("Add an index")).click()
    expect(line).to_have_count(0)
    assert names(desk) == {"idx_flights_pilot_id"}
    expect(page.locator(".toast").last).to_contain_text("idx_flights_pilot_id")
    expect(page.locator('#toolbar [data-action="findings"]')).to_have_attribute("data-count", "2")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    desk.saved()
    assert names(desk) == set()
    page.keyboard.press("Shift+X")
    expect(line).to_have_count(1)


def test_all_of_a_rule_are_fixed_in_one_step(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+X")
    panel = page.locator(".findings-panel")
    panel.get_by_role("button", name="Fix all 2 of WK205 in one step").click()
    expect(panel).not_to_contain_text("no index on")
    assert names(desk) == {"idx_flights_pilot_id", "idx_logs_flight_id"}
    expect(panel).to_contain_text("1 warning and 2 infos")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+z")
    desk.saved()
    assert names(desk) == set()


@pytest.mark.slow
def test_an_edit_is_followed_while_the_panel_is_open(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Shift+X")
    panel = page.locator(".findings-panel")
    expect(panel).to_contain_text("flights keeps started")
    desk.ask("w.select([argument])", desk.id_of("table", "logs"))
    page.locator("#canvas").focus()
    page.keyboard.press("Delete")
    expect(panel).not_to_contain_text("on flight_id of logs")
    expect(panel).to_contain_text("2 warnings and 1 info")
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    desk.saved()
