"""Sharing in two browsers: an invitation is handed over, a guest comes by a link, and is out when it is revoked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import ROOT, Server
from tests.browser.desk import Desk
from tests.browser.test_access import AXE, violations

pytestmark = pytest.mark.browser
PASSWORD = "a rather long passphrase"


@pytest.fixture(scope="module")
def team_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with accounts."""
    running = Server(
        tmp_path_factory.mktemp("sharing"), settings={"WHOLEKEY_HOSTS": "127.0.0.1", "WHOLEKEY_LOCAL": "0"}
    )
    running.start()
    yield running
    running.stop()


@pytest.fixture
def ada(chromium: Browser, team_server: Server) -> Iterator[Page]:
    """Whoever runs the server, logged in at a desk."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(first_account(team_server))
    page.locator("#id_name").fill("Ada")
    for each in page.locator("main input[type=password]").all():
        each.fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    expect(page.get_by_role("heading", name="Projects", exact=True)).to_be_visible()
    yield page
    context.close()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A guest's telephone in the dark."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark", bypass_csp=True)
    yield context
    context.close()


def first_account(server: Server) -> str:
    """Return the address that the operator's command prints."""
    environment = {**os.environ, "WHOLEKEY_VAR": str(server.folder), **server.settings}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "designer.cli", "admin", "ada@example.org", "--address", server.address]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.slow
def test_sharing(ada: Page, phone: BrowserContext, team_server: Server) -> None:
    ada.get_by_role("button", name="Open a sample").click()
    ada.locator(".sample").first.click()
    Desk(ada).wait_ready()
    ada.locator(".topbar").get_by_role("link", name="Share").click()
    expect(ada.get_by_role("heading", name="Who may do what")).to_be_visible()

    ada.locator("#link-label").fill("The auditors")
    ada.locator("#link-may").select_option("comment")
    ada.locator("#link-password").fill("open sesame")
    ada.get_by_role("button", name="Make a link").click()
    address = ada.locator("#fresh-address")
    expect(address).to_be_in_viewport()
    link = address.inner_text()
    assert problems(ada) == []

    guest = phone.new_page()
    guest.goto(link)
    assert link not in guest.url
    assert problems(guest) == []
    guest.locator("#enter-name").fill("Grace")
    guest.locator("#enter-password").fill("open sesame")
    guest.get_by_role("button", name="Open the design").click()
    desk = Desk(guest)
    desk.wait_ready()
    assert desk.names("table")
    assert link.rsplit("/", 1)[-1] not in guest.content()

    ada.once("dialog", lambda asked: asked.accept())
    ada.get_by_role("button", name="Revoke").click()
    expect(ada.get_by_text("The auditors")).to_have_count(0)
    guest.reload()
    expect(guest.get_by_text("This link was revoked")).to_be_visible()

    ada.locator(".crumb a").nth(1).click()
    ada.locator("#invite-email").fill("bob@example.org")
    ada.get_by_role("button", name="Invite", exact=True).click()
    invitation = ada.locator("#fresh-address").inner_text()
    assert problems(ada) == []
    guest.goto(invitation)
    expect(guest.get_by_role("link", name="Make an account")).to_be_visible()
    assert problems(guest) == []
    ada.get_by_role("button", name=re.compile("^Take back")).click()
    expect(ada.get_by_text("bob@example.org")).to_have_count(0)
    guest.reload()
    expect(guest.get_by_text("has taken this invitation back")).to_be_visible()


def problems(page: Page) -> list[str]:
    """Return what axe objects to on a page."""
    return violations(page, AXE.read_text())
