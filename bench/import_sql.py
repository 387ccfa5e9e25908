"""What an import costs: CPU seconds and tables a second, beside what the grammar alone takes on the same text.

Run it with `python -m bench.import_sql [TABLES …]`. Times are CPU times of this process, the best of three.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import postgast

from bench.generate import script
from designer.importers.sql import read

SIZES = (200, 1000, 3000)
RUNS = 3


def best(work: Callable[[], object]) -> float:
    """Return the least CPU time of several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def measure(tables: int, style: str) -> tuple[int, float, float]:
    """Return (characters, seconds of a whole import, seconds of the grammar alone)."""
    text = script(tables, style)
    result = read(text, "bench.sql", "postgresql")
    counts = result.report.counts()
    if counts["failed"] or counts["warning"]:
        raise SystemExit(f"the import of {tables} tables is not clean: {counts}")
    imported = best(lambda: read(text, "bench.sql", "postgresql"))
    return len(text), imported, best(lambda: postgast.parse(text))


def main(sizes: tuple[int, ...]) -> None:
    """Print one line for each size and style, and how the cost grows."""
    print(
        f"{'style':8}{'tables':>8}{'KB':>8}{'import s':>10}{'tables/s':>10}{'grammar s':>11}{'ratio':>7}{'growth':>8}"
    )
    for style in ("dump", "inline"):
        before: float | None = None
        for tables in sizes:
            characters, imported, grammar = measure(tables, style)
            each = imported / tables
            growth = f"{each / before:.2f}" if before else "-"
            before = each
            print(
                f"{style:8}{tables:8}{characters // 1024:8}{imported:10.3f}{tables / imported:10.0f}{grammar:11.3f}"
                f"{imported / grammar:7.1f}{growth:>8}"
            )
    print("growth: seconds a table, as a multiple of the line above; 1.00 is linear")


if __name__ == "__main__":
    main(tuple(int(each) for each in sys.argv[1:]) or SIZES)
