"""The trace by hand: from a column to its concept, what a change would reach, a deliberate copy, and the matrix by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.test_access import axe, violations

pytestmark = pytest.mark.browser

__all__ = ["axe"]


def column(desk: Desk, table: str, name: str) -> str:
    """Select a column of a table and wait for its trace; return its id."""
    owner = desk.id_of("table", table)
    found = str(desk.ask("[...w.store.design.childrenOf(argument.owner, 'column')].find((c) => c.name === argument.name).id",
                         {"owner": owner, "name": name}))  # fmt: skip
    desk.ask("w.select([argument])", found)
    expect(desk.page.locator(f"#trace-{found}")).to_be_visible()
    return found


def marks(desk: Desk) -> int:
    return int(desk.ask("(w.scene.dress.diff?.rows.size ?? 0) + (w.scene.dress.diff?.nodes.size ?? 0)"))


def test_from_a_column_to_what_its_drop_would_reach_and_back(desk: Desk, axe: str) -> None:
    page = desk.page
    column(desk, "orders", "customer_id")
    page.get_by_role("button", name="Impact… of orders.customer_id").click()
    panel = page.locator(".impact-panel")
    expect(panel.locator("h2")).to_be_focused()
    assert marks(desk) > 0
    panel.get_by_role("link", name="If it is renamed").click()
    expect(panel.get_by_role("link", name="If it is renamed")).to_have_attribute("aria-current", "true")
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert marks(desk) == 0


def test_a_copy_is_marked_with_its_reason_and_wears_a_badge(desk: Desk, axe: str) -> None:
    page = desk.page
    found = column(desk, "orders", "note")
    section = page.locator(f"#trace-{found}")
    section.get_by_role("button", name="Mark as deliberate").click()
    section.get_by_label("What it is").select_option("derived_column")
    section.get_by_label("Why").fill("a sum of a thousand lines is slow")
    section.get_by_label("What keeps it true, in words").fill("a job counts at night")
    assert violations(page, axe) == []
    section.get_by_role("button", name="Mark it").click()
    expect(page.locator(f"#trace-{found} .trace-word")).to_contain_text("a sum of a thousand lines is slow")
    page.wait_for_function("id => window.wholekey.scene.dress.badges.has(id)", arg=found)
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    page.wait_for_function("id => !window.wholekey.scene.dress.badges.has(id)", arg=found)


def test_the_page_of_the_trace_by_keyboard(desk: Desk, axe: str) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("trace coverage")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Trace", exact=True)).to_be_visible()
    assert violations(page, axe) == []
    page.get_by_role("link", name="Deliberate deviations").click()
    expect(page.locator(".tab.active")).to_have_text("Deliberate deviations")
    assert violations(page, axe) == []
    page.get_by_role("link", name="Matrix").click()
    assert violations(page, axe) == []
    page.locator(".matrix-scroll").focus()
    page.keyboard.press("ArrowRight")
    first = page.locator(".matrix tbody tr").first.locator("td")
    expect(first.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(first.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    expect(page.locator(".matrix tbody tr").nth(1).locator("td").first).to_be_focused()
    page.locator("#matrix-text").fill("zzz")
    expect(page.locator("#trace-view")).to_contain_text("Nothing matches.")
    assert "text=zzz" in page.url
