"""A real server on a free port with an empty database, and a real browser to look at it with."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import prepared

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60
"""Seconds."""


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

    def start_where(self, port: int) -> None:
        """Start at a port if it is free still, else at another."""
        self.port = port
        try:
            self.start()
        except AssertionError:
            self.port = 0
            self.start()

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
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(15)


@pytest.fixture(scope="session")
def ports() -> list[int]:
    """Where the servers of the files before this one were."""
    return []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ports: list[int]) -> Iterator[Server]:
    """An empty server for each file; all at one address, so that the browser knows the modules of the page already."""
    running = Server(tmp_path_factory.mktemp("var"))
    running.start_where(ports[-1] if ports else 0)
    ports.append(running.port)
    yield running
    running.stop()


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


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page at 1440×900 that fails the test on any error of the page's own scripts."""
    context.clear_cookies()
    context.clear_permissions()
    opened = context.new_page()
    opened.add_init_script(FRESH)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console", lambda m: errors.append(m.text) if m.type == "error" and "Content Security" in m.text else None
    )
    yield opened
    context.set_offline(False)
    for each in context.pages[1:]:
        each.close()
    assert not errors, errors
