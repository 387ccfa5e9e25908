"""Choosing from the menus of the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page


def entry(page: Page, name: str, exact: bool = False) -> Locator:
    """Return an entry of the open menu, unfolding what holds it."""
    found = page.get_by_role("menuitem", name=name, exact=exact)
    if found.count() == 0:
        for fold in page.locator(".context-menu [aria-haspopup]").all():
            fold.click()
            if found.count() > 0:
                break
    return found


def choose(page: Page, name: str, exact: bool = False) -> None:
    """Click an entry of the open menu."""
    entry(page, name, exact).click()
