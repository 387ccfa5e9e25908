"""A law of the editor: whatever somebody does on the canvas, undoing all of it brings the same design back."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from designer.change import apply, change_from
from designer.schema import Design
from designer.schema.codec import encode_record, record_from
from tests.browser.canvas.conftest import Canvas
from tests.nasty import NAMES

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

GESTURES, SEEDS = (40, 1) if "WHOLEKEY_EXAMPLES" not in os.environ else (100, 12)

DESIGN = "JSON.stringify([...wholekey.store.design.values()])"
PLAIN_NAMES = [name for name in NAMES if name.isprintable() and len(name) < 40]


class Hand:
    """Somebody who does whatever comes to mind."""

    def __init__(self, canvas: Canvas, seed: int):
        self.canvas = canvas
        self.page = canvas.page
        self.random = random.Random(seed)
        self.done: list[str] = []

    def one_of(self, kind: str) -> str | None:
        """Return the id of some table, note, area or line that is in view, or None."""
        script = """(kind) => { const { scene, view } = wholekey; const seen = view.visible();
            const inside = (each) => each.x > seen.x + 8 && each.y > seen.y + 8 && each.x + 60 < seen.x + seen.w && each.y + 30 < seen.y + seen.h;
            const all = kind === "line" ? [...scene.lines.values()] : kind === "node" ? [...scene.nodes.values()]
              : [...scene.sheets.values()].filter((sheet) => sheet.kind === kind);
            return all.filter(inside).map(({ id }) => id).sort(); }"""
        found = self.canvas.call(script, kind)
        return self.random.choice(found) if found else None

    def point(self) -> tuple[float, float]:
        """Return some point of the canvas, away from its edges and what lies over them."""
        box = self.page.locator("#canvas").bounding_box()
        assert box is not None
        x = box["x"] + self.random.uniform(80, box["width"] - 280)
        return x, box["y"] + self.random.uniform(80, box["height"] - 200)

    def name(self) -> str:
        """Return a name that somebody may type."""
        return self.random.choice([*PLAIN_NAMES, "orders", "x", "a b"])

    def act(self) -> None:
        """Do one thing, and let go of whatever it opened."""
        gesture = self.random.choice(GESTURE_LIST)
        self.done.append(gesture.__name__)
        gesture(self)
        self.page.keyboard.press("Escape")
        if self.canvas.call("document.activeElement !== document.getElementById('canvas')"):
            self.page.keyboard.press("Escape")
            self.page.locator("#canvas").focus()


def pick(hand: Hand) -> str | None:
    """Select some table by its title."""
    table = hand.one_of("node")
    if table:
        hand.page.mouse.click(*hand.canvas.title(table))
    return table


def drag_a_table(hand: Hand) -> None:
    table = hand.one_of("node")
    if table:
        hand.canvas.drag(hand.canvas.title(table), hand.point())


def drag_a_copy(hand: Hand) -> None:
    table = hand.one_of("node")
    if table:
        hand.page.keyboard.down("Alt")
        hand.canvas.drag(hand.canvas.title(table), hand.point())
        hand.page.keyboard.up("Alt")


def drag_several(hand: Hand) -> None:
    hand.canvas.drag(hand.point(), hand.point())
    hand.page.keyboard.press("Shift+ArrowRight")
    hand.page.keyboard.press(hand.random.choice(["Alt+a", "Alt+w", "Alt+Shift+T", "Alt+Shift+H", "c"]))


def rename_a_table(hand: Hand) -> None:
    if pick(hand):
        hand.page.keyboard.press("Enter")
        hand.page.keyboard.insert_text(hand.name())
        hand.page.keyboard.press("Enter")


def type_columns(hand: Hand) -> None:
    if pick(hand):
        hand.page.keyboard.press("Control+Enter")
        for _ in range(hand.random.randint(1, 3)):
            hand.page.keyboard.insert_text(
                f"{hand.name()} {hand.random.choice(['bigint', 'text not null', 'numeric(10,2)'])}"
            )
            hand.page.keyboard.press("Enter")


def edit_a_row(hand: Hand) -> None:
    table = pick(hand)
    if table:
        hand.page.keyboard.press("Control+ArrowDown")
        for _ in range(hand.random.randint(0, 4)):
            hand.page.keyboard.press("ArrowDown")
        hand.page.keyboard.press(hand.random.choice(["Delete", "Alt+ArrowUp", "Alt+ArrowDown", "Enter"]))
        hand.page.keyboard.insert_text(hand.name())
        hand.page.keyboard.press("Tab")


def add_something(hand: Hand) -> None:
    hand.page.keyboard.press(hand.random.choice(["t", "n", "a"]))
    hand.page.mouse.click(*hand.point())
    hand.page.keyboard.insert_text(hand.name())
    hand.page.keyboard.press("Enter")


def draw_a_line(hand: Hand) -> None:
    source, target = hand.one_of("node"), hand.one_of("node")
    row = hand.canvas.call("id => wholekey.scene.nodes.get(id)?.rows[0]?.id", source) if source else None
    if source and target and row:
        handle = hand.canvas.call("id => wholekey.handleOf(id, 1)", row)
        hand.page.mouse.move(handle["x"], handle["y"])
        modifier = hand.random.choice(["", "Shift", "Alt", "Control"])
        if modifier:
            hand.page.keyboard.down(modifier)
        hand.canvas.drag((handle["x"], handle["y"]), hand.canvas.title(target))
        if modifier:
            hand.page.keyboard.up(modifier)


def change_a_line(hand: Hand) -> None:
    line = hand.one_of("line")
    if line:
        hand.canvas.call("id => wholekey.select([id])", line)
        hand.page.locator("#canvas").focus()
        hand.page.keyboard.press(hand.random.choice(["1", "o", "i", "x", "Shift+N", "Delete"]))


def delete_something(hand: Hand) -> None:
    if pick(hand):
        hand.page.keyboard.press("Delete")


def copy_and_paste(hand: Hand) -> None:
    if pick(hand):
        hand.page.keyboard.press(hand.random.choice(["Control+d", "Control+x", "Control+c"]))
        hand.page.keyboard.press("Control+v")


def look_of_a_table(hand: Hand) -> None:
    if pick(hand):
        hand.page.keyboard.press(hand.random.choice(["Alt+1", "Alt+2", "Alt+3", "Control+g"]))


def fold_an_area(hand: Hand) -> None:
    area = hand.one_of("area")
    if area:
        hand.canvas.call("id => wholekey.select([id])", area)
        hand.page.locator("#canvas").focus()
        hand.page.keyboard.press(".")


def undo_and_redo(hand: Hand) -> None:
    for _ in range(hand.random.randint(1, 3)):
        hand.page.keyboard.press("Control+z")
    hand.page.keyboard.press("Control+Shift+z")


def look_elsewhere(hand: Hand) -> None:
    hand.page.keyboard.press(hand.random.choice(["f", "+", "-", "0", "Shift+F", "p", "m"]))


GESTURE_LIST: list[Callable[[Hand], None]] = [
    drag_a_table, drag_a_table, drag_a_copy, drag_several, rename_a_table, type_columns, edit_a_row, add_something,
    add_something, draw_a_line, draw_a_line, change_a_line, delete_something, copy_and_paste, look_of_a_table, fold_an_area,
    undo_and_redo, look_elsewhere,
]  # fmt: skip


@pytest.mark.parametrize("seed", range(SEEDS))
def test_undoing_random_gestures_brings_the_same_design_back(open_canvas: Open, seed: int) -> None:
    canvas = open_canvas(12, permissions=["clipboard-read", "clipboard-write"])
    before = design_of(canvas)
    hand = Hand(canvas, seed)
    canvas.page.locator("#canvas").focus()
    for _ in range(GESTURES):
        hand.act()
    after, done, ahead = design_of(canvas), *steps_of(canvas)
    assert after != before, "nothing was done"
    assert done > GESTURES / 5, hand.done
    press(canvas, "Control+z", done)
    assert steps_of(canvas) == (0, ahead + done), "each press takes one step back"
    assert design_of(canvas) == before, hand.done
    press(canvas, "Control+Shift+z", done)
    assert steps_of(canvas) == (done, ahead), "each press does one step again"
    assert design_of(canvas) == after, "what was undone is not what is done again"
    canvas.saved(seconds=60)  # hundreds of edits, one by one
    assert replayed(canvas) == after, "the log leads to another design"


def steps_of(canvas: Canvas) -> tuple[int, int]:
    """Return how many steps can be undone, and how many done again: the last gesture may have been an undo."""
    done, ahead = canvas.call("[wholekey.store.history.done.length, wholekey.store.history.undone.length]")
    return done, ahead


def press(canvas: Canvas, key: str, times: int) -> None:
    """Press a key so many times."""
    for _ in range(times):
        canvas.page.keyboard.press(key)


def design_of(canvas: Canvas) -> dict[str, Any]:
    """Return every record of the page by id."""
    return {record["id"]: record for record in json.loads(canvas.call(DESIGN))}


def replayed(canvas: Canvas) -> dict[str, Any]:
    """Return the records that the changes in the server's log lead to, by the algebra of the server."""
    design = Design(record_from(each) for each in canvas.branch.records)
    for entry in canvas.branch.entries:
        design = apply(design, change_from(entry["change"]))
    return {record.id: json.loads(encode_record(record)) for record in design.values()}
