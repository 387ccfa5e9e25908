"""Text, cells and files pasted onto the canvas, and tables copied for other programs, over a real clipboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.canvas.taking_back import undo_everything
from tests.browser.canvas.test_restructure import Bench, address_of, opened
from tests.browser.conftest import Server
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser
WISH = "CREATE TYPE mood AS ENUM ('sad');\nCREATE TABLE users (id bigint PRIMARY KEY, m mood);\n"


@pytest.fixture(scope="module")
def address(context: BrowserContext, server: Server) -> str:
    return address_of(context, server, WISH)


@pytest.fixture
def bench(desk: Desk) -> Iterator[Bench]:
    """The design in a tab that may read and write the clipboard; what the test does is taken back."""
    may_copy(desk.page)
    bench = Bench(desk.page)
    yield bench
    undo_everything(bench)


def may_copy(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


def put(page: Page, text: str) -> None:
    page.evaluate("(text) => navigator.clipboard.writeText(text)", text)


def got(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def paste(bench: Bench, text: str, at: tuple[float, float] = (700, 700)) -> None:
    put(bench.page, text)
    bench.page.mouse.move(*at)
    bench.page.locator("#canvas").focus()
    bench.page.keyboard.press("Control+v")


def told(bench: Bench, words: str) -> None:
    expect(bench.page.locator(".toast", has_text=words).first).to_be_visible(timeout=20_000)


def test_sql_from_an_editor_becomes_tables_at_the_pointer_in_one_undo(bench: Bench) -> None:
    paste(
        bench, "CREATE TABLE tags (id int PRIMARY KEY, user_id bigint REFERENCES users (id));\nCREATE TABLE b (x int);"
    )
    told(bench, "Added 2 tables from SQL.")
    assert bench.names("table") == {"users", "tags", "b"}
    users = bench.id_of("table", "users")
    assert bench.ask("w.store.design.ofKind('foreign_key')[0].ref_table") == users
    boxes = [bench.box(bench.id_of("table", name)) for name in ("users", "tags", "b")]
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = one["x"] + one["w"] <= other["x"] or other["x"] + other["w"] <= one["x"]
            assert apart or one["y"] + one["h"] <= other["y"] or other["y"] + other["h"] <= one["y"]
    bench.page.locator(".toast").get_by_role("button", name="Undo").click()
    assert bench.names("table") == {"users"}
    bench.page.keyboard.press("Control+Shift+z")
    assert bench.names("table") == {"users", "tags", "b"}


@pytest.mark.parametrize(("text", "words", "table"), [
    ("Table teams {\n  id int [pk]\n}", "from DBML", "teams"),
    pytest.param("erDiagram\n  teams {\n    int id PK\n  }\n", "from Mermaid", "teams", marks=pytest.mark.slow),
    pytest.param("id\tname\n1\tAnn\n2\tBob\n", "from cells", "table_1", marks=pytest.mark.slow),
])  # fmt: skip
def test_other_texts_are_read_as_what_they_are(bench: Bench, text: str, words: str, table: str) -> None:
    paste(bench, text)
    told(bench, words)
    assert bench.names("table") == {"users", table}


def test_prose_changes_nothing_and_may_become_a_note(bench: Bench) -> None:
    paste(bench, "Ask <b>Ann</b> about the users.")
    told(bench, "can become a note")
    assert bench.names("table") == {"users"}
    bench.page.get_by_role("button", name="Make it a note").click()
    assert bench.ask("w.store.design.ofKind('note').map((each) => each.text)") == ["Ask <b>Ann</b> about the users."]


def test_what_cannot_be_read_is_told_with_its_place(bench: Bench) -> None:
    paste(bench, "Table a {\n  id int [pk\n}")
    told(bench, ":3:1:")
    assert bench.names("table") == {"users"}


def test_a_copy_is_sql_for_an_editor_and_records_for_us(bench: Bench) -> None:
    page = bench.page
    with page.expect_response("**/copy*"):
        page.mouse.click(*bench.centre(bench.id_of("table", "users")))
    page.keyboard.press("Control+c")
    text = got(page)
    assert "CREATE TABLE users" in text
    assert "CREATE TYPE mood" in text
    page.keyboard.press("Control+v")
    told(bench, "Pasted users_2")
    assert bench.names("enum_type") == {"mood"}


@pytest.mark.slow
def test_a_copy_at_once_still_brings_sql(bench: Bench) -> None:
    bench.ask("w.select([argument])", bench.id_of("table", "users"))
    bench.page.keyboard.press("Control+c")
    for _ in range(60):
        if "CREATE TABLE users" in got(bench.page):
            break
        bench.page.wait_for_timeout(100)
    assert "CREATE TABLE users" in got(bench.page)
    bench.page.wait_for_timeout(300)
    bench.page.keyboard.press("Control+v")
    told(bench, "Pasted users_2")


@pytest.mark.slow
def test_tables_go_to_a_project_of_another_database(page: Page, server: Server) -> None:
    source = "CREATE TYPE mood AS ENUM ('sad', 'ok');\nCREATE TABLE people (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood, at timestamptz, u uuid);"
    may_copy(page)
    first = opened(page, server, source)
    with page.expect_response("**/copy*"):
        first.ask("w.select([argument])", first.id_of("table", "people"))
    page.keyboard.press("Control+c")
    second = page.context.new_page()
    other = opened(second, server, "CREATE TABLE t (id int PRIMARY KEY AUTO_INCREMENT) ENGINE=InnoDB;")
    second.keyboard.press("Control+v")
    told(other, "Pasted people")
    people = other.id_of("table", "people")
    types = other.ask("w.store.design.childrenOf(argument, 'column').map((each) => each.type)", people)
    assert types == ["bigint", "enum('sad','ok')", "datetime(6)", "char(36)"]
    identity = other.ask("w.store.design.childrenOf(argument, 'column')[0].identity", people)
    assert identity == "auto_increment"


@pytest.mark.parametrize(("entry", "words"), [
    ("Copy as SQL", "CREATE TABLE users"), pytest.param("Copy as DBML", 'Table "users"', marks=pytest.mark.slow),
    pytest.param("Copy as Mermaid", "erDiagram", marks=pytest.mark.slow),
    pytest.param("Copy the name", "users", marks=pytest.mark.slow),
])  # fmt: skip
def test_the_menu_copies_as(bench: Bench, entry: str, words: str) -> None:
    put(bench.page, "")
    bench.menu(bench.id_of("table", "users"), entry)
    told(bench, "Copied")
    assert words in got(bench.page)


def test_a_dropped_file_is_added_to_the_diagram(bench: Bench) -> None:
    bench.page.evaluate("""() => {
      const data = new DataTransfer();
      data.items.add(new File(["id,name\\n1,Ann\\n2,Bob\\n"], "people.csv", { type: "text/csv" }));
      document.getElementById("stage").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    }""")
    expect(bench.form.get_by_label("Add its tables to this diagram")).to_be_checked()
    bench.form.get_by_role("button", name="Go on").click()
    told(bench, "Added the table people")
    assert bench.columns("people") == ["id", "name"]
