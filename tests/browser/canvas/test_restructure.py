"""Splitting, merging, moving, lookups, enums and audit columns with the menus, keys and fingers of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import column_id, table_id
from tests.browser.canvas.taking_back import undo_everything
from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browser.importing import import_text
from tests.browser.menus import choose, entry

pytestmark = pytest.mark.browser

SHOP = """
CREATE TABLE users (
  id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text, phone text,
  status varchar(20) NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'gone')), "odd </script> 'name" text
);
CREATE TABLE profiles (user_id bigint PRIMARY KEY REFERENCES users (id), name text NOT NULL, avatar text);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users (id), note text);
"""


class Bench(Desk):
    """A design with hands for restructuring."""

    def columns(self, table: str) -> list[str]:
        """Return the names of the columns of a table."""
        script = "w.store.design.childrenOf(argument, 'column').map((each) => each.name)"
        return list(self.ask(script, self.id_of("table", table)))

    def column(self, table: str, name: str) -> str:
        return self.id_of("column", name, self.id_of("table", table))

    def menu(self, record: str, entry: str) -> None:
        """Open the menu of a column, or of a table at its title, with the right button and choose an entry."""
        box = self.box(record)
        self.page.mouse.click(box["x"] + 40, box["y"] + min(10, box["h"] / 2), button="right")
        choose(self.page, entry)

    @property
    def form(self) -> Locator:
        return self.page.locator("dialog.ask[open]")

    def entries(self) -> int:
        """Return how many edits were made."""
        self.saved()
        return int(self.ask("w.version()"))


@pytest.fixture(scope="module")
def address(context: BrowserContext, server: Server) -> str:
    return address_of(context, server, SHOP)


@pytest.fixture
def bench(desk: Desk) -> Iterator[Bench]:
    """The design in the tab that stays open, all of it in view; what the test does is taken back."""
    bench = Bench(desk.page)
    bench.page.keyboard.press("f")
    bench.landed()
    yield bench
    undo_everything(bench)


def address_of(context: BrowserContext, server: Server, sql: str) -> str:
    """Import SQL as a project of its own and return where its diagram is."""
    page = context.new_page()
    bench = opened(page, server, sql)
    bench.saved()
    found = page.url
    page.close()
    return found


def opened(page: Page, server: Server, sql: str) -> Bench:
    """Import SQL as a project of its own and open it."""
    import_text(page, server.address, sql)
    page.get_by_role("link", name="Open diagram").click(timeout=60_000)
    bench = Bench(page)
    bench.wait_ready(60)
    page.locator("#canvas").focus()
    return bench


def test_a_table_is_split_with_a_preview_and_undone_in_one_step(bench: Bench) -> None:
    before = bench.entries()
    bench.menu(bench.column("users", "phone"), "Split the table…")
    form = bench.form
    expect(form.get_by_role("checkbox", name="phone")).to_be_checked()
    form.get_by_role("checkbox", name="odd </script>").check()
    form.get_by_label("Name of the new table").fill("orders")
    expect(form.get_by_role("status")).to_contain_text("there is a table named orders here already", ignore_case=True)
    bench.page.keyboard.press("Enter")
    expect(form).to_be_visible()
    form.get_by_label("Name of the new table").fill("user_contacts")
    expect(form.get_by_role("status")).to_contain_text("Split users into users and user_contacts")
    bench.page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    assert bench.columns("user_contacts") == ["user_id", "phone", "odd </script> 'name"]
    assert bench.columns("users") == ["id", "email", "name", "status"]
    assert bench.ask("document.activeElement.id") == "canvas"
    assert bench.ask("w.screenOf(argument)", bench.id_of("table", "user_contacts"))
    assert bench.entries() == before + 1
    bench.page.locator(".toast").get_by_role("button", name="Undo").click()
    assert "user_contacts" not in bench.names("table")
    assert bench.columns("users")[3:] == ["phone", "status", "odd </script> 'name"]


@pytest.mark.slow
def test_escape_leaves_everything_as_it_is(bench: Bench) -> None:
    before = bench.entries()
    bench.menu(bench.column("users", "phone"), "Give it a table of its own…")
    expect(bench.form.get_by_label("Name of the new table")).to_have_value("user_phones")
    bench.page.keyboard.press("Escape")
    expect(bench.form).to_have_count(0)
    assert bench.ask("document.activeElement.id") == "canvas"
    assert bench.entries() == before


def test_a_column_of_several_values_gets_a_table_of_its_own_by_keys_alone(bench: Bench) -> None:
    page = bench.page
    bench.ask("w.select([argument])", bench.column("users", "phone"))
    page.locator("#canvas").focus()
    page.keyboard.press("Control+k")
    page.keyboard.type("table of its own")
    page.keyboard.press("Enter")
    expect(bench.form).to_be_visible()
    page.keyboard.press("Enter")
    expect(bench.form).to_have_count(0)
    assert bench.columns("user_phones") == ["id", "user_id", "phone"]


@pytest.mark.slow
def test_two_tables_are_merged_the_way_that_loses_nothing(bench: Bench) -> None:
    bench.menu(bench.id_of("table", "profiles"), "Merge with another table…")
    expect(bench.form.get_by_label("users into profiles")).to_be_attached()
    bench.form.get_by_label("profiles into users").check()
    expect(bench.form.get_by_role("status")).to_contain_text("name_profile")
    bench.form.get_by_role("button", name="Merge").click()
    assert bench.names("table") == {"users", "orders"}
    assert bench.columns("users")[-2:] == ["name_profile", "avatar"]
    expect(bench.page.locator(".toast")).to_contain_text("Merged profiles into users")


@pytest.mark.slow
def test_a_column_moves_to_another_table(bench: Bench) -> None:
    bench.menu(bench.column("orders", "note"), "Move to another table…")
    bench.form.get_by_label("To the table").select_option(label="profiles")
    bench.form.get_by_role("button", name="Move").click()
    assert bench.columns("profiles")[-1] == "note"
    assert bench.columns("orders") == ["id", "user_id"]


def test_a_lookup_table_takes_the_values_of_a_check(bench: Bench) -> None:
    bench.menu(bench.column("users", "status"), "Extract a lookup table…")
    expect(bench.form.get_by_label("Values, one a line")).to_have_value("new\ngone")
    expect(bench.form.get_by_label("Name of the new table")).to_have_value("statuses")
    bench.form.get_by_label("An id").check()
    bench.form.get_by_role("button", name="Extract").click()
    assert bench.columns("statuses") == ["id", "code"]
    assert "status_id" in bench.columns("users")
    assert bench.names("check") == set()


def test_a_column_becomes_an_enum_and_text_again(bench: Bench) -> None:
    status = bench.column("users", "status")
    bench.menu(status, "Convert to an enum…")
    bench.form.get_by_label("Values, one a line").fill("new\nit's gone\nnew")
    expect(bench.form.get_by_role("status")).to_contain_text("twice")
    bench.form.get_by_label("Values, one a line").fill("new\nit's gone")
    bench.page.keyboard.press("Control+Enter")
    assert bench.names("enum_type") == {"user_status"}
    assert bench.ask("w.store.design.get(argument).type", status) == "user_status"
    bench.menu(status, "Convert to text with a check")
    assert bench.names("enum_type") == set()
    check = bench.ask("w.store.design.ofKind('check')[0].expr.text")
    assert check == "status IN ('new', 'it''s gone')"


@pytest.mark.slow
def test_audit_columns_come_to_all_selected_tables_in_one_step(bench: Bench) -> None:
    before = bench.entries()
    bench.page.keyboard.press("Control+a")
    bench.menu(bench.id_of("table", "orders"), "Add audit columns…")
    bench.form.get_by_role("button", name="Add").click()
    for table in ("users", "orders", "profiles"):
        assert bench.columns(table)[-2:] == ["created_at", "updated_at"]
    assert bench.entries() == before + 1


@pytest.mark.slow
def test_who_may_only_look_is_offered_nothing(bench: Bench) -> None:
    bench.ask("(w.editor.canEdit = false)")
    bench.page.mouse.click(*bench.centre(bench.column("users", "phone")), button="right")
    expect(entry(bench.page, "Split the table…")).to_have_count(0)
    bench.ask("(w.editor.canEdit = true)")


def test_the_form_fits_a_phone_and_takes_fingers(open_canvas: Callable[..., Canvas]) -> None:
    canvas = open_canvas(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone = canvas.page
    before = canvas.names("column", table_id(0))
    canvas.call("id => wholekey.select([id])", column_id(0, 3))
    phone.locator("#canvas").focus()
    phone.keyboard.press("Shift+F10")
    entry(phone, "Split the table…").tap()
    form = phone.locator("dialog.ask[open]")
    box = form.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["y"] + box["height"] <= 844
    form.get_by_role("button", name="Split").tap()
    made = canvas.call("wholekey.store.design.ofKind('table').find((each) => each.name === 'account_0_details').id")
    assert canvas.names("column", made) == ["account_0_id", "column_3"]
    assert canvas.names("column", table_id(0)) == [name for name in before if name != "column_3"]
