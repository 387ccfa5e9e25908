"""The control page: what peers do, one DOM subtree a table, without their frameworks, as a measure of this machine."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser

from bench.gestures import WATCH, Hands

SIZES = (50, 200, 1000)


class Quiet(SimpleHTTPRequestHandler):
    """Serves the folder of the benchmarks without a line for each request."""

    disable_nagle_algorithm = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of http.server
        """Say nothing."""


@contextmanager
def served() -> Iterator[str]:
    """Serve the control page for as long as the block runs; give its address."""
    handler = functools.partial(Quiet, directory=str(Path(__file__).parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/control.html"
        server.shutdown()


def measured(chromium: Browser) -> dict[int, dict[str, object]]:
    """Return the cost of each gesture on the control page by its number of tables; 0 is an empty page."""
    found: dict[int, dict[str, object]] = {}
    with served() as address:
        for size in (0, *SIZES):
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(WATCH)
            page.goto(f"{address}?tables={size}")
            hands = Hands(page)
            costs: dict[str, object] = {"pan, all": hands.measure("pan"), "zoom": hands.measure("zoom")}
            page.evaluate("control.full()")
            costs |= {"pan, 100 %": hands.measure("pan"), "drag one": hands.measure("drag"), "heap": hands.heap()}
            found[size] = costs
            page.close()
    return found
