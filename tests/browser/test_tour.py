"""The stranger's whole tour in a real browser: from the first page to DDL that a real PostgreSQL applies."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.formats.node import models
from tests.sample_dump import pg_dump_like
from tests.servers import PostgresServer

pytestmark = [pytest.mark.browser, pytest.mark.postgres, pytest.mark.node]


def import_dump(page: Page, server: Server, path: Path) -> Desk:
    """Upload a dump as a new project, read the report and open the diagram."""
    page.goto(server.address)
    page.get_by_role("link", name="Import a database").click()
    page.locator("#import-file").set_input_files(path)
    page.get_by_role("button", name="Import", exact=True).click()
    open_diagram = page.get_by_role("link", name="Open diagram")
    expect(open_diagram).to_be_visible(timeout=90_000)
    expect(page.get_by_text("imported", exact=False).first).to_be_visible()
    open_diagram.click()
    desk = Desk(page)
    desk.wait_ready(60)
    return desk


def download(page: Page, format_title: str) -> str:
    """Export in a format and return the file that the browser saved."""
    page.locator("#toolbar").get_by_role("button", name="Export").click()
    dialog = page.locator("#dialog")
    dialog.get_by_role("tab", name="SQL and files").click()
    first = dialog.locator("a[download]")
    expect(first).to_be_visible(timeout=30_000)
    first.evaluate(
        "(link) => { link.dataset.before = ''; }"
    )  # it goes when the choice is answered, perhaps under the mouse
    choice = dialog.locator("#export-format")
    choice.select_option(label=format_title)
    link = dialog.locator(f"a[download][href*='format={choice.input_value()}']:not([data-before])")
    expect(link).to_be_visible(timeout=30_000)
    with page.expect_download() as saved:
        link.click()
    text = Path(saved.value.path()).read_text()
    page.keyboard.press("Escape")
    return text


def tour(page: Page, server: Server, dump: Path, tables: int) -> tuple[str, str]:
    """Walk the tour; return the PostgreSQL DDL and the Mermaid text that it ends with."""
    page.goto(server.address)
    page.get_by_role("link", name=re.compile("Demo")).first.click()
    demo = Desk(page)
    demo.wait_ready()
    assert "order_items" in demo.names("table")

    desk = import_dump(page, server, dump)
    assert len(desk.names("table")) == tables
    before = desk.ask("w.version()")

    table = desk.id_of("table", "address_0001")
    column = desk.id_of("column", "field_0", table)
    desk.find("address_0001")
    page.mouse.dblclick(desk.box(column)["x"] + 60, desk.centre(column)[1])
    page.keyboard.press("Control+a")
    page.keyboard.type("renamed here")
    page.keyboard.press("Enter")
    assert desk.id_of("column", "renamed here", table) == column

    x, y = desk.box(table)["x"], desk.box(table)["y"]
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    page.mouse.click(x, max(y - 120, 110))
    page.keyboard.press("Control+a")
    page.keyboard.type("visitors")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    added = desk.id_of("table", "visitors")

    draw_foreign_key(desk, added, table)
    keys = desk.ask(
        "[...w.store.design.ofKind('foreign_key')].filter((each) => each.parent === argument).length", added
    )
    assert keys == 1

    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    assert (
        desk.ask("[...w.store.design.ofKind('foreign_key')].filter((each) => each.parent === argument).length", added)
        == 0
    )
    page.keyboard.press("Control+Shift+z")
    assert (
        desk.ask("[...w.store.design.ofKind('foreign_key')].filter((each) => each.parent === argument).length", added)
        == 1
    )
    desk.saved()
    assert desk.ask("w.version()") > before

    page.reload()
    desk.wait_ready(60)
    assert desk.id_of("column", "renamed here", table) == column
    assert desk.id_of("table", "visitors") == added
    assert len(desk.names("table")) == tables + 1
    return download(page, "SQL DDL"), download(page, "Mermaid")


def draw_foreign_key(desk: Desk, source: str, target: str) -> None:
    """Draw a line from a table to another with the connect tool."""
    page = desk.page
    page.locator('#toolbar [data-action="connect"]').click()
    start, end = desk.box(source), desk.box(target)
    page.mouse.move(start["x"] + start["w"] / 2, start["y"] + 12)
    page.mouse.down()
    page.mouse.move(end["x"] + end["w"] / 2, end["y"] + 10, steps=8)
    page.mouse.up()
    page.get_by_role("menuitem", name="Many to one", exact=True).click()


def check_outcome(ddl: str, mermaid: str, tables: int, postgres_server: PostgresServer) -> None:
    """Apply the DDL on a real PostgreSQL and let Mermaid's own parser read the diagram."""
    with psycopg.connect(postgres_server.new_database(), autocommit=True) as connection:
        connection.execute(ddl)  # type: ignore[call-overload]
        query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
        assert connection.execute(query).fetchone() == (tables + 1,)
        query = "SELECT count(*) FROM information_schema.columns WHERE column_name = 'renamed here'"
        assert connection.execute(query).fetchone() == (1,)
        query = "SELECT confdeltype FROM pg_constraint WHERE contype = 'f' AND conrelid = 'visitors'::regclass"
        assert connection.execute(query).fetchone() is not None
    entities = models("mermaid", [mermaid])[0]["entities"]
    assert len(entities) == tables + 1


@pytest.mark.slow
def test_the_tour_with_a_few_hundred_tables(
    page: Page, server: Server, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    dump = tmp_path / "company <script>.sql"
    dump.write_text(pg_dump_like(300))
    check_outcome(*tour(page, server, dump, 300), 300, postgres_server)


@pytest.mark.slow
def test_the_tour_with_a_thousand_tables(
    page: Page, server: Server, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    dump = tmp_path / "large.sql"
    dump.write_text(pg_dump_like(1000))
    check_outcome(*tour(page, server, dump, 1000), 1000, postgres_server)


def test_no_edit_is_lost_when_the_server_is_killed(page: Page, server: Server) -> None:
    page.goto(server.demo)
    desk = Desk(page)
    desk.wait_ready()
    address = page.url
    reviews = desk.id_of("table", "reviews")
    desk.ask("w.select([argument])", reviews)
    page.locator("#canvas").focus()
    page.keyboard.press("F2")
    page.keyboard.type("opinions")
    page.keyboard.press("Enter")
    desk.saved()
    server.kill()

    page.keyboard.press("F2")
    page.keyboard.type("verdicts")
    page.keyboard.press("Enter")
    expect(page.locator("#banner")).to_contain_text(re.compile("wait|offline|reach", re.IGNORECASE), timeout=15_000)
    assert desk.ask("w.pending()") == 1
    server.start()
    desk.saved(60)  # it waits longer from try to try
    page.goto(address)
    desk.wait_ready()
    assert desk.id_of("table", "verdicts") == reviews
