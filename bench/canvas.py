"""The canvas in a real browser with 50 to 10,000 tables: opening, frames in each gesture, CPU an event, heap, the hot path.

The references are an empty page and a control page with one DOM subtree a table, in the same browser and run. Software
rendering, no graphics card; 1440×900. `python -m bench.canvas 1000` runs some sizes only.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser, Page, expect, sync_playwright

from bench import control
from bench.generate import postgres_dump
from bench.gestures import WATCH, Cost, Hands
from bench.tables import markdown
from tests.browser.conftest import Server
from tests.browser.desk import Desk
from tests.browsers import FLAGS
from tests.tools.system_packages import browser

SIZES = (50, 200, 1000, 3000, 10000)
ZOOMS = {"100 %": 1.0, "50 %": 0.5, "25 %": 0.25, "10 %": 0.1}
MANY = 50
Row = dict[str, object]


def import_design(page: Page, server: Server, tables: int, folder: Path) -> str:
    """Import a dump in the browser; return the address of its diagram."""
    dump = folder / f"{tables}.sql"
    dump.write_text(postgres_dump(tables))
    page.goto(server.address)
    page.get_by_role("link", name="Import a database").first.click()
    page.locator("#import-file").set_input_files(dump)
    page.get_by_role("button", name="Import", exact=True).click()
    link = page.get_by_role("link", name="Open diagram")
    expect(link).to_be_visible(timeout=400_000)
    return str(link.get_attribute("href"))


def opened(page: Page, link: str) -> float:
    """Click a link to the diagram; return the seconds until it is drawn and answers."""
    page.evaluate(
        "link => { const a = document.createElement('a'); a.href = link; a.id = 'go'; a.textContent = 'go'; document.body.replaceChildren(a); }",
        link,
    )
    page.locator("#go").click()
    Desk(page).wait_ready(300)
    return float(page.evaluate("benchWatch.ready")) / 1000


WHOLE = """() => new Promise((resolve) => {
  const look = () => (window.wholekey.scene.isRouted ? resolve(performance.now()) : requestAnimationFrame(look));
  look();
})"""


def whole(page: Page) -> float:
    """Return the seconds from the click until the lines are there as well; of a large diagram they come after the boxes."""
    return float(page.evaluate(WHOLE)) / 1000


def look(desk: Desk, k: float | None) -> None:
    """Look at the middle of the picture at a zoom, or at all of it, and wait for it to be painted."""
    if k is None:
        desk.ask("w.view.show(w.scene.bounds(), { fly: false })")
    else:
        script = """(() => { const box = w.scene.bounds(); const { w: wide, h: high } = w.view.size;
          const near = [...w.scene.nodes.values()].reduce((a, b) => (away(a) < away(b) ? a : b));
          function away(node) { return Math.hypot(node.x - box.x - box.w / 2, node.y - box.y - box.h / 2); }
          const Transform = w.view.transform.constructor;
          w.view.lookFrom(new Transform(argument, wide / 2 - (near.x + 60) * argument, high / 2 - (near.y + 12) * argument)); })()"""
        desk.ask(script, k)
    desk.page.wait_for_timeout(1200)


def drag(desk: Desk, hands: Hands, ids: list[str]) -> Cost:
    """Drag some tables together: the one in the middle of the view is among them."""
    desk.ask("w.select(argument)", ids)
    at = desk.ask("w.screenOf(argument)", ids[0])
    return hands.measure("drag", at["x"] + min(60, at["w"] / 2), at["y"] + min(12, at["h"] / 2))


def nearest(desk: Desk, count: int) -> list[str]:
    """Return the ids of the tables that are nearest to the middle of the view."""
    script = """(() => { const at = w.view.worldAt(w.view.middle());
      const away = (node) => Math.hypot(node.x + 60 - at.x, node.y + 12 - at.y);
      return [...w.scene.nodes.values()].sort((a, b) => away(a) - away(b)).slice(0, argument).map((node) => node.id); })()"""
    return list(desk.ask(script, count))


def gestures(desk: Desk, hands: Hands) -> dict[str, Cost]:
    """Return what each gesture costs."""
    found = {}
    for name, k in ZOOMS.items():
        look(desk, k)
        found[f"pan, {name}"] = hands.measure("pan")
    look(desk, None)
    found["pan, all"] = hands.measure("pan")
    look(desk, None)
    found["zoom"] = hands.measure("zoom")
    look(desk, 1)
    found["drag one"] = drag(desk, hands, nearest(desk, 1))
    look(desk, 0.25)
    found[f"drag {MANY}"] = drag(desk, hands, nearest(desk, MANY))
    look(desk, None)
    found["drag all"] = drag(desk, hands, nearest(desk, 100_000))
    return found


HOT = """async (argument) => {
  const { hitAt } = await import('/static/designer/tools/hit.js');
  const { view, scene } = window.wholekey;
  const each = (times, work) => { const start = performance.now(); for (let at = 0; at < times; at += 1) work(at); return (performance.now() - start) / times; };
  const at = view.worldAt(view.middle());
  const frame = () => { view.frame(); };
  each(20, frame);
  const hit = each(2000, (n) => hitAt(scene, { x: at.x + (n % 60) * 9 - 270, y: at.y + (n % 47) * 9 - 200 }, view.transform.k, view.marks));
  return { frame: each(200, frame), hit };
}"""


def hot_path(desk: Desk) -> dict[str, float]:
    """Return the milliseconds of script for one frame and one hit test at 100 %."""
    look(desk, 1)
    return cast(dict[str, float], desk.page.evaluate(HOT))


def measured(chromium: Browser, server: Server, size: int, folder: Path) -> Row:
    """Return all that is measured of one size."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(WATCH)
    start = time.monotonic()
    link = import_design(page, server, size, folder)
    row: Row = {"import": time.monotonic() - start, "open": opened(page, link)}
    desk, hands = Desk(page), Hands(page)
    before = hands.busy()
    row |= {"again": opened(page, link), "whole": whole(page)}
    row["busy"] = hands.busy() - before
    row |= {"open long": page.evaluate("benchWatch.long"), "heap": hands.heap()}
    row |= {"hot": hot_path(desk), "gestures": gestures(desk, hands)}
    page.close()
    return row


def gesture_table(rows: dict[int, Row], pick: str) -> str:
    """Return one line a size and one column a gesture: `intervals`, `events`, `busy` or `long`."""
    names = list(cast(dict[str, Cost], next(iter(rows.values()))["gestures"]))
    table = []
    for size, row in rows.items():
        costs = cast(dict[str, Cost], row["gestures"])
        table.append([size, *(shown(costs[name], pick) for name in names)])
    return markdown(["tables", *names], table)


def shown(cost: Cost, pick: str) -> str:
    """Return one cell."""
    if pick == "intervals":
        return str(cost)
    if pick == "events":
        return f"{cost.per_event:.1f}"
    if pick == "busy":
        return f"{cost.busy:.1f}"
    return f"{len(cost.long)}, {max(cost.long):.0f}" if cost.long else "0"


def control_table(controls: dict[int, Row], rows: dict[int, Row]) -> str:
    """Return the control page beside ours, with the ratio of the 95th percentiles and of the CPU an event."""
    table: list[list[object]] = []
    for size, costs in controls.items():
        ours = cast(dict[str, Cost], rows[size]["gestures"]) if size in rows else {}
        for name, cost in costs.items():
            if isinstance(cost, Cost):
                table.append(
                    [size or "empty page", name, str(cost), f"{cost.per_event:.1f}", *beside(cost, ours.get(name))]
                )
    head = [
        "tables",
        "gesture",
        "control page, ms",
        "CPU an event",
        "Wholekey, ms",
        "CPU an event",
        "p95 ratio",
        "CPU ratio",
    ]
    return markdown(head, table)


def beside(control_cost: Cost, ours: Cost | None) -> list[str]:
    """Return our cells of a line, empty where nothing was measured."""
    if ours is None:
        return ["", "", "", ""]
    ratios = [f"{control_cost.p95 / ours.p95:.1f}", f"{control_cost.per_event / ours.per_event:.1f}"]
    return [str(ours), f"{ours.per_event:.1f}", *ratios]


def opening_table(rows: dict[int, Row]) -> str:
    """Return the times of opening, and what is flat whatever the number of tables outside the view."""
    table = []
    for size, row in rows.items():
        hot, long = cast(dict[str, float], row["hot"]), cast(list[float], row["open long"])
        times = [f"{row[name]:.2f}" for name in ("import", "open", "again", "whole", "busy")]
        longest = f"{len(long)}, {max(long):.0f}" if long else "0"
        table.append([size, *times, longest, f"{row['heap']:.0f}", f"{hot['frame']:.2f}", f"{hot['hit'] * 1000:.0f}"])
    head = [
        "tables",
        "import in the browser, s",
        "open, s",
        "open again, s",
        "with all lines, s",
        "main thread busy then, s",
        "long tasks then",
        "heap, MB",
        "frame at 100 %, ms of script",
        "hit test, µs",
    ]
    return markdown(head, table)


def main(sizes: list[int]) -> None:
    """Print the tables."""
    rows: dict[int, Row] = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "var")
        server.start()
        chromium = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        controls = control.measured(chromium)
        for size in sizes:
            rows[size] = measured(chromium, server, size, Path(folder))
            print(f"{size}: {re.sub(r'Cost.intervals=.*?, long', 'Cost(long', str(rows[size]))[:400]}", file=sys.stderr)
        version = chromium.version
        chromium.close()
        server.stop()
    print(
        f"Chromium {version}, headless, software rendering, 1440×900, {os.cpu_count()} cores, load average"
        f" {os.getloadavg()[1]:.1f}. Opening is from the click to the first picture that answers.\n"
    )
    print(opening_table(rows))
    print("\nFrame intervals, median / 95th percentile in ms over 3 s:\n")
    print(gesture_table(rows, "intervals"))
    print(
        "\nCPU of the page's main thread an input event, in ms, frames included (TaskDuration of the DevTools protocol in thread ticks over the events sent):\n"
    )
    print(gesture_table(rows, "events"))
    print("\nThe same by the clock, waiting for a core included:\n")
    print(gesture_table(rows, "busy"))
    print("\nLong tasks (over 50 ms), count and the worst in ms:\n")
    print(gesture_table(rows, "long"))
    print("\nBeside a control page that keeps one DOM subtree a table, without a framework:\n")
    print(control_table(controls, rows))


if __name__ == "__main__":
    main([int(each) for each in sys.argv[1:]] or list(SIZES))
