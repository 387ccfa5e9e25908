"""Fingers on a phone of 390×844: real touch events, and the design that they leave."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]
Point = tuple[float, float]
FIRST = table_id(0)


class Fingers:
    """Touches through the browser's own input, as a screen would send them."""

    def __init__(self, canvas: Canvas):
        self.page = canvas.page
        self.session = canvas.page.context.new_cdp_session(canvas.page)

    def send(self, kind: str, *points: Point) -> None:
        places = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def tap(self, point: Point) -> None:
        self.send("touchStart", point)
        self.send("touchEnd")

    def hold(self, point: Point, milliseconds: float = 650) -> None:
        self.send("touchStart", point)
        self.page.wait_for_timeout(milliseconds)

    def swipe(self, start: Point, end: Point) -> None:
        self.send("touchStart", start)
        for step in range(1, 6):
            self.send("touchMove", tuple(a + (b - a) * step / 5 for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
        self.send("touchEnd")


@pytest.fixture
def phone(open_canvas: Open) -> Canvas:
    canvas = open_canvas(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    canvas.look_at(FIRST)
    return canvas


@pytest.fixture
def fingers(phone: Canvas) -> Fingers:
    return Fingers(phone)


def ground(canvas: Canvas) -> Point:
    """Return a point beside everything."""
    script = """() => { const { view, scene } = wholekey; const all = scene.bounds();
        const at = view.boxOnScreen({ x: all.x, y: all.y - 60, w: 1, h: 1 }); return [at.x, at.y]; }"""
    canvas.call("wholekey.view.show(wholekey.scene.bounds(), { fly: false })")
    canvas.page.wait_for_timeout(150)
    x, y = canvas.call(script)
    top = canvas.call("wholekey.view.canvas.getBoundingClientRect().top")
    return max(x, 30), y + top


def test_a_tap_selects_and_a_tap_beside_lets_go(phone: Canvas, fingers: Fingers) -> None:
    fingers.tap(phone.title(FIRST))
    assert phone.selection() == [FIRST]
    fingers.tap(ground(phone))
    assert phone.selection() == []


def test_a_table_that_is_selected_follows_the_finger(phone: Canvas, fingers: Fingers) -> None:
    before = phone.call("id => ({ x: wholekey.scene.item(id).x, y: wholekey.scene.item(id).y })", FIRST)
    x, y = phone.title(FIRST)
    fingers.tap((x, y))
    phone.page.wait_for_timeout(450)
    fingers.swipe((x, y), (x, y + 96))
    after = phone.call("id => ({ x: wholekey.scene.item(id).x, y: wholekey.scene.item(id).y })", FIRST)
    assert after["y"] - before["y"] == pytest.approx(96, abs=12)
    phone.page.keyboard.press("Control+z")
    assert phone.call("id => wholekey.scene.item(id).y", FIRST) == before["y"]


def test_two_taps_rename(phone: Canvas, fingers: Fingers) -> None:
    point = phone.title(FIRST)
    fingers.tap(point)
    phone.page.wait_for_timeout(80)
    fingers.tap(point)
    field = phone.page.locator(".overlay-input")
    expect(field).to_be_focused()
    phone.page.keyboard.press("Control+a")
    phone.page.keyboard.type("by_finger")
    phone.page.keyboard.press("Enter")
    assert "by_finger" in phone.names("table")


def test_two_slow_taps_do_not(phone: Canvas, fingers: Fingers) -> None:
    point = phone.title(FIRST)
    fingers.tap(point)
    phone.page.wait_for_timeout(700)
    fingers.tap(point)
    phone.page.wait_for_timeout(200)
    assert phone.page.locator(".overlay-input:visible").count() == 0


def test_a_finger_that_rests_opens_the_menu_and_it_stays(phone: Canvas, fingers: Fingers) -> None:
    fingers.hold(phone.title(FIRST))
    rename = phone.page.get_by_role("menuitem", name="Rename")
    expect(rename).to_be_visible()
    fingers.send("touchEnd")
    phone.page.wait_for_timeout(400)
    expect(rename).to_be_visible()
    assert phone.selection() == [FIRST]
    box = rename.bounding_box()
    assert box is not None and box["height"] >= 40
    fingers.tap((box["x"] + 30, box["y"] + box["height"] / 2))
    expect(phone.page.locator(".overlay-input")).to_be_focused()


def test_on_the_ground_the_menu_adds(phone: Canvas, fingers: Fingers) -> None:
    before = len(phone.names("table"))
    fingers.hold(ground(phone))
    fingers.send("touchEnd")
    phone.page.get_by_role("menuitem", name="Add a table here").tap()
    assert len(phone.names("table")) == before + 1


def test_a_finger_that_moves_opens_no_menu(phone: Canvas, fingers: Fingers) -> None:
    x, y = ground(phone)
    before = phone.call("wholekey.view.transform.y")
    fingers.send("touchStart", (x, y))
    fingers.send("touchMove", (x, y + 40))
    phone.page.wait_for_timeout(650)
    fingers.send("touchEnd")
    assert phone.page.locator(".context-menu-item:visible").count() == 0
    assert phone.call("wholekey.view.transform.y") - before == pytest.approx(40, abs=1)


def test_a_second_finger_turns_a_rest_into_a_pinch(phone: Canvas, fingers: Fingers) -> None:
    before = phone.call("wholekey.view.transform.k")
    fingers.send("touchStart", (150, 500))
    fingers.send("touchStart", (150, 500), (250, 500))
    phone.page.wait_for_timeout(650)
    fingers.send("touchMove", (125, 500), (275, 500))
    fingers.send("touchEnd")
    assert phone.page.locator(".context-menu-item:visible").count() == 0
    assert phone.call("wholekey.view.transform.k") == pytest.approx(before * 1.5, rel=0.1)


def test_every_tool_is_reached_by_scrolling_the_bar(phone: Canvas) -> None:
    button = phone.page.locator("#toolbar [data-action]").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
