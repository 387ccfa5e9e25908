"""Dependencies and keys of an orders table of 15 columns: reading CSV and searching, with the largest memory.

`python -m bench.discovery [ROWS …]`. CPU seconds and memory of a process that does nothing else, the best of three.
`true` says how many of the dependencies that were planted are among those found where half of the rows repeat, and
`others` how many more there are.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.tables import markdown
from tests.discovery.data import csv_of, orders

SIZES = (1_000, 10_000, 100_000)
RUNS = 3
PLANTED = {
    "zip": ("city", "state"),
    "customer_id": ("customer_name", "zip", "city", "state"),
    "customer_name": ("customer_id", "zip", "city", "state"),
    "product_id": ("product_name", "category", "unit_price"),
    "product_name": ("product_id", "category", "unit_price"),
    "employee": ("dept",),
    "order_id": ("customer_id", "customer_name", "zip", "city", "state", "employee", "dept", "order_date"),
}
"""What the generator of the rows makes true."""
_RUN = """
import json, sys, time
from pathlib import Path
from designer.discovery.contract import Budget, Wish
from designer.discovery.finder import discover
from designer.discovery.reading import read_file
path, wish = Path(sys.argv[1]), Wish(left=int(sys.argv[2]), errors=float(sys.argv[3]))
started = time.process_time()
table = read_file(path, path.name)
read = time.process_time()
found = discover(table, wish, Budget(searching=600))
ended = time.process_time()
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps({
    "read": read - started, "search": ended - read, "memory": peak / 1024,
    "found": [[found.names(each.left), found.columns[each.right].name, found.share(each)] for each in found.dependencies],
}))
"""


def measured(path: Path, left: int, errors: float) -> dict[str, object]:
    """Return what one run says, the best of several."""
    command = [sys.executable, "-c", _RUN, str(path), str(left), str(errors)]
    runs = [json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout) for _ in range(RUNS)]
    return min(runs, key=lambda run: run["read"] + run["search"])


def row(size: int, path: Path, left: int, errors: float) -> list[object]:
    """Return one line of the table."""
    run = measured(path, left, errors)
    worth = {(tuple(names), right) for names, right, share in run["found"] if share >= 0.5}
    planted = {((left,), right) for left, rights in PLANTED.items() for right in rights}
    said = f"{len(worth & planted)} of {len(planted)}"
    return [size, left, f"{errors:.0%}", run["read"], run["search"], run["read"] + run["search"],
            round(run["memory"]), said, len(worth - planted)]  # fmt: skip


def main(sizes: tuple[int, ...]) -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            header, body = orders(size, dirty=0.002)
            clean, path = Path(folder) / "clean.csv", Path(folder) / "orders.csv"
            path.write_text(csv_of(header, body))
            clean.write_text(csv_of(*orders(size)))
            rows += [row(size, clean, 2, 0.0), row(size, path, 2, 0.0), row(size, path, 2, 0.01)]
            rows += [row(size, clean, 3, 0.0)]
    kinds = ["clean", "0.2 % dirty", "0.2 % dirty", "clean"]
    rows = [[kinds[at % 4], *each] for at, each in enumerate(rows)]
    head = [
        "rows are",
        "rows",
        "left side",
        "errors",
        "reading, CPU s",
        "search, CPU s",
        "both, CPU s",
        "memory, MB",
        "true",
        "others",
    ]
    print(markdown(head, rows))


if __name__ == "__main__":
    main(tuple(int(each) for each in sys.argv[1:]) or SIZES)
