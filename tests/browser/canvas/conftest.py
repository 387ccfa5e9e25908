"""A real Chromium on the canvas over the harness: the real modules, a generated design, no application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.canvas.harness.server import Branch, Served

MODIFIERS = ("Shift", "Control", "Alt", "Meta")
BLANK = "static/designer/icons/wholekey.svg"


class Canvas:
    """A page with the canvas, and short words for what tests do on it."""

    def __init__(self, page: Page, branch: Branch):
        self.page = page
        self.branch = branch
        self.errors: list[str] = []
        self.keep = lambda error: self.errors.append(str(error))
        page.on("pageerror", self.keep)

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


class Window:
    """A tab that stays open from test to test: what it loads is fetched and compiled once, not in each of them."""

    def __init__(self, chromium: Browser, options: dict[str, Any]):
        self.options = options
        self.server = Served(Branch(0), for_many=True)
        self.context = chromium.new_context(
            **{"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce", **options}
        )
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else dialog.dismiss())
        self.size = self.page.viewport_size

    def open(self, branch: Branch) -> Canvas:
        """Show the canvas over a branch."""
        self.server.show(branch)
        canvas = Canvas(self.page, branch)
        self.page.goto(self.server.address)
        self.page.wait_for_selector("#stage[data-ready]", timeout=30_000)
        return canvas

    def clear(self, canvas: Canvas) -> None:
        """Let go of every key and button."""
        for each in self.context.pages:
            each is self.page or each.close()
        for key in MODIFIERS:
            self.page.keyboard.up(key)
        self.page.mouse.up()
        self.page.remove_listener("pageerror", canvas.keep)
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(self.size) if self.size else None
        self.context.clear_permissions()
        self.context.grant_permissions(self.options.get("permissions", []))

    def rest(self) -> None:
        """Show nothing that draws, and leave the rest of the machine to other files."""
        self.page.goto(f"{self.server.address}{BLANK}")

    def close(self) -> None:
        """Close the tab and its server."""
        self.context.close()
        self.server.shutdown()


Windows = dict[str, Window]


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> Iterator[Windows]:
    """The windows that are open, one for each way of opening it; they are closed before their browser."""
    found: Windows = {}
    yield found
    for each in found.values():
        each.close()


@pytest.fixture(scope="module", autouse=True)
def resting(windows: Windows) -> Iterator[None]:
    """Let nothing draw after the last test of a file."""
    yield
    for each in windows.values():
        each.rest()


@pytest.fixture
def open_canvas(chromium: Browser, windows: Windows) -> Iterator[Callable[..., Canvas]]:
    """Open a generated design of so many tables, or the records given; everything is closed after the test, and errors of the page fail it."""
    opened: list[tuple[Window, Canvas]] = []

    def open_one(tables: int = 6, can_edit: bool = True, records: list[Any] | None = None, **options: Any) -> Canvas:
        branch = Branch(tables, can_edit)
        branch.records = branch.records if records is None else records
        key = f"{len(opened)} {sorted(options.items())}"
        window = windows[key] if key in windows else windows.setdefault(key, Window(chromium, options))
        opened.append((window, window.open(branch)))
        return opened[-1][1]

    yield open_one
    for window, canvas in opened:
        window.clear(canvas)
    assert [error for _, canvas in opened for error in canvas.errors] == []
