"""Bringing a script in by the page, on a machine that may be busy with other tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page


def import_file(page: Page, address: str, path: Path) -> None:
    """Import a file by the page and wait for its job."""

    def press() -> None:
        page.locator("#import-file").set_input_files(path)
        page.get_by_role("button", name="Import", exact=True).click()

    _until_it_began(page, address, press)


def import_text(page: Page, address: str, text: str) -> None:
    """Import pasted text by the page and wait for its job."""

    def press() -> None:
        page.locator("#import-text").fill(text)
        page.locator("form:has(#import-text) button[type=submit]").first.click()

    _until_it_began(page, address, press)


def _until_it_began(page: Page, address: str, press: Callable[[], None]) -> None:
    page.goto(f"{address}import")
    press()
    page.wait_for_url(re.compile("/(d|jobs)/"))
