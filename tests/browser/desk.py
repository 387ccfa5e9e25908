"""What a person does at the canvas, in the words of a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect


class Desk:
    """The page of a design, with hands."""

    def __init__(self, page: Page):
        self.page = page

    def wait_ready(self, seconds: float = 30) -> None:
        """Wait until the design is loaded and drawn."""
        expect(self.page.locator("#stage[data-ready]")).to_be_attached(timeout=seconds * 1000)

    def ask(self, script: str, argument: Any = None) -> Any:
        """Return what a script about `window.wholekey` (as `w`) gives."""
        return self.page.evaluate(f"(argument) => {{ const w = window.wholekey; return {script}; }}", argument)

    def id_of(self, kind: str, name: str, parent: str | None = None) -> str:
        """Return the id of the record of that kind and name."""
        script = (
            "[...w.store.design.ofKind(argument[0])]"
            ".find((each) => each.name === argument[1] && (!argument[2] || each.parent === argument[2]))?.id"
        )
        found = self.ask(script, [kind, name, parent])
        assert found, f"there is no {kind} {name}"
        return str(found)

    def names(self, kind: str) -> set[str]:
        """Return the names of all records of a kind."""
        return set(self.ask("[...w.store.design.ofKind(argument)].map((each) => each.name)", kind))

    def box(self, record: str) -> dict[str, float]:
        """Return where a record is on the page."""
        found: dict[str, float] = self.ask("w.screenOf(argument)", record)
        assert found, f"{record} is not on the diagram"
        return found

    def centre(self, record: str) -> tuple[float, float]:
        """Return the middle of a record on the page."""
        box = self.box(record)
        return box["x"] + box["w"] / 2, box["y"] + box["h"] / 2

    def find(self, text: str) -> None:
        """Find a table or column with Ctrl+F and fly there."""
        self.page.locator("#canvas").focus()
        self.page.keyboard.press("Control+f")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".palette")).to_be_hidden()
        self.landed()

    def landed(self) -> None:
        """Wait until the view has come to where it flies."""
        self.until(lambda: bool(self.ask("w.view.flight === null")))

    def until(self, holds: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something holds: an edit in a panel goes by the server."""
        for _ in range(int(seconds * 20)):
            if holds():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("that did not come about")

    def saved(self, seconds: float = 10) -> None:
        """Wait until every edit is acknowledged."""
        self.until(lambda: self.ask("w.pending()") == 0, seconds)
