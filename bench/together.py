"""A team on one branch: two server processes on PostgreSQL, viewers that listen, editors at one edit a second.

`python -m bench.together [VIEWERS …] [--seconds N] [--pointers N]`; 50, 100, 200 and 400 viewers without numbers. Two hundred
viewers are looked at for 30 s, the others for 10. The load runs on the same machine and is told apart by its CPU time.
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

from bench.crowd import Crowd, Tally
from bench.tables import markdown
from tests.servers import running_postgres
from tests.together.processes import Team, team

SIZES = (50, 100, 200, 400)
LONG, SHORT = 30, 10
EDITORS = 20
TICKS = os.sysconf("SC_CLK_TCK")
COLUMNS = (
    "viewers", "pointers", "ack p50", "p95", "p99", "fan-out p50", "p95", "deliveries a s", "server CPU", "database CPU",
    "load CPU", "MB per 100 viewers",
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
    crowd.tally.measuring, events = True, crowd.tally.events
    await asyncio.sleep(seconds)
    crowd.tally.measuring = False
    used = meter.read()
    await asyncio.sleep(1)
    tally = crowd.tally
    _check(crowd, tally)
    per_second = len(tally.delivered) / seconds
    await crowd.leave()
    print_details(tally, used, seconds, tally.events - events)
    return [
        viewers, pointers, *(percentile(tally.acknowledged, share) for share in (0.5, 0.95, 0.99)),
        *(percentile(tally.delivered, share) for share in (0.5, 0.95)), per_second, *used, memory * 100 / viewers,
    ]  # fmt: skip


def _check(crowd: Crowd, tally: Tally) -> None:
    behind = max(each.version for each in crowd.viewers) - min(each.version for each in crowd.viewers)
    lost = sum(each.lost for each in crowd.viewers)
    if tally.refused or lost or behind > EDITORS:
        raise RuntimeError(
            f"{tally.refused} edits were refused, {lost} streams ended, the last viewer is {behind} versions behind"
        )


def print_details(tally: Tally, used: tuple[float, float, float], seconds: float, events: int) -> None:
    """Print what one edit and one delivery cost."""
    import sys

    edits = len(tally.acknowledged)
    print(
        f"{edits} edits, {len(tally.delivered)} deliveries in {events} events, {tally.words} words; "
        f"server {used[0] * seconds / max(1, edits) * 1000:.1f} CPU-ms an edit with all its deliveries, "
        f"{used[0] * seconds / max(1, len(tally.delivered)) * 1e6:.0f} µs a delivery; "
        f"database {used[1] * seconds / max(1, edits) * 1000:.1f} CPU-ms an edit; "
        f"presence p95 {percentile(tally.pointed, 0.95):.0f} ms",
        file=sys.stderr,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("viewers", nargs="*", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--pointers", type=int)
    options = parser.parse_args()
    rows = []
    with ExitStack() as stack:
        postgres = stack.enter_context(running_postgres())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="wk-together-"))
        running = stack.enter_context(team(postgres.new_database(), Path(folder), EDITORS))
        asyncio.run(measure(running, 4, 0, 2))  # loads the modules
        for viewers in options.viewers or SIZES:
            gc.collect()
            seconds = options.seconds or (LONG if viewers == 200 else SHORT)
            pointers = options.pointers if options.pointers is not None else 0
            rows.append(asyncio.run(measure(running, viewers, pointers, seconds)))
    print(markdown(list(COLUMNS), rows))


if __name__ == "__main__":
    main()
