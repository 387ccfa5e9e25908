"""What an import costs: CPU seconds and tables a second, beside what the grammar alone takes on the same text.

`python -m bench.import_sql [TABLES …]`. Times are CPU times of this process, the best of three; `growth` is the cost
of one table as a multiple of the line above, so that 1.00 is linear.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import postgast

from bench.generate import postgres_dump, postgres_inline
from bench.tables import markdown
from designer.importers.sql import read

SIZES = (200, 1000, 3000)
STYLES = {"dump": postgres_dump, "inline": postgres_inline}
RUNS = 3


def best(work: Callable[[], object]) -> float:
    """Return the least CPU time of several runs, in seconds."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def measure(text: str) -> tuple[float, float]:
    """Return the seconds of a whole import and of the grammar alone. Stops where the import has a fault to report."""
    counts = read(text, "bench.sql", "postgresql").report.counts()
    if counts["failed"] or counts["warning"]:
        raise SystemExit(f"the import is not clean: {counts}")
    return best(lambda: read(text, "bench.sql", "postgresql")), best(lambda: postgast.parse(text))


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    rows: list[list[object]] = []
    for style, write in STYLES.items():
        before = 0.0
        for tables in sizes:
            text = write(tables)
            imported, grammar = measure(text)
            each = imported / tables
            growth = f"{each / before:.2f}" if before else ""
            before = each
            rows.append([style, tables, f"{len(text) / 1e6:.2f}", imported, round(tables / imported), grammar,
                         f"{imported / grammar:.1f}", growth])  # fmt: skip
    head = ["style", "tables", "MB", "import, CPU s", "tables/s", "grammar alone, CPU s", "ratio", "growth"]
    print(markdown(head, rows))


if __name__ == "__main__":
    main(tuple(int(each) for each in sys.argv[1:]) or SIZES)
