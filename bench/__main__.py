"""Run every benchmark and keep the tables: `python -m bench [NAME …]`, written to bench/RESULTS.md.

Each benchmark is a process of its own, prints one Markdown table, and compares with a reference in the same run,
since a machine's speed changes from hour to hour and ratios do not.
"""

from __future__ import annotations

import platform
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
BENCHMARKS = {
    "import_sql": "Importing SQL",
    "peers": "Importing SQL, beside a peer's parser",
    "export_ddl": "Exporting DDL",
    "layout": "Automatic layout",
    "edit": "One edit",
    "canvas": "Panning and zooming the canvas",
}


def run(name: str) -> str:
    """Return what a benchmark printed. Raises CalledProcessError where it failed."""
    print(f"running {name} …", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"], cwd=FOLDER.parent, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def main(wanted: list[str]) -> int:
    """Run the benchmarks and print the page; with no names given, also keep it."""
    unknown = [name for name in wanted if name not in BENCHMARKS]
    if unknown:
        print(f"there is no benchmark {unknown[0]}; choose from: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    parts = [
        "# Speed",
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. Written by `make bench`.",
    ]
    for name, title in BENCHMARKS.items():
        if not wanted or name in wanted:
            parts += [f"## {title}", run(name).strip()]
    page = "\n\n".join(parts) + "\n"
    print(page)
    if not wanted:
        (FOLDER / "RESULTS.md").write_text(page)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
