"""The normalisation workbench on the canvas: asked, answered, broken, explained, mended, taken back and proven."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from designer.proof.available import why_not
from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browser.importing import import_text
from tests.servers import not_here

pytestmark = pytest.mark.browser

LONG = 60_000
"""Milliseconds that a proof may take on a machine that has much to do."""


def panel_of(desk: Desk, table: str) -> str:
    """Open the panel of a table by the keyboard; return the id of the table."""
    found = desk.id_of("table", table)
    desk.ask("w.select([argument])", found)
    desk.page.locator("#canvas").focus()
    desk.page.keyboard.press("Shift+K")
    expect(desk.page.locator(f".norm-panel [data-subject='{found}']")).to_be_visible()
    return found


def chip(desk: Desk, table: str) -> str:
    """Return the state that the canvas paints on a table; empty for none."""
    return str(desk.ask("w.scene.dress.chips.get(argument)?.state ?? ''", table))


def answer(desk: Desk, question: str, said: str) -> None:
    asked = desk.page.locator("form.norm-card", has_text=question)
    if not asked.is_visible():
        desk.page.locator("#norm-more-asks").click()
    asked.get_by_role("button", name=said).click()
    expect(asked).to_have_count(0)


def test_an_order_line_is_asked_about_found_broken_mended_taken_back_and_proven(desk: Desk) -> None:
    shop, page = desk, desk.page
    lines = panel_of(shop, "order_items")
    panel = page.locator(".norm-panel")
    sentence = panel.locator(".norm-lead .norm-sentence")
    expect(sentence).to_contain_text("Only the keys are known")
    assert chip(shop, lines) == "", "a table that nobody assessed is quiet"

    answer(shop, "Can two rows have the same order_id and different promised_on?", "No, never")
    answer(shop, "Can two rows have the same variant_id and different sku?", "No, never")
    answer(shop, "Can two rows have the same variant_id and different unit_price?", "Yes, they can")
    expect(sentence).to_contain_text("promised_on depends on order_id alone, not on the whole key (order_id, line_no).")
    shop.until(lambda: chip(shop, lines) == "violation")
    expect(page.locator("#toolbar [data-action=normalization]")).to_have_attribute("data-count", "1")
    finding = panel.locator("article.is-violation").first
    expect(finding).to_contain_text("breaks 2NF")
    for words in ("line_no of the key is never used", "Update:", "Insert:", "Delete:"):
        expect(finding).to_contain_text(words)
    expect(panel.locator(".norm-strip")).to_have_attribute("aria-label", re.compile("partial: order_id → promised_on"))

    _the_fix_is_looked_at_and_left(shop, lines)
    _the_fix_is_made_undone_and_done_again(shop, lines)
    _it_is_exported_and_proven(shop)


def home_of(desk: Desk, column: str) -> str:
    """Return the name of the table that a column with a name of its own is in."""
    script = (
        "w.store.design.get([...w.store.design.ofKind('column')].find((each) => each.name === argument).parent).name"
    )
    return str(desk.ask(script, column))


def _the_fix_is_looked_at_and_left(desk: Desk, lines: str) -> None:
    page = desk.page
    before = desk.ask("w.version()")
    page.locator("#norm-fix-1").click()
    expect(page.locator("#norm-preview-title")).to_be_focused()
    expect(page.locator(".norm-diff")).to_contain_text("promised_on moves to orders")
    assert desk.ask("[w.scene.dress.diff.nodes.get(argument), w.editor.canEdit]", lines) == ["changed", False]
    orders = desk.id_of("table", "orders")
    assert (
        desk.ask(
            "w.scene.nodes.get(argument).rows.map(({ id }) => w.scene.dress.diff.rows.get(id) ?? '').join('')", orders
        )
        == "added"
    )
    assert (desk.ask("w.version()"), home_of(desk, "promised_on")) == (before, "order_items")
    page.keyboard.press("Escape")
    expect(page.locator(".norm-preview")).to_have_count(0)
    expect(page.locator("#norm-fix-1")).to_be_focused()
    assert desk.ask("[w.scene.dress.diff, w.editor.canEdit]") == [None, True]


def _the_fix_is_made_undone_and_done_again(desk: Desk, lines: str) -> None:
    page = desk.page
    sentence = page.locator(".norm-lead .norm-sentence")
    page.locator("#norm-forms").click()
    page.get_by_role("button", name="Make it so").click()
    desk.until(lambda: home_of(desk, "promised_on") == "orders")
    expect(sentence).to_contain_text("Only the keys are known")
    desk.until(lambda: chip(desk, lines) == "")
    rows = "w.scene.nodes.get(argument).element.rows.map(({ name }) => name)"
    assert desk.ask(rows, lines) == ["order_id", "line_no", "variant_id", "quantity", "unit_price"]
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    desk.saved()
    assert home_of(desk, "promised_on") == "order_items"
    expect(sentence).to_contain_text("promised_on depends on order_id alone")
    desk.until(lambda: chip(desk, lines) == "violation")
    page.keyboard.press("Control+Shift+z")
    desk.saved()
    assert home_of(desk, "promised_on") == "orders"
    desk.until(lambda: chip(desk, lines) == "")


def _it_is_exported_and_proven(desk: Desk) -> None:
    page = desk.page
    page.locator("#norm-close").click()
    page.locator("[data-action=export]").click()
    page.get_by_role("tab", name="SQL and files").click()
    expect(page.locator("#dialog .export-text")).to_contain_text("promised_on date")
    reason = why_not("postgresql")
    if reason:
        not_here(reason)
    page.get_by_role("button", name="Prove it on a scratch server").click()
    expect(page.locator("#proof .message.good")).to_be_visible(timeout=LONG)


SQL = """CREATE TABLE visits (id bigint PRIMARY KEY, zip text NOT NULL, city text NOT NULL, "<b>x</b>" text);
CREATE TABLE clean (id bigint PRIMARY KEY, email text NOT NULL);
"""


@pytest.fixture
def visits(page: Page, server: Server) -> Desk:
    import_text(page, server.address, SQL)
    page.get_by_role("link", name=re.compile("Open")).first.click()
    opened = Desk(page)
    opened.wait_ready()
    return opened


def test_chips_filter_palette_and_outline_say_how_tables_stand(visits: Desk) -> None:
    page = visits.page
    clean = panel_of(visits, "clean")
    page.locator("#norm-assess").click()
    visits.until(lambda: chip(visits, clean) == "clean")
    table = panel_of(visits, "visits")
    page.locator("#norm-add > summary").click()
    page.locator("#norm-typed").fill("zip -> ctiy")
    page.keyboard.press("Enter")
    expect(page.locator("#norm-problem")).to_contain_text("did you mean city?")
    expect(page.locator("#norm-typed")).to_be_focused()
    page.locator("#norm-typed").fill('zip -> city, "<b>x</b>"')
    page.keyboard.press("Enter")
    visits.until(lambda: chip(visits, table) == "violation")
    assert page.locator(".norm-panel b").count() == 0
    expect(page.locator(".outline-line .state-mark.is-violation")).to_have_attribute(
        "aria-label", re.compile("depend on zip")
    )
    page.keyboard.press("Escape")
    expect(page.locator(".norm-panel")).to_be_hidden()
    assert visits.ask("document.activeElement.id") == "canvas"

    page.keyboard.press("Shift+L")
    page.locator(".filter-choice", has_text="below 3NF").locator("input").check()
    assert visits.ask("[...w.scene.nodes.keys()]") == [table]
    page.locator(".filter-panel").get_by_role("button", name="Show all").click()
    page.keyboard.press("Escape")

    page.keyboard.press("Control+k")
    page.keyboard.type("%zip")
    expect(page.locator(".find-option").first).to_contain_text("visits")
    page.keyboard.press("Enter")
    expect(page.locator(f".norm-panel [data-subject='{table}']")).to_be_visible()
    page.keyboard.press("Escape")

    box = visits.box(table)
    page.mouse.click(box["x"] + box["w"] - 14 * visits.ask("w.view.transform.k"), box["y"] + 3)
    expect(page.locator(f".norm-panel [data-subject='{table}']")).to_be_visible()


def test_a_relation_is_played_with_and_shared_by_its_address(page: Page, server: Server) -> None:
    page.goto(f"{server.address}normalize#r=r(a,%20b,%20c)%3A%0Aa%20-%3E%20b%0Ab%20-%3E%20c")
    answer = page.locator("#answer")
    expect(answer).to_contain_text("It is in 2NF")
    expect(answer.locator(".norm-strip")).to_be_visible()
    page.get_by_label("Relation and dependencies").fill("r(a, b): a -> b")
    expect(answer).to_contain_text("It is in BCNF")
    assert page.url.endswith("#r=r(a%2C%20b)%3A%20a%20-%3E%20b")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Markdown").click()
    assert "BCNF" in saved.value.path().read_text()
