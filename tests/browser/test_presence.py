"""Two people on one branch, each in a browser of his own: edits arrive at once, and each sees where the other is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server

pytestmark = pytest.mark.browser

TABLES = "[...wholekey.store.design.ofKind('table')].map((id) => wholekey.store.design.get(id)?.name ?? id.name).sort()"


def opened(chromium: Browser, address: str) -> Page:
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    page.locator("#stage[data-ready=true]").wait_for()
    return page


def test_two_people_see_each_other_and_their_edits(page: Page, server: Server, chromium: Browser) -> None:
    ann = page
    ann.goto(server.demo)
    ann.locator("#stage[data-ready=true]").wait_for()
    bob = opened(chromium, ann.url)
    try:
        expect(ann.locator("#people .person")).to_have_count(1)
        expect(bob.locator("#people .person")).to_have_count(1)
        ann.mouse.move(700, 400)
        ann.mouse.move(720, 420)
        pointer = bob.locator(".presence-pointer span")
        expect(pointer).to_be_visible()
        assert pointer.evaluate("each => Math.round(each.getBoundingClientRect().x)") == pytest.approx(730, abs=20)
        edit = """async () => { const { store } = wholekey; const { setFields } = await import('/static/designer/doc/commands/index.js');
          const table = store.design.ofKind('table')[0]; const id = table.id ?? table;
          store.dispatch(setFields(store.design, { id, values: { comment: 'seen at once' } })); return id; }"""
        table = ann.evaluate(edit)
        bob.wait_for_function("id => wholekey.store.design.get(id).comment === 'seen at once'", arg=table, timeout=3000)
        bob.locator("#canvas").focus()
        bob.keyboard.press("Control+k")
        bob.keyboard.type("follow some")
        expect(bob.locator(".palette [role=option]").first).to_contain_text("Follow somebody")
        bob.keyboard.press("Enter")
        expect(bob.locator("#people .person")).to_have_attribute("aria-pressed", "true")
        ann.evaluate("wholekey.view.zoomBy(2)")
        ann.mouse.move(600, 300)
        bob.wait_for_function(
            "zoom => Math.abs(wholekey.view.transform.k - zoom) < 0.01", arg=ann.evaluate("wholekey.view.transform.k")
        )
        ann.close()
        expect(bob.locator("#people")).to_be_hidden(timeout=20_000)
    finally:
        bob.context.close()
