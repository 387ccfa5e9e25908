"""The page of versions: name one, edit, see what differs, prove it, take it out, say where it runs."""

from __future__ import annotations

import re
import zipfile

import pytest
from playwright.sync_api import Browser, Page, expect

from designer.proof.available import why_not
from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browser.test_access import AXE, violations
from tests.servers import not_here

pytestmark = pytest.mark.browser
WIDE = "document.querySelector('.diff-picture svg').getBoundingClientRect().width"


def by_palette(desk: Desk) -> Page:
    """Go to the page of versions as those do who type."""
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("migrations")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Versions and migrations")).to_be_visible()
    return page


def drawn(page: Page) -> None:
    expect(page.locator(".diff-picture svg")).to_be_visible(timeout=30_000)


@pytest.fixture
def released(page: Page, server: Server) -> Page:
    """The demo with a named version, a column renamed and a table added since."""
    page.goto(f"{server.demo}versions")
    desk = Desk(page)
    page.get_by_label(re.compile("Name what is there now")).fill("1.0")
    page.get_by_role("button", name="Name it").click()
    expect(page.locator(".version", has_text="1.0")).to_be_visible()
    expect(page.get_by_text("Nothing differs")).to_have_count(0)  # the first name is compared with nothing
    page.get_by_role("link", name=re.compile("Demo")).click()
    desk.wait_ready()
    desk.ask("w.select([argument])", desk.id_of("table", "orders"))
    page.locator("#inspector .title-input").fill("purchases")
    page.keyboard.press("Enter")
    desk.until(lambda: "purchases" in desk.names("table"))
    desk.saved()
    by_palette(desk)
    drawn(page)
    return page


def test_a_version_is_named_compared_proven_taken_out_and_marked(released: Page) -> None:
    page = released
    item = page.locator(".diff-list .diff-item", has_text="purchases").first
    expect(page.locator(".diff-stage")).to_contain_text("orders → purchases")
    _the_list_and_the_picture_point_at_each_other(page)
    _the_stage_obeys_the_keyboard(page)
    item.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(item.locator(".step-sql").first).to_contain_text("purchases")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download").click()
    with zipfile.ZipFile(saved.value.path()) as files:
        assert all(b"purchases" in files.read(each) for each in files.namelist())  # up and down
    page.get_by_text("It runs on").click()
    page.get_by_label("Where 1.0 runs").fill("production")
    page.get_by_role("button", name="Mark", exact=True).click()
    expect(page.locator(".version .chip")).to_have_text("production")
    _it_is_proven(page)


def _the_list_and_the_picture_point_at_each_other(page: Page) -> None:
    box = page.locator(".diff-picture g[id]", has_text="purchases").first
    box.hover(force=True)
    hint = page.locator(".diff-hint")
    expect(hint).to_be_visible()
    expect(hint).to_contain_text("RENAME")
    expect(hint.locator(".chip").first).to_be_visible()
    expect(page.locator(".diff-item.is-pointed")).not_to_have_count(0)
    page.get_by_role("heading", level=1).hover()
    expect(hint).to_be_hidden()


def _the_stage_obeys_the_keyboard(page: Page) -> None:
    stage = page.locator(".diff-stage")
    stage.focus()
    whole = page.evaluate(WIDE)
    page.keyboard.press("+")
    assert page.evaluate(WIDE) > whole
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("f")
    assert page.evaluate(WIDE) == pytest.approx(whole)
    page.locator(".diff-list summary").first.focus()
    page.keyboard.press("End")
    expect(page.locator(".diff-list summary").last).to_be_focused()


def _it_is_proven(page: Page) -> None:
    reason = why_not("postgresql")
    if reason:
        not_here(reason)
    page.get_by_role("button", name="Prove it on a scratch server").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    expect(page.locator("#evolution .message.good")).to_contain_text("Proven on PostgreSQL", timeout=60_000)
    expect(page.locator("#evolution summary")).to_have_count(4)  # three stages and the rows
    page.locator("#evolution summary", has_text="Rows").click()
    expect(page.locator("#evolution")).to_contain_text("purchases")


@pytest.mark.parametrize(
    ("size", "theme"), [pytest.param((1440, 900), "dark", marks=pytest.mark.slow), ((390, 844), "light")]
)
def test_axe_finds_nothing_and_fingers_pinch(
    chromium: Browser, server: Server, size: tuple[int, int], theme: str
) -> None:
    if not AXE.exists():
        not_here("axe-core is not installed; npm install --prefix tests/node")
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, has_touch=True, bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"{server.demo}versions?from=empty&to=now")
    drawn(page)
    for details in page.locator("#compared details").all()[:3]:
        details.evaluate("(each) => { each.open = true; }")
    assert violations(page, AXE.read_text()) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    before = page.evaluate(WIDE)
    _pinch(page)
    assert page.evaluate(WIDE) > before * 1.4
    context.close()


def _pinch(page: Page) -> None:
    """Put two fingers on the stage and spread them."""
    page.locator(".diff-stage").scroll_into_view_if_needed()
    at = page.locator(".diff-stage").bounding_box()
    assert at is not None
    x, y = at["x"] + at["width"] / 2, at["y"] + 120
    session = page.context.new_cdp_session(page)
    for kind, gap in (("touchStart", 30), ("touchMove", 45), ("touchMove", 60), ("touchEnd", 0)):
        fingers = [{"x": x + side * gap, "y": y, "id": side} for side in (0, 1)] if gap else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": fingers})
