"""How long the palette searches at each keystroke, in Node.js on the modules of the page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

from bench.tables import markdown

SIZES = (200, 1000, 3000, 10_000)


def main() -> None:
    """Print the table."""
    node = shutil.which("node")
    if node is None:
        raise SystemExit("node is needed; run this by `make bench`")
    script = Path(__file__).with_name("palette.mjs")
    done = subprocess.run([node, str(script), *map(str, SIZES)], check=True, stdout=subprocess.PIPE)
    rows = [
        [size["tables"], size["entries"], f"{size['built']:.1f}", f"{size['median']:.2f}", f"{size['p95']:.2f}"]
        for size in json.loads(done.stdout)
    ]
    print(markdown(["tables", "entries", "index, ms", "keystroke, ms (median)", "keystroke, ms (p95)"], rows))


if __name__ == "__main__":
    main()
