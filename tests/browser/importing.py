"""Bringing a script in by the page."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

_STARTED = re.compile("/(d|jobs)/")


def import_file(page: Page, address: str, path: Path) -> None:
    """Import a file by the page and wait for its job."""
    page.goto(f"{address}import")
    page.locator("#import-file").set_input_files(path)
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url(_STARTED)


def import_text(page: Page, address: str, text: str) -> None:
    """Import pasted text by the page and wait for its job."""
    page.goto(f"{address}import")
    page.locator("#import-text").fill(text)
    page.locator("form:has(#import-text) button[type=submit]").first.click()
    page.wait_for_url(_STARTED)
