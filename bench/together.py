"""A team on one branch: two server processes on PostgreSQL, viewers that listen, editors at one edit a second.

`python -m bench.together [VIEWERS …] [--seconds N] [--pointers N]`; without numbers 50, 100, 200 and 400 viewers, and 200 whose
pointers all move. Two hundred viewers are looked at for 30 s, the others for 10. The load runs on the same machine and is told
apart by its CPU time. At last, two browsers: from an edit in one to its picture in the other.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.crowd import Crowd, Tally
from bench.tables import markdown
from tests.browsers import FLAGS
from tests.servers import running_postgres
from tests.together.converging import opened
from tests.together.processes import Team, team
from tests.tools.system_packages import browser

SIZES = ((50, 0), (100, 0), (200, 0), (400, 0), (200, 200))
"""Viewers, and how many of them move their pointers."""
LONG, SHORT = 30, 10
EDITORS = 20
TICKS = os.sysconf("SC_CLK_TCK")
COLUMNS = (
    "viewers", "pointers", "ack p50", "p95", "p99", "fan-out p50", "p95", "deliveries a s", "server CPU", "database CPU",
    "load CPU", "CPU-ms an edit", "words a viewer a s", "MB per 100 viewers",
)  # fmt: skip


def cpu_of(pid: int) -> float:
    """Return the seconds of CPU that a process has used, without its children."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid: int) -> float:
    """Return how many MB of memory a process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def backends(database: str) -> list[int]:
    """Return the processes of the database server that work for a database."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in found]


def percentile(values: list[float], share: float) -> float:
    """Return milliseconds below which a share of the seconds in `values` lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else float("nan")


class Meter:
    """CPU of the servers, of the database for them, and of this process, since it was made."""

    def __init__(self, running: Team):
        self.running, self.start = running, time.perf_counter()
        self.servers = self._servers()
        self.own = time.process_time()
        self.database = {pid: cpu_of(pid) for pid in backends(running.database)}

    def _servers(self) -> float:
        return sum(cpu_of(each.pid) for each in self.running.processes)

    def read(self) -> tuple[float, float, float]:
        """Return seconds of CPU for each second: servers, database, load."""
        passed = time.perf_counter() - self.start
        own, servers = time.process_time() - self.own, self._servers() - self.servers
        now = {pid: cpu_of(pid) for pid in backends(self.running.database)}
        database = sum(used - self.database.get(pid, 0.0) for pid, used in now.items())
        return servers / passed, database / passed, own / passed


async def measure(running: Team, viewers: int, pointers: int, seconds: float) -> list[Any]:
    """Return one line of the table."""
    crowd = Crowd([each.port for each in running.processes], running.branch, running.people)
    records = (await crowd.records())["records"]
    diagram = next(each["id"] for each in records if each["kind"] == "diagram")
    memory = sum(memory_of(each.pid) for each in running.processes)
    await crowd.look(viewers)
    await asyncio.sleep(1)
    memory = sum(memory_of(each.pid) for each in running.processes) - memory
    for number in range(EDITORS):
        crowd.edit(number, diagram, 1.0)
    for number in range(pointers):
        crowd.point(number, diagram, lambda: max(0.2, pointers / 40))
    await asyncio.sleep(3)
    meter = Meter(running)
    crowd.tally.measuring, crowd.tally.words = True, 0
    await asyncio.sleep(seconds)
    crowd.tally.measuring = False
    used = meter.read()
    await asyncio.sleep(1)
    tally = crowd.tally
    _check(crowd, tally)
    per_second, words = len(tally.delivered) / seconds, tally.words / seconds / viewers
    await crowd.leave()
    each = used[0] * seconds * 1000 / max(1, len(tally.acknowledged))
    return [
        viewers, pointers, *(percentile(tally.acknowledged, share) for share in (0.5, 0.95, 0.99)),
        *(percentile(tally.delivered, share) for share in (0.5, 0.95)), per_second, *used, each, words, memory * 100 / viewers,
    ]  # fmt: skip


def _check(crowd: Crowd, tally: Tally) -> None:
    behind = max(each.version for each in crowd.viewers) - min(each.version for each in crowd.viewers)
    lost = sum(each.lost for each in crowd.viewers)
    if tally.refused or lost or behind > EDITORS:
        raise RuntimeError(
            f"{tally.refused} edits were refused, {lost} streams ended, the last viewer is {behind} versions behind"
        )


EDIT = """async (text) => {
  const { setFields } = await import("/static/designer/doc/commands/index.js");
  const { store } = wholekey;
  const edit = setFields(store.design, { id: store.design.ofKind("table")[0].id, values: { comment: text } });
  store.dispatch(edit);
  return performance.timeOrigin + performance.now();
}"""
WATCH = """() => {
  window.shown = {};
  const { store } = wholekey;
  store.subscribe(() => requestAnimationFrame(() => requestAnimationFrame(() => {
    window.shown[store.design.ofKind("table")[0].comment] ??= performance.timeOrigin + performance.now();
  })));
}"""
EDITS = 40


def between_browsers(running: Team) -> list[float]:
    """Return seconds from an edit in one browser to the frame that shows it in another one, at another server process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        ann, bob = (opened(chromium.new_context(), running, running.people[at], at) for at in (0, 1))
        for page in (ann, bob):
            page.locator("#stage[data-ready=true]").wait_for()
        bob.evaluate(WATCH)
        waits = []
        for number in range(EDITS):
            edited = ann.evaluate(EDIT, f"edit {number}")
            bob.wait_for_function("text => window.shown[text]", arg=f"edit {number}")
            waits.append((bob.evaluate("text => window.shown[text]", f"edit {number}") - edited) / 1000)
            ann.wait_for_timeout(100)
        chromium.close()
    return waits[5:]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("viewers", nargs="*", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--pointers", type=int, default=0)
    options = parser.parse_args()
    rows = []
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wk-together-"))
        running = stack.enter_context(team(postgres.new_database(), Path(folder), EDITORS))
        asyncio.run(measure(running, 4, 0, 2))  # loads the modules
        for viewers, pointers in [(each, options.pointers) for each in options.viewers] or SIZES:
            gc.collect()
            seconds = options.seconds or (LONG if viewers == 200 else SHORT)
            rows.append(asyncio.run(measure(running, viewers, pointers, seconds)))
        shown = between_browsers(running)
    print(markdown(list(COLUMNS), rows))
    print(
        "\nMilliseconds, but for CPU, which is seconds of CPU a second. Two server processes, 20 editors at one edit a second.\n"
        f"\nFrom an edit in one browser to the frame that shows it in another: {percentile(shown, 0.5):.0f} ms in the "
        f"middle, {percentile(shown, 0.95):.0f} ms at the 95th percentile of {len(shown)}."
    )


if __name__ == "__main__":
    main()
