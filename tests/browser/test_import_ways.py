"""Other ways in than a script: the pasted result of a query, an SQLite file, a live database; and what an export loses."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from designer.importers.live import engine
from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.forwarding import forwarded
from tests.servers import MariaServer

pytestmark = pytest.mark.browser
SCRIPT = "CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL); CREATE TABLE loans (book INTEGER REFERENCES books);"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    with sqlite3.connect(tmp_path / "library.db") as base:
        base.executescript(SCRIPT)
    base.close()
    return tmp_path / "library.db"


def result(library: Path, query: str) -> str:
    """What SQLite's shell shows for the query."""
    with sqlite3.connect(library) as base:
        value = str(base.execute(query).fetchone()[0])
    base.close()
    line = "+" + "-" * (len(value) + 2) + "+"
    return f"{line}\n| {value} |\n{line}\n"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The demo, with the right to use the clipboard."""
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return desk


def put(page: Page, text: str) -> None:
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)


def test_a_result_is_pasted_onto_the_canvas(desk: Desk, library: Path) -> None:
    page = desk.page
    put(page, result(library, engine("sqlite").query("sqlite")).replace("books", "volumes"))
    page.locator("#canvas").focus()
    page.keyboard.press("Control+v")
    expect(page.locator(".toast").first).to_contain_text("Added 2 tables from a database", timeout=20_000)
    assert "volumes" in desk.names("table")
    page.keyboard.press("Control+z")
    desk.saved()


def test_the_query_is_copied_and_its_result_pasted(desk: Desk, library: Path) -> None:
    page = desk.page
    page.locator("#toolbar").get_by_role("button", name="Import").click()
    page.get_by_role("tab", name="Result of a query").click()
    page.locator("#query-dialect").select_option("sqlite")
    expect(page.locator("#catalog-query")).to_have_value(re.compile("sqlite_version"))
    page.get_by_role("button", name="Copy the query").click()
    expect(page.locator(".toast")).to_contain_text("Copied")
    query = str(page.evaluate("navigator.clipboard.readText()"))
    assert query == engine("sqlite").query("sqlite").strip()
    answer = page.locator("#import-way-query")
    whole = result(library, query)
    put(page, whole[: len(whole) // 2])
    page.locator("#query-result").click()
    page.keyboard.press("Control+v")
    answer.get_by_role("button", name="Import", exact=True).click()
    expect(answer.get_by_role("alert")).to_contain_text("ends in the middle", timeout=20_000)
    put(page, whole)
    page.locator("#query-result").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    answer.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="Open diagram").click()
    desk.wait_ready()
    assert {"books", "loans", "orders"} <= desk.names("table")


def test_an_sqlite_file_is_uploaded(page: Page, server: Server, library: Path) -> None:
    page.goto(f"{server.address}import")
    page.locator("#import-file").set_input_files(library)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="Open diagram").click()
    desk = Desk(page)
    desk.wait_ready()
    assert desk.names("table") == {"books", "loans"}


def test_where_no_server_is_allowed_the_query_is_one_click_away(page: Page, server: Server) -> None:
    page.goto(f"{server.address}import")
    page.get_by_role("tab", name="Live database").click()
    expect(page.get_by_text("WHOLEKEY_DATABASE_HOSTS").first).to_be_visible()
    page.get_by_role("button", name="Paste the result of a query").click()
    expect(page.locator("#query-result")).to_be_visible()
    expect(page.locator("#catalog-query")).to_have_value(re.compile("wholekey_catalog"))


@pytest.fixture
def open_server(
    mariadb_server: MariaServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Server, int]]:
    """A server that may import from a MariaDB on the port beside it."""
    with forwarded(mariadb_server.socket) as port:
        monkeypatch.setenv("WHOLEKEY_DATABASE_HOSTS", f"localhost:{port}")
        running = Server(tmp_path / "var")
        running.start()
        yield running, port
        running.stop()


@pytest.mark.slow
@pytest.mark.mariadb
def test_a_wrong_password_costs_nothing_but_typing_it_again(
    page: Page, open_server: tuple[Server, int], mariadb_server: MariaServer
) -> None:
    import pymysql

    database = mariadb_server.new_database()
    with pymysql.connect(**database) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (id int AUTO_INCREMENT PRIMARY KEY)")
        cursor.execute("CREATE OR REPLACE USER wk_browser@localhost IDENTIFIED BY 'the right one'")
        cursor.execute(f"GRANT SELECT ON {database['database']}.* TO wk_browser@localhost")
    server, port = open_server
    page.goto(f"{server.address}import")
    page.get_by_role("tab", name="Live database").click()
    page.locator("#live-dialect").select_option("mariadb")
    expect(page.locator("#live-port")).to_have_attribute("placeholder", "3306")
    for field, text in (
        ("host", "127.0.0.1"),
        ("port", str(port)),
        ("user", "wk_browser"),
        ("password", "a wrong one"),
    ):
        page.locator(f"#live-{field}").fill(text)
    page.locator("#live-database").fill(str(database["database"]))
    way = page.locator("#import-way-live")
    way.get_by_role("button", name="Import", exact=True).click()
    expect(way.get_by_role("alert")).to_contain_text("password", timeout=20_000)
    expect(way.get_by_role("alert")).not_to_contain_text("a wrong one")
    page.locator("#live-password").fill("the right one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Open diagram")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Open diagram").click()
    desk = Desk(page)
    desk.wait_ready()
    assert desk.names("table") == {"notes"}


def test_a_loss_leads_to_its_element(page: Page, server: Server, tmp_path: Path) -> None:
    script = tmp_path / "papers.sql"
    script.write_text(
        "CREATE TABLE papers (id int PRIMARY KEY, tags text[]);\nCREATE TABLE other (id int PRIMARY KEY);"
    )
    page.goto(f"{server.address}import")
    page.locator("#import-file").set_input_files(script)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="Open diagram").click()
    desk = Desk(page)
    desk.wait_ready()
    page.locator("#toolbar [data-action=export]").click()
    page.get_by_role("tab", name="SQL and files").click()
    expect(page.locator("#export-preview")).to_contain_text("CREATE TABLE")
    page.locator("#export-dialect").select_option("mysql")
    expect(page.locator("#losses-title")).to_contain_text("MySQL does not take")
    page.locator(".loss-go", has_text="papers.tags").click()
    expect(page.locator("#dialog")).not_to_be_visible()
    assert desk.ask("[...w.editor.selection]") == [desk.id_of("column", "tags")]
