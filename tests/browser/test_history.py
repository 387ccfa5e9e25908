"""Travelling in time on the canvas, what can be done with a version there, and who made what in the inspector."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browser.test_access import AXE, violations
from tests.browser.test_reviewing import EDIT

pytestmark = pytest.mark.browser

SET = """async (values) => { const { store } = wholekey; const { setFields } = await import('/static/designer/doc/commands/index.js');
  const table = store.design.ofKind('table')[0]; store.dispatch(setFields(store.design, { id: table.id, values })); return table.id; }"""


def shown(desk: Desk, table: str) -> str:
    """Return what the diagram knows of a box, as text."""
    return str(
        desk.ask(
            "JSON.stringify(w.scene.nodes.get(argument), (key, value) => key === 'rows' ? undefined : value)", table
        )
    )


def test_the_diagram_goes_back_in_time_and_comes_back_to_now(server: Server, page: Page) -> None:
    desk = Desk(page)
    axe = AXE.read_text() if AXE.exists() else "window.axe = { run: async () => ({ violations: [] }) }"
    page.goto(server.demo)
    desk.wait_ready()
    here = page.url
    table = str(page.evaluate(SET, {"comment": "first"}))
    before = desk.ask("w.store.design.get(argument).name", table)
    for name in ("renamed_once", "renamed_twice"):
        page.evaluate(SET, {"name": name})
    desk.saved()
    head = int(desk.ask("w.version()"))

    page.locator('[data-action="history"]').click()
    page.locator("[data-travel-to]").first.click()
    slider = page.locator(".travel input[type=range]")
    expect(slider).to_be_focused()
    expect(page.locator("[data-about]")).to_contain_text(f"version {head}")
    page.keyboard.press("ArrowLeft")
    desk.until(lambda: "renamed_once" in shown(desk, table))
    page.keyboard.press("ArrowLeft")
    desk.until(lambda: f'"{before}"' in shown(desk, table))
    expect(page).to_have_url(re.compile(f"travel={head - 2}"))
    desk.until(lambda: bool(desk.ask("w.scene.dress.diff?.nodes.size === 1")))
    expect(page.locator(f"#outline-{table} .outline-name")).to_have_text(before)
    page.locator(f"#outline-{table}").click()
    expect(page.locator("#inspector .title-input")).to_have_value(before)
    expect(page.locator("#inspector .title-input")).to_have_attribute("readonly", "")
    assert desk.ask("[w.editor.canEdit, w.store.design.get(argument).name]", table) == [False, "renamed_twice"]
    assert violations(page, axe) == []

    page.evaluate(EDIT, [here.rstrip("/").split("/")[-1], {table: {"comment": ["first", "of somebody else"]}}])
    expect(page.locator("[data-newer]")).to_have_text("1 newer")
    page.keyboard.press("Escape")
    expect(page.locator(".travel")).to_have_count(0)
    desk.until(lambda: "renamed_twice" in shown(desk, table))
    expect(page.locator(f"#outline-{table} .outline-name")).to_have_text("renamed_twice")
    expect(page.locator("#inspector .title-input")).not_to_have_attribute("readonly", "")
    assert desk.ask("[w.editor.canEdit, w.store.design.get(argument).comment]", table) == [True, "of somebody else"]

    page.goto(f"{here.split('?')[0]}?travel={head - 1}")
    expect(page.locator("[data-about]")).to_contain_text(f"version {head - 1}")
    page.locator('.travel [data-do="name"]').click()
    page.locator(".travel-form input").fill("beta")
    page.keyboard.press("Enter")
    expect(page.locator(".travel-mark.is-release")).to_have_text("beta")
    page.locator('.travel [data-do="restore"]').click()
    page.locator(".travel-form [type=submit]").click()
    expect(page.locator(".travel")).to_have_count(0)
    desk.until(lambda: desk.ask("w.store.design.get(argument).name", table) == "renamed_once")

    desk.ask("w.select([argument])", table)
    section = page.locator("#inspector .blame-section").last
    section.locator("summary").click()
    expect(section.locator(".blame-lines").first).to_contain_text(f"name: renamed_once, changed from {'renamed_twice'}")
    page.goto(f"{here.split('?')[0]}".rstrip("/") + "/releases/beta")
    expect(page.locator("h1")).to_have_text("beta")
    assert violations(page, axe) == []
    page.get_by_role("link", name="Releases").click()
    page.get_by_role("link", name="Timeline").click()
    expect(page.locator(".timeline-item").first).to_contain_text("Restore beta")
    assert violations(page, axe) == []
