"""One logical attribute changes, and three physical models get it in one step that was looked at first."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import Desk
from tests.browser.levels.panel import LONG, Levels

pytestmark = pytest.mark.browser
MADE = {"Shop on MySQL": "Tables for MySQL", "Shop on SQLite": "Tables for SQLite"}
MODELS = ("Shop on PostgreSQL", *MADE)
"""The demo has the tables of PostgreSQL, drawn by hand and derived from the logical model as they are."""


def columns(desk: Levels, name: str) -> list[bool]:
    """Return which of the models have a column of that name."""
    return [desk.in_model("column", model, name) != "None" for model in MODELS]


def test_three_models_get_a_change_above_and_a_conflict_is_settled_on_the_canvas(desk: Desk) -> None:
    desk = Levels(desk.page)
    page = desk.page
    desk.open()
    for goal in MADE.values():
        desk.make("Shop, logical", goal)
    assert set(MODELS) <= set(desk.models())
    page.locator("#levels-close").click()
    attribute = desk.in_model("attribute", "Shop, logical", "full name")
    column = desk.in_model("column", "Shop on MySQL", "full_name")
    desk.edit(column, name=("full_name", "whole_name"))
    desk.edit(attribute, name=("full name", "legal name"))

    update = page.get_by_role("button", name="Update…")
    expect(page.locator("#toasts")).to_contain_text("was changed: 3 physical models are behind", timeout=LONG)
    expect(page.locator("#toolbar [data-action=levels]")).to_have_attribute("data-count", "3")
    assert page.locator("#diagram-select optgroup[label*='1 to decide']").count() == 1
    update.click()
    desk.shows("update")
    expect(page.locator("#levels .levels-lead")).to_have_text("3 models get this change")
    expect(page.locator("#levels-form")).to_contain_text("column full_name becomes legal_name")
    desk.until(lambda: desk.ask("w.scene.dress.diff !== null"))
    _each_model_is_shown(desk)
    _the_conflict_is_settled_where_it_stands(desk, column)
    _all_get_it_at_once_and_undo_returns(desk)


def _each_model_is_shown(desk: Levels) -> None:
    turns = desk.page.locator("[data-turn]")
    expect(turns).to_have_count(3)
    for turn in turns.all():
        turn.click()
        expect(turn).to_have_attribute("aria-pressed", "true")
        marks = desk.ask(
            "[...new Set(w.scene.nodes.keys())].map((id) => w.scene.dress.diff.nodes.get(id)).filter(Boolean)"
        )
        assert marks in (["changed"], ["conflict"])


def _the_conflict_is_settled_where_it_stands(desk: Levels, column: str) -> None:
    page = desk.page
    expect(page.locator("#levels-form")).to_contain_text("1 conflict to decide")
    page.locator("fieldset [data-go]").click()
    desk.until(lambda: desk.shown_model().startswith("Shop on MySQL"))
    desk.landed()
    assert desk.ask("w.scene.dress.diff.rows.get(argument)", column) == "conflict"
    page.mouse.click(*desk.centre(column))
    page.get_by_role("menuitem", name=re.compile("Take what is above")).click()
    expect(page.locator("#levels-form")).not_to_contain_text("to decide")
    desk.shows("update")
    desk.until(lambda: desk.ask("w.scene.dress.diff.rows.get(argument)", column) == "changed")


def _all_get_it_at_once_and_undo_returns(desk: Levels) -> None:
    page = desk.page
    before = desk.ask("w.version()")
    page.locator("#levels-apply").click()
    desk.shows("overview")
    expect(page.locator("#levels")).to_contain_text("All models are in step")
    desk.until(lambda: columns(desk, "legal_name") == [True, True, True])
    assert desk.ask("w.version()") == before + 1
    page.locator("#toolbar [data-action=undo]").click()
    desk.until(lambda: columns(desk, "legal_name") == [False, False, False])
    assert columns(desk, "whole_name") == [False, True, False]
