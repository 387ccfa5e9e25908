"""What people do with the mouse and the keyboard on the canvas."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import column_id, table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

FIRST, SECOND, THIRD = table_id(0), table_id(1), table_id(2)


def test_a_click_selects_and_shift_adds(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.page.mouse.click(*canvas.title(FIRST))
    assert canvas.selection() == [FIRST]
    canvas.page.keyboard.down("Shift")
    canvas.page.mouse.click(*canvas.title(SECOND))
    canvas.page.keyboard.up("Shift")
    assert canvas.selection() == [FIRST, SECOND]
    canvas.page.keyboard.press("Escape")
    assert canvas.selection() == []


def test_a_second_click_selects_the_column(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    for _ in range(2):
        canvas.page.mouse.click(*canvas.middle(column_id(0, 1)))
        canvas.page.wait_for_timeout(600)
    assert canvas.selection() == [column_id(0, 1)]


def test_a_drag_moves_and_undo_brings_back(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    before = canvas.box(FIRST)
    x, y = canvas.title(FIRST)
    canvas.drag((x, y), (x - 200, y - 96))
    after = canvas.box(FIRST)
    assert abs(after["x"] - before["x"] + 200) <= 8
    assert abs(after["y"] - before["y"] + 96) <= 8
    canvas.saved()
    assert canvas.branch.entries[-1]["label"] == "Move table account_0"
    canvas.page.keyboard.press("Control+z")
    assert canvas.box(FIRST) == before
    canvas.page.keyboard.press("Control+Shift+z")
    assert canvas.box(FIRST) == after


def test_escape_ends_a_drag_without_an_edit(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    before = canvas.box(FIRST)
    canvas.page.mouse.move(*canvas.title(FIRST))
    canvas.page.mouse.down()
    canvas.page.mouse.move(before["x"] + 160, before["y"] + 90, steps=4)
    canvas.page.keyboard.press("Escape")
    canvas.page.mouse.up()
    assert canvas.box(FIRST) == before
    assert canvas.branch.entries == []


def test_several_selected_move_together(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST, 0.6)
    canvas.call("ids => wholekey.select(ids)", [FIRST, SECOND])
    before = [canvas.box(each) for each in (FIRST, SECOND)]
    x, y = canvas.title(FIRST)
    canvas.drag((x, y), (x + 60, y - 90))
    after = [canvas.box(each) for each in (FIRST, SECOND)]
    moves = {(round(b["x"] - a["x"], 3), round(b["y"] - a["y"], 3)) for a, b in zip(before, after, strict=True)}
    assert len(moves) == 1
    canvas.saved()
    assert len(canvas.branch.entries) == 1


def test_a_rubber_band_selects_what_it_touches(open_canvas: Open) -> None:
    canvas = open_canvas()
    second, third = canvas.box(SECOND), canvas.box(THIRD)
    canvas.drag((third["x"] + third["w"] + 12, third["y"] - 40), (second["x"] + 30, second["y"] + 20))
    assert {SECOND, THIRD} <= set(canvas.selection())
    assert FIRST not in canvas.selection()


def test_a_column_is_renamed_where_it_stands(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    box = canvas.box(column_id(0, 1))
    canvas.page.mouse.dblclick(box["x"] + 60, box["y"] + box["h"] / 2)
    field = canvas.page.locator(".overlay-input")
    assert field.input_value() == "column_1"
    canvas.page.keyboard.type('odd "name" ✓ </script>')
    canvas.page.keyboard.press("Enter")
    assert canvas.names("column", FIRST)[1] == 'odd "name" ✓ </script>'
    canvas.saved()
    assert canvas.branch.entries[-1]["label"].startswith("Rename column")


def test_a_taken_name_is_refused_in_words_and_stays_open(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.call("id => wholekey.editor.texts.rename(id)", FIRST)
    canvas.page.locator(".overlay-input").fill("order_1")
    canvas.page.keyboard.press("Enter")
    assert "named order_1" in canvas.page.locator(".overlay-message").inner_text()
    assert canvas.page.locator(".overlay-input").count() == 1
    canvas.page.keyboard.press("Escape")
    assert canvas.names("table")[0] == "account_0"


def test_columns_are_typed_in_one_after_the_other(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    canvas.call("id => wholekey.select([id])", FIRST)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+Enter")
    canvas.page.keyboard.type("price numeric(10, 2) not null default 0")
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.type("shipped_at timestamptz")
    canvas.page.keyboard.press("Enter")
    canvas.page.keyboard.press("Escape")
    assert canvas.names("column", FIRST)[-2:] == ["price", "shipped_at"]
    price = canvas.call("id => wholekey.store.design.childrenOf(id, 'column').at(-2)", FIRST)
    assert (price["type"], price["nullable"], price["default"]["text"]) == ("numeric(10, 2)", False, "0")


def test_a_table_is_added_by_double_click_and_named_at_once(open_canvas: Open) -> None:
    canvas = open_canvas()
    box = canvas.box(FIRST)
    canvas.page.mouse.dblclick(box["x"] + 200, box["y"] - 110)
    canvas.page.keyboard.type("coupons")
    canvas.page.keyboard.press("Enter")
    assert "coupons" in canvas.names("table")
    made = canvas.call("[...wholekey.store.design.ofKind('table')].find((each) => each.name === 'coupons')")
    assert made["parent"] == "schema0001"
    assert canvas.names("column", made["id"]) == ["id"]


def test_a_foreign_key_is_drawn_from_a_column_to_a_table(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST, 0.7)
    source = column_id(2, 4)
    canvas.call(
        "id => wholekey.store.dispatch({label: 'x', change: {changed: {[id]: {type: "
        "[wholekey.store.design.get(id).type, 'bigint']}}}})",
        source,
    )
    handle = canvas.call("id => wholekey.handleOf(id, -1)", source)
    canvas.drag((handle["x"], handle["y"]), canvas.title(FIRST))
    drawn = canvas.call("() => wholekey.store.design.get([...wholekey.editor.selection][0])")
    assert (drawn["kind"], drawn["columns"], drawn["ref_table"]) == ("foreign_key", [source], FIRST)
    assert canvas.call("id => wholekey.scene.lines.has(id)", drawn["id"])
    assert "Undo" in canvas.page.locator("#toasts").inner_text()


def test_deleting_says_what_fell_and_can_be_undone(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.call("id => wholekey.select([id])", FIRST)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Delete")
    words = canvas.page.locator(".toast").last.inner_text()
    assert "Deleted table account_0" in words
    assert "foreign key" in words
    assert "account_0" not in canvas.names("table")
    canvas.page.locator(".toast-action").last.click()
    assert "account_0" in canvas.names("table")
    assert canvas.box(FIRST)


def test_copy_and_paste_make_a_second_one(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.call("id => wholekey.select([id])", THIRD)
    canvas.page.locator("#canvas").focus()
    script = """(kind) => { const data = window.kept ??= new DataTransfer();
        document.dispatchEvent(new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true })); }"""
    canvas.call(script, "copy")
    canvas.call(script, "paste")
    assert "invoice_2_2" in canvas.names("table")
    canvas.page.keyboard.press("Control+d")
    assert len(canvas.names("table")) == 8


def test_notes_and_areas_are_added_and_typed(open_canvas: Open) -> None:
    canvas = open_canvas()
    box = canvas.box(THIRD)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("n")
    canvas.page.mouse.click(box["x"] - 60, box["y"] - 100)
    canvas.page.keyboard.type("remember this")
    canvas.page.keyboard.press("Enter")
    assert "remember this" in canvas.call("wholekey.store.design.ofKind('note').map((each) => each.text)")
    canvas.page.keyboard.press("a")
    canvas.drag((box["x"] + 20, box["y"] - 110), (box["x"] + 160, box["y"] - 30))
    canvas.page.keyboard.type("Sales")
    canvas.page.keyboard.press("Enter")
    assert "Sales" in canvas.names("area")


def test_find_flies_to_a_column(open_canvas: Open) -> None:
    canvas = open_canvas(60)
    canvas.page.keyboard.press("Control+f")
    canvas.page.keyboard.type("paym_49.col_3")
    canvas.page.keyboard.press("Enter")
    assert canvas.selection() == [column_id(49, 3)]
    box = canvas.box(column_id(49, 3))
    stage = canvas.page.locator("#stage").bounding_box()
    assert stage is not None
    assert stage["x"] <= box["x"] <= stage["x"] + stage["width"]
    assert stage["y"] <= box["y"] <= stage["y"] + stage["height"]


def test_the_outline_does_it_by_keyboard(open_canvas: Open) -> None:
    canvas = open_canvas(40)
    canvas.page.locator("#outline-filter").fill("order_1")
    canvas.page.keyboard.press("ArrowDown")
    canvas.page.keyboard.press("ArrowDown")
    canvas.page.keyboard.press("Enter")
    assert canvas.selection() == [SECOND]
    tree = canvas.page.locator("#outline [role=tree]")
    active = tree.get_attribute("aria-activedescendant")
    assert active == f"outline-{SECOND}"
    canvas.page.keyboard.press("ArrowRight")
    assert canvas.page.locator(f"#outline-{SECOND}").get_attribute("aria-expanded") == "true"
    assert canvas.page.locator(".live-region").inner_text().startswith("Table order_1")


def test_arrow_keys_nudge_and_tab_walks(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.page.locator("#canvas").focus()
    for _ in range(4):
        canvas.page.keyboard.press("Tab")
        if canvas.selection() == [FIRST]:
            break
    assert canvas.selection() == [FIRST]
    x = canvas.call("id => wholekey.scene.item(id).x", FIRST)
    canvas.page.keyboard.press("Shift+ArrowRight")
    canvas.page.keyboard.press("Shift+ArrowRight")
    assert canvas.call("id => wholekey.scene.item(id).x", FIRST) == x + 16
    canvas.page.keyboard.press("Control+z")
    assert canvas.call("id => wholekey.scene.item(id).x", FIRST) == x


def test_who_may_only_look_changes_nothing(open_canvas: Open) -> None:
    canvas = open_canvas(can_edit=False)
    canvas.look_at(FIRST)
    before = canvas.box(FIRST)
    x, y = canvas.title(FIRST)
    canvas.drag((x, y), (x + 120, y + 80))
    canvas.page.mouse.dblclick(x, y)
    canvas.page.keyboard.press("Delete")
    assert canvas.box(FIRST) == before
    assert canvas.page.locator(".overlay-input").count() == 0
    assert canvas.branch.entries == []


def test_edits_wait_while_the_server_is_away(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.branch.away = True
    canvas.call("id => wholekey.editor.moveTo([{ element: id, x: -200, y: -200 }])", FIRST)
    banner = canvas.page.locator("#banner")
    banner.get_by_text("cannot be reached").wait_for()
    assert "1 change is kept here" in banner.inner_text()
    # The page tries again by itself too, and may take the button away in the very moment of the click.
    tried = (
        "() => { const button = document.querySelector('#banner button'); button?.click(); return Boolean(button); }"
    )
    assert canvas.call(tried)
    canvas.branch.away = False
    canvas.call(tried)
    canvas.saved()
    assert len(canvas.branch.entries) == 1
    canvas.page.reload()
    canvas.page.wait_for_selector("#stage[data-ready]")
    canvas.page.wait_for_timeout(500)


def test_an_empty_design_says_what_to_do(open_canvas: Open) -> None:
    canvas = open_canvas(0)
    assert "What will this database hold?" in canvas.page.locator(".stage-empty").inner_text()
    stage = canvas.page.locator("#stage").bounding_box()
    assert stage is not None
    canvas.page.mouse.dblclick(stage["x"] + 300, stage["y"] + 200)
    canvas.page.keyboard.press("Escape")
    assert canvas.names("table") == ["table_1"]
    assert canvas.page.locator(".stage-empty").count() == 0


def test_an_empty_design_offers_a_viewer_nothing_to_do(open_canvas: Open) -> None:
    canvas = open_canvas(0, can_edit=False)
    empty = canvas.page.locator(".stage-empty")
    assert "Nobody has put anything on this diagram." in empty.inner_text()
    assert empty.get_by_role("button").count() == 0
    stage = canvas.page.locator("#stage").bounding_box()
    assert stage is not None
    canvas.page.mouse.dblclick(stage["x"] + 300, stage["y"] + 200)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("t")
    canvas.page.mouse.click(stage["x"] + 320, stage["y"] + 240)
    assert canvas.names("table") == []
    assert canvas.branch.entries == []


def test_a_finger_pans_and_two_fingers_zoom(open_canvas: Open) -> None:
    canvas = open_canvas(viewport={"width": 390, "height": 844}, has_touch=True)
    session = canvas.page.context.new_cdp_session(canvas.page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(points)]},
        )

    before = canvas.call("({ ...wholekey.view.transform })")
    touch("touchStart", (200, 700))
    touch("touchMove", (240, 650))
    touch("touchEnd")
    moved = canvas.call("({ ...wholekey.view.transform })")
    assert (round(moved["x"] - before["x"]), round(moved["y"] - before["y"])) == (40, -50)
    touch("touchStart", (150, 600), (250, 600))
    touch("touchMove", (100, 600), (300, 600))
    touch("touchEnd")
    assert canvas.call("wholekey.view.transform.k") == pytest.approx(before["k"] * 2, rel=0.05)


def test_ctrl_wheel_zooms_at_the_pointer(open_canvas: Open) -> None:
    canvas = open_canvas()
    x, y = canvas.title(SECOND)
    canvas.page.mouse.move(x, y)
    before = canvas.call(
        "([x, y]) => wholekey.view.worldAt({ x: x - wholekey.view.canvas.getBoundingClientRect().left, y })", [x, y]
    )
    zoom = canvas.call("wholekey.view.transform.k")
    canvas.page.keyboard.down("Control")
    canvas.page.mouse.wheel(0, -100)
    canvas.page.keyboard.up("Control")
    canvas.page.wait_for_timeout(100)
    after = canvas.call(
        "([x, y]) => wholekey.view.worldAt({ x: x - wholekey.view.canvas.getBoundingClientRect().left, y })", [x, y]
    )
    assert canvas.call("wholekey.view.transform.k") > zoom
    assert after["x"] == pytest.approx(before["x"], abs=2)
    canvas.page.mouse.wheel(30, 40)
    canvas.page.wait_for_timeout(100)
    assert canvas.call("wholekey.view.transform.k") > zoom


def test_a_thousand_tables_pan_without_repainting_them_all(open_canvas: Open) -> None:
    canvas = open_canvas(1000)
    canvas.page.wait_for_timeout(800)
    script = """async () => { const { view } = wholekey; let painted = 0; const tiles = view.tiles; const original = tiles.paintOn;
        tiles.paintOn = function (...given) { painted += 1; return original.apply(this, given); };
        for (let step = 0; step < 40; step += 1) { view.panBy(2, 1); await new Promise((done) => requestAnimationFrame(done)); }
        return painted; }"""
    assert canvas.call(script) <= 16


def test_the_menu_unfolds_by_keys_and_by_the_pointer(open_canvas: Open) -> None:
    canvas = open_canvas()
    page = canvas.page
    canvas.look_at(FIRST)
    page.mouse.click(*canvas.title(FIRST), button="right")
    folded = page.get_by_role("menuitem", name="Show", exact=True)
    folded.hover()
    expect(page.get_by_role("menuitem", name="Show keys only")).to_be_visible()
    page.get_by_role("menuitem", name="Rename").hover()
    expect(page.get_by_role("menuitem", name="Show keys only")).to_have_count(0)
    folded.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("menuitem", name="Show only what is near")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(folded).to_be_focused()
    page.keyboard.press("d")
    expect(page.get_by_role("menuitem", name="Delete")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".context-menu")).to_have_count(0)
    assert canvas.call("document.activeElement.id") == "canvas"
