"""Leaving a design of the server as it was found, so that the tests of a file share it."""

from __future__ import annotations

from tests.browser.desk import Desk

STEPS = 20
"""More than any test makes."""


def undo_everything(desk: Desk) -> None:
    """Take back every edit of this page, and wait until the server has heard of it."""
    desk.page.locator("#canvas").focus()
    for _ in range(STEPS):
        if desk.ask("w.store.undoLabel") is None:
            break
        desk.page.keyboard.press("Control+z")
    desk.saved()
