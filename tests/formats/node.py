"""Reading diagrams back with the formats' own parsers, in one Node process for many of them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "node"
TIME_LIMIT = 300
_HOW = "npm ci --prefix tests/node"


def need_node() -> None:
    """Skip the test where the parsers are not installed, or fail it where everything is required."""
    if shutil.which("node") and (FOLDER / "node_modules").is_dir():
        return
    message = f"needs Node.js and the parsers of the formats: run `{_HOW}`"
    if os.environ.get("WHOLEKEY_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


def read_back(parser: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return, for each text, `{"model": …}` as the parser read it, or `{"error": …}`."""
    need_node()
    lines = "".join(json.dumps({"parser": parser, "text": text}) + "\n" for text in texts)
    done = subprocess.run(
        ["node", "read_back.mjs"], cwd=FOLDER, input=lines, capture_output=True, text=True, timeout=TIME_LIMIT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def models(parser: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return the models that the parser read; fails on the first text that it refused."""
    found = []
    for text, answer in zip(texts, read_back(parser, texts), strict=True):
        assert "error" not in answer, f"{answer['error']}\n{text[:3000]}"
        found.append(answer["model"])
    return found
