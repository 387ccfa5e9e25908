"""Lining up, equal gaps and snapping, with real keys and drags; the design is what is checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import table_id

pytestmark = pytest.mark.browser

Open = Callable[..., Canvas]
FOUR = [table_id(at) for at in range(4)]
SPOTS = {FOUR[0]: (13, 21), FOUR[1]: (395, 77), FOUR[2]: (777, 5), FOUR[3]: (205, 803)}


@pytest.fixture
def canvas(open_canvas: Open) -> Canvas:
    """Four tables somewhere, all in view and the first three selected."""
    found = open_canvas(tables=4)
    put(found, SPOTS)
    found.call("wholekey.editor.fit()")
    choose(found, FOUR[:3])
    return found


def put(canvas: Canvas, spots: dict[str, tuple[float, float]]) -> None:
    moves = [{"element": key, "x": x, "y": y} for key, (x, y) in spots.items()]
    canvas.call("moves => wholekey.editor.moveTo(moves)", moves)


def choose(canvas: Canvas, ids: list[str]) -> None:
    canvas.page.locator("#canvas").focus()
    canvas.call("ids => wholekey.select(ids)", ids)


def boxes(canvas: Canvas) -> dict[str, Any]:
    """Return where the design has each table, with the size that it is drawn in."""
    script = """() => Object.fromEntries(wholekey.store.design.childrenOf(wholekey.editor.diagram, "placement").map((place) => {
        const { w, h } = wholekey.scene.nodes.get(place.element);
        return [place.element, { x: place.x ?? 0, y: place.y ?? 0, w, h, width: place.width ?? null }];
    }))"""
    return dict(canvas.call(script))


@pytest.mark.parametrize(
    ("key", "line", "label"),
    [
        ("Alt+a", lambda box: box["x"], "Align 3 elements to the left"),
        ("Alt+h", lambda box: box["x"] + box["w"] / 2, "Align 3 elements to the centre"),
        ("Alt+d", lambda box: box["x"] + box["w"], "Align 3 elements to the right"),
        ("Alt+w", lambda box: box["y"], "Align 3 elements to the top"),
        ("Alt+v", lambda box: box["y"] + box["h"] / 2, "Align 3 elements to the middle"),
        ("Alt+s", lambda box: box["y"] + box["h"], "Align 3 elements to the bottom"),
    ],
)
def test_a_key_puts_the_selected_on_one_line_and_undo_brings_them_back(
    canvas: Canvas, key: str, line: Callable[[dict[str, float]], float], label: str
) -> None:
    before = boxes(canvas)
    canvas.page.keyboard.press(key)
    after = boxes(canvas)
    lines = [line(after[each]) for each in FOUR[:3]]
    assert max(lines) - min(lines) <= 1
    assert after[FOUR[3]] == before[FOUR[3]]
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == label
    canvas.page.keyboard.press("Control+z")
    assert boxes(canvas) == before


@pytest.mark.parametrize(("key", "at", "length"), [("Alt+Shift+h", "x", "w"), ("Alt+Shift+v", "y", "h")])
def test_distributing_makes_gaps_equal_and_keeps_the_ends(canvas: Canvas, key: str, at: str, length: str) -> None:
    put(canvas, {FOUR[0]: (0, 0), FOUR[1]: (500, 700), FOUR[2]: (1500, 1900)})
    before = boxes(canvas)
    canvas.page.keyboard.press(key)
    after = boxes(canvas)
    row = [after[each] for each in FOUR[:3]]
    gaps = [b[at] - a[at] - a[length] for a, b in pairwise(row)]
    assert abs(gaps[0] - gaps[1]) <= 1
    assert (after[FOUR[0]], after[FOUR[2]]) == (before[FOUR[0]], before[FOUR[2]])


def test_where_there_is_no_room_distributing_makes_some(canvas: Canvas) -> None:
    put(canvas, {FOUR[0]: (0, 0), FOUR[1]: (10, 0), FOUR[2]: (20, 0)})
    canvas.page.keyboard.press("Alt+Shift+h")
    row = [boxes(canvas)[each] for each in FOUR[:3]]
    assert [b["x"] - a["x"] - a["w"] for a, b in pairwise(row)] == [40, 40]


def test_tidying_up_makes_columns(canvas: Canvas) -> None:
    choose(canvas, FOUR)
    put(canvas, {FOUR[0]: (0, 0), FOUR[1]: (420, 33), FOUR[2]: (37, 610), FOUR[3]: (390, 700)})
    canvas.page.keyboard.press("Alt+Shift+t")
    after = boxes(canvas)
    assert after[FOUR[0]]["x"] == after[FOUR[2]]["x"] == 0
    assert after[FOUR[1]]["x"] == after[FOUR[3]]["x"] > after[FOUR[0]]["w"]
    assert after[FOUR[0]]["y"] == after[FOUR[1]]["y"]
    assert after[FOUR[2]]["y"] == after[FOUR[0]]["y"] + after[FOUR[0]]["h"] + 40


def test_the_menu_of_several_lines_up_too(canvas: Canvas) -> None:
    canvas.page.mouse.click(*canvas.title(FOUR[1]), button="right")
    canvas.page.get_by_role("menuitem", name="Align and distribute…").click()
    canvas.page.get_by_role("menuitem", name="Stack").click()
    after = boxes(canvas)
    assert len({after[each]["x"] for each in FOUR[:3]}) == 1
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Stack 3 elements"


def test_widths_are_made_equal_and_let_go_again(canvas: Canvas) -> None:
    before = boxes(canvas)
    widest = max(before[each]["w"] for each in FOUR[:3])
    for entry, widths in (("Make equally wide", {widest}), ("Let widths follow the content", {None})):
        canvas.page.mouse.click(*canvas.title(FOUR[1]), button="right")
        canvas.page.get_by_role("menuitem", name="Align and distribute…").click()
        canvas.page.get_by_role("menuitem", name=entry).click()
        assert {boxes(canvas)[each]["width"] for each in FOUR[:3]} == widths
    assert boxes(canvas) == before


def test_an_area_takes_its_tables_along(canvas: Canvas) -> None:
    script = """() => wholekey.editor.run(() => ({ label: "Area", change: { added: { areaalign1: { kind: "area", id: "areaalign1",
        parent: wholekey.editor.diagram, name: "Held", x: 160, y: 760, w: 500, h: 600 } } } }))"""
    canvas.call(script)
    before = boxes(canvas)[FOUR[3]]
    choose(canvas, ["areaalign1", FOUR[2]])
    canvas.page.keyboard.press("Alt+w")
    area = canvas.call("() => wholekey.store.design.get('areaalign1')")
    after = boxes(canvas)
    assert area["y"] == after[FOUR[2]]["y"] == SPOTS[FOUR[2]][1]
    assert after[FOUR[3]]["y"] - area["y"] == before["y"] - 760


def test_one_table_cannot_be_aligned(canvas: Canvas) -> None:
    choose(canvas, FOUR[:1])
    before = boxes(canvas)
    canvas.page.keyboard.press("Alt+a")
    assert boxes(canvas) == before


def test_a_viewer_has_no_such_actions(open_canvas: Open) -> None:
    canvas = open_canvas(tables=4, can_edit=False)
    choose(canvas, FOUR[:3])
    before = boxes(canvas)
    canvas.page.keyboard.press("Alt+a")
    assert boxes(canvas) == before


def test_nothing_of_it_is_lost_after_a_drag_of_the_same_tables(canvas: Canvas) -> None:
    """A drag right before must stay a step of its own in the history."""
    x, y = canvas.title(FOUR[0])
    canvas.drag((x, y), (x + 60, y + 30))
    moved = boxes(canvas)
    canvas.page.keyboard.press("Alt+a")
    canvas.page.keyboard.press("Control+z")
    assert boxes(canvas) == moved


# Snapping


def drag_to(canvas: Canvas, table: str, x: float, y: float) -> list[dict[str, float]]:
    """Drag a table to a place of the world; return the guides that are shown before it is let go."""
    start = canvas.title(table)
    before = boxes(canvas)[table]
    zoom = canvas.call("wholekey.view.transform.k")
    end = (start[0] + (x - before["x"]) * zoom, start[1] + (y - before["y"]) * zoom)
    canvas.page.mouse.move(*start)
    canvas.page.mouse.down()
    canvas.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
    canvas.page.mouse.move(*end, steps=4)
    guides = list(canvas.call("wholekey.view.marks.guides"))
    canvas.page.mouse.up()
    return guides


def in_a_column(canvas: Canvas) -> float:
    """Put two tables above each other, 70 apart; return where a third would keep that distance."""
    heights = boxes(canvas)
    top = heights[FOUR[0]]["h"] + 70
    put(canvas, {FOUR[0]: (0, 0), FOUR[1]: (0, top), FOUR[2]: (900, 13), FOUR[3]: (1500, 0)})
    canvas.call("wholekey.editor.fit()")
    canvas.page.wait_for_timeout(100)
    choose(canvas, [])
    return float(top + heights[FOUR[1]]["h"] + 70)


def test_a_drag_snaps_to_equal_gaps_and_shows_them(canvas: Canvas) -> None:
    wanted = in_a_column(canvas)
    guides = drag_to(canvas, FOUR[2], 2, wanted + 3)
    after = boxes(canvas)[FOUR[2]]
    assert (after["x"], after["y"]) == (0, round(wanted))
    shown = [abs(guide["y2"] - guide["y1"]) for guide in guides if guide["x1"] == guide["x2"]]
    assert sum(1 for length in shown if abs(length - 70) <= 1) == 2


def test_snapping_is_switched_off_and_stays_so(canvas: Canvas) -> None:
    wanted = in_a_column(canvas)
    for name in ("grid", "guides"):
        canvas.page.locator("#canvas").focus()
        canvas.page.keyboard.press("Control+k")
        canvas.page.keyboard.type(f"do not snap to {'the grid' if name == 'grid' else 'other'}")
        canvas.page.keyboard.press("Enter")
    assert json.loads(canvas.call("localStorage.getItem('wholekey:snap')")) == {"guides": False, "grid": False}
    assert drag_to(canvas, FOUR[2], 3, wanted + 3) == []
    after = boxes(canvas)[FOUR[2]]
    assert abs(after["x"] - 3) <= 2
    assert abs(after["y"] - wanted - 3) <= 2
    canvas.page.reload()
    canvas.page.wait_for_selector("#stage[data-ready]")
    assert drag_to(canvas, FOUR[2], 2, 3) == []
