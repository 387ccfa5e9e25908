"""Comments on the canvas with a real mouse and keyboard: said by one page, seen by another at once, answered, resolved, applied."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

PIN = """async (text) => {
  const { pinBox } = await import("/static/designer/render/talk_pins.js");
  const { view } = wholekey;
  const pin = view.marks.pins?.list.find(({ threads }) => threads.some((each) => each.text.startsWith(text)));
  if (!pin) return null;
  const box = view.boxOnScreen(pinBox(pin, view.transform.k));
  const { left, top } = view.canvas.getBoundingClientRect();
  return [left + box.x + box.w / 2, top + box.y + box.h / 2];
}"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The demo, with its table of orders in the middle."""
    desk.find("orders")
    return desk


@pytest.fixture
def phone(desk: Desk, chromium: Browser) -> Iterator[Desk]:
    """Somebody else who looks at the same on a phone."""
    context: BrowserContext = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.add_cookies(desk.page.context.cookies())
    other = Desk(context.new_page())
    other.page.goto(desk.page.url)
    other.wait_ready()
    yield other
    context.close()


def pin(desk: Desk, text: str) -> tuple[float, float]:
    """Return where the pin of a thread is, once it is painted."""
    desk.until(lambda: desk.page.evaluate(PIN, text) is not None, 3)
    x, y = desk.page.evaluate(PIN, text)
    return x, y


def column(desk: Desk, name: str) -> str:
    return desk.id_of("column", name, desk.id_of("table", "orders"))


def test_a_comment_on_a_column_is_seen_answered_and_resolved(desk: Desk, phone: Desk) -> None:
    page = desk.page
    page.keyboard.press("k")
    page.mouse.click(*desk.centre(column(desk, "note")))
    page.keyboard.type("Why")
    card = page.locator(".talk-card")
    expect(card).to_contain_text("column orders.note")
    page.keyboard.type(" **text**, @")
    expect(page.locator(".mention-list li")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("?")
    page.keyboard.press("Control+Enter")
    expect(card.locator(".talk-text strong")).to_have_text("text")
    expect(card.locator(".mention")).to_have_count(1)
    expect(card.get_by_label("Answer to")).to_be_focused()
    phone.ask("w.editor.goTo(argument)", column(desk, "note"))
    phone.until(lambda: phone.ask("w.view.flight") is None)
    phone.page.touchscreen.tap(*pin(phone, "Why"))
    sheet = phone.page.locator(".talk-card")
    expect(sheet).to_contain_text("Why text, @")
    box = sheet.bounding_box()
    assert box and (box["x"], box["x"] + box["width"]) == (8, 382)
    page.keyboard.type("half an answ")
    sheet.get_by_label("Answer to").fill("Because.")
    sheet.get_by_role("button", name="Answer", exact=True).click()
    expect(card.locator(".talk-said").nth(1)).to_contain_text("Because.")
    expect(card.get_by_label("Answer to")).to_have_value("half an answ")
    card.get_by_role("button", name="Resolve").click()
    expect(card).to_contain_text("resolved by")
    expect(sheet).to_contain_text("resolved by")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(page.locator("#canvas")).to_be_focused()
    assert page.evaluate(PIN, "Why") is None


def test_a_spot_the_keyboard_and_the_list(desk: Desk) -> None:
    page = desk.page
    page.keyboard.press("Escape")
    page.mouse.click(300, 840, button="right")
    page.get_by_role("menuitem", name="Comment here").click()
    page.keyboard.type("A spot")
    page.locator(".talk-card").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".talk-card")).to_contain_text("a spot on the diagram")
    page.keyboard.press("Escape")
    table = desk.id_of("table", "orders")
    desk.ask("w.select(argument)", [table])
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.locator(".talk-new textarea").fill("By the keyboard")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".talk-card [data-thread]")).to_be_visible()
    page.keyboard.press("Escape")
    line = page.get_by_role("treeitem", name="orders", exact=False).filter(has=page.get_by_label("1 open comment"))
    expect(line).to_have_count(1)
    page.keyboard.press("Shift+M")
    panel = page.locator(".talk-panel")
    expect(panel.locator(".talk-go")).to_have_count(2)
    page.keyboard.type("spot")
    expect(panel.locator(".talk-go")).to_have_count(1)
    desk.ask("w.view.panBy(-4000, 0)")
    panel.locator(".talk-go").click()
    expect(page.locator(".talk-card")).to_contain_text("A spot")
    desk.until(lambda: desk.ask("w.view.flight") is None)
    x, y = pin(desk, "A spot")
    stage = page.locator("#stage").bounding_box()
    assert stage and stage["x"] < x < stage["x"] + stage["width"] and stage["y"] < y < stage["y"] + stage["height"]
    page.mouse.click(x, y)
    expect(page.locator(".talk-card")).to_contain_text("A spot")


@pytest.mark.slow
def test_a_suggestion_is_looked_at_and_applied(desk: Desk) -> None:
    page = desk.page
    target = column(desk, "currency")
    page.keyboard.press("k")
    page.mouse.click(*desk.centre(target))
    page.locator(".talk-suggest summary").click()
    field = page.locator("[data-suggest=line]")
    expect(field).to_be_focused()
    field.fill("currency char(")
    page.locator(".talk-card").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".talk-suggest [role=alert]")).to_have_text("A bracket is not closed; add ).")
    field.fill("iso_code char(3) not null")
    page.keyboard.press("Control+Enter")
    card = page.locator(".talk-card")
    expect(card.locator(".talk-suggestion")).to_contain_text("column currency becomes iso_code")
    version = desk.ask("w.version()")
    card.locator("[data-talk-preview]").click()
    assert desk.ask("[...w.scene.dress.diff.rows.values()]") == ["changed"]
    assert desk.ask("w.store.design.get(argument).name", target) == "currency"
    card.get_by_role("button", name="Apply", exact=True).click()
    desk.until(lambda: desk.ask("w.version()") == version + 1)
    assert desk.ask("w.store.design.get(argument).name", target) == "iso_code"
    assert desk.ask("w.scene.dress.diff") is None
    expect(card).to_contain_text(f"as version {version + 1}")
