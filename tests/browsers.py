"""One real browser for all tests that look at something."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers import not_here
from tests.tools.system_packages import browser

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium or Chrome; one a session, since Playwright's loop can run only once at a time."""
    path = browser()
    if path is None:
        not_here("there is no Chromium or Chrome; install one or set WHOLEKEY_BROWSER")
    # Playwright keeps an event loop on this thread, which Django takes for asynchronous code and refuses its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()
