"""A real server on a free port with nothing but the demo, and a real browser to look at it with."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import prepared
from tests.browser.desk import Desk

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60
"""Seconds."""
OF_THE_APPLICATION = ("django_migrations", "django_content_type", "auth_permission")
"""The tables whose rows the migrations have made."""


@dataclass
class Server:
    """`wholekey serve` as a process that a test may kill and start again on the same port and data."""

    folder: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    settings: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start and wait for the line that says it is ready."""
        environment = {
            **os.environ,
            "WHOLEKEY_VAR": str(self.folder),
            "WHOLEKEY_ONE_TIME": "0",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }
        environment.pop("DATABASE_URL", None)
        prepared.database_in(self.folder)
        command = [sys.executable, "-m", "designer.cli", "serve", "--port", str(self.port)]
        said = self.said.stat().st_size if self.said.exists() else 0
        with self.said.open("ab") as log:  # a pipe that nobody reads would hold the server up when it is full
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(r"http://[^:]+:(\d+)/", self.said.read_text(errors="replace")[said:])
            if found:
                self.port = int(found.group(1))
                return
            time.sleep(0.05)
        raise AssertionError(f"the server did not start: {self.said.read_text(errors='replace')[said:]}")

    def begin_anew(self) -> None:
        """Forget everybody and everything; whoever comes next finds a demo as on the first day, under new names."""
        with closing(sqlite3.connect(self.folder / prepared.DATABASE, timeout=STARTS_WITHIN)) as base, base:
            named = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
            for (table,) in named.fetchall():
                if table not in OF_THE_APPLICATION:
                    base.execute(f'DELETE FROM "{table}"')

    @property
    def demo(self) -> str:
        """The address of the demo."""
        with urllib.request.urlopen(self.address, timeout=STARTS_WITHIN) as answer:
            found = re.search(r'href="/(d/[^"]+)"><bdi>Demo', answer.read().decode())
        assert found, "the demo is not listed"
        return self.address + found[1]

    @property
    def runs(self) -> bool:
        """Whether the process is there still."""
        return self.process is not None and self.process.poll() is None

    @property
    def said(self) -> Path:
        """What the server wrote to its terminal."""
        return self.folder.with_suffix(".log")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """End it politely."""
        if self.process is not None and self.runs:
            self.process.terminate()
            self.process.wait(15)


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all files, and at one address, so that the browser knows the modules of the page already."""
    running = Server(tmp_path_factory.mktemp("var"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def server(place: Server) -> Server:
    """A server with nothing but the demo for each file."""
    if (place.folder / prepared.DATABASE).exists():
        place.begin_anew()
    if not place.runs:
        place.start()
    return place


FRESH = """try {
  if (!sessionStorage.getItem("fresh")) { localStorage.clear(); sessionStorage.setItem("fresh", "1"); }
} catch { /* an empty page has no storage */ }"""
"""Run before any other script: the first document of a tab finds nothing that a page before it has left."""


KEPT = "static/designer/icons/wholekey.svg"
"""A tab that stays open beside those of the tests, so that what was compiled for one is there for the next."""


@pytest.fixture(scope="session")
def shared(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser whose cache all pages share; each would fetch and compile two hundred modules."""
    opened = chromium.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    opened.new_page()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def context(shared: BrowserContext, server: Server) -> BrowserContext:
    """The shared browser, with a tab open at the server of this file."""
    shared.pages[0].goto(server.address + KEPT)
    return shared


class Kept:
    """A tab that stays open from test to test: to load a design takes more than most tests of it."""

    def __init__(self, context: BrowserContext):
        self.context = context
        self.page: Page | None = None
        self.shown = ("", "")
        self.errors: list[str] = []

    def show(self, address: str) -> Page:
        """Return the tab with a design, which is loaded unless it is there."""
        if self.page is not None and self.shown == (address, self.page.url):
            return self.page
        if self.page is None:
            self.errors.clear()
            self.page = opened(self.context, self.errors)
        self.page.goto(address)
        Desk(self.page).wait_ready()
        self.page.evaluate(REMEMBER)
        self.shown = (address, self.page.url)
        return self.page

    def rest(self) -> None:
        """Let go of what a test has opened and selected. Where that does not help the next test gets a new tab."""
        if self.page is None:
            return
        for key in MODIFIERS:
            self.page.keyboard.up(key)
        self.page.mouse.up()
        self.page.mouse.move(0, 0)
        at_rest = "/d/" in self.page.url and self.page.evaluate(LET_GO)
        for _ in range(2 if at_rest else 0):
            self.page.keyboard.press("Escape")
        if not (at_rest and self.page.evaluate(AT_REST)):
            self.close()

    def close(self) -> None:
        """Close the tab; the next test opens another."""
        if self.page is not None:
            self.page.close()
            self.page = None


MODIFIERS = ("Shift", "Control", "Alt")
SHOWN = """[...document.querySelectorAll("body > *, main > *, #stage > *, #toolbar [aria-expanded], dialog, [role=menu]")]
    .filter((each) => each.checkVisibility() && !each.matches("[role=status], [aria-live], .minimap, .lens-bar"))
    .map((each) => `${each.tagName} ${each.id} ${each.className}`).join()"""
REMEMBER = f"""() => {{ const {{ scene, view }} = window.wholekey;
  window.atRest = {{ shown: {SHOWN}, diagram: scene.diagram.id, look: view.transform }}; }}"""
LET_GO = """() => {
  const { wholekey: w, atRest } = window;
  if (!w || !atRest) return false;
  localStorage.clear();
  for (const each of document.querySelectorAll("dialog[open]")) each.close();
  for (const each of document.querySelectorAll(".toast")) each.remove();
  w.select([]);
  w.view.land();
  w.view.lookFrom(atRest.look);
  document.getElementById("canvas").focus();
  return true;
}"""
AT_REST = f"""() => {SHOWN} === window.atRest.shown && window.wholekey.pending() === 0
  && window.wholekey.scene.diagram.id === window.atRest.diagram && window.wholekey.editor.selection.size === 0"""


def opened(context: BrowserContext, errors: list[str]) -> Page:
    """Return a new tab that notes each error of the page's own scripts."""
    page = context.new_page()
    page.add_init_script(FRESH)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "Content Security" in m.text else None)
    return page


@pytest.fixture(scope="module")
def kept(context: BrowserContext) -> Iterator[Kept]:
    """The tab that the tests of a file use one after the other."""
    tab = Kept(context)
    yield tab
    tab.close()


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    """The design that `desk` shows: the demo, where a file says nothing else."""
    return server.demo


@pytest.fixture
def desk(kept: Kept, address: str) -> Iterator[Desk]:
    """A design in the tab that stays open. What a test edits there it takes back, or the next does not mind."""
    yield Desk(kept.show(address))
    kept.context.set_offline(False)
    kept.context.clear_permissions()
    for each in kept.context.pages[1:]:
        each is kept.page or each.close()
    kept.rest()
    errors = kept.errors.copy()
    kept.errors.clear()
    assert not errors, errors


@pytest.fixture
def page(context: BrowserContext, kept: Kept) -> Iterator[Page]:
    """A page at 1440×900 that fails the test on any error of the page's own scripts."""
    context.clear_cookies()
    context.clear_permissions()
    kept.close()
    errors: list[str] = []
    yield opened(context, errors)
    context.set_offline(False)
    for each in context.pages[1:]:
        each.close()
    assert not errors, errors
