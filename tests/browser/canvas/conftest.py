"""A real Chromium on the canvas over the harness: the real modules, a generated design, no application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.canvas.harness.server import Branch, start


class Canvas:
    """A page with the canvas, and short words for what tests do on it."""

    def __init__(self, page: Page, branch: Branch):
        self.page = page
        self.branch = branch
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def call(self, script: str, argument: Any = None) -> Any:
        """Run a function in the page and return what it returns."""
        return self.page.evaluate(script, argument)

    def box(self, record: str) -> dict[str, float]:
        """Return where a record is on the page."""
        found = self.call("id => wholekey.screenOf(id)", record)
        assert found is not None, f"{record} is not on the diagram"
        return dict(found)

    def middle(self, record: str) -> tuple[float, float]:
        """Return the middle of a record on the page."""
        box = self.box(record)
        return box["x"] + box["w"] / 2, box["y"] + box["h"] / 2

    def title(self, record: str) -> tuple[float, float]:
        """Return a point on the title of a table."""
        box = self.box(record)
        return box["x"] + 40, box["y"] + 10

    def names(self, kind: str, parent: str | None = None) -> list[str]:
        """Return the names of the records of a kind, in order."""
        script = """([kind, parent]) => (parent ? wholekey.store.design.childrenOf(parent, kind)
            : wholekey.store.design.ofKind(kind)).map((record) => record.name)"""
        return list(self.call(script, [kind, parent]))

    def selection(self) -> list[str]:
        """Return the selected ids."""
        return list(self.call("[...wholekey.editor.selection]"))

    def look_at(self, record: str, zoom: float = 1) -> None:
        """Bring a record to the middle of the view at a zoom, and wait until it is painted."""
        script = """([id, zoom]) => { const { view, scene } = wholekey; const item = scene.item(id);
            view.zoomBy(zoom / view.transform.k); const at = view.boxOnScreen(item);
            view.panBy(view.size.w / 2 - at.x - at.w / 2, view.size.h / 2 - at.y - at.h / 2); }"""
        self.call(script, [record, zoom])
        self.page.wait_for_timeout(250)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drag with the left button."""
        self.page.mouse.move(*start)
        self.page.mouse.down()
        self.page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
        self.page.mouse.move(*end, steps=3)
        self.page.mouse.up()

    def saved(self, seconds: float = 5) -> None:
        """Wait until the server has everything."""
        for _ in range(int(seconds * 20)):
            if self.call("wholekey.pending()") == 0:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError("edits are still pending")


@pytest.fixture
def open_canvas(chromium: Browser) -> Iterator[Callable[..., Canvas]]:
    """Open a generated design of so many tables, or the records given; everything is closed after the test, and errors of the page fail it."""
    closers: list[Callable[[], None]] = []
    opened: list[Canvas] = []

    def open_one(tables: int = 6, can_edit: bool = True, records: list[Any] | None = None, **options: Any) -> Canvas:
        server, branch = start(tables, can_edit=can_edit)
        branch.records = branch.records if records is None else records
        context = chromium.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
        )
        closers.extend([context.close, server.shutdown])
        canvas = Canvas(context.new_page(), branch)
        opened.append(canvas)
        canvas.page.goto(f"http://127.0.0.1:{server.server_port}/")
        canvas.page.wait_for_selector("#stage[data-ready]", timeout=30_000)
        return canvas

    yield open_one
    for close in closers:
        close()
    assert [error for canvas in opened for error in canvas.errors] == []
