"""The whole review of a change by two people in two browsers, from the branch to the migrated database and its release.

WHOLEKEY_STORY_SHOTS names a folder for a picture of each step, light and dark.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from designer.compare.comparing import compare
from designer.importers.live import read_url
from designer.schema.codec import decode
from tests.browser.conftest import ROOT, Server
from tests.browser.desk import Desk
from tests.browser.importing import import_text
from tests.servers import PostgresServer

pytestmark = [pytest.mark.browser, pytest.mark.postgres]

SCHEMA = """
CREATE TABLE customers (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, name text NOT NULL);
CREATE TABLE orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id bigint NOT NULL REFERENCES customers (id),
    total numeric(10,2) NOT NULL
);
CREATE INDEX idx_orders_customer_id ON orders (customer_id);
"""
ROWS = """
INSERT INTO customers (email, name) SELECT 'c' || n || '@example.org', 'Customer ' || n FROM generate_series(1, 200) n;
INSERT INTO orders (customer_id, total) SELECT 1 + n % 200, n FROM generate_series(1, 1000) n;
"""
PASSWORDS = {"ada": "correct horse battery", "bob": "staple quiet harbour"}
PATIENCE = 20_000
"""Milliseconds."""
SHOTS = os.environ.get("WHOLEKEY_STORY_SHOTS", "")


@dataclass
class Person:
    """Somebody at a browser of his own."""

    name: str
    page: Page
    clicks: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return Desk(self.page)

    def press(self, name: str | re.Pattern[str], role: str = "button", within: str = "body", nth: int = 0) -> None:
        """Press what is called so."""
        self.clicks += 1
        exact = isinstance(name, str)
        self.page.locator(within).first.get_by_role(role, name=name, exact=exact).nth(nth).click()  # type: ignore[arg-type]

    def type_into(self, record: str, *keys: str) -> None:
        """Open the name of a row by a double-click, and press keys or type texts one after the other."""
        box = self.desk.box(record)
        self.page.mouse.dblclick(box["x"] + box["w"] * 0.3, box["y"] + box["h"] / 2)
        self.clicks += 2
        for each in keys:
            self.page.keyboard.press(each) if each in ("Enter", "Tab", "Escape") else self.page.keyboard.type(each)

    def retype(self, column: str, kind: str) -> None:
        """Give a column another type on the diagram."""
        self.type_into(self.desk.id_of("column", column), "Tab", kind, "Enter", "Escape")
        self.desk.until(lambda: kind in self.desk.ask("w.store.design.ofKind('column').map((each) => each.type)"))

    def look(self, step: str) -> None:
        """Take a picture of a step where somebody wants pictures."""
        if not SHOTS:
            return
        for theme in ("light", "dark"):
            self.page.evaluate("(theme) => { document.documentElement.dataset.theme = theme; }", theme)
            self.page.wait_for_timeout(250)
            self.page.screenshot(path=f"{SHOTS}/{step}-{self.name}-{theme}.png")
        self.page.evaluate("() => { document.documentElement.dataset.theme = 'light'; }")
        if "/d/" not in self.page.url or "/requests/" in self.page.url:
            self.page.set_viewport_size({"width": 390, "height": 844})
            self.page.screenshot(path=f"{SHOTS}/{step}-{self.name}-phone.png", full_page=True)
            self.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.fixture(scope="module")
def team_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with accounts."""
    settings = {"WHOLEKEY_HOSTS": "127.0.0.1", "WHOLEKEY_LOCAL": "0"}
    running = Server(tmp_path_factory.mktemp("team"), settings=settings)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def persons(chromium: Browser) -> Iterator[dict[str, Person]]:
    """Ada at a desk, Bob at another, each with cookies of their own."""
    expect.set_options(timeout=PATIENCE)  # a scratch server, a proof and two pages share the machine
    contexts: list[BrowserContext] = []
    found: dict[str, Person] = {}
    for name in PASSWORDS:
        contexts.append(chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True))
        person = Person(name, contexts[-1].new_page())
        person.page.on("pageerror", lambda error, person=person: person.errors.append(str(error)))
        person.page.on(
            "console",
            lambda said, person=person: person.errors.append(said.text) if "Content Security" in said.text else None,
        )
        person.page.set_default_timeout(PATIENCE)
        found[name] = person
    yield found
    for each in found.values():
        each.look("99-end")
    for each in contexts:
        each.close()
    expect.set_options(timeout=5_000)


def first_account(server: Server, email: str) -> str:
    """Return the address that the operator's command prints for somebody."""
    environment = {**os.environ, "WHOLEKEY_VAR": str(server.folder), **server.settings}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "designer.cli", "admin", email, "--address", server.address]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.slow
def test_a_change_is_reviewed_by_two_people_and_reaches_a_real_database(
    team_server: Server, persons: dict[str, Person], postgres_server: PostgresServer, tmp_path: Path
) -> None:
    ada, bob = persons["ada"], persons["bob"]
    story = Story(team_server, ada, bob, tmp_path)
    story.ada_gets_an_account()
    story.ada_brings_the_shop_in()
    story.bob_joins()
    story.both_log_in_again()
    story.ada_sets_rules()
    story.ada_names_the_first_release()
    database = story.database_of_before(postgres_server)
    story.ada_edits_on_a_branch()
    story.ada_asks_for_a_merge()
    story.bob_comments_and_suggests()
    story.ada_applies_the_suggestion()
    story.a_check_fails_and_ada_fixes_it()
    story.bob_approves()
    story.main_moves_meanwhile()
    story.ada_decides_on_the_diagram_and_merges()
    story.the_release_has_a_page()
    story.the_migration_reaches(database)
    assert (ada.errors, bob.errors) == ([], [])


@dataclass
class Story:
    """The steps, in their order. `main` and `branch` are addresses of canvases."""

    server: Server
    ada: Person
    bob: Person
    folder: Path
    main: str = ""
    branch: str = ""
    request: str = ""
    clicks: list[tuple[str, int]] = field(default_factory=list)

    def at(self, path: str) -> str:
        return self.server.address + path.lstrip("/")

    def ada_gets_an_account(self) -> None:
        page = self.ada.page
        page.goto(first_account(self.server, "ada@example.org"))
        fill_account(page, "Ada", PASSWORDS["ada"])
        self.ada.press(re.compile("log in", re.I))
        expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
        self.ada.look("01-first-account")

    def ada_brings_the_shop_in(self) -> None:
        import_text(self.ada.page, self.server.address, SCHEMA)
        self.ada.press("Open diagram", "link")
        self.ada.desk.wait_ready()
        self.ada.page.keyboard.press("Escape")
        self.main = self.ada.page.url.split("?")[0]
        self.ada.look("02-shop")

    def bob_joins(self) -> None:
        page = self.ada.page
        page.goto(self.server.address)
        page.locator("a[href*='/w/'], a[href*='workspace']").first.click()
        page.locator("#invite-email").first.fill("bob@example.org")
        page.locator("#invite-role").first.select_option("reviewer")
        self.ada.press("Invite")
        address = page.locator("#fresh-address").inner_text()
        self.ada.look("03-invited")
        other = self.bob.page
        other.goto(address)
        self.bob.look("04-invitation")
        self.bob.press("Make an account", "link")
        fill_account(other, "Bob", PASSWORDS["bob"])
        self.bob.press("Make the account")
        self.bob.press(re.compile("^Join as"))
        expect(other.get_by_role("link", name=re.compile("Shop|SQL|Import", re.I)).first).to_be_visible()
        self.bob.look("05-joined")

    def both_log_in_again(self) -> None:
        for person in (self.ada, self.bob):
            person.page.goto(self.server.address)
            person.press("Log out")
            person.page.goto(self.main)
            person.page.get_by_label("E-mail or user name").fill(f"{person.name}@example.org")
            person.page.get_by_label("Password").fill(PASSWORDS[person.name])
            person.press("Log in")
            person.desk.wait_ready()

    def ada_sets_rules(self) -> None:
        page = self.ada.page
        page.goto(f"{self.main}requests")
        self.ada.press(re.compile("What a merge needs"), "link")
        self.ada.press(re.compile("^Team"), "link")
        preview = page.locator("#rules-preview")
        expect(preview).to_contain_text("9 of 9 keep the convention")
        page.locator("#rule-case").select_option("upper")
        expect(preview).to_contain_text("0 of 9 keep the convention")
        page.locator("#rule-case").select_option("snake")
        expect(preview).to_contain_text("9 of 9 keep the convention")
        self.ada.look("06-rules")
        self.ada.press("Keep these rules")
        expect(page.get_by_role("heading", name="Change requests")).to_be_visible()

    def ada_names_the_first_release(self) -> None:
        page = self.ada.page
        page.goto(f"{self.main}releases")
        page.locator("#release-name").fill("1.0")
        self.ada.press("Name it")
        expect(page.get_by_role("heading", name="1.0")).to_be_visible()

    def database_of_before(self, server: PostgresServer) -> str:
        """Return a database as it is in use, with rows in it."""
        url = server.new_database()
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(SCHEMA)  # type: ignore[call-overload]
            connection.execute(ROWS)  # type: ignore[call-overload]
        return url

    def ada_edits_on_a_branch(self) -> None:
        page, desk = self.ada.page, self.ada.desk
        page.goto(f"{self.main}branches")
        page.locator("#branch-name").fill("Loyalty points")
        self.ada.press("Make the branch")
        page.wait_for_url(lambda url: "/d/" in url and not url.startswith(self.main))
        desk.wait_ready()
        self.branch = page.url.split("?")[0]
        last = desk.id_of("column", "name")
        self.ada.type_into(last, "Enter", "LoyaltyPoints integer", "Enter", "Escape")
        desk.until(lambda: "LoyaltyPoints" in desk.names("column"))
        self.ada.retype("total", "numeric(12,2)")
        desk.saved()
        self.ada.look("07-branch")

    def ada_asks_for_a_merge(self) -> None:
        page = self.ada.page
        page.goto(f"{self.branch}branches")
        self.ada.press(re.compile("Ask for a merge"), "link")
        page.locator("#request-title").fill("Count loyalty points")
        page.locator("#request-description").fill("Customers collect **points**; totals grow.")
        self.ada.press("Open the change request")
        page.wait_for_url(re.compile("/requests/1"))
        self.request = page.url
        page.get_by_text("Ask reviewers").click()
        page.get_by_role("checkbox", name="Bob").check()
        self.ada.press("Ask them")
        expect(page.get_by_text("Bob was asked to review.")).to_be_visible()
        self.ada.look("08-request")

    def bob_comments_and_suggests(self) -> None:
        page, desk = self.bob.page, self.bob.desk
        page.goto(self.server.address)
        page.locator("#bell").click()
        self.bob.look("09-notices")
        self.bob.press(re.compile("Count loyalty points"), "link")
        page.wait_for_url(re.compile("/requests/1"))
        self.bob.press("Review on the diagram", "link")
        desk.wait_ready()
        expect(page.locator("#review .review-group").first).to_be_visible()
        desk.until(lambda: desk.ask("Boolean(w.scene.dress.review)"))  # the view moves once more, to what is marked
        self.bob.look("10-review-on-the-diagram")
        column = desk.id_of("column", "LoyaltyPoints")
        page.locator("#canvas").focus()
        page.keyboard.press("k")
        page.mouse.click(*desk.centre(column))
        page.locator(".talk-card textarea").fill("Everybody has points, none at first.")
        page.locator(".talk-card summary", has_text="Suggest a change").click()
        page.locator(".talk-suggest input").first.fill("LoyaltyPoints integer not null default 0")
        self.bob.look("11-comment")
        self.bob.press("Comment", within=".talk-card")
        expect(page.locator(".talk-card .talk-suggestion")).to_be_visible()
        self.bob.look("12-suggested")

    def ada_applies_the_suggestion(self) -> None:
        page = self.ada.page
        page.goto(self.request)
        expect(page.get_by_text("Everybody has points, none at first.")).to_be_visible()
        self.ada.look("13-suggestion-arrived")
        self.ada.press("Apply")
        expect(page.get_by_text("Applied by Ada")).to_be_visible()

    def a_check_fails_and_ada_fixes_it(self) -> None:
        page = self.ada.page
        page.goto(self.request)
        expect(page.locator("#check-naming .check-state")).to_have_text("failed")
        expect(page.locator("#request-merge")).to_contain_text("Names")
        self.ada.look("14-check-fails")
        self.ada.press("Rename to loyalty_points", within="#check-naming")
        expect(page.locator("#check-naming .check-state")).to_have_text("passed")
        self.ada.look("15-fixed")

    def bob_approves(self) -> None:
        page = self.bob.page
        page.goto(self.request)
        expect(page.locator("#check-proof .check-state")).to_have_text("passed", timeout=30_000)
        self.bob.look("16-before-approval")
        self.bob.press("Approve")
        expect(page.locator("#request-merge")).to_contain_text("Nothing stands in the way.")

    def main_moves_meanwhile(self) -> None:
        page, desk = self.ada.page, self.ada.desk
        page.goto(self.main)
        desk.wait_ready()
        self.ada.retype("total", "numeric(14,2)")
        desk.saved()

    def ada_decides_on_the_diagram_and_merges(self) -> None:
        page, desk = self.ada.page, self.ada.desk
        page.goto(self.request)
        self.ada.look("17-conflict")
        self.ada.press("Resolve on the diagram", "link")
        desk.wait_ready()
        expect(page.locator(".review-question").first).to_contain_text("(10,2)")
        self.ada.look("18-deciding")
        for each in page.locator(".review-question input[value=ours]").all():
            each.check()
        self.ada.look("19-decided")
        self.ada.press("Merge into main", within="#review")
        page.wait_for_url(re.compile("/requests/1$"))
        expect(page.locator(".chip", has_text="merged").first).to_be_visible()
        self.ada.look("20-merged")

    def the_release_has_a_page(self) -> None:
        page = self.ada.page
        page.goto(f"{self.main}releases")
        page.locator("#release-name").fill("2.0")
        page.locator("#release-note").fill("Customers collect **points**.")
        self.ada.press("Name it")
        expect(page.get_by_role("heading", name="2.0")).to_be_visible()
        expect(page.locator("strong", has_text="points")).to_be_visible()
        self.ada.look("21-release")

    def the_migration_reaches(self, database: str) -> None:
        """Take the migration and the design from the release's page; the catalogs of the database say what it does."""
        script = self.download("Up and down")
        design = decode(self.download("Design file"))
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(up_of(script))  # type: ignore[call-overload]
            kept = connection.execute(
                "SELECT (SELECT count(*) FROM customers WHERE loyalty_points = 0), (SELECT sum(total) FROM orders)"
            ).fetchone()
        assert kept == (200, 500_500)
        assert compare(design, read_url(database).design, dialect="postgresql") == []

    def download(self, link: str) -> bytes:
        with self.ada.page.expect_download() as found:
            self.ada.press(link, "link")
        return Path(found.value.path()).read_bytes()


def up_of(archive: bytes) -> str:
    """Return the way up of an archive with both ways."""
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        (name,) = [each for each in files.namelist() if not each.endswith(".down.sql")]
        return files.read(name).decode()


def fill_account(page: Page, name: str, password: str) -> None:
    """Fill in the form for a new account."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Password").first.fill(password)
