"""A complete import, beside @dbml/core reading the same file: CPU seconds in fresh processes of the same run."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.generate import postgres_dump
from bench.tables import markdown

ROOT = Path(__file__).parent.parent
SIZES = (200, 1000, 3000)
OURS = (
    "import sys; from designer.importers.registry import read_any; "
    "read_any(open(sys.argv[1]).read(), 'x.sql', 'postgresql')"
)
THEIRS = (
    "import { createRequire } from 'node:module'; import { readFileSync } from 'node:fs'; "
    "const { Parser } = createRequire(process.cwd() + '/')('@dbml/core'); "
    "Parser.parsePostgresToJSONv2(readFileSync(process.argv[1], 'utf8'));"
)


def cpu_of(command: list[str], folder: Path) -> float:
    """Return the CPU seconds that a process and its threads used, start included. Raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.sql"
            path.write_text(postgres_dump(size))
            ours = min(cpu_of([sys.executable, "-c", OURS, str(path)], ROOT) for _ in range(3))
            theirs = cpu_of(["node", "--input-type=module", "-e", THEIRS, str(path)], ROOT / "tests" / "node")
            rows.append([size, f"{path.stat().st_size / 1e6:.2f}", ours, theirs, f"{theirs / ours:.1f}"])
    print(markdown(["tables", "MB", "Wholekey, CPU s", "@dbml/core, CPU s", "ratio"], rows))


if __name__ == "__main__":
    main()
