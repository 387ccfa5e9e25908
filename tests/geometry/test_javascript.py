"""The browser's geometry on the same cases, in Node."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "js" / "geometry"


@pytest.mark.node
def test_the_browser_s_geometry() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not installed")
    done = subprocess.run(
        [node, "--test", *sorted(map(str, FOLDER.glob("*.test.js")))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:]
