"""Looking at a part of a diagram: neighbourhoods, paths, and everything again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

LINES = "[...wholekey.scene.lines.values()].map((line) => [line.edge.source.element, line.edge.target.element])"


def shown(canvas: Canvas) -> set[str]:
    """Return the ids of the tables that are drawn."""
    return set(canvas.call("[...wholekey.scene.nodes.keys()]"))


def neighbours(canvas: Canvas, table: str) -> set[str]:
    """Return a table and all that lines connect with it, by the lines of the whole diagram."""
    pairs = canvas.call(LINES)
    return {table} | {b for a, b in pairs if a == table} | {a for a, b in pairs if b == table}


def test_focus_shows_the_neighbours_and_grows_step_by_step(open_canvas: Open) -> None:
    canvas = open_canvas(60)
    whole = shown(canvas)
    table = table_id(20)
    near = neighbours(canvas, table)
    nearer = set().union(*(neighbours(canvas, each) for each in near))
    canvas.call("id => wholekey.select([id])", table)
    canvas.page.locator("#canvas").focus()
    before = canvas.call("({...wholekey.view.transform})")
    canvas.page.keyboard.press("Shift+F")
    assert shown(canvas) == near
    expect(canvas.page.locator(".lens-chip")).to_contain_text(f"{len(near)} of {len(whole)}")
    canvas.page.keyboard.press("]")
    assert shown(canvas) == nearer
    canvas.page.keyboard.press("[")
    assert shown(canvas) == near
    canvas.page.get_by_role("button", name="One step more").click()
    assert shown(canvas) == nearer
    canvas.page.get_by_role("button", name="Show everything again").click()
    assert shown(canvas) == whole
    assert canvas.call("({...wholekey.view.transform})") == pytest.approx(before, abs=1)
    assert canvas.branch.entries == [], "looking is no edit"


def test_escape_leaves_focus_after_the_selection(open_canvas: Open) -> None:
    canvas = open_canvas(40)
    whole = shown(canvas)
    canvas.call("id => wholekey.select([id])", table_id(20))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Shift+F")
    canvas.page.keyboard.press("Escape")
    assert canvas.selection() == []
    assert shown(canvas) != whole
    canvas.page.keyboard.press("Escape")
    assert shown(canvas) == whole


def test_a_table_added_in_focus_is_seen(open_canvas: Open) -> None:
    canvas = open_canvas(40)
    canvas.call("id => wholekey.select([id])", table_id(20))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Shift+F")
    before = len(shown(canvas))
    canvas.page.keyboard.press("t")
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.type("fresh")
    canvas.page.keyboard.press("Escape")
    assert len(shown(canvas)) == before + 1


def test_the_path_between_two_tables(open_canvas: Open) -> None:
    canvas = open_canvas(60)
    pairs = canvas.call(LINES)
    start, middle = next((a, b) for a, b in pairs if a != b)
    direct = neighbours(canvas, start)
    end = next(each for each in sorted(neighbours(canvas, middle)) if each not in direct)
    canvas.call("ids => wholekey.select(ids)", [start, end])
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("p")
    assert set(canvas.selection()) >= {start, end}
    tables = [each for each in canvas.selection() if each in shown(canvas)]
    assert len(tables) == 3
    expect(canvas.page.locator(".lens-chip")).to_contain_text("→")
    assert canvas.call("wholekey.view.lit.size") == 5


def test_the_path_to_a_table_that_is_named(open_canvas: Open) -> None:
    canvas = open_canvas(60)
    pairs = canvas.call(LINES)
    start, end = next((a, b) for a, b in pairs if a != b)
    name = canvas.call("id => wholekey.store.design.get(id).name", end)
    canvas.call("id => wholekey.select([id])", start)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("p")
    canvas.page.keyboard.type(name)
    canvas.page.keyboard.press("Enter")
    assert set(canvas.selection()) >= {start, end}
