"""Setting many columns or tables at once in the inspector of a real server."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.desk import Desk

pytestmark = pytest.mark.browser


def record(desk: Desk, name: str) -> dict[str, Any]:
    return dict(desk.ask("w.store.design.get(argument)", name))


def rows_of(desk: Desk, table: str) -> list[str]:
    """Return the ids of the columns of a table by its name."""
    script = "w.store.design.childrenOf(argument, 'column').map((each) => each.id)"
    return list(desk.ask(script, desk.id_of("table", table)))


def test_columns_across_tables_are_chosen_by_ctrl_click_and_set_in_one_step(desk: Desk) -> None:
    page = desk.page
    desk.ask("w.select(argument)", [desk.id_of("table", "payments"), desk.id_of("table", "orders")])
    desk.ask("w.editor.fitSelection()")
    desk.landed()
    untouched, *_ = rows_of(desk, "payments")
    chosen = [rows_of(desk, "payments")[-1], rows_of(desk, "orders")[-1]]
    page.keyboard.down("Control")
    for each in chosen:
        page.mouse.click(*desk.centre(each))
    page.keyboard.up("Control")
    assert desk.ask("[...w.editor.selection]") == chosen
    inspector = page.locator("#inspector")
    expect(inspector.locator("h2")).to_have_text("2 columns selected")
    inspector.locator("#many-comment").fill("kept for the tax office")
    inspector.locator("#many-comment").press("Tab")
    desk.until(lambda: {record(desk, each).get("comment") for each in chosen} == {"kept for the tax office"})
    assert record(desk, untouched).get("comment") != "kept for the tax office"
    inspector.locator("#many-classification").select_option("confidential")
    desk.until(lambda: {record(desk, each).get("classification") for each in chosen} == {"confidential"})
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert "kept for the tax office" not in {record(desk, each).get("comment") for each in chosen}
    desk.saved()


def test_tables_get_a_colour_and_a_tag_and_a_refusal_stays_beside_its_field(desk: Desk) -> None:
    page = desk.page
    tables = [desk.id_of("table", "payments"), desk.id_of("table", "orders")]
    desk.ask("w.select(argument)", tables)
    inspector = page.locator("#inspector")
    expect(inspector.locator("h2")).to_have_text("2 tables selected")
    inspector.locator("#many-colour").select_option("4")
    expect(inspector.locator("#many-colour")).to_have_value("4")
    placement = "[...w.store.design.ofKind('placement')].find((each) => each.element === id)"
    desk.until(lambda: desk.ask(f"argument.map((id) => {placement}.colour)", tables) == ["4", "4"])
    inspector.locator("#many-add-tag").fill("billing, 2026")
    inspector.locator("#many-add-tag").press("Enter")
    expect(inspector.locator(".tag")).to_have_count(2)
    inspector.get_by_role("button", name="Take the tag 2026 off all of them").click()
    expect(inspector.locator(".tag")).to_have_count(1)
    inspector.locator("#many-add-tag").fill(" , ")
    inspector.locator("#many-add-tag").press("Enter")
    expect(inspector.locator(".error-text")).to_contain_text("Type a tag", timeout=20_000)
    desk.until(lambda: {tuple(record(desk, each)["tags"]) for each in tables} == {("billing",)})


def test_what_is_typed_while_the_panel_is_drawn_again_stays(desk: Desk) -> None:
    page = desk.page
    tables = [desk.id_of("table", "payments"), desk.id_of("table", "orders")]
    desk.ask("w.select(argument)", tables)
    inspector = page.locator("#inspector")
    expect(inspector.locator("h2")).to_have_text("2 tables selected")
    inspector.locator("#many-classification").select_option("internal")
    desk.until(lambda: {record(desk, each).get("classification") for each in tables} == {"internal"})
    page.locator("#canvas").focus()
    page.wait_for_timeout(400)
    held: list[Route] = []
    page.route("**/inspector/selection", lambda route: held.append(route))
    page.keyboard.press("Control+z")
    desk.until(lambda: bool(held))
    inspector.locator("#many-owner").fill("Finance")
    with page.expect_response("**/inspector/selection"):
        held[0].continue_()
    page.wait_for_timeout(300)
    expect(inspector.locator("#many-owner")).to_have_value("Finance")
    page.unroute("**/inspector/selection")


def test_a_primary_key_over_chosen_columns(desk: Desk) -> None:
    page = desk.page
    table = desk.id_of("table", "payments")
    rows = rows_of(desk, "payments")[:2]
    desk.ask("w.select(argument)", rows)
    page.locator("#inspector").get_by_role("button", name="Make primary key").click()
    keys = "w.store.design.childrenOf(argument, 'key').filter((each) => each.primary).map((key) => key.columns)"
    desk.until(lambda: bool(desk.ask(keys, table) == [rows]))


def test_on_a_phone_the_panel_of_many_fits(desk: Desk) -> None:
    page = desk.page
    size, finger = page.viewport_size, page.context.new_cdp_session(page)
    page.set_viewport_size({"width": 390, "height": 844})
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    desk.ask("w.select(argument)", [desk.id_of("table", "payments"), desk.id_of("table", "orders")])
    page.get_by_role("button", name="Show the inspector").click()
    expect(page.locator("#inspector h2")).to_have_text("2 tables selected")
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    panel = "document.querySelector('#inspector')"
    assert page.evaluate(f"{panel}.scrollWidth - {panel}.clientWidth") <= 0
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
    page.set_viewport_size(size) if size else None
