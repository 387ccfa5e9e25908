"""Dragging rows to another place, choosing several of them, and copies by Alt and drag."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import column_id, table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

FIRST, SECOND = table_id(0), table_id(1)


def row(canvas: Canvas, number: int) -> tuple[float, float]:
    """Return a point on the name of a row of the first table."""
    box = canvas.box(column_id(0, number))
    return box["x"] + 60, box["y"] + box["h"] / 2


def drag_row(canvas: Canvas, number: int, dy: float) -> None:
    x, y = row(canvas, number)
    canvas.page.mouse.move(x, y)
    canvas.page.mouse.down()
    canvas.page.mouse.move(x, y + dy / 2, steps=3)
    canvas.page.mouse.move(x, y + dy, steps=3)
    canvas.page.mouse.up()


def test_a_row_of_the_selected_table_is_dragged_to_another_place(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    before = canvas.names("column", FIRST)
    place = canvas.box(FIRST)
    canvas.page.mouse.click(*canvas.title(FIRST))
    drag_row(canvas, 1, 24 * 2.6)
    assert canvas.names("column", FIRST)[:5] == ["id", "column_2", "column_3", "column_1", "column_4"]
    assert canvas.box(FIRST) == place
    assert canvas.selection() == [column_id(0, 1)]
    canvas.saved()
    assert [entry["label"] for entry in canvas.branch.entries] == ["Move column account_0.column_1"]
    canvas.page.keyboard.press("Control+z")
    assert canvas.names("column", FIRST) == before


def test_a_drag_sideways_still_moves_the_table(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    before, names = canvas.box(FIRST), canvas.names("column", FIRST)
    canvas.page.mouse.click(*canvas.title(FIRST))
    x, y = row(canvas, 2)
    canvas.drag((x, y), (x - 160, y + 40))
    assert canvas.box(FIRST)["x"] < before["x"] - 100
    assert canvas.names("column", FIRST) == names


def test_escape_leaves_the_rows_where_they_were(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    before = canvas.names("column", FIRST)
    canvas.page.mouse.click(*canvas.title(FIRST))
    x, y = row(canvas, 1)
    canvas.page.mouse.move(x, y)
    canvas.page.mouse.down()
    canvas.page.mouse.move(x, y + 70, steps=4)
    assert canvas.page.locator(".drag-chip").inner_text() == "column_1"
    canvas.page.keyboard.press("Escape")
    canvas.page.mouse.up()
    assert canvas.names("column", FIRST) == before
    assert canvas.page.locator(".drag-chip").count() == 0
    assert canvas.branch.entries == []


def test_several_rows_are_chosen_and_dragged_together(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.page.keyboard.down("Control")
    canvas.page.mouse.click(*row(canvas, 1))
    canvas.page.mouse.click(*row(canvas, 3))
    canvas.page.keyboard.up("Control")
    assert canvas.selection() == [column_id(0, 1), column_id(0, 3)]
    drag_row(canvas, 3, 24 * 2.6)
    assert canvas.names("column", FIRST)[:6] == ["id", "column_2", "column_4", "column_5", "column_1", "column_3"]
    canvas.saved()
    assert len(canvas.branch.entries) == 1


def test_shift_takes_the_rows_between_and_ctrl_goes_across_tables(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST, 0.7)
    canvas.page.keyboard.down("Control")
    canvas.page.mouse.click(*row(canvas, 1))
    canvas.page.keyboard.up("Control")
    canvas.page.keyboard.down("Shift")
    canvas.page.mouse.click(*row(canvas, 4))
    canvas.page.keyboard.up("Shift")
    assert canvas.selection() == [column_id(0, number) for number in (1, 2, 3, 4)]
    canvas.page.keyboard.down("Control")
    canvas.page.mouse.click(*canvas.middle(column_id(1, 2)))
    canvas.page.mouse.click(*row(canvas, 2))
    canvas.page.keyboard.up("Control")
    assert canvas.selection() == [column_id(0, 1), column_id(0, 3), column_id(0, 4), column_id(1, 2)]


def test_the_keyboard_moves_rows_as_well(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.call("id => wholekey.select([id])", column_id(0, 2))
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Alt+ArrowUp")
    assert canvas.names("column", FIRST)[:4] == ["id", "column_2", "column_1", "column_3"]
    canvas.page.keyboard.press("Alt+ArrowDown")
    canvas.page.keyboard.press("Alt+ArrowDown")
    assert canvas.names("column", FIRST)[:4] == ["id", "column_1", "column_3", "column_2"]


def test_alt_copies_a_row_within_its_table(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.page.mouse.click(*canvas.title(FIRST))
    canvas.page.keyboard.down("Alt")
    drag_row(canvas, 1, 24 * 1.6)
    canvas.page.keyboard.up("Alt")
    assert canvas.names("column", FIRST)[:4] == ["id", "column_1", "column_2", "column_1_2"]
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Duplicate column account_0.column_1"


def test_alt_and_drag_copies_tables_in_one_step(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST, 0.6)
    canvas.call("ids => wholekey.select(ids)", [FIRST, SECOND])
    before = canvas.box(FIRST)
    x, y = canvas.title(FIRST)
    canvas.page.keyboard.down("Alt")
    canvas.drag((x, y), (x, y - 200))
    canvas.page.keyboard.up("Alt")
    assert canvas.box(FIRST) == before
    copies = canvas.selection()
    assert canvas.call("ids => ids.map((id) => wholekey.store.design.get(id).name)", copies) == [
        "account_0_2",
        "order_1_2",
    ]
    assert canvas.box(copies[0])["y"] == pytest.approx(before["y"] - 200, abs=8)
    canvas.saved()
    assert len(canvas.branch.entries) == 1
    canvas.page.keyboard.press("Control+z")
    assert "account_0_2" not in canvas.names("table")


def test_a_finger_rests_on_a_row_and_drags_it(open_canvas: Open) -> None:
    canvas = open_canvas(viewport={"width": 390, "height": 844}, has_touch=True)
    canvas.look_at(FIRST)
    session = canvas.page.context.new_cdp_session(canvas.page)
    x, y = row(canvas, 1)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": px, "y": py, "id": at} for at, (px, py) in enumerate(points)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    touch("touchStart", (x, y))
    canvas.page.wait_for_timeout(500)
    touch("touchMove", (x, y + 30))
    touch("touchMove", (x, y + 62))
    touch("touchEnd")
    assert canvas.names("column", FIRST)[:4] == ["id", "column_2", "column_3", "column_1"]
    assert canvas.page.locator(".context-menu-item:visible").count() == 0
