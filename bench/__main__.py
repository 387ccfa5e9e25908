"""Run every benchmark, or the named ones, and keep the tables: `python -m bench [NAME …]` writes bench/RESULTS.md.

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
    "diff": "Migrations, beside Alembic's autogenerate",
    "discovery": "Discovery: dependencies and keys in rows",
    "live": "Live databases: catalogs to a design to DDL, proven equal",
    "layout": "Automatic layout",
    "edit": "One edit",
    "canvas": "The canvas: opening, panning, zooming, dragging",
    "palette": "A keystroke in the palette",
    "rendering": "Pictures as files",
    "normalization": "Normalisation",
    "together": "A team on one branch: viewers, editors, pointers",
    "levels": "Levels: deriving, and keeping models in step",
    "history": "History: blame, timelines, states far back",
}


def run(name: str) -> str:
    """Return what a benchmark printed. Raises CalledProcessError where it failed."""
    print(f"running {name} …", file=sys.stderr, flush=True)
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{name}"], cwd=FOLDER.parent, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def kept() -> dict[str, str]:
    """Return the sections of the page as it was, by title."""
    page = (FOLDER / "RESULTS.md").read_text() if (FOLDER / "RESULTS.md").exists() else ""
    sections = page.split("\n## ")[1:]
    return {title: body.strip() for title, _, body in (section.partition("\n") for section in sections)}


def main(wanted: list[str]) -> int:
    """Run the benchmarks, print what they measured, and keep it beside what was measured before."""
    unknown = [name for name in wanted if name not in BENCHMARKS]
    if unknown:
        print(f"there is no benchmark {unknown[0]}; choose from: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    sections = kept()
    for name in wanted or BENCHMARKS:
        sections[BENCHMARKS[name]] = run(name).strip()
        print(f"## {BENCHMARKS[name]}\n\n{sections[BENCHMARKS[name]]}\n")
    about = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. Written by `make bench`."
    parts = [f"## {title}\n\n{sections[title]}" for title in BENCHMARKS.values() if title in sections]
    (FOLDER / "RESULTS.md").write_text("\n\n".join(["# Speed", about, *parts]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
