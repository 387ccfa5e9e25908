"""Panning, zooming and dragging with 200 to 3,000 tables in a real browser: intervals between frames, in milliseconds.

The reference is an empty page of the same browser in the same run, drawn as often as the screen allows. Software
rendering, no graphics card; 1440×900.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from bench.tables import markdown
from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browsers import FLAGS
from tests.sample_dump import pg_dump_like
from tests.tools.system_packages import browser

SIZES = (200, 1000, 3000)
SECONDS = 3
IDLE = """seconds => new Promise((done) => {
  const seen = []; let last = performance.now(); const end = last + seconds * 1000;
  requestAnimationFrame(function step(now) { seen.push(now - last); last = now; now < end ? requestAnimationFrame(step) : done(seen); });
})"""


def open_design(page: Page, server: Server, tables: int, folder: Path) -> tuple[Desk, float, float]:
    """Import a dump in the browser; return the desk and the seconds of the import and of opening the diagram."""
    dump = folder / f"{tables}.sql"
    dump.write_text(pg_dump_like(tables))
    page.goto(server.address)
    page.get_by_role("link", name="Import SQL").click()
    page.locator("#import-file").set_input_files(dump)
    start = time.monotonic()
    page.get_by_role("button", name="Import", exact=True).click()
    link = page.get_by_role("link", name="Open diagram")
    expect(link).to_be_visible(timeout=240_000)
    imported = time.monotonic() - start
    start = time.monotonic()
    link.click()
    desk = Desk(page)
    desk.wait_ready(120)
    return desk, imported, time.monotonic() - start


def during(desk: Desk, gesture: str) -> list[float]:
    """Return the frame intervals while a gesture goes on for some seconds."""
    page = desk.page
    page.mouse.move(720, 480)
    desk.ask("w.perf.start()")
    end = time.monotonic() + SECONDS
    step = 0
    if gesture == "drag":
        page.mouse.down()
    while time.monotonic() < end:
        step += 1
        if gesture == "pan":
            page.mouse.wheel(25 if step % 40 < 20 else -25, 15 if step % 60 < 30 else -15)
        elif gesture == "zoom":
            page.keyboard.down("Control")
            page.mouse.wheel(0, 30 if step % 40 < 20 else -30)
            page.keyboard.up("Control")
        else:
            page.mouse.move(720 + step % 50 * 4, 480 + step % 30 * 4)
        page.wait_for_timeout(8)
    if gesture == "drag":
        page.mouse.up()
    return [float(each) for each in desk.ask("w.perf.stop().intervals")]


def spread(intervals: list[float]) -> str:
    """Return `median / p95` of frame intervals."""
    ordered = sorted(intervals)
    return f"{statistics.median(ordered):.0f} / {ordered[int(len(ordered) * 0.95) - 1]:.0f}"


def main() -> None:
    """Print the table."""
    rows: list[list[object]] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "var")
        server.start()
        chromium = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        rows.append(["empty page", "", "", spread(page.evaluate(IDLE, SECONDS)), "", "", ""])
        for size in SIZES:
            desk, imported, opened = open_design(page, server, size, Path(folder))
            fitted = spread(during(desk, "pan"))
            zoomed = spread(during(desk, "zoom"))
            desk.find("address_0001")
            rows.append(
                [
                    size,
                    f"{imported:.1f}",
                    f"{opened:.1f}",
                    fitted,
                    zoomed,
                    spread(during(desk, "pan")),
                    spread(during(desk, "drag")),
                ]
            )
        chromium.close()
        server.stop()
    head = ["tables", "import in the browser, s", "open, s", "pan, all in view", "zoom", "pan at 100 %", "drag a table"]
    print(markdown(head, rows))
    print("\nFrame intervals are median / 95th percentile in ms over 3 s.")


if __name__ == "__main__":
    main()
