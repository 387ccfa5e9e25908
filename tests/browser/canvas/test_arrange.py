"""Laying out by mouse and keyboard: what moves, what is called how in the history, and that one undo brings it back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.canvas.taking_back import undo_everything
from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

PLACES = "Object.fromEntries([...w.scene.nodes.values()].map((node) => [node.id, [node.x, node.y, node.w, node.h]]))"


def places(desk: Desk) -> dict[str, list[int]]:
    return dict(desk.ask(PLACES))


def stored(desk: Desk) -> dict[str, list[int]]:
    """Return where the design, not the picture, says that tables stand."""
    script = """Object.fromEntries(w.store.design.childrenOf(w.editor.diagram, "placement")
        .map((each) => [each.element, [each.x ?? 0, each.y ?? 0]]))"""
    return dict(desk.ask(script))


def open_menu(desk: Desk) -> None:
    desk.page.locator("#toolbar [data-action=arrange]").click()


def choose(desk: Desk, name: str) -> None:
    desk.page.get_by_role("menuitem", name=name).click()


def told(desk: Desk, words: str) -> None:
    expect(desk.page.locator(".toast").filter(has_text=words).first).to_be_visible(timeout=20_000)


def landed(desk: Desk) -> None:
    """Wait until what is drawn is what is stored."""
    for _ in range(60):
        drawn = {key: each[:2] for key, each in places(desk).items()}
        if drawn == stored(desk):
            return
        desk.page.wait_for_timeout(50)
    raise AssertionError("the tables did not land where the design has them")


def assert_apart(desk: Desk) -> None:
    boxes = list(places(desk).values())
    for at, (x, y, w, h) in enumerate(boxes):
        for left, top, wide, high in boxes[:at]:
            assert x >= left + wide or left >= x + w or y >= top + high or top >= y + h


def select(desk: Desk, *names: str) -> list[str]:
    """Click one table after the other with Shift held."""
    ids = [desk.id_of("table", name) for name in names]
    for at, each in enumerate(ids):
        box = desk.box(each)
        desk.page.keyboard.down("Shift") if at else None
        desk.page.mouse.click(box["x"] + box["w"] / 2, box["y"] + 8)
        desk.page.keyboard.up("Shift")
    assert set(desk.ask("[...w.editor.selection]")) == set(ids)
    return ids


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        ("Arrange left to right", "Arrange the diagram left to right"),
        ("Arrange top down", "Arrange the diagram top down"),
        ("Arrange compactly", "Arrange the diagram compactly"),
        ("Arrange by areas", "Arrange the diagram by areas"),
    ],
)
def test_each_way_moves_the_tables_and_one_undo_brings_them_back(desk: Desk, entry: str, label: str) -> None:
    before = stored(desk)
    open_menu(desk)
    choose(desk, entry)
    told(desk, "Arranged")
    landed(desk)
    assert desk.ask("w.store.undoLabel") == label
    assert stored(desk) != before
    assert_apart(desk)
    desk.page.locator("#canvas").focus()
    desk.page.keyboard.press("Control+z")
    landed(desk)
    assert stored(desk) == before
    assert desk.ask("w.store.undoLabel") is None


def test_tables_fly_and_everything_is_seen_afterwards(desk: Desk) -> None:
    orders = desk.id_of("table", "orders")
    desk.page.locator("#canvas").focus()
    desk.page.keyboard.press("l")
    choose(desk, "Arrange top down")
    told(desk, "Arranged top down.")
    landed(desk)
    desk.landed()
    canvas = desk.page.locator("#canvas").bounding_box()
    assert canvas is not None
    for table in places(desk):
        box = desk.box(table)
        assert canvas["x"] <= box["x"] <= canvas["x"] + canvas["width"]
        assert canvas["y"] <= box["y"] <= canvas["y"] + canvas["height"]
    assert desk.ask("w.view.floating.ids.size") == 0
    assert desk.ask("w.scene.nodesIn({ x: argument[0], y: argument[1], w: 9, h: 9 }).length", stored(desk)[orders]) == 1
    undo_everything(desk)


def test_a_click_in_the_middle_of_the_flight_lands_it(desk: Desk) -> None:
    open_menu(desk)
    choose(desk, "Arrange compactly")
    expect(desk.page.locator(".toast").first).to_be_visible(timeout=20_000)
    desk.page.mouse.click(700, 860)
    assert {key: each[:2] for key, each in places(desk).items()} == stored(desk)
    undo_everything(desk)


def test_without_motion_it_is_there_at_once(desk: Desk) -> None:
    desk.page.emulate_media(reduced_motion="reduce")
    open_menu(desk)
    choose(desk, "Arrange compactly")
    told(desk, "Arranged compactly.")
    desk.page.emulate_media(reduced_motion="no-preference")
    assert {key: each[:2] for key, each in places(desk).items()} == stored(desk)
    undo_everything(desk)


def test_the_selection_alone_is_laid_out(desk: Desk) -> None:
    chosen = select(desk, "customers", "reviews", "order_items")
    before = stored(desk)
    open_menu(desk)
    choose(desk, "Arrange the selection")
    told(desk, "Arranged the selection")
    landed(desk)
    after = stored(desk)
    assert {key for key in after if after[key] != before[key]} <= set(chosen)
    assert after != before
    assert_apart(desk)
    assert re.fullmatch(r"Arrange 3 tables .*", desk.ask("w.store.undoLabel"))
    undo_everything(desk)
    assert stored(desk) == before


def test_the_menu_of_several_tables_lays_them_out(desk: Desk) -> None:
    chosen = select(desk, "customers", "reviews")
    box = desk.box(chosen[1])
    desk.page.mouse.click(box["x"] + box["w"] / 2, box["y"] + 8, button="right")
    choose(desk, "Arrange the selection")
    told(desk, "Arranged the selection")
    undo_everything(desk)


def test_the_key_lays_out_in_the_last_way_again(desk: Desk) -> None:
    open_menu(desk)
    choose(desk, "Arrange top down")
    told(desk, "Arranged top down.")
    landed(desk)
    wanted = stored(desk)
    box = desk.box(desk.id_of("table", "orders"))
    desk.page.mouse.move(box["x"] + 40, box["y"] + 8)
    desk.page.mouse.down()
    desk.page.mouse.move(box["x"] + 90, box["y"] + 120, steps=4)
    desk.page.mouse.up()
    assert stored(desk) != wanted
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Alt+l")
    for _ in range(100):
        if stored(desk) == wanted:
            break
        desk.page.wait_for_timeout(50)
    assert stored(desk) == wanted
    landed(desk)
    undo_everything(desk)


def test_only_what_is_new_is_placed(desk: Desk) -> None:
    before = stored(desk)
    payments = desk.id_of("table", "payments")
    box = desk.box(payments)
    desk.page.mouse.click(box["x"] + 40, box["y"] + 8)
    desk.page.keyboard.press("Control+d")
    desk.saved()
    script = """w.editor.run(() => ({ change: { removed: Object.fromEntries(
        w.store.design.childrenOf(w.editor.diagram, "placement")
        .filter((each) => w.store.design.get(each.element).name !== argument
            && !["customers", "addresses", "orders", "payments", "reviews", "order_items", "product_variants"]
            .includes(w.store.design.get(each.element).name)).map((each) => [each.id, each])) }, label: "Take off" }))"""
    desk.ask(script, "payments")
    desk.saved()
    assert stored(desk) == before
    desk.page.locator("#canvas").focus()
    desk.page.keyboard.press("l")
    choose(desk, "Place what is new (1)")
    told(desk, "Placed what is new")
    landed(desk)
    after = stored(desk)
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + 1
    assert_apart(desk)
    undo_everything(desk)


def test_nothing_new_is_said(desk: Desk) -> None:
    open_menu(desk)
    choose(desk, "Place what is new")
    told(desk, "Everything has its place already")
    assert desk.ask("w.store.undoLabel") is None


def test_areas_are_made_and_undone(desk: Desk) -> None:
    open_menu(desk)
    choose(desk, "Make areas of tables that belong together")
    told(desk, "Grouped into areas.")
    landed(desk)
    assert desk.names("area")
    assert desk.ask("w.store.undoLabel") == "Group the tables into areas"
    undo_everything(desk)
    assert desk.names("area") == set()


def test_the_palette_knows_the_layouts(desk: Desk) -> None:
    desk.page.locator("#canvas").focus()
    desk.page.keyboard.press("Control+k")
    desk.page.keyboard.type("arrange compact")
    desk.page.keyboard.press("Enter")
    told(desk, "Arranged compactly.")
    undo_everything(desk)


def test_an_error_of_the_server_is_told_and_nothing_moves(desk: Desk) -> None:
    before = stored(desk)
    desk.page.route("**/arrange", lambda route: route.fulfill(status=500, body="<h1>no</h1>"))
    open_menu(desk)
    choose(desk, "Arrange compactly")
    told(desk, "nothing was moved; try again")
    assert stored(desk) == before
    desk.page.unroute("**/arrange")
    open_menu(desk)
    choose(desk, "Arrange compactly")
    told(desk, "Arranged compactly.")
    undo_everything(desk)


def test_a_long_layout_shows_how_far_it_is_and_can_be_cancelled(desk: Desk) -> None:
    """The server is played here: a layout that takes long enough to cancel is not the same on every machine."""
    posted: list[str] = []

    def job(route: Route) -> None:
        if route.request.method == "POST":
            posted.append("cancel")
        state = "cancelled" if posted else "running"
        route.fulfill(json={"state": state, "fraction": 0.4, "message": "Arranged 40 of 100 groups of tables"})

    address = desk.ask("JSON.parse(document.getElementById('boot').textContent).urls.arrange")
    desk.page.route("**/arrange", lambda route: route.fulfill(status=202, json={"job": f"{address}/job1"}))
    desk.page.route("**/arrange/job1", job)
    before = stored(desk)
    open_menu(desk)
    choose(desk, "Arrange compactly")
    wait = desk.page.locator(".layout-wait")
    expect(wait).to_contain_text("Arranged 40 of 100 groups")
    expect(wait.get_by_role("progressbar")).to_have_attribute("value", "0.4")
    expect(desk.page.locator("#stage")).to_have_attribute("aria-busy", "true")
    wait.get_by_role("button", name="Cancel").click()
    told(desk, "Arranging was cancelled; nothing was moved.")
    expect(wait).to_have_count(0)
    assert posted == ["cancel"]
    assert stored(desk) == before
    desk.page.unroute_all()


def test_a_large_layout_runs_as_a_job(desk: Desk) -> None:
    page = desk.page
    script = """() => {
        const { editor, store } = window.wholekey;
        const added = {};
        for (let at = 0; at < 520; at += 1) {
          const number = String(at).padStart(9, "0");
          const [id, place] = [`b${number}`, `q${number}`];
          added[id] = { kind: "table", id, parent: window.wholekey.scene.model, name: `bulk_${at}` };
          added[place] = { kind: "placement", id: place, parent: editor.diagram, element: id, x: at * 3 + 1, y: 2000 };
        }
        editor.run(() => ({ change: { added }, label: "Add many" }));
    }"""
    page.evaluate(script)
    desk.saved()
    assert len(stored(desk)) > 520
    open_menu(desk)
    with page.expect_response(lambda answer: answer.url.endswith("/arrange")) as asked:
        choose(desk, "Arrange compactly")
    assert asked.value.status == 202
    told(desk, "Arranged compactly.")
    landed(desk)
    assert desk.ask("w.store.undoLabel") == "Arrange the diagram compactly"
    assert_apart(desk)
    undo_everything(desk)


def test_a_server_that_does_not_answer_may_be_left_waiting(page: Page, server: Server) -> None:
    """In a tab of its own, as its clock is held still."""
    page.goto(server.demo)
    desk = Desk(page)
    desk.wait_ready()
    page.clock.install()
    held: list[Route] = []
    desk.page.route("**/arrange", lambda route: held.append(route))
    open_menu(desk)
    choose(desk, "Arrange compactly")
    desk.page.clock.run_for(500)
    expect(desk.page.locator(".layout-wait")).to_contain_text("Arranging")
    desk.page.clock.run_for(10_500)
    expect(desk.page.locator(".layout-wait")).to_contain_text("Still arranging")
    desk.page.get_by_role("button", name="Stop waiting").click()
    expect(desk.page.locator(".layout-wait")).to_have_count(0)
    for route in held:
        route.abort()
