"""Reading diagrams back with the formats' own parsers, in one Node process for all of them: to load them takes seconds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent.parent / "node"
TIME_LIMIT = 300
"""Seconds for a text."""
_HOW = "npm ci --prefix tests/node"


def need_node() -> None:
    """Skip the test where the parsers are not installed, or fail it where everything is required."""
    if shutil.which("node") and (FOLDER / "node_modules").is_dir():
        return
    message = f"needs Node.js and the parsers of the formats: run `{_HOW}`"
    if os.environ.get("WHOLEKEY_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


class Reader:
    """The process that reads; it ends with the one that started it, as nobody writes to it then."""

    def __init__(self) -> None:
        self.said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - it is open as long as the process
        self.process = subprocess.Popen(
            ["node", "read_back.mjs"],
            cwd=FOLDER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.said, encoding="utf-8",
        )  # fmt: skip

    def answer(self, line: str) -> dict[str, Any]:
        """Return what it says to a line; fails where it says nothing within the time limit."""
        given, taken = self.process.stdin, self.process.stdout
        assert given is not None
        assert taken is not None
        late = threading.Timer(TIME_LIMIT, self.process.kill)
        late.start()
        given.write(f"{line}\n")
        given.flush()
        answer = taken.readline()
        late.cancel()
        if not answer:
            self.said.seek(0)
            pytest.fail(f"the reader ended: {self.said.read()[-2000:]}")
        return dict(json.loads(answer))


@cache
def reader() -> Reader:
    """Return the reader of this run, which the first test that needs it starts."""
    return Reader()


def read_back(parser: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return, for each text, `{"model": …}` as the parser read it, or `{"error": …}`."""
    need_node()
    return [reader().answer(json.dumps({"parser": parser, "text": text})) for text in texts]


def models(parser: str, texts: Sequence[str]) -> list[dict[str, Any]]:
    """Return the models that the parser read; fails on the first text that it refused."""
    found = []
    for text, answer in zip(texts, read_back(parser, texts), strict=True):
        assert "error" not in answer, f"{answer['error']}\n{text[:3000]}"
        found.append(answer["model"])
    return found
